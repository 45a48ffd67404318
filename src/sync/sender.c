// sender.c -- what there is to send, and where the office is: one call a step (sender_batch.c sends records,
// sender_fork.c deals with an office that has others).
#define LOG_MODULE "sync"

#include "sync/sync_parts.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ASK_AGAIN_MS = 5 * 60 * 1000, KEEP_ACKED_MS = 5 * 60 * 1000, PATH_SIZE = 128 };

void sender_open(struct sender *sender)
{
    sender->batch = mem_zero(sizeof *sender->batch);
    sender->text = mem_zero(BATCH_SIZE);
    sender->most = OUTBOX_MOST_LINES;
    sender->next = sender->acked = 1;
}

void sender_close(struct sender *sender)
{
    free(sender->batch);
    free(sender->text);
}

void sender_try_again(struct sender *sender)
{
    sender->knows_place = false;
    sender->is_stopped = sender->was_chain_refused = false;
}

void sender_name_log(const struct sender *sender, const char *behind, char *out, size_t out_size)
{
    char hex[2 * LOG_ID_BYTES + 1];

    text_hex(sender->log, LOG_ID_BYTES, hex);
    snprintf(out, out_size, "/v1/logs/%s%s", hex, behind);
}

// A log that is new to us: at the start, and after a fork. What was acknowledged earlier is only shown: the office is
// asked.
static void begin_log(struct sync *sync, const uint8_t log[LOG_ID_BYTES])
{
    struct sender *sender = &sync->sender;
    uint64_t acked, walk_in;
    bool is_known;

    pthread_mutex_lock(&sync->lock);
    if (sender->is_forking) sync->state.was_forked = true;
    is_known = memcmp(sync->pairing.acked_log, log, LOG_ID_BYTES) == 0;
    acked = is_known ? sync->pairing.acked_seq : 0;
    walk_in = is_known ? sync->pairing.acked_walk_in : 0;
    pthread_mutex_unlock(&sync->lock);
    sender->kept_walk_in = walk_in;
    if (!sender->is_forking) sender_begin_walk_ins(sender, walk_in); // else they are the same ones
    memcpy(sender->log, log, LOG_ID_BYTES);
    sender->is_forking = sender->is_probing = sender->knows_place = sender->was_chain_refused = false;
    sender->next = 1;
    sender->acked = acked + 1;
    sender->kept_acked = sender->acked;
}

static void tell_waiting(struct sync *sync, bool is_sending)
{
    struct sender *sender = &sync->sender;
    struct clock *clock = sync->config.clock;
    bool has_all = sender->knows_place && sender->acked > sender->last;

    pthread_mutex_lock(&sync->lock);
    sync->state.waiting = sender->acked > sender->last ? 0 : sender->last + 1 - sender->acked;
    sync->state.is_sending = is_sending;
    if (has_all && (sync->state.synced_unix_ms == 0 || sender->acked != sender->shown_acked))
        sync->state.synced_unix_ms = clock->ops->unix_ms(clock);
    if (has_all) sender->shown_acked = sender->acked;
    sync_tell_locked(sync);
    pthread_mutex_unlock(&sync->lock);
}

static bool has_unkept(const struct sender *sender)
{
    return sender->acked != sender->kept_acked || sender->there_walk_in != sender->kept_walk_in;
}

// Now and then, for the next start without a network; it is a trip to the disk.
static int64_t keep_acked(struct sync *sync, int64_t mono_ms)
{
    struct sender *sender = &sync->sender;
    int64_t left_ms = sender->kept_mono_ms + KEEP_ACKED_MS - mono_ms;

    if (!sender->knows_place || !has_unkept(sender)) return DOORBELL_FOREVER;
    if (sender->kept_mono_ms > 0 && left_ms > 0) return left_ms;
    sender_keep_acked(sync);
    sender->kept_mono_ms = mono_ms;
    return DOORBELL_FOREVER;
}

void sender_keep_acked(struct sync *sync)
{
    struct sender *sender = &sync->sender;

    if (!sender->knows_place || !has_unkept(sender)) return;
    sync_keep_acked(sync, sync->send_line.pairing.token, sender);
    sender->kept_acked = sender->acked;
    sender->kept_walk_in = sender->there_walk_in;
}

// A batch is read after we looked what there is: what was written in between is in it, and may be at the office
// already.
static enum status look_behind(struct sync *sync)
{
    struct outbox_head head;
    enum status status = outbox_head(sync->outbox, &head);

    if (status == STATUS_OK && memcmp(head.log, sync->sender.log, LOG_ID_BYTES) == 0) sync->sender.last = head.last_seq;
    return status;
}

static void tell_refilled(struct sync *sync, uint64_t count)
{
    log_warn("the office has lost records of ours: they are sent once more count=%llu", (unsigned long long)count);
    pthread_mutex_lock(&sync->lock);
    sync->state.was_refilled = true;
    sync_tell_locked(sync);
    pthread_mutex_unlock(&sync->lock);
}

