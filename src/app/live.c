#define LOG_MODULE "board"

#include "app/live.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/worker.h"
#include "http/address.h"
#include "record/look.h"
#include "sync/sync.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

struct live {
    struct live_config config;
    char token[BOARD_TOKEN_SIZE];
    struct board *board;
    struct http_route routes[BOARD_MOST_ROUTES];
    struct http_server *server; // the worker's, once it is started; NULL: it can't listen yet
    _Atomic uint32_t port;      // that is served; 0: none yet
    int64_t server_tried_ms;    // mono

    struct doorbell bell;
    struct worker worker;
    struct tally_source *source;
    struct look *look; // the event, as it is stored
    struct tally *tally;
    bool has_begun, has_counted, has_complained;
    uint64_t stamp;                               // of what was counted
    int64_t counted_ms, told_ms, event_looked_ms; // mono
};

static enum status open_server(struct live *live)
{
    struct http_config config = {
        .address = live->config.address[0] ? live->config.address : NULL,
        .port = live->config.port,
        .routes = live->routes,
        .route_count = board_routes(live->board, live->routes),
        .clock = live->config.clock,
        .watch = live->config.watch,
    };

    enum status status = http_open(&config, &live->server);
    if (status != STATUS_OK) return status;
    atomic_store(&live->port, http_port(live->server));
    return STATUS_OK;
}

enum status live_open(const struct live_config *config, struct live **out)
{
    struct live *live = mem_zero(sizeof *live);
    enum status status;

    live->config = *config;
    live->look = mem_zero(sizeof *live->look);
    live->tally = mem_zero(sizeof *live->tally);
    doorbell_init(&live->bell);
    live->worker = (struct worker){.name = "live",
                                   .step = live_step,
                                   .owner = live,
                                   .bell = &live->bell,
                                   .clock = config->clock,
                                   .watch = config->watch};
    if ((status = board_keep_token(config->secret, config->event, live->token)) != STATUS_OK) goto fail;
    board_open(live->token, config->clock, &live->board);
    if ((status = tally_sqlite_open(config->database, config->clock, &live->source)) != STATUS_OK) goto fail;
    status = open_server(live);
    if (status == STATUS_LATER)
        log_warn("no headcount page yet, the reason is above; it is tried again port=%u", config->port);
    else if (status != STATUS_OK) goto fail;
    *out = live;
    return STATUS_OK;
fail:
    live_close(live);
    return status;
}

void live_start(struct live *live)
{
    worker_start(&live->worker);
}

void live_close(struct live *live)
{
    if (!live) return;
    worker_stop(&live->worker);
    http_close(live->server);
    board_close(live->board);
    tally_close(live->source);
    doorbell_destroy(&live->bell);
    free(live->look);
    free(live->tally);
    free(live);
}

// A loopback address that nobody asked for means: there is no network.
void live_link(const struct live *live, char out[BOARD_LINK_SIZE])
{
    const char *address = live->config.address;
    uint32_t port = atomic_load(&live->port);
    char origin[ADDRESS_URL_SIZE];

    out[0] = '\0';
    if (port == 0) return;
    address_guess(address[0] ? address : NULL, (uint16_t)port, false, origin);
    if (address[0] || !strstr(origin, "://127.0.0.1:")) board_link(origin, "/", live->token, out);
}

// ---- counting ----

static enum status look_at_event(struct live *live, int64_t mono_ms)
{
    if (live->look->has_event && mono_ms - live->event_looked_ms < LIVE_EVENT_MS) return STATUS_OK;
    live->event_looked_ms = mono_ms;
    enum status status = look_sqlite(live->config.database, live->config.event, live->look);
    if (status != STATUS_OK) return status;
    return live->look->has_event ? STATUS_OK : STATUS_MISSING;
}

