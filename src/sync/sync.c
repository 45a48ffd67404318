// sync.c -- opening, closing, requests (sync_tell.c: what is told and kept).
#define LOG_MODULE "sync"

#include "sync/sync_parts.h"

#include "base/mem.h"

#include <sodium.h>
#include <stdlib.h>

enum { MOST_REQUESTS = 8, MOST_RECEIPTS = 16, BUSY_MS = 1000 };
enum { PATIENCE_MS = 60000 }; // a call says that it goes on; a slow USB stick can't

// ---- requests ----

static void obey(struct sync *sync, const struct sync_request *request)
{
    switch (request->kind) {
    case SYNC_REQUEST_PAIR:
        sync_enrol(sync, request->text);
        return;
    case SYNC_REQUEST_EXPORT:
        if (sync->stick) (void)stick_begin(sync->stick); // what came of it is told below
        return;
    case SYNC_REQUEST_NOW:
        sender_try_again(&sync->sender);
        pthread_mutex_lock(&sync->lock);
        sync->send_line.retry_mono_ms = sync->feed_line.retry_mono_ms = 0;
        pthread_mutex_unlock(&sync->lock);
        doorbell_ring(&sync->feed_bell);
        return;
    }
}

// Looks for a stick, or writes the next piece on it.
static int64_t serve_stick(struct sync *sync)
{
    bool is_writing;
    uint32_t done, total;
    enum sync_stick stick;

    if (!sync->stick) return DOORBELL_FOREVER;
    is_writing = stick_step(sync->stick, sync->outbox, &sync->maker);
    stick_progress(sync->stick, &done, &total);
    stick = stick_look(sync->stick);
    pthread_mutex_lock(&sync->lock);
    sync->state.stick = stick;
    sync->state.export_done = done;
    sync->state.export_total = total;
    pthread_mutex_unlock(&sync->lock);
    return is_writing ? 0 : LOOK_MS;
}

int64_t sync_sooner_ms(int64_t one_ms, int64_t other_ms)
{
    if (one_ms == DOORBELL_FOREVER || other_ms == DOORBELL_FOREVER) return one_ms > other_ms ? one_ms : other_ms;
    return one_ms < other_ms ? one_ms : other_ms;
}

int64_t sync_send_step(void *owner, int64_t mono_ms)
{
    struct sync *sync = owner;
    struct sync_request request;
    int64_t due_ms = DOORBELL_FOREVER, stick_ms;
    bool is_readable, is_open;

    sync_take_receipts(sync);
    while (queue_take(&sync->requests, &request)) obey(sync, &request);
    stick_ms = serve_stick(sync);
    is_readable = sender_look(sync);
    is_open = line_open(sync, &sync->send_line);
    if (is_open) due_ms = is_readable ? line_due_ms(sync, &sync->send_line, mono_ms) : BUSY_MS;
    if (due_ms == 0) due_ms = sender_work(sync, mono_ms);
    sync_tell(sync);
    return sync_sooner_ms(due_ms, stick_ms);
}

int64_t sync_feed_step(void *owner, int64_t mono_ms)
{
    struct sync *sync = owner;
    int64_t due_ms;

    sync_take_receipts(sync);
    if (!line_open(sync, &sync->feed_line)) return DOORBELL_FOREVER;
    due_ms = line_due_ms(sync, &sync->feed_line, mono_ms);
    if (due_ms == 0) due_ms = receiver_work(sync, mono_ms);
    sync_tell(sync);
    return due_ms;
}

// ---- life ----

static enum status load_pairing(struct sync *sync)
{
    enum status status = pairing_load(sync->config.pairing, &sync->pairing);

    if (status == STATUS_OK) sync->pairing_number = 1;
    // What can't be read is no reason to keep the door closed: it is said, and can be paired anew.
    return status == STATUS_OK || status == STATUS_MISSING || status == STATUS_INVALID ? STATUS_OK : status;
}

