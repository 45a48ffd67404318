// mailbox.h -- one slot, newest wins (frames, snapshots).
// Three buffers change hands, so neither side copies or waits: the writer fills its own, put() swaps
// it with the waiting one, take() swaps the waiting one with the reader's.
// Ownership: the mailbox owns the buffers; writable() belongs to the writer until put(), what take()
// gave belongs to the reader until its next take(). Threads: one writer, one reader.
#ifndef EINLASS_BASE_MAILBOX_H
#define EINLASS_BASE_MAILBOX_H

#include "base/doorbell.h"

#include <stddef.h>

struct mailbox {
    pthread_mutex_t lock;
    void *written, *waiting, *read;
    bool has_new;
    struct doorbell *bell; // of the reader; may be NULL
};

void mailbox_init(struct mailbox *box, size_t item_bytes, struct doorbell *reader_bell);
void mailbox_destroy(struct mailbox *box);

void *mailbox_writable(struct mailbox *box);   // the writer's buffer (content: something older)
void mailbox_put(struct mailbox *box);         // publishes it, rings the reader's bell; an unread older one is dropped
const void *mailbox_take(struct mailbox *box); // the newest item, or NULL if there is none since the last take

#endif
