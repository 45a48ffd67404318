// boards_parts.h -- one event's board, between the thread that counts and the server's, which answers.
#ifndef EINLASS_SERVICE_BOARDS_PARTS_H
#define EINLASS_SERVICE_BOARDS_PARTS_H

#include "service/boards.h"

#include <stdatomic.h>

struct room {               // taken for good once it has an event
    _Atomic uint32_t event; // 0: free. Written by the server's thread only
    _Atomic int64_t watched_mono_ms;
    struct board *board;
    struct boards *boards;
    // The counting thread's:
    struct event *as_published;
    uint64_t stamp;          // of the records when they were counted last
    int64_t counted_mono_ms; // 0: never
    uint8_t digest[EVENT_DIGEST_BYTES];
};

// The event's room, from now on watched; NULL: BOARDS_MOST others were asked for since the start. Server's thread.
struct room *boards_room(struct boards *boards, uint32_t event);
void room_watch(struct room *room); // somebody looks at it

#endif
