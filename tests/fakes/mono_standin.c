// mono_standin.c -- time between things for a whole program, preloaded: the monotonic clock is ahead by the seconds in
// the file MONO_STANDIN names (looked at each time), so that a test need not wait for what takes minutes.
// Who sleeps until a time of that clock sleeps as long as meant.
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

// Without memory or locks: a thread may be stopped in here, and the others shall go on.
static time_t ahead_s(void)
{
    const char *path = getenv("MONO_STANDIN");
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    char text[32] = "";

    if (fd < 0) return 0;
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    return length > 0 ? strtol(text, NULL, 10) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
    static int (*real)(clockid_t, struct timespec *);

    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, out);
    if (clock == CLOCK_MONOTONIC) out->tv_sec += ahead_s();
    return result;
}

// Every condition that the programs wait on with a time has this clock (base/doorbell.c).
int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict lock,
                           const struct timespec *restrict until)
{
    static int (*real)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
    struct timespec meant = *until;

    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    meant.tv_sec -= ahead_s();
    return real(condition, lock, &meant);
}
