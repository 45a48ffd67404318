#define LOG_MODULE "check"

#include "app/inspect.h"

#include "app/live.h"
#include "app/update_file.h"
#include "app/wifi_file.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/worker.h"
#include "frame/capture.h"
#include "record/audit.h"
#include "record/look.h"
#include "scanner/present.h"
#include "model/readiness.h"

#include <libgen.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { WORDS_SIZE = 4096, MOST_PRINTERS_BYTES = 64 * 1024 };

struct inspect {
    struct inspect_config config;
    char folder[PATH_MAX]; // of the database
    struct doorbell bell;
    struct worker worker;
    struct look *look;
    struct readiness readiness;         // as it was told last
    const struct camera_vitals *vitals; // the mailbox keeps it until the next
    bool has_begun, has_settled;        // the camera had time to show itself, by `settled_ms`
    int64_t settled_ms;
    bool is_proven; // once, at `proven_ms`
    int64_t proven_ms;
    atomic_bool is_closing; // the one thing another thread writes: a running recount looks at it
    char words[WORDS_SIZE]; // of the audit; whoever wants them asks --check
};

enum status inspect_open(const struct inspect_config *config, struct inspect **out)
{
    struct inspect *inspect = mem_zero(sizeof *inspect);
    char copy[PATH_MAX];

    inspect->config = *config;
    atomic_init(&inspect->is_closing, false);
    inspect->look = mem_zero(sizeof *inspect->look);
    text_copy(copy, sizeof copy, config->database);
    text_copy(inspect->folder, sizeof inspect->folder, dirname(copy));
    doorbell_init(&inspect->bell);
    inspect->worker = (struct worker){.name = "inspect",
                                      .step = inspect_step,
                                      .owner = inspect,
                                      .bell = &inspect->bell,
                                      .clock = config->clock,
                                      .watch = config->watch};
    *out = inspect;
    return STATUS_OK;
}

struct doorbell *inspect_bell(struct inspect *inspect)
{
    return &inspect->bell;
}

static void look_at_camera(struct inspect *inspect, int64_t mono_ms)
{
    struct readiness *now = &inspect->readiness;
    const struct camera_vitals *vitals = mailbox_take(inspect->config.vitals);

    if (vitals) inspect->vitals = vitals;
    now->has_camera = inspect->vitals && mono_ms - inspect->vitals->mono_ms < INSPECT_STALE_MS;
    now->frames_per_s = now->has_camera ? inspect->vitals->frames_per_s : 0;
    now->sharpness = now->has_camera ? inspect->vitals->sharpness : 0;
}

static void look_at_scanners(struct inspect *inspect)
{
    const struct present *present = mailbox_take(inspect->config.scanners);

    if (present) text_copy(inspect->readiness.scanners, sizeof inspect->readiness.scanners, present->names);
}

static void look_at_disk(struct inspect *inspect)
{
    struct statvfs facts;

    inspect->readiness.disk_free_bytes = 0;
    if (statvfs(inspect->folder, &facts) == 0)
        inspect->readiness.disk_free_bytes = (uint64_t)facts.f_bavail * facts.f_frsize;
}

// The line "Default NAME options" of lpoptions(1). A printer nobody made the default is not ours to choose.
static void look_at_printers(struct inspect *inspect)
{
    char *name = inspect->readiness.printer;
    uint8_t *bytes = NULL;
    size_t length = 0;

    name[0] = '\0';
    if (access(inspect->config.printers, R_OK) != 0) return;
    if (file_read(inspect->config.printers, MOST_PRINTERS_BYTES, &bytes, &length) != STATUS_OK) return;
    for (const char *line = (const char *)bytes; line; line = strchr(line, '\n')) {
        line += strspn(line, "\n");
        if (strncmp(line, "Default ", 8) != 0) continue;
        text_make_showable(name, sizeof inspect->readiness.printer, line + 8, strcspn(line + 8, " \t\n"));
    }
    free(bytes);
}

// Looked at each time: the network may come after the kiosk, or give it another address.
static void look_at_board(struct inspect *inspect)
{
    char link[BOARD_LINK_SIZE] = "";

    inspect->readiness.has_board = inspect->config.live;
    if (inspect->config.live) live_link(inspect->config.live, link);
    text_copy(inspect->readiness.board_url, sizeof inspect->readiness.board_url, link);
}

