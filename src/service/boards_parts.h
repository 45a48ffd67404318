// boards_parts.h -- the boards, between the thread that counts and the server's, which answers.
#ifndef EINLASS_SERVICE_BOARDS_PARTS_H
#define EINLASS_SERVICE_BOARDS_PARTS_H

#include "service/boards.h"

#include "base/worker.h"

#include <pthread.h>
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

struct boards {
    pthread_mutex_t lock; // of `inbox`: the counting thread's; the server's only tries it
    struct inbox *inbox;
    _Atomic uint32_t wanted; // event that somebody waits for; 0: none
    atomic_bool is_awaited;  // somebody found the inbox taken
    struct clock *clock;
    struct http_server *server;
    struct doorbell bell;
    struct worker worker;
    struct tally *tally;
    int64_t counted_mono_ms;
    uint32_t warmed; // event up to which those that were published are counted; all: is_warm
    bool is_warm;
    bool has_complained;
    struct room rooms[BOARDS_MOST];
};

// The next event that nobody may have to wait for. Counting thread, with the lock. True: the server is to be rung.
bool boards_warm(struct boards *boards);

// The event's room, from now on watched; NULL: BOARDS_MOST others were asked for since the start. Server's thread.
struct room *boards_room(struct boards *boards, uint32_t event);
void room_watch(struct room *room); // somebody looks at it

#endif
