#define LOG_MODULE "scanner"

#include "scanner/scanners.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "scanner/outbox.h"
#include "scanner/present.h"
#include "scanner/serial.h"
#include "scanner/serial_line.h"
#include "scanner/typist.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { WAIT_MOST_MS = 200, RETRY_MS = 500, BUSY_MS = 20, SOURCES = SCANNERS_MOST_KEYBOARDS + 2 };
enum { LINES_AT_ONCE = 8 }; // of one keyboard: what floods doesn't keep the others waiting

struct serial_side {
    struct serial *serial; // NULL: not there
    struct serial_line line;
    struct scanned_habit habit;
    int64_t next_try_ms;
    enum status last_failure; // of open; OK: none since it last worked
};

struct scanners {
    struct scanners_config config;
    struct doorbell bell; // rung by nobody: it stops the thread
    struct worker worker;
    struct typist typists[SCANNERS_MOST_KEYBOARDS];
    struct serial_side serial;
    struct outbox outbox;
    struct present told;
    bool has_waiting; // codes in it, the desk is busy
    bool has_more;    // a keyboard may have more lines
    bool is_hurried;
    enum scanned last_judged; // only changes are news
    struct code code;         // being judged: too large for a stack
    char text[SCANNED_MOST_BYTES];
};

// ---- lines ----

static void take_line(struct scanners *scanners, struct scanned_habit *habit, const struct scanned_line *line)
{
    enum scanned judged = scanned_judge(habit, line, &scanners->code);

    if (judged == SCANNED_CODE && outbox_put(&scanners->outbox, &scanners->code, line->began_ms) != STATUS_OK)
        log_error("too many codes wait for the desk, one was dropped: it has to be scanned again");
    if (judged == SCANNED_NOTHING) return;
    if (judged == SCANNED_PART && judged != scanners->last_judged)
        log_warn("only a part of a code arrived, nothing is done: scan it again length=%zu", line->length);
    if (judged == SCANNED_UNREADABLE && judged != scanners->last_judged)
        log_warn("a scanner sent what is no text, nothing is done length=%zu", line->length);
    scanners->last_judged = judged;
}

static void refuse_line(struct scanners *scanners, struct scanned_habit *habit, int64_t ended_ms, const char *why)
{
    scanned_miss(habit, ended_ms);
    if (scanners->last_judged != SCANNED_UNREADABLE) log_warn("%s, nothing is done: scan it again", why);
    scanners->last_judged = SCANNED_UNREADABLE;
}

// ---- keyboards ----

static void take_typed(struct scanners *scanners, struct typist *typist)
{
    struct wedge *wedge = &typist->wedge;
    struct scanned_line line = {
        .text = scanners->text,
        .length = wedge_text(wedge, scanners->config.layout, scanners->text, sizeof scanners->text),
        .is_ended = wedge->is_ended,
        .began_ms = wedge->began_ms,
        .ended_ms = wedge->last_ms,
    };

    if (wedge->is_broken)
        refuse_line(scanners, &typist->habit, line.ended_ms, "keys were lost, or the text was too long");
    else take_line(scanners, &typist->habit, &line);
    memset(scanners->text, 0, line.length);
    wedge_clear(wedge);
}

static struct typist *find_typist(struct scanners *scanners, const char *path)
{
    for (size_t i = 0; i < SCANNERS_MOST_KEYBOARDS; i++) {
        struct typist *typist = &scanners->typists[i];
        if (typist->keyboard && strcmp(typist->facts.path, path) == 0) return typist;
    }
    return NULL;
}

static struct typist *free_place(struct scanners *scanners)
{
    for (size_t i = 0; i < SCANNERS_MOST_KEYBOARDS; i++)
        if (!scanners->typists[i].keyboard) return &scanners->typists[i];
    return NULL;
}

