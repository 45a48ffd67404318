// backlight_sysfs.c -- backlight.h over /sys/class/backlight: each display is a folder with the files brightness and
// max_brightness, decimal numbers. Source: the kernel's Documentation/ABI/stable/sysfs-class-backlight.
#define LOG_MODULE "screen"

#include "screen/backlight.h"

#include "base/log.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct backlight_sysfs {
    struct backlight backlight;
    char path[PATH_MAX]; // of the file brightness
    long most;
    bool has_failed; // that was logged
};

// -1: there is no such number.
static long read_number(const char *path)
{
    char text[32], *end;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;

    if (fd >= 0) close(fd);
    if (length <= 0) return -1;
    text[length] = '\0';
    errno = 0;
    long number = strtol(text, &end, 10);
    return errno || end == text || number < 0 ? -1 : number;
}

static bool write_number(const char *path, long number)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%ld\n", number);
    int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    bool is_written = fd >= 0 && write(fd, text, (size_t)length) == length;
    int error = errno;

    if (fd >= 0) close(fd);
    errno = error;
    return is_written;
}

static int percent(struct backlight *self)
{
    struct backlight_sysfs *display = (struct backlight_sysfs *)self;
    long now = read_number(display->path);
    long share = now < 0 ? 100 : (now * 100 + display->most / 2) / display->most;

    return share < 1 ? 1 : share > 100 ? 100 : (int)share;
}

// Never 0, which is dark on some displays: nobody could make it brighter again.
static void set(struct backlight *self, int wanted_percent)
{
    struct backlight_sysfs *display = (struct backlight_sysfs *)self;
    int share = wanted_percent < 1 ? 1 : wanted_percent > 100 ? 100 : wanted_percent;
    long number = (display->most * share + 50) / 100;

    if (write_number(display->path, number > 0 ? number : 1)) return;
    if (!display->has_failed)
        log_warn("can't dim the display file=%s: %s; the kiosk's user must be allowed to write it", display->path,
                 strerror(errno));
    display->has_failed = true;
}

static void close_display(struct backlight *self)
{
    free(self);
}

// The first by name, as there may be several and any order.
static bool find(const char *folder, struct backlight_sysfs *display)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, NULL, alphasort);
    bool is_found = false;

    for (int i = 0; i < count; i++) {
        char most[PATH_MAX];
        bool is_hidden = entries[i]->d_name[0] == '.';
        if (!is_found && !is_hidden && strlen(folder) + strlen(entries[i]->d_name) + 32 < PATH_MAX) {
            snprintf(most, sizeof most, "%s/%s/max_brightness", folder, entries[i]->d_name);
            snprintf(display->path, sizeof display->path, "%s/%s/brightness", folder, entries[i]->d_name);
            display->most = read_number(most);
            is_found = display->most > 0 && read_number(display->path) >= 0;
        }
        free(entries[i]);
    }
    free(entries);
    return is_found;
}

enum status backlight_sysfs_open(const char *folder, struct backlight **out)
{
    static const struct backlight_ops ops = {percent, set, close_display};
    struct backlight_sysfs *display = mem_zero(sizeof *display);

    display->backlight.ops = &ops;
    if (!find(folder, display)) {
        free(display);
        return STATUS_MISSING;
    }
    *out = &display->backlight;
    return STATUS_OK;
}
