#include "base/doorbell.h"

#include <errno.h>
#include <time.h>

void doorbell_init(struct doorbell *bell)
{
    pthread_condattr_t attributes;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC); // a wall clock set during a wait must not stretch it
    *bell = (struct doorbell){0};
    pthread_mutex_init(&bell->lock, NULL);
    pthread_cond_init(&bell->rung, &attributes);
    pthread_condattr_destroy(&attributes);
}

void doorbell_destroy(struct doorbell *bell)
{
    pthread_cond_destroy(&bell->rung);
    pthread_mutex_destroy(&bell->lock);
}

static void raise_flag(struct doorbell *bell, bool *flag)
{
    pthread_mutex_lock(&bell->lock);
    *flag = true;
    pthread_cond_signal(&bell->rung);
    pthread_mutex_unlock(&bell->lock);
}

void doorbell_ring(struct doorbell *bell)
{
    raise_flag(bell, &bell->has_rung);
}

void doorbell_close(struct doorbell *bell)
{
    raise_flag(bell, &bell->is_closed);
}

static struct timespec deadline_after(int64_t timeout_ms)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += (time_t)(timeout_ms / 1000);
    at.tv_nsec += (long)(timeout_ms % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

bool doorbell_listen(struct doorbell *bell, int64_t timeout_ms, bool *rung_out)
{
    struct timespec deadline = deadline_after(timeout_ms < 0 ? 0 : timeout_ms);
    int result = 0;

    pthread_mutex_lock(&bell->lock);
    while (!bell->has_rung && !bell->is_closed && result != ETIMEDOUT && timeout_ms != 0) {
        if (timeout_ms < 0) pthread_cond_wait(&bell->rung, &bell->lock);
        else result = pthread_cond_timedwait(&bell->rung, &bell->lock, &deadline);
    }
    *rung_out = bell->has_rung;
    bell->has_rung = false;
    bool goes_on = !bell->is_closed;
    pthread_mutex_unlock(&bell->lock);
    return goes_on;
}

bool doorbell_wait(struct doorbell *bell, int64_t timeout_ms)
{
    bool is_rung;

    return doorbell_listen(bell, timeout_ms, &is_rung);
}
