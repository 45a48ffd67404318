#define LOG_MODULE "hub"

#include "app/hub_parts.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    LEAST_WAIT_MS = 1000,
    MOST_WAIT_MS = 30 * 1000,
    WELL_AFTER_MS = 60 * 1000,
    LOOK_MS = 500,
    HEAR_MS = 50,
    END_MS = 5000,
    SETTLED_MS = 1000,
    STAFF_DEEP = 4,
};

// ---- files ----

bool hub_is_due(const struct settings *settings)
{
    char upstream[SETTING_PATH_SIZE];
    struct pairing pairing;

    settings_beside_database(settings, "upstream.json", upstream);
    return settings->is_hub && pairing_load(upstream, &pairing) == STATUS_OK;
}

bool hub_take_upstream(const struct settings *settings)
{
    char own[SETTING_PATH_SIZE], upstream[SETTING_PATH_SIZE], base[SETTING_PATH_SIZE];
    struct certificate *certificate = NULL;
    struct pairing pairing;

    if (!settings->is_hub) return false;
    settings_beside_database(settings, "pairing.json", own);
    settings_beside_database(settings, "upstream.json", upstream);
    settings_beside_database(settings, "hub.db", base);
    if (pairing_load(own, &pairing) != STATUS_OK || certificate_keep(base, &certificate) != STATUS_OK) return false;
    bool is_own = pairing.is_pinned && memcmp(pairing.pin, certificate->pin, PAIRING_PIN_BYTES) == 0;
    certificate_close(certificate);
    if (is_own) return false;
    if (rename(own, upstream) != 0) {
        log_error("can't put the pairing with the office aside file=%s: %s", own, strerror(errno));
        return false;
    }
    log_info("this hub hands on to the office url=%s", pairing.url);
    return true;
}

void hub_url(const struct settings *settings, char out[HUB_URL_SIZE])
{
    snprintf(out, HUB_URL_SIZE, "https://127.0.0.1:%d", settings->hub_port);
}

// ---- the child ----

static void start_child(struct hub *hub)
{
    char *words[] = {hub->program, "office",    "--hub",      "--database",  hub->database,
                     "--listen",   hub->listen, "--upstream", hub->upstream, NULL};

    hub->pid = hub_begin(hub->program, words, -1);
    hub->started_ms = hub->now_ms;
    hub->ask_ms = hub->now_ms + SETTLED_MS; // it makes its database first
    office_probe_begin(&hub->probe, hub->now_ms);
    if (hub->pid > 0) log_info("the hub is started port=%s pid=%d", hub->listen + 1, (int)hub->pid);
}

// However it ended, it is started again; one that dies at once is given more and more time.
static void keep_child(struct hub *hub)
{
    int status = 0;

    if (hub->pid > 0 && waitpid(hub->pid, &status, WNOHANG) == hub->pid) {
        hub->pid = 0;
        if (hub->now_ms - hub->started_ms > WELL_AFTER_MS) hub->wait_ms = LEAST_WAIT_MS;
        hub->retry_ms = hub->now_ms + hub->wait_ms;
        log_error("the hub has ended, it is started again status=%d in_ms=%lld", status, (long long)hub->wait_ms);
        hub->wait_ms = 2 * hub->wait_ms < MOST_WAIT_MS ? 2 * hub->wait_ms : MOST_WAIT_MS;
    }
    if (hub->pid > 0 || hub->now_ms < hub->retry_ms) return;
    start_child(hub);
    if (hub->pid == 0) hub->retry_ms = hub->now_ms + MOST_WAIT_MS;
}

static enum status open_uplink(struct hub *hub)
{
    struct pairing pairing;
    bool is_pinned = pairing_load(hub->own, &pairing) == STATUS_OK && pairing.is_pinned;

    return uplink_curl_open(hub->url, is_pinned ? pairing.pin : NULL, hub->clock, &hub->uplink);
}

// One that hangs is ended; keep_child() starts it again.
static void probe_child(struct hub *hub)
{
    if (!office_probe_is_due(&hub->probe, hub->now_ms)) return;
    if (!hub->uplink && open_uplink(hub) != STATUS_OK) return;
    if (!office_probe_is_hung(&hub->probe, hub->uplink, hub->now_ms)) return;
    log_error("the hub answers nobody any more: it is ended and started again pid=%d", (int)hub->pid);
    kill(hub->pid, SIGKILL);
}

// It closes its database by itself; what doesn't end is ended.
static void end_child(struct hub *hub)
{
    if (hub->pid == 0) return;
    kill(hub->pid, SIGTERM);
    for (int waited_ms = 0; waited_ms < END_MS; waited_ms += 20) {
        if (waitpid(hub->pid, NULL, WNOHANG) != 0) return;
        usleep(20 * 1000);
    }
    kill(hub->pid, SIGKILL);
    waitpid(hub->pid, NULL, 0);
}

static int64_t hub_step(void *owner, int64_t mono_ms)
{
    struct hub *hub = owner;

    hub->now_ms = mono_ms;
    keep_child(hub);
    if (hub->pid > 0) hub_join(hub);
    if (hub->pid > 0) probe_child(hub);
    hub_serve(hub);
    return hub->tool.pid > 0 ? HEAR_MS : LOOK_MS;
}

void hub_open(const struct hub_config *config, struct hub **out)
{
    struct hub *hub = mem_zero(sizeof *hub);
    const struct settings *settings = config->settings;

    hub->requests = config->requests;
    hub->states = config->states;
    hub->event = config->event;
    hub->wait_ms = LEAST_WAIT_MS;
    hub->clock = config->clock;
    text_copy(hub->own, sizeof hub->own, config->pairing);
    settings_beside_database(settings, "hub.db", hub->database);
    settings_beside_database(settings, "hub.book", hub->no_book);
    settings_beside_database(settings, "upstream.json", hub->upstream);
    snprintf(hub->listen, sizeof hub->listen, ":%d", settings->hub_port);
    hub_url(settings, hub->url);
    program_find("einlass", hub->program);
    doorbell_init(&hub->bell);
    queue_init(&hub->staff, sizeof(struct hub_request), STAFF_DEEP, &hub->bell);
    hub->worker = (struct worker){.name = "hub",
                                  .step = hub_step,
                                  .owner = hub,
                                  .bell = &hub->bell,
                                  .clock = config->clock,
                                  .watch = config->watch};
    *out = hub;
}

struct queue *hub_staff(struct hub *hub)
{
    return &hub->staff;
}

void hub_start(struct hub *hub)
{
    worker_start(&hub->worker);
}

void hub_close(struct hub *hub)
{
    if (!hub) return;
    worker_stop(&hub->worker);
    hub_tool_end(&hub->join);
    hub_tool_end(&hub->tool);
    end_child(hub);
    if (hub->uplink) hub->uplink->ops->close(hub->uplink);
    queue_destroy(&hub->staff);
    doorbell_destroy(&hub->bell);
    free(hub);
}