// Where the office is in this log, as it said.
bool sender_place(struct sync *sync, const struct wire_place *place)
{
    struct sender *sender = &sync->sender;
    uint8_t hash[CHAIN_HASH_BYTES];
    enum status status = place->next > sender->last + 1 ? look_behind(sync) : STATUS_OK;

    sender->knows_place = false;
    if (status != STATUS_OK) {
        line_fail(sync, &sync->send_line, SYNC_DISK, "", 0);
        return false;
    }
    if (place->next > sender->last + 1) { // it has records of this log that we don't: which of ours are the same?
        sender_probe(sync, sender->last + 1);
        return true;
    }
    status = outbox_hash(sync->outbox, place->next - 1, hash);
    if (status != STATUS_OK) {
        line_fail(sync, &sync->send_line, SYNC_DISK, "", 0);
        return false;
    }
    if (place->next > 1 && memcmp(hash, place->head, sizeof hash) != 0) {
        sender_probe(sync, place->next);
        return true;
    }
    if (place->next < sender->acked) {
        sender_begin_walk_ins(sender, 0); // it lost records, and perhaps these too
        tell_refilled(sync, sender->acked - place->next);
    }
    sender->next = sender->acked = place->next;
    sender->knows_place = place->is_durable;
    if (!place->is_durable) line_fail(sync, &sync->send_line, SYNC_BUSY, "not durable yet", 0);
    return sender->knows_place;
}

static int64_t ask_place(struct sync *sync)
{
    struct line *line = &sync->send_line;
    struct wire_place place;
    struct uplink_answer answer;
    char path[PATH_SIZE];
    enum status status;

    sender_name_log(&sync->sender, "", path, sizeof path);
    status = line_call(sync, line, &(struct uplink_request){.method = "GET", .path = path}, &answer);
    if (status != STATUS_OK) return status == STATUS_GONE ? DOORBELL_FOREVER : 0;
    sync->sender.asked_mono_ms = sync->config.clock->ops->mono_ms(sync->config.clock);
    if (answer.status != 200) {
        line_refused(sync, line, &answer);
    } else if (wire_read_place(answer.body, answer.length, &place) != STATUS_OK) {
        line_fail(sync, line, SYNC_NO_OFFICE, "", 0);
    } else {
        anchor_take(sync, &answer, place.now_ms);
        if (sender_place(sync, &place) && sync->sender.knows_place) line_fine(sync, line);
    }
    return 0;
}

static int64_t rest(struct sync *sync, int64_t mono_ms)
{
    struct sender *sender = &sync->sender;
    int64_t left_ms = sender->asked_mono_ms + ASK_AGAIN_MS - mono_ms;

    if (left_ms > 0) return left_ms;
    sender->knows_place = false; // the office may have been put back from a backup meanwhile
    return 0;
}

static void take_doubt(struct sync *sync)
{
    pthread_mutex_lock(&sync->lock);
    if (sync->is_in_doubt) sync->sender.knows_place = false;
    if (sync->is_put_back) sender_begin_walk_ins(&sync->sender, 0);
    sync->is_in_doubt = sync->is_put_back = false;
    pthread_mutex_unlock(&sync->lock);
}

bool sender_look(struct sync *sync)
{
    struct sender *sender = &sync->sender;
    struct outbox_head head;

    if (outbox_head(sync->outbox, &head) != STATUS_OK) return false;
    if (memcmp(head.log, sender->log, LOG_ID_BYTES) != 0) begin_log(sync, head.log);
    sender->last = head.last_seq;
    tell_waiting(sync, sync->state.is_sending); // only this thread says that
    return true;
}

static int64_t work(struct sync *sync, int64_t mono_ms)
{
    struct sender *sender = &sync->sender;
    bool is_sending = sender->is_probing || (sender->knows_place && sender->next <= sender->last);
    int64_t next_ms;

    tell_waiting(sync, is_sending);
    if (is_sending) next_ms = sender_send_batch(sync);
    else if (!sender->knows_place) next_ms = ask_place(sync);
    else next_ms = sender_send_walk_in(sync);
    tell_waiting(sync, is_sending && sender->next <= sender->last && sync->send_line.retry_mono_ms == 0);
    return next_ms == DOORBELL_FOREVER && sender->knows_place ? rest(sync, mono_ms) : next_ms;
}

int64_t sender_work(struct sync *sync, int64_t mono_ms)
{
    struct sender *sender = &sync->sender;
    int64_t next_ms;

    take_doubt(sync);
    if (sender->is_stopped) return DOORBELL_FOREVER;
    if (sender->is_forking) return sender_await_fork(sync);
    next_ms = work(sync, mono_ms);
    return sync_sooner_ms(next_ms, keep_acked(sync, mono_ms));
}
