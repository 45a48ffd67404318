// queue.h -- bounded, in order, nothing lost (codes, commands, notices).
// Values are copied in and out. When full, put() answers STATUS_LATER and the *caller* decides.
// Threads: any number of writers, one reader. Memory: taken at init.
#ifndef EINLASS_BASE_QUEUE_H
#define EINLASS_BASE_QUEUE_H

#include "base/doorbell.h"
#include "base/status.h"

#include <stddef.h>

struct queue {
    pthread_mutex_t lock;
    unsigned char *items;
    size_t item_bytes, capacity, first, count;
    struct doorbell *bell; // of the reader; may be NULL
};

void queue_init(struct queue *queue, size_t item_bytes, size_t capacity, struct doorbell *reader_bell);
void queue_destroy(struct queue *queue);

enum status queue_put(struct queue *queue, const void *item) MUST_CHECK; // LATER: full
bool queue_take(struct queue *queue, void *out);                         // false: empty
size_t queue_count(struct queue *queue);                                 // how many wait, as of now

#endif
