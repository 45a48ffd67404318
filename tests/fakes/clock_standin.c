// clock_standin.c -- a wall clock for the whole kiosk, preloaded: as the machine's, plus the seconds in the file
// CLOCK_STANDIN names (looked at each time), and trusted as if a time daemon set it, unless that file says "lost"
// ("lost", or "-1795000000 lost": nobody ever set it).
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>

static void read_file(char text[32])
{
    const char *path = getenv("CLOCK_STANDIN");
    FILE *file = path ? fopen(path, "r") : NULL;

    text[0] = '\0';
    if (file && !fgets(text, 32, file)) text[0] = '\0';
    if (file) fclose(file);
}

int adjtimex(struct timex *kernel)
{
    char text[32];

    read_file(text);
    kernel->status = strstr(text, "lost") ? STA_UNSYNC : 0;
    return 0;
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
    static int (*real)(clockid_t, struct timespec *);
    char text[32];

    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, out);
    if (clock != CLOCK_REALTIME) return result;
    read_file(text);
    out->tv_sec += strtol(text, NULL, 10);
    return result;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    struct timespec now = {0};

    (void)zone;
    int result = clock_gettime(CLOCK_REALTIME, &now);
    *out = (struct timeval){.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    return result;
}

time_t time(time_t *out)
{
    struct timespec now = {0};

    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}
