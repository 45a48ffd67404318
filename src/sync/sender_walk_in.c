// sender_walk_in.c -- what walk-ins said, beside the records (FORMATS: blobs). How far they are there is kept with the
// pairing; from the first one that was refused on they are sent again after each start: the office knows them by hash.
#define LOG_MODULE "sync"

#include "sync/sync_parts.h"

#include "base/log.h"
#include "base/text.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUSY_MS = 1000, PATH_SIZE = 128 };

void sender_begin_walk_ins(struct sender *sender, uint64_t there)
{
    sender->walk_in = sender->there_walk_in = there;
    if (there != sender->kept_walk_in) sender->kept_mono_ms = 0; // and that is written down at once
}

// The next one is sent, or needn't be.
static void pass(struct sender *sender, uint64_t number, bool is_there)
{
    if (is_there && sender->there_walk_in == sender->walk_in) sender->there_walk_in = number;
    sender->walk_in = number;
}

static bool is_settled(const struct uplink_answer *answer)
{
    static const int later[] = {401, 403, 408, 426, 429};

    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (answer->status == later[i]) return false;
    return answer->status < 500;
}

static void take_answer(struct sync *sync, const struct outbox_walk_in *walk_in, const struct uplink_answer *answer)
{
    if (!is_settled(answer)) {
        line_refused(sync, &sync->send_line, answer);
        return;
    }
    bool is_there = answer->status < 300;
    if (!is_there)
        log_error("the office refuses what a walk-in said; it stays here status=%d number=%llu", answer->status,
                  (unsigned long long)walk_in->seq);
    pass(&sync->sender, walk_in->seq, is_there);
    line_fine(sync, &sync->send_line);
}

static int64_t send_one(struct sync *sync, struct outbox_walk_in *walk_in)
{
    struct uplink_request request = {.method = "PUT", .type = UPLINK_JSON};
    char *json = wire_write_blob(walk_in->salt, walk_in->blob);
    char path[PATH_SIZE], hash[2 * WALK_IN_HASH_BYTES + 1];
    struct uplink_answer answer;
    enum status status;

    text_hex(walk_in->hash, WALK_IN_HASH_BYTES, hash);
    snprintf(path, sizeof path, "/v1/blobs/%s", hash);
    request.path = path;
    request.body = json;
    request.length = strlen(json);
    status = line_call(sync, &sync->send_line, &request, &answer);
    sodium_memzero(json, request.length); // a person
    free(json);
    if (status == STATUS_OK) take_answer(sync, walk_in, &answer);
    return status == STATUS_GONE ? DOORBELL_FOREVER : 0;
}

int64_t sender_send_walk_in(struct sync *sync)
{
    struct outbox_walk_in walk_in;
    enum status status = outbox_next_walk_in(sync->outbox, sync->sender.walk_in, &walk_in);
    int64_t next_ms = 0;

    if (status == STATUS_MISSING) return DOORBELL_FOREVER;
    if (status != STATUS_OK) return BUSY_MS;
    if (walk_in.is_erased) pass(&sync->sender, walk_in.seq, true);
    else next_ms = send_one(sync, &walk_in);
    sodium_memzero(&walk_in, sizeof walk_in);
    return next_ms;
}
