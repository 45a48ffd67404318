#include "code/process.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TEXT_SIZE = 512 };

int64_t process_cpu_us(pid_t pid)
{
    struct timespec had;
    clockid_t clock;

    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &had) != 0) return -1;
    return (int64_t)had.tv_sec * 1000000 + had.tv_nsec / 1000;
}

// The start of /proc/PID/`name`; false: none.
static bool read_text(pid_t pid, const char *name, char text[TEXT_SIZE])
{
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t length = read(file, text, TEXT_SIZE - 1);
    close(file);
    if (length <= 0) return false;
    text[length] = '\0';
    return true;
}

bool process_is_runnable(pid_t pid)
{
    char text[TEXT_SIZE];

    if (!read_text(pid, "stat", text)) return false;
    const char *end_of_name = strrchr(text, ')'); // the name may hold anything
    return end_of_name && strncmp(end_of_name, ") R", 3) == 0;
}

long process_resident_bytes(pid_t pid)
{
    char text[TEXT_SIZE];
    long pages = -1;

    if (!read_text(pid, "statm", text) || sscanf(text, "%*d %ld", &pages) != 1 || pages < 0) return -1;
    return pages * sysconf(_SC_PAGESIZE);
}