static void add_keyboard(struct scanners *scanners, const struct keyboard_facts *facts)
{
    enum keyboard_use use = keyboard_use(scanners->config.keyboard, facts);
    struct typist *typist = free_place(scanners);
    struct keyboard *keyboard = NULL;

    if (use == KEYBOARD_USE_NONE || find_typist(scanners, facts->path)) return;
    if (!typist) log_warn("too many keyboards, one is left alone device=%s", facts->path);
    if (!typist || scanners->config.source->ops->open(scanners->config.source, facts->path, &keyboard) != STATUS_OK)
        return; // it said why
    typist_init(typist, keyboard, facts, use);
    log_info("%s device=%s name=\"%s\"",
             use == KEYBOARD_USE_SCANNER ? "hand scanner" : "keyboard, a hand scanner if it types like one",
             facts->path, facts->name);
}

static void drop_keyboard(struct typist *typist)
{
    log_info("keyboard went away device=%s name=\"%s\"", typist->facts.path, typist->facts.name);
    keyboard_close(typist->keyboard);
    memset(typist, 0, sizeof *typist);
}

static void take_keyboard_news(struct scanners *scanners)
{
    struct keyboard_news news;

    while (scanners->config.source && scanners->config.source->ops->next(scanners->config.source, &news)) {
        struct typist *known = find_typist(scanners, news.facts.path);
        if (!news.is_here && known) drop_keyboard(known);
        if (news.is_here && !known) add_keyboard(scanners, &news.facts);
    }
}

static void read_keyboard(struct scanners *scanners, struct typist *typist, int64_t mono_ms)
{
    enum status status = STATUS_OK;

    for (int lines = 0; lines < LINES_AT_ONCE && status == STATUS_OK; lines++)
        if ((status = typist_read(typist, mono_ms)) == STATUS_OK) take_typed(scanners, typist);
    if (status == STATUS_OK) scanners->has_more = true;
    if (status == STATUS_GONE) drop_keyboard(typist);
}

// ---- the serial port ----

static void open_serial(struct scanners *scanners, int64_t mono_ms)
{
    struct serial_side *side = &scanners->serial;
    struct serial_config config = {scanners->config.serial, scanners->config.baud, side->last_failure != STATUS_OK};
    enum status status = serial_open(&config, &side->serial);

    if (config.is_retry && status != STATUS_OK && status != side->last_failure) {
        config.is_retry = false; // it fails in another way now: once more, aloud
        status = serial_open(&config, &side->serial);
    }
    if (status != STATUS_OK) side->serial = NULL;
    if (status == STATUS_OK) log_info("serial scanner device=%s baud=%d", config.path, config.baud);
    side->last_failure = status;
    side->next_try_ms = mono_ms + RETRY_MS;
}

static void end_serial_line(struct scanners *scanners)
{
    struct serial_line *line = &scanners->serial.line;
    struct scanned_line scanned = {line->text, line->length, line->is_ended, line->began_ms, line->last_ms};

    if (line->is_too_long) refuse_line(scanners, &scanners->serial.habit, line->last_ms, "the text was too long");
    else take_line(scanners, &scanners->serial.habit, &scanned);
    serial_line_clear(line);
}

static void take_bytes(struct scanners *scanners, const char *bytes, size_t length, int64_t mono_ms)
{
    struct serial_line *line = &scanners->serial.line;

    for (size_t i = 0; i < length; i++)
        if (serial_line_take_byte(line, bytes[i], mono_ms)) end_serial_line(scanners);
}

static void read_serial(struct scanners *scanners, int64_t mono_ms)
{
    struct serial_side *side = &scanners->serial;
    char bytes[1024];
    size_t length = 0;

    if (!side->serial && scanners->config.serial[0] && mono_ms >= side->next_try_ms) open_serial(scanners, mono_ms);
    if (!side->serial) return;
    enum status status = serial_read(side->serial, bytes, sizeof bytes, &length);
    if (status == STATUS_OK) take_bytes(scanners, bytes, length, mono_ms);
    memset(bytes, 0, length);
    // Only when nothing was there: bytes that waited for us are no pause of the scanner's.
    if (status == STATUS_LATER && serial_line_take_pause(&side->line, mono_ms)) end_serial_line(scanners);
    if (status != STATUS_GONE) return;
    log_warn("the serial scanner went away, trying again every %d ms", RETRY_MS);
    serial_close(side->serial);
    *side = (struct serial_side){.last_failure = STATUS_MISSING, .next_try_ms = mono_ms + RETRY_MS};
}

// ---- the thread ----

