// sender_batch.c -- a batch of records, and every answer to it (FORMATS: sync). Whatever is answered, nothing is
// dropped: what isn't acknowledged as durable is sent again.
#define LOG_MODULE "sync"

#include "sync/sync_parts.h"

#include "base/log.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUSY_MS = 1000, PATH_SIZE = 128 };

static void halve(struct sender *sender)
{
    sender->most = sender->batch->count > 1 ? sender->batch->count / 2 : 1;
}

// Taken, or known already: both are the same.
static void take_taken(struct sync *sync, const struct wire_place *place)
{
    struct sender *sender = &sync->sender;
    const struct outbox_batch *batch = sender->batch;

    if (sender->is_probing) { // these are the same there: what differs comes behind them
        sender->is_probing = false;
        sender_fork(sync, sender->differs_at > 0 ? sender->differs_at : batch->first + batch->count);
        return;
    }
    if (!sender_place(sync, place)) return;
    if (!sender->knows_place) return;   // it has others than we
    if (sender->next <= batch->first) { // it took it and doesn't have it
        line_fail(sync, &sync->send_line, SYNC_BUSY, "", 0);
        return;
    }
    sender->was_chain_refused = false;
    sender->most = sender->most * 2 < OUTBOX_MOST_LINES ? sender->most * 2 : OUTBOX_MOST_LINES;
    line_fine(sync, &sync->send_line);
}

static void take_conflict(struct sync *sync, const struct wire_place *place)
{
    struct sender *sender = &sync->sender;
    uint64_t first = sender->batch->first;

    if (!place->has_fork && strcmp(place->error, "fork") != 0) { // a gap: go back to where it is
        sender->is_probing = false;
        if (place->next == first) line_fail(sync, &sync->send_line, SYNC_BUSY, "a gap where there is none", 0);
        else (void)sender_place(sync, place); // it failed: back-off is set
        return;
    }
    // Where it differs within what was sent, it says so exactly. That the first one differs may also mean that one
    // before it does: look there, so that the new log begins with the first record that the office doesn't have.
    if (place->fork_at > first) sender_fork(sync, place->fork_at);
    else if (first == 1) sender_fork(sync, 1);
    else sender_probe(sync, first);
}

static void take_chain(struct sync *sync)
{
    struct sender *sender = &sync->sender;

    if (!sender->was_chain_refused) { // read it again from the disk, and send it once more
        sender->was_chain_refused = true;
        log_warn("the office says that the records don't follow from each other; sent again seq=%llu",
                 (unsigned long long)sender->batch->first);
        return;
    }
    sender->is_stopped = true;
    line_stop(sync, &sync->send_line, SYNC_BAD_CHAIN, "the hash chain is refused twice");
}

static void take_answer(struct sync *sync, const struct uplink_answer *answer)
{
    struct line *line = &sync->send_line;
    struct wire_place place;
    bool has_place = answer->status == 200 || answer->status == 409;

    if (has_place && wire_read_place(answer->body, answer->length, &place) != STATUS_OK) {
        line_fail(sync, line, SYNC_NO_OFFICE, "", 0);
        return;
    }
    if (has_place) anchor_take(sync, answer, place.now_ms);
    if (answer->status == 200) take_taken(sync, &place);
    else if (answer->status == 409) take_conflict(sync, &place);
    else if (answer->status == 422) take_chain(sync);
    else if ((answer->status == 413 || answer->status == 408) && sync->sender.batch->count > 1) halve(&sync->sender);
    else line_refused(sync, line, answer);
}

static int64_t send_text(struct sync *sync, size_t length)
{
    struct line *line = &sync->send_line;
    struct uplink_request request = {.method = "POST", .type = "application/x-ndjson", .is_gzip = true};
    struct uplink_answer answer;
    char path[PATH_SIZE];
    uint8_t *packed = NULL;
    enum status status;

    if (wire_gzip(sync->sender.text, length, &packed, &request.length) != STATUS_OK) return BUSY_MS;
    sender_name_log(&sync->sender, "/records", path, sizeof path);
    request.path = path;
    request.body = packed;
    status = line_call(sync, line, &request, &answer);
    free(packed);
    if (status == STATUS_GONE) return DOORBELL_FOREVER;
    if (status == STATUS_OK) take_answer(sync, &answer);
    else if (answer.trouble == UPLINK_TOO_SLOW) halve(&sync->sender);
    return 0;
}

int64_t sender_send_batch(struct sync *sync)
{
    struct sender *sender = &sync->sender;
    enum status status = outbox_read(sync->outbox, sender->next, sender->most, sender->batch);
    size_t length;

    if (status == STATUS_MISSING ||
        (status == STATUS_OK && memcmp(sender->batch->log, sender->log, LOG_ID_BYTES) != 0)) {
        sender->knows_place = sender->is_probing = false; // another log, perhaps: look again
        return 0;
    }
    if (status != STATUS_OK || batch_write(&sync->maker, sender->batch, sender->text, &length) != STATUS_OK) {
        line_fail(sync, &sync->send_line, SYNC_DISK, "", 0);
        return 0;
    }
    return send_text(sync, length);
}
