#include "base/queue.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void queue_init(struct queue *queue, size_t item_bytes, size_t capacity, struct doorbell *reader_bell)
{
    *queue = (struct queue){
        .items = mem_zero_array(capacity, item_bytes),
        .item_bytes = item_bytes,
        .capacity = capacity,
        .bell = reader_bell,
    };
    pthread_mutex_init(&queue->lock, NULL);
}

void queue_destroy(struct queue *queue)
{
    free(queue->items);
    pthread_mutex_destroy(&queue->lock);
}

enum status queue_put(struct queue *queue, const void *item)
{
    enum status status = STATUS_LATER;

    pthread_mutex_lock(&queue->lock);
    if (queue->count < queue->capacity) {
        size_t slot = (queue->first + queue->count) % queue->capacity;
        memcpy(queue->items + slot * queue->item_bytes, item, queue->item_bytes);
        queue->count++;
        status = STATUS_OK;
    }
    pthread_mutex_unlock(&queue->lock);
    if (status == STATUS_OK && queue->bell) doorbell_ring(queue->bell);
    return status;
}

bool queue_take(struct queue *queue, void *out)
{
    bool has_item;

    pthread_mutex_lock(&queue->lock);
    has_item = queue->count > 0;
    if (has_item) {
        memcpy(out, queue->items + queue->first * queue->item_bytes, queue->item_bytes);
        queue->first = (queue->first + 1) % queue->capacity;
        queue->count--;
    }
    pthread_mutex_unlock(&queue->lock);
    return has_item;
}

size_t queue_count(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    size_t count = queue->count;
    pthread_mutex_unlock(&queue->lock);
    return count;
}
