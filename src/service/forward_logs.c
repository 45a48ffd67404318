#define LOG_MODULE "forward"

#include "service/forward_parts.h"

#include "base/log.h"
#include "base/text.h"
#include "sync/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 128 };

// ---- which there are ----

static struct forward_log *log_of(struct forward *forward, const uint8_t id[LOG_ID_BYTES])
{
    for (size_t i = 0; i < forward->log_count; i++)
        if (memcmp(forward->logs[i].id, id, LOG_ID_BYTES) == 0) return &forward->logs[i];
    if (forward->log_count == FORWARD_MOST_LOGS) return NULL;
    struct forward_log *log = &forward->logs[forward->log_count++];
    *log = (struct forward_log){0};
    memcpy(log->id, id, LOG_ID_BYTES);
    return log;
}

static enum status note_log(void *owner, const struct inbox_log *found)
{
    struct forward *forward = owner;
    struct forward_log *log = log_of(forward, found->log);

    if (log) log->here = found->next;
    else log_warn("more logs than a hub can hand on, the oldest go first most=%d", FORWARD_MOST_LOGS);
    return STATUS_OK;
}

void forward_find_logs(struct forward *forward)
{
    enum status status = inbox_each_log(forward->inbox, note_log, forward);

    if (status != STATUS_OK) log_warn("the hub's records can't be read now: %s", status_words(status));
}

void forward_doubt(struct forward *forward)
{
    for (size_t i = 0; i < forward->log_count; i++) forward->logs[i].next = 0;
    forward->blob = 0;
}

// ---- records ----

static void put_aside(struct forward *forward, struct forward_log *log, const char *why)
{
    char id[2 * LOG_ID_BYTES + 1];

    text_hex(log->id, LOG_ID_BYTES, id);
    if (log->aside_mono_ms == 0)
        log_error("the office can't take a log: %s; all is kept, it is tried again log=%s next=%llu", why, id,
                  (unsigned long long)log->next);
    log->aside_mono_ms = forward->now_ms + FORWARD_ASIDE_MS;
    log->next = 0; // asked anew then
}

// An office that has less than it had was put back from a backup, and may lack walk-ins' data too.
static void note_place(struct forward *forward, struct forward_log *log, uint64_t next)
{
    if (next < log->had) forward->blob = 0;
    log->next = log->had = next;
    log->heard_mono_ms = forward->now_ms;
    log->aside_mono_ms = 0;
}

// What the office said about this log; its own failures are judged elsewhere.
static enum forward_turn take_place(struct forward *forward, struct forward_log *log)
{
    const struct uplink_answer *answer = &forward->answer;
    struct wire_place place;
    bool is_place = wire_read_place(answer->body, answer->length, &place) == STATUS_OK;

    if (answer->status == 400 || answer->status == 413 || answer->status == 422) {
        put_aside(forward, log, answer->status == 422 ? "the chain is broken" : "it isn't understood");
        return FORWARD_DONE;
    }
    if (answer->status == 409 && is_place && place.has_fork) {
        put_aside(forward, log, "it has other records");
        return FORWARD_DONE;
    }
    if (answer->status != 200 && answer->status != 409) return forward_judge(forward);
    if (!is_place) return FORWARD_LATER;
    note_place(forward, log, place.next);
    return FORWARD_DONE;
}

static enum forward_turn ask_place(struct forward *forward, struct forward_log *log)
{
    char path[PATH_SIZE], id[2 * LOG_ID_BYTES + 1];
    struct uplink_request request = {.method = "GET", .path = path};
    enum forward_turn turn;

    text_hex(log->id, LOG_ID_BYTES, id);
    snprintf(path, sizeof path, "/v1/logs/%s", id);
    if (!forward_call(forward, &request, &turn)) return turn;
    return take_place(forward, log);
}

