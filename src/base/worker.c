#include "base/worker.h"

#include <assert.h>
#include <signal.h>

static int64_t now_ms(const struct worker *worker)
{
    return worker->clock->ops->mono_ms(worker->clock);
}

static int64_t patience_ms(const struct worker *worker)
{
    return worker->patience_ms > 0 ? worker->patience_ms : WATCH_PATIENCE_MS;
}

// As doorbell_wait, in beats: after each the thread has been heard of again.
static bool wait_for_work(struct worker *worker, int64_t left_ms)
{
    bool is_rung = false;

    do {
        int64_t beat_ms = left_ms < 0 || left_ms > WATCH_BEAT_MS ? WATCH_BEAT_MS : left_ms;
        watch_promise(&worker->mark, now_ms(worker) + beat_ms + patience_ms(worker));
        if (!doorbell_listen(worker->bell, beat_ms, &is_rung)) return false;
        if (left_ms > 0) left_ms -= beat_ms;
    } while (!is_rung && left_ms != 0);
    return true;
}

void worker_goes_on(struct worker *worker)
{
    watch_promise(&worker->mark, now_ms(worker) + patience_ms(worker));
}

static void *run(void *argument)
{
    struct worker *worker = argument;
    int64_t next_ms = 0;

    while (wait_for_work(worker, next_ms)) {
        worker_goes_on(worker);
        next_ms = worker->step(worker->owner, now_ms(worker));
    }
    return NULL;
}

void worker_start(struct worker *worker)
{
    sigset_t all, before;

    assert(!worker->is_started);
    if (worker->watch) watch_join(worker->watch, &worker->mark, worker->name, now_ms(worker) + patience_ms(worker));
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
    if (worker->watch) watch_leave(worker->watch, &worker->mark);
    worker->is_started = false;
}
