// worker.h -- a thread around a public step.
// The loop is: while (doorbell_wait(bell, next)) next = step(owner, now). A step takes *now*, never
// sleeps for long (each worker's header says how long), and answers in how many ms it wants to be
// called again at the latest (DOORBELL_FOREVER: only when rung). Tests call steps and start no thread.
// Who has a watch is watched: a step that takes longer than its patience, or a thread that doesn't come back from its
// sleep, is late there.
#ifndef EINLASS_BASE_WORKER_H
#define EINLASS_BASE_WORKER_H

#include "base/clock.h"
#include "base/doorbell.h"
#include "base/watch.h"

typedef int64_t worker_step(void *owner, int64_t mono_ms);

struct worker {
    pthread_t thread;
    bool is_started;
    const char *name; // <= 15 characters, as top(1) shows it; static storage
    worker_step *step;
    void *owner;
    struct doorbell *bell;
    struct clock *clock;
    struct watch *watch; // NULL: nobody looks
    int64_t patience_ms; // 0: WATCH_PATIENCE_MS
    struct watch_mark mark;
};

// Fields name … patience_ms are filled by the caller before start. Signals stay with the main thread.
void worker_start(struct worker *worker);
void worker_stop(struct worker *worker); // closes the bell and joins; twice is fine

// Within a step that may take long: it goes on, its patience begins anew. From the worker's own thread.
void worker_goes_on(struct worker *worker);

#endif
