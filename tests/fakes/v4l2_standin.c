// The C library's calls that a camera program makes, with the stand-in's answers in front of the real ones.
#include "fakes/v4l2_standin.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>

// The library's headers declare these with attributes that differ between versions; here they are plain.
int open(const char *path, int flags, ...);
int open64(const char *path, int flags, ...);
int close(int fd);
int ioctl(int fd, unsigned long request, ...);

// Finds the call that would have been made without us. Through memcpy, as ISO C knows no way from data to functions.
static void find_real(const char *name, void *function_out, size_t size)
{
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(function_out, &found, size);
}

static int open_real(const char *name, const char *path, int flags, va_list rest)
{
    int (*real)(const char *, int, ...);
    unsigned mode = va_arg(rest, unsigned); // garbage if there is none, and then nobody looks at it

    find_real(name, &real, sizeof real);
    return real(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list rest;

    if (standin_is_device(path)) return standin_open();
    va_start(rest, flags);
    int fd = open_real("open", path, flags, rest);
    va_end(rest);
    return fd;
}

int open64(const char *path, int flags, ...)
{
    va_list rest;

    if (standin_is_device(path)) return standin_open();
    va_start(rest, flags);
    int fd = open_real("open64", path, flags, rest);
    va_end(rest);
    return fd;
}

int close(int fd)
{
    int (*real)(int);

    if (standin_owns(fd)) standin_closing();
    find_real("close", &real, sizeof real);
    return real(fd);
}

int ioctl(int fd, unsigned long request, ...)
{
    int (*real)(int, unsigned long, ...);
    va_list rest;

    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (standin_owns(fd)) return standin_ioctl(request, argument);
    find_real("ioctl", &real, sizeof real);
    return real(fd, request, argument);
}

void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset)
{
    void *(*real)(void *, size_t, int, int, int, off_t);

    if (fd >= 0 && standin_owns(fd)) fd = standin_memory_fd();
    find_real("mmap", &real, sizeof real);
    return real(at, length, protection, flags, fd, offset);
}