// As staff chose on the screen, where it was for this event.
static uint16_t served_list(const struct live *live)
{
    const struct live_config *config = &live->config;
    char event[STORE_VALUE_SIZE], list[STORE_VALUE_SIZE];

    if (config->is_list_fixed) return config->list;
    if (look_setting_sqlite(config->database, "event", event) != STATUS_OK) return config->list;
    if (strtoul(event, NULL, 10) != config->event) return config->list;
    if (look_setting_sqlite(config->database, "list", list) != STATUS_OK) return config->list;
    unsigned long id = strtoul(list, NULL, 10);
    return id > 0 && id <= UINT16_MAX && event_list(&live->look->event, (uint16_t)id) ? (uint16_t)id : config->list;
}

// What the database can't know of this kiosk: where it stands, also before its first record, and what it serves.
static void add_own(struct live *live)
{
    struct tally *tally = live->tally;

    tally->list = served_list(live);
    for (size_t i = 0; i < tally->kiosk_count; i++)
        if (tally->kiosks[i].is_this) text_copy(tally->kiosks[i].gate, GATE_SIZE, live->config.gate);
}

// True: it is another number than the page has.
static bool fill_in_waiting(struct live *live)
{
    uint64_t waiting = live->config.sync ? sync_waiting(live->config.sync) : 0;
    uint32_t shown = waiting < UINT32_MAX ? (uint32_t)waiting : UINT32_MAX;
    bool is_new = false;

    for (size_t i = 0; i < live->tally->kiosk_count; i++) {
        struct tally_kiosk *kiosk = &live->tally->kiosks[i];
        if (!kiosk->is_this || kiosk->waiting == shown) continue;
        kiosk->waiting = shown;
        is_new = true;
    }
    return is_new;
}

static enum status count(struct live *live, int64_t mono_ms)
{
    enum status status = look_at_event(live, mono_ms);

    if (status == STATUS_OK) status = tally_read(live->source, &live->look->event, live->tally);
    if (status != STATUS_OK) return status;
    add_own(live);
    live->has_counted = true;
    live->counted_ms = mono_ms;
    return STATUS_OK;
}

// If anything was written since the last count. A number read before counting misses nothing: at worst it counts twice.
static enum status count_if_due(struct live *live, int64_t mono_ms, bool *is_new_out)
{
    uint64_t stamp = 0;
    enum status status = tally_stamp(live->source, &stamp);
    bool is_due = !live->has_counted || (stamp != live->stamp && mono_ms - live->counted_ms >= LIVE_COUNT_MS);

    *is_new_out = false;
    if (status == STATUS_OK && is_due) {
        if ((status = count(live, mono_ms)) != STATUS_OK) return status;
        live->stamp = stamp;
        *is_new_out = true;
    }
    return status;
}

static void complain(struct live *live, enum status status)
{
    bool is_broken = status != STATUS_OK;

    if (is_broken && !live->has_complained)
        log_warn("the headcount page gets no new numbers: %s", status_words(status));
    if (!is_broken && live->has_complained) log_info("the headcount page gets new numbers again");
    live->has_complained = is_broken;
}

static void try_server_again(struct live *live, int64_t mono_ms)
{
    if (live->server || mono_ms - live->server_tried_ms < LIVE_PORT_MS) return;
    live->server_tried_ms = mono_ms;
    if (open_server(live) == STATUS_OK) log_info("the headcount page is served now port=%u", live->config.port);
}

int64_t live_step(void *owner, int64_t mono_ms)
{
    struct live *live = owner;
    bool is_new;

    if (!live->has_begun) (void)setpriority(PRIO_PROCESS, 0, LIVE_NICE); // of this thread alone
    live->has_begun = true;
    try_server_again(live, mono_ms);
    enum status status = count_if_due(live, mono_ms, &is_new);
    complain(live, status);
    if (status == STATUS_OK) is_new |= fill_in_waiting(live);
    if (status == STATUS_OK && (is_new || mono_ms - live->told_ms >= BOARD_FRESH_MS / 2)) {
        live->told_ms = mono_ms;
        live->tally->made_unix_ms = live->config.clock->ops->unix_ms(live->config.clock);
        board_put(live->board, live->tally);
        if (live->server) http_ring(live->server);
    }
    return LIVE_LOOK_MS;
}