// What other programs of this machine say.
static void look_at_machine(struct inspect *inspect)
{
    struct readiness *now = &inspect->readiness;

    update_file_read(inspect->config.update, &now->update);
    wifi_file_read(inspect->config.wifi, now->wifi_name, sizeof now->wifi_name, now->wifi_code, sizeof now->wifi_code);
}

// The event doesn't change while the kiosk runs; walk-ins come to it.
static void look_at_database(struct inspect *inspect)
{
    struct look *look = inspect->look;

    if (look_sqlite(inspect->config.database, inspect->config.event, look) != STATUS_OK || !look->has_event) return;
    inspect->readiness.ticket_count = look->roster_count;
    inspect->readiness.event_version = look->event.version;
}

static void tell(struct inspect *inspect, int64_t mono_ms)
{
    inspect->readiness.mono_ms = mono_ms > 0 ? mono_ms : 1;
    *(struct readiness *)mailbox_writable(inspect->config.readiness) = inspect->readiness;
    mailbox_put(inspect->config.readiness);
}

static bool is_closing(struct inspect *inspect)
{
    return atomic_load(&inspect->is_closing);
}

// Asked every few records.
static bool is_recount_over(void *owner)
{
    struct inspect *inspect = owner;

    worker_goes_on(&inspect->worker);
    return is_closing(inspect);
}

static enum status recount(struct inspect *inspect, struct audit *audit)
{
    const struct audit_stop stop = {.is_wanted = is_recount_over, .owner = inspect};
    FILE *out = fmemopen(inspect->words, sizeof inspect->words, "w");
    enum status status = STATUS_LATER;

    if (!out) return status;
    status = audit_sqlite_until(inspect->config.database, &stop, out, audit);
    fclose(out);
    return status;
}

static void prove_database(struct inspect *inspect, int64_t mono_ms)
{
    struct readiness *now = &inspect->readiness;
    enum readiness_proof before = now->database;
    struct audit audit = {0};

    now->database = PROOF_RUNNING;
    tell(inspect, mono_ms);
    enum status status = recount(inspect, &audit);
    if (is_closing(inspect)) return; // nobody looks any more
    now->database = status != STATUS_OK ? PROOF_NONE : audit.difference_count == 0 ? PROOF_FINE : PROOF_BROKEN;
    if (status == STATUS_CORRUPT) now->database = PROOF_BROKEN;
    now->record_count = audit.record_count;
    if (now->database == PROOF_BROKEN && before != PROOF_BROKEN)
        log_error("the database is not what its log says differences=%u: einlass-kiosk --check names them",
                  audit.difference_count);
    if (now->database == PROOF_FINE && before != PROOF_FINE)
        log_info("the database is what its log says records=%llu", (unsigned long long)audit.record_count);
    inspect->is_proven = true;
    inspect->proven_ms = inspect->config.clock->ops->mono_ms(inspect->config.clock);
    look_at_database(inspect);
    tell(inspect, inspect->proven_ms);
}

int64_t inspect_step(void *owner, int64_t mono_ms)
{
    struct inspect *inspect = owner;
    bool is_settling = inspect->has_begun && !inspect->has_settled && mono_ms >= inspect->settled_ms;
    bool is_asked = inspect->has_begun && !is_settling;
    bool is_due = !inspect->is_proven || mono_ms - inspect->proven_ms >= INSPECT_PROOF_MS;

    if (!inspect->has_begun) {
        (void)setpriority(PRIO_PROCESS, 0, INSPECT_NICE); // of this thread alone
        look_at_database(inspect);
        inspect->settled_ms = mono_ms + INSPECT_SETTLE_MS;
    }
    inspect->has_begun = true;
    if (is_settling) inspect->has_settled = true;
    look_at_camera(inspect, mono_ms);
    look_at_scanners(inspect);
    look_at_disk(inspect);
    look_at_printers(inspect);
    look_at_board(inspect);
    look_at_machine(inspect);
    inspect->readiness.clock = inspect->config.clock->ops->state(inspect->config.clock);
    tell(inspect, mono_ms);
    if (is_asked && is_due) prove_database(inspect, mono_ms);
    return inspect->has_settled ? DOORBELL_FOREVER : inspect->settled_ms - mono_ms;
}

void inspect_start(struct inspect *inspect)
{
    worker_start(&inspect->worker);
}

void inspect_close(struct inspect *inspect)
{
    if (!inspect) return;
    atomic_store(&inspect->is_closing, true);
    worker_stop(&inspect->worker);
    doorbell_destroy(&inspect->bell);
    free(inspect->look);
    free(inspect);
}
