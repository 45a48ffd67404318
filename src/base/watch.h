// watch.h -- do the threads still make progress, and which one doesn't?
// Each watched thread has a mark: when it will have said something again, at the latest. A worker (worker.h) moves it
// as a step begins, by its patience, and before each sleep, which it cuts into beats. So one that hangs in a step and
// one that nothing wakes any more are noticed alike. Somebody looks (the main thread), and tells the service manager
// that all is well only while nobody is late (app/lifesign.h).
// Patience is meant for a slow disk on a busy machine: being late is a fault, never a matter of speed.
// Times: mono_ms, which stands still while the machine is suspended.
// Ownership: the mark stays its thread's, which leaves before the mark goes; so does everybody before watch_destroy.
// Threads: watch_promise from the mark's own thread, the rest from any. Never fails.
#ifndef EINLASS_BASE_WATCH_H
#define EINLASS_BASE_WATCH_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WATCH_MOST = 24,           // threads
    WATCH_BEAT_MS = 5000,      // the longest a watched thread sleeps without a word
    WATCH_PATIENCE_MS = 20000, // the longest a step takes, where its worker knows nothing better
};

struct watch_mark {
    const char *name; // <= 15 characters, static storage
    atomic_llong due_mono_ms;
};

struct watch {
    pthread_mutex_t lock;
    struct watch_mark *marks[WATCH_MOST];
    size_t count;
};

void watch_init(struct watch *watch);
void watch_destroy(struct watch *watch);

void watch_join(struct watch *watch, struct watch_mark *mark, const char *name, int64_t due_mono_ms);
void watch_leave(struct watch *watch, struct watch_mark *mark);   // also of one that never joined
void watch_promise(struct watch_mark *mark, int64_t due_mono_ms); // "you will hear from me before"

// Writes who is late, e.g. "scan desk". False: nobody is, and `names_out` is empty.
enum { WATCH_NAMES_SIZE = WATCH_MOST * 16 };
bool watch_late(struct watch *watch, int64_t mono_ms, char names_out[WATCH_NAMES_SIZE]);

#endif