static int64_t due_ms(const struct scanners *scanners, int64_t mono_ms)
{
    int64_t due = mono_ms + (scanners->has_more ? 0 : scanners->has_waiting ? BUSY_MS : WAIT_MOST_MS);
    int64_t serial_due = serial_line_due_ms(&scanners->serial.line);

    if (serial_due < due) due = serial_due;
    for (size_t i = 0; i < SCANNERS_MOST_KEYBOARDS; i++) {
        const struct typist *typist = &scanners->typists[i];
        int64_t typist_due = typist->keyboard ? typist_due_ms(typist) : INT64_MAX;
        if (typist_due < due) due = typist_due;
    }
    return due;
}

static void wait_for_any(struct scanners *scanners, int64_t mono_ms)
{
    const struct scanners_config *config = &scanners->config;
    struct pollfd waits[SOURCES];
    nfds_t count = 0;

    if (config->source) waits[count++].fd = config->source->ops->descriptor(config->source);
    if (scanners->serial.serial) waits[count++].fd = serial_descriptor(scanners->serial.serial);
    for (size_t i = 0; i < SCANNERS_MOST_KEYBOARDS; i++) {
        struct keyboard *keyboard = scanners->typists[i].keyboard;
        if (keyboard) waits[count++].fd = keyboard->ops->descriptor(keyboard);
    }
    for (nfds_t i = 0; i < count; i++) waits[i].events = POLLIN;
    int64_t wait_ms = due_ms(scanners, mono_ms) - mono_ms;
    (void)poll(waits, count, wait_ms > 0 ? (int)wait_ms : 0);
}

// The kernel keeps 64 events of a keyboard, a quick scanner's last 30 ms: whoever computes must not hold us up longer.
// Of this thread alone; where it isn't allowed (RLIMIT_NICE), things are as they were.
static void hurry(struct scanners *scanners)
{
    if (!scanners->is_hurried) (void)setpriority(PRIO_PROCESS, 0, SCANNERS_NICE);
    scanners->is_hurried = true;
}

int64_t scanners_step(void *owner, int64_t mono_ms)
{
    struct scanners *scanners = owner;
    struct clock *clock = scanners->config.clock;

    hurry(scanners);
    wait_for_any(scanners, mono_ms);
    mono_ms = clock->ops->mono_ms(clock);
    take_keyboard_news(scanners);
    scanners->has_more = false;
    for (size_t i = 0; i < SCANNERS_MOST_KEYBOARDS; i++)
        if (scanners->typists[i].keyboard) read_keyboard(scanners, &scanners->typists[i], mono_ms);
    read_serial(scanners, mono_ms);
    scanners->has_waiting = !outbox_empty(&scanners->outbox);
    present_tell(&scanners->told, scanners->typists, SCANNERS_MOST_KEYBOARDS,
                 scanners->serial.serial ? scanners->config.serial : NULL, scanners->config.present);
    return 0;
}

enum status scanners_open(const struct scanners_config *config, struct scanners **out)
{
    struct scanners *scanners = mem_zero(sizeof *scanners);

    scanners->config = *config;
    doorbell_init(&scanners->bell);
    outbox_init(&scanners->outbox, config->quiet_ms > SCANNERS_QUIET_MS ? config->quiet_ms : SCANNERS_QUIET_MS,
                config->codes);
    scanners->worker = (struct worker){
        .name = "scanners", .step = scanners_step, .owner = scanners, .bell = &scanners->bell, .clock = config->clock};
    scanners->worker.watch = config->watch;
    *out = scanners;
    return STATUS_OK;
}

void scanners_start(struct scanners *scanners)
{
    worker_start(&scanners->worker);
}

void scanners_stop(struct scanners *scanners)
{
    worker_stop(&scanners->worker);
}

void scanners_close(struct scanners *scanners)
{
    if (!scanners) return;
    scanners_stop(scanners);
    if (!outbox_empty(&scanners->outbox)) log_warn("stopped before the desk took every scanned code");
    for (size_t i = 0; i < SCANNERS_MOST_KEYBOARDS; i++) keyboard_close(scanners->typists[i].keyboard);
    serial_close(scanners->serial.serial);
    outbox_destroy(&scanners->outbox);
    doorbell_destroy(&scanners->bell);
    free(scanners);
}
