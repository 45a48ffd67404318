// worker.h -- a thread around a public step.
// The loop is: while (doorbell_wait(bell, next)) next = step(owner, now). A step takes *now*, never
// sleeps for long (each worker's header says how long), and answers in how many ms it wants to be
// called again at the latest (DOORBELL_FOREVER: only when rung). Tests call steps and start no thread.
#ifndef EINLASS_BASE_WORKER_H
#define EINLASS_BASE_WORKER_H

#include "base/clock.h"
#include "base/doorbell.h"

typedef int64_t worker_step(void *owner, int64_t mono_ms);

struct worker {
    pthread_t thread;
    bool is_started;
    const char *name; // <= 15 characters, as top(1) shows it
    worker_step *step;
    void *owner;
    struct doorbell *bell;
    struct clock *clock;
};

// Fields name … clock are filled by the caller before start. Signals stay with the main thread.
void worker_start(struct worker *worker);
void worker_stop(struct worker *worker); // closes the bell and joins; twice is fine

#endif