static enum forward_turn send(struct forward *forward, struct forward_log *log, const uint8_t *bytes, size_t length)
{
    char path[PATH_SIZE], id[2 * LOG_ID_BYTES + 1];
    struct uplink_request request = {.method = "POST",
                                     .path = path,
                                     .body = bytes,
                                     .length = length,
                                     .type = "application/x-ndjson",
                                     .is_gzip = true};
    uint64_t before = log->next;
    enum forward_turn turn;

    text_hex(log->id, LOG_ID_BYTES, id);
    snprintf(path, sizeof path, "/v1/logs/%s/records", id);
    if (!forward_call(forward, &request, &turn)) return turn;
    turn = take_place(forward, log);
    // An office that takes a batch and still waits for the same record would be asked for ever.
    if (turn == FORWARD_DONE && forward->answer.status == 200 && log->next <= before)
        put_aside(forward, log, "it doesn't grow");
    return turn;
}

static enum forward_turn forward_batch(struct forward *forward, struct forward_log *log)
{
    enum forward_turn turn = FORWARD_LATER;
    char *sealed = NULL;
    uint8_t *packed = NULL;
    size_t length = 0, packed_length = 0;
    enum status status = inbox_sealed(forward->inbox, log->id, log->next, &sealed, &length);

    if (status == STATUS_OK) status = wire_gzip(sealed, length, &packed, &packed_length);
    if (status == STATUS_OK) turn = send(forward, log, packed, packed_length);
    if (status == STATUS_MISSING) { // the list of logs knew more than there is
        log->here = log->next;
        turn = FORWARD_DONE;
    }
    free(sealed);
    free(packed);
    return turn;
}

enum forward_turn forward_records(struct forward *forward)
{
    for (size_t i = 0; i < forward->log_count; i++) {
        struct forward_log *log = &forward->logs[i];

        if (log->aside_mono_ms > forward->now_ms) continue;
        if (forward->now_ms - log->heard_mono_ms >= FORWARD_DOUBT_MS) log->next = 0;
        if (log->next == 0) return ask_place(forward, log);
        if (log->next < log->here) return forward_batch(forward, log);
    }
    return FORWARD_IDLE;
}

// ---- walk-ins' data ----

struct parcel { // a blob on its way out of the database
    int64_t id;
    uint8_t hash[WALK_IN_HASH_BYTES];
    char *body;
};

static enum status take_one(void *owner, int64_t id, const uint8_t hash[WALK_IN_HASH_BYTES],
                            const uint8_t salt[WALK_IN_SALT_BYTES], const char *blob)
{
    struct parcel *parcel = owner;

    if (parcel->body) return STATUS_LATER; // one at a time: ends the visit
    parcel->id = id;
    memcpy(parcel->hash, hash, WALK_IN_HASH_BYTES);
    parcel->body = wire_write_blob(salt, blob);
    return STATUS_OK;
}

enum forward_turn forward_blobs(struct forward *forward)
{
    char path[PATH_SIZE], hash[2 * WALK_IN_HASH_BYTES + 1];
    struct uplink_request request = {.method = "PUT", .path = path, .type = "application/json"};
    struct parcel parcel = {0};
    enum forward_turn turn;

    (void)!inbox_each_blob(forward->inbox, forward->blob, take_one, &parcel); // LATER: there are more, or not now
    if (!parcel.body) return FORWARD_IDLE;
    text_hex(parcel.hash, WALK_IN_HASH_BYTES, hash);
    snprintf(path, sizeof path, "/v1/blobs/%s", hash);
    request.body = parcel.body;
    request.length = strlen(parcel.body);
    if (forward_call(forward, &request, &turn)) {
        turn = forward_judge(forward);
        if (forward->answer.status == 400) { // the hash was checked when it came here
            log_error("the office doesn't take a walk-in's data, it is kept here hash=%.8s", hash);
            turn = FORWARD_DONE;
        }
        if (turn == FORWARD_DONE) forward->blob = parcel.id;
    }
    free(parcel.body);
    return turn;
}
