#include "base/mailbox.h"

#include "base/mem.h"

#include <stdlib.h>

void mailbox_init(struct mailbox *box, size_t item_bytes, struct doorbell *reader_bell)
{
    *box = (struct mailbox){
        .written = mem_zero(item_bytes),
        .waiting = mem_zero(item_bytes),
        .read = mem_zero(item_bytes),
        .bell = reader_bell,
    };
    pthread_mutex_init(&box->lock, NULL);
}

void mailbox_destroy(struct mailbox *box)
{
    free(box->written);
    free(box->waiting);
    free(box->read);
    pthread_mutex_destroy(&box->lock);
}

void *mailbox_writable(struct mailbox *box)
{
    return box->written;
}

void mailbox_put(struct mailbox *box)
{
    pthread_mutex_lock(&box->lock);
    void *filled = box->written;
    box->written = box->waiting;
    box->waiting = filled;
    box->has_new = true;
    pthread_mutex_unlock(&box->lock);
    if (box->bell) doorbell_ring(box->bell);
}

const void *mailbox_take(struct mailbox *box)
{
    const void *newest = NULL;

    pthread_mutex_lock(&box->lock);
    if (box->has_new) {
        void *done = box->read;
        box->read = box->waiting;
        box->waiting = done;
        box->has_new = false;
        newest = box->read;
    }
    pthread_mutex_unlock(&box->lock);
    return newest;
}