static struct worker worker_of(struct sync *sync, const char *name, worker_step *step, struct doorbell *bell)
{
    return (struct worker){.name = name,
                           .step = step,
                           .owner = sync,
                           .bell = bell,
                           .clock = sync->config.clock,
                           .watch = sync->config.watch,
                           .patience_ms = PATIENCE_MS};
}

enum status sync_open(const struct sync_config *config, struct sync **out)
{
    struct sync *sync;
    enum status status;

    if (sodium_init() < 0) return STATUS_LATER;
    sync = mem_zero(sizeof *sync);
    sync->config = *config;
    if (!sync->config.open_uplink) sync->config.open_uplink = uplink_curl_open;
    sync->maker = (struct batch_maker){config->device_key, config->gate, config->clock};
    if (config->stick && config->stick[0]) sync->stick = stick_open(config->stick);
    pthread_mutex_init(&sync->lock, NULL);
    doorbell_init(&sync->bell);
    doorbell_init(&sync->feed_bell);
    queue_init(&sync->requests, sizeof(struct sync_request), MOST_REQUESTS, &sync->bell);
    queue_init(&sync->receipts, sizeof(struct receipt), MOST_RECEIPTS, &sync->feed_bell);
    sender_open(&sync->sender);
    if ((status = outbox_sqlite_open(config->database, &sync->outbox)) != STATUS_OK) goto fail;
    if ((status = outbox_sqlite_open(config->database, &sync->feed_outbox)) != STATUS_OK) goto fail;
    if ((status = load_pairing(sync)) != STATUS_OK) goto fail;
    sync->send_worker = worker_of(sync, "sync", sync_send_step, &sync->bell);
    sync->feed_worker = worker_of(sync, "feed", sync_feed_step, &sync->feed_bell);
    sync_tell(sync);
    *out = sync;
    return STATUS_OK;
fail:
    sync_close(sync);
    return status;
}

struct queue *sync_requests(struct sync *sync)
{
    return &sync->requests;
}

struct queue *sync_receipts(struct sync *sync)
{
    return &sync->receipts;
}

struct doorbell *sync_bell(struct sync *sync)
{
    return &sync->bell;
}

uint64_t sync_waiting(struct sync *sync)
{
    uint64_t waiting;

    pthread_mutex_lock(&sync->lock);
    waiting = sync->state.is_paired ? sync->state.waiting : 0;
    pthread_mutex_unlock(&sync->lock);
    return waiting;
}

void sync_start(struct sync *sync)
{
    worker_start(&sync->send_worker);
    worker_start(&sync->feed_worker);
}

static void cancel_calls(struct sync *sync)
{
    pthread_mutex_lock(&sync->lock);
    sync->is_closing = true;
    if (sync->send_line.uplink) sync->send_line.uplink->ops->cancel(sync->send_line.uplink);
    if (sync->feed_line.uplink) sync->feed_line.uplink->ops->cancel(sync->feed_line.uplink);
    pthread_mutex_unlock(&sync->lock);
}

void sync_close(struct sync *sync)
{
    if (!sync) return;
    cancel_calls(sync);
    worker_stop(&sync->send_worker);
    worker_stop(&sync->feed_worker);
    sender_keep_acked(sync);
    line_set_uplink(sync, &sync->send_line, NULL);
    line_set_uplink(sync, &sync->feed_line, NULL);
    sender_close(&sync->sender);
    receiver_close(&sync->receiver);
    stick_close(sync->stick);
    outbox_close(sync->outbox);
    outbox_close(sync->feed_outbox);
    queue_destroy(&sync->requests);
    queue_destroy(&sync->receipts);
    doorbell_destroy(&sync->bell);
    doorbell_destroy(&sync->feed_bell);
    pthread_mutex_destroy(&sync->lock);
    sodium_memzero(&sync->pairing, sizeof sync->pairing);
    free(sync);
}
