// sender_fork.c -- when the office has other records under this log's numbers than we: this database, or the one that
// sent those, is a copy. The log that is here ends, a new one begins, and nothing of either is lost.
#define LOG_MODULE "sync"

#include "sync/sync_parts.h"

#include "base/log.h"

// Sends what it has before `end` once more: the office compares, and says where they differ.
void sender_probe(struct sync *sync, uint64_t end)
{
    struct sender *sender = &sync->sender;

    if (end <= 1) {
        sender_fork(sync, 1);
        return;
    }
    sender->differs_at = end <= sender->last ? end : 0;
    sender->is_probing = true;
    sender->most = end - 1 < OUTBOX_MOST_LINES ? (size_t)(end - 1) : OUTBOX_MOST_LINES;
    sender->next = end - sender->most;
}

void sender_fork(struct sync *sync, uint64_t at)
{
    struct sender *sender = &sync->sender;
    struct delivery delivery = {.kind = DELIVERY_FORK, .seq = at};

    sender->is_probing = sender->knows_place = false;
    sender->most = OUTBOX_MOST_LINES;
    if (sync_deliver(sync, &delivery, &sender->fork_serial) != STATUS_OK) {
        line_fail(sync, &sync->send_line, SYNC_DISK, "", 0);
        return;
    }
    log_warn("the office has other records of this log: a new one is begun from_seq=%llu", (unsigned long long)at);
    sender->is_forking = true;
    line_stop(sync, &sync->send_line, SYNC_FORKED, "");
}

// It has happened when the log has another name (sender_work). Asked a second time only when the first certainly came
// to nothing: else two logs would be begun.
int64_t sender_await_fork(struct sync *sync)
{
    struct sender *sender = &sync->sender;
    struct receipt receipt;

    if (!sync_receipt(sync, &sync->sent_receipt, sender->fork_serial, &receipt)) return LOOK_MS;
    if (receipt.status == STATUS_OK) return LOOK_MS;
    sender->is_forking = false;
    line_fail(sync, &sync->send_line, SYNC_DISK, "", 0);
    return 0;
}
