// first_event.h -- takes in what sync delivers while there is no desk yet: before the first event.
// Borrows its store and queues. Threads: the main thread.
#ifndef EINLASS_APP_FIRST_EVENT_H
#define EINLASS_APP_FIRST_EVENT_H

#include "app/settings.h"
#include "base/queue.h"
#include "record/store.h"
#include "sync/delivery.h"

enum { FIRST_EVENT_DEEP = 8 };

struct first_event {
    struct store *store;
    struct queue deliveries;         // of struct delivery, from sync
    struct queue *receipts;          // of struct receipt, to sync
    const struct settings *settings; // name the gate: the office calls it something while this runs
    struct receipt receipt;
    bool has_receipt;   // sync's queue was full
    uint32_t installed; // the event that was stored last; 0: none
};

void first_event_init(struct first_event *first, struct doorbell *bell);
// One delivery: stored durably, then answered.
void first_event_step(struct first_event *first);
void first_event_destroy(struct first_event *first);

#endif
