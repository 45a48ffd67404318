// receiver.h -- the feed, and new versions of the event: fetched, and handed to the desk piece by piece. Part of sync.
// The cursor moves on only when the desk said that what stands before it is on disk. Threads: feed's. A step makes one
// call at most.
#ifndef EINLASS_SYNC_RECEIVER_H
#define EINLASS_SYNC_RECEIVER_H

#include "sync/sync.h"

struct receiver {
    bool knows_cursor, is_new; // is_new: nothing was ever read, and nothing has come yet
    char cursor[STORE_CURSOR_SIZE];
    struct feed_page *page; // being handed to the desk; NULL: none
    size_t at, next;        // the item to be handed next; the one after what is on its way
    uint64_t serial;        // of what is on its way; 0: nothing
    int64_t handed_mono_ms;
    unsigned pairing_number; // that the event was asked for
    bool wants_event;
    uint64_t event_serial; // an event file is on its way to the desk; 0: none
    char event_etag[128];  // its
    char refused_etag[128];
    bool has_event_trouble;
    int64_t polled_mono_ms;
};

void receiver_close(struct receiver *receiver);
int64_t receiver_work(struct sync *sync, int64_t mono_ms);
bool receiver_fetch_event(struct sync *sync); // false: nothing could be done now
void receiver_take_event_receipt(struct sync *sync);

#endif
