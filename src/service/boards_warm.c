// boards_warm.c -- an event is counted before anybody asks, and by the counting thread: reading a million check-ins
// takes seconds, in which the server's thread would answer nobody.
#define LOG_MODULE "boards"
#include "service/boards_parts.h"

#include "base/log.h"

struct inbox *boards_borrow(struct boards *boards, uint32_t event)
{
    atomic_store(&boards->is_awaited, true); // before trying: else it might be let go unseen
    if (pthread_mutex_trylock(&boards->lock) != 0) return NULL;
    if (inbox_is_counted(boards->inbox, event)) return boards->inbox;
    pthread_mutex_unlock(&boards->lock);
    atomic_store(&boards->wanted, event);
    boards_ring(boards);
    return NULL;
}

void boards_give_back(struct boards *boards)
{
    pthread_mutex_unlock(&boards->lock);
}

static void prepare(struct boards *boards, uint32_t event)
{
    enum status status = inbox_prepare(boards->inbox, event);

    if (status != STATUS_OK)
        log_warn("an event can't be counted event=%u reason=\"%s\"", (unsigned)event, status_words(status));
}

// One at a time, in the order of their numbers: where there are too many, the newest stay. Who waits goes first.
bool boards_warm(struct boards *boards)
{
    uint32_t wanted = atomic_exchange(&boards->wanted, 0), next = 0;
    enum status status;

    if (wanted) {
        prepare(boards, wanted);
        return true;
    }
    if (boards->is_warm) return false;
    status = inbox_next_event(boards->inbox, boards->warmed, &next);
    boards->is_warm = status == STATUS_MISSING;
    if (status != STATUS_OK) return false; // or the database is away: again
    prepare(boards, next);
    boards->warmed = next;
    return true;
}
