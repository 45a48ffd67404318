#include "base/worker.h"

#include <assert.h>
#include <signal.h>

static void *run(void *argument)
{
    struct worker *worker = argument;
    int64_t next_ms = 0;

    while (doorbell_wait(worker->bell, next_ms))
        next_ms = worker->step(worker->owner, worker->clock->ops->mono_ms(worker->clock));
    return NULL;
}

void worker_start(struct worker *worker)
{
    sigset_t all, before;

    assert(!worker->is_started);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&worker->thread, NULL, run, worker);
    assert(!failed);
    pthread_setname_np(worker->thread, worker->name);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    worker->is_started = true;
}

void worker_stop(struct worker *worker)
{
    if (!worker->is_started) return;
    doorbell_close(worker->bell);
    pthread_join(worker->thread, NULL);
    worker->is_started = false;
}
