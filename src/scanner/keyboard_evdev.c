#define LOG_MODULE "scanner"

#include "scanner/keyboard.h"

#include "base/log.h"
#include "base/mem.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <libevdev/libevdev.h>
#include <linux/input.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

struct evdev_keyboard {
    struct keyboard keyboard;
    int fd;
    struct libevdev *device;
    bool is_syncing; // making up for lost events
};

static int evdev_descriptor(const struct keyboard *self)
{
    return ((const struct evdev_keyboard *)self)->fd;
}

static bool take(struct evdev_keyboard *evdev, const struct input_event *event, struct key_event *out)
{
    if (event->type != EV_KEY || event->code >= BTN_MISC) return false; // buttons of a mouse in the same device
    *out = (struct key_event){
        .key = event->code,
        .move = event->value == 0   ? KEY_MOVE_UP
                : event->value == 1 ? KEY_MOVE_DOWN
                                    : KEY_MOVE_REPEAT,
        .is_after_loss = evdev->is_syncing,
        .mono_ms = (int64_t)event->input_event_sec * 1000 + event->input_event_usec / 1000,
    };
    return true;
}

// The kernel keeps 64 events for a reader that is late, then drops them and says so.
static void tell_loss(struct evdev_keyboard *evdev, struct key_event *out)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    evdev->is_syncing = true;
    *out = (struct key_event){
        .key = KEY_RESERVED,
        .is_after_loss = true,
        .mono_ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000,
    };
}

static enum status evdev_read(struct keyboard *self, struct key_event *out)
{
    struct evdev_keyboard *evdev = (struct evdev_keyboard *)self;
    struct input_event event;

    for (;;) {
        unsigned flag = evdev->is_syncing ? LIBEVDEV_READ_FLAG_SYNC : LIBEVDEV_READ_FLAG_NORMAL;
        int result = libevdev_next_event(evdev->device, flag, &event);
        if (result == -EAGAIN && !evdev->is_syncing) return STATUS_LATER;
        if (result == -EAGAIN) {
            evdev->is_syncing = false;
        } else if (result < 0) {
            if (result != -EINTR) return STATUS_GONE;
        } else if (result == LIBEVDEV_READ_STATUS_SYNC && !evdev->is_syncing) {
            tell_loss(evdev, out);
            return STATUS_OK;
        } else if (take(evdev, &event, out)) {
            return STATUS_OK;
        }
    }
}

// As the kernel knows it now: what was pressed meanwhile may not be read yet.
static bool has_key_down(int fd)
{
    unsigned char keys[KEY_CNT / 8] = {0};

    if (ioctl(fd, EVIOCGKEY(sizeof keys), keys) < 0) return true;
    for (size_t i = 0; i < sizeof keys; i++)
        if (keys[i]) return true;
    return false;
}

static enum status evdev_grab(struct keyboard *self, bool is_ours)
{
    struct evdev_keyboard *evdev = (struct evdev_keyboard *)self;

    if (has_key_down(evdev->fd)) return STATUS_LATER;
    if (libevdev_grab(evdev->device, is_ours ? LIBEVDEV_GRAB : LIBEVDEV_UNGRAB) != 0) return STATUS_LATER;
    if (!is_ours || !has_key_down(evdev->fd)) return STATUS_OK;
    (void)libevdev_grab(evdev->device, LIBEVDEV_UNGRAB); // one went down meanwhile, and the screen may have seen it
    return STATUS_LATER;
}

static void evdev_close(struct keyboard *self)
{
    struct evdev_keyboard *evdev = (struct evdev_keyboard *)self;

    libevdev_free(evdev->device);
    if (evdev->fd >= 0) close(evdev->fd);
    free(evdev);
}

// Scan codes are of no use to us, and without them half as many keys again fit into the kernel's buffer. The mask is
// counted in whole longs. Where a kernel can't, nothing is lost but room.
static void mask_scan_codes(int fd)
{
    unsigned long none = 0;
    struct input_mask mask = {.type = EV_MSC, .codes_size = sizeof none, .codes_ptr = (uintptr_t)&none};

    static_assert(MSC_CNT <= 8 * sizeof none, "a long holds every code of EV_MSC");
    (void)ioctl(fd, EVIOCSMASK, &mask);
}

enum status keyboard_evdev_open(const char *path, struct keyboard **out)
{
    static const struct keyboard_ops ops = {evdev_descriptor, evdev_read, evdev_grab, evdev_close};
    struct evdev_keyboard *evdev = mem_zero(sizeof *evdev);
    int error;

    evdev->keyboard.ops = &ops;
    evdev->fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    error = errno;
    if (evdev->fd < 0) goto fail;
    mask_scan_codes(evdev->fd);
    error = -libevdev_new_from_fd(evdev->fd, &evdev->device);
    if (error == 0) error = -libevdev_set_clock_id(evdev->device, CLOCK_MONOTONIC);
    if (error != 0) goto fail;
    *out = &evdev->keyboard;
    return STATUS_OK;
fail:
    log_warn("can't read a keyboard device=%s: %s%s", path, strerror(error),
             error == EACCES ? " (the kiosk's user must be in the group input)" : "");
    evdev_close(&evdev->keyboard);
    return error == ENOENT || error == ENODEV ? STATUS_GONE : STATUS_LATER;
}
