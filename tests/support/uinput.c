#include "support/check.h"
#include "support/uinput.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/uinput.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static void sleep_ms(int64_t ms)
{
    struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};

    nanosleep(&pause, NULL);
}

bool uinput_is_there(void)
{
    return access("/dev/uinput", R_OK | W_OK) == 0;
}

static void find_path(struct uinput *keyboard)
{
    char system_name[32], folder[96];

    assert_true(ioctl(keyboard->fd, UI_GET_SYSNAME(sizeof system_name), system_name) >= 0);
    snprintf(folder, sizeof folder, "/sys/devices/virtual/input/%s", system_name);
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries));)
        if (strncmp(entry->d_name, "event", 5) == 0)
            snprintf(keyboard->path, sizeof keyboard->path, "/dev/input/%.32s", entry->d_name);
    closedir(entries);
    for (int i = 0; i < 200 && access(keyboard->path, R_OK) != 0; i++) sleep_ms(10);
    assert_int_equal(access(keyboard->path, R_OK), 0);
}

void uinput_plug(struct uinput *keyboard, const char *name)
{
    struct uinput_setup setup = {.id = {.bustype = BUS_USB, .vendor = 0x1234, .product = 0x5678}};

    *keyboard = (struct uinput){.fd = open("/dev/uinput", O_WRONLY | O_CLOEXEC)};
    assert_true(keyboard->fd >= 0);
    assert_int_equal(ioctl(keyboard->fd, UI_SET_EVBIT, EV_KEY), 0);
    assert_int_equal(ioctl(keyboard->fd, UI_SET_EVBIT, EV_MSC), 0);
    assert_int_equal(ioctl(keyboard->fd, UI_SET_MSCBIT, MSC_SCAN), 0);
    for (int key = KEY_ESC; key < KEY_MICMUTE; key++) assert_int_equal(ioctl(keyboard->fd, UI_SET_KEYBIT, key), 0);
    snprintf(setup.name, sizeof setup.name, "%s", name);
    assert_int_equal(ioctl(keyboard->fd, UI_DEV_SETUP, &setup), 0);
    assert_int_equal(ioctl(keyboard->fd, UI_DEV_CREATE), 0);
    find_path(keyboard);
}

void uinput_pull(struct uinput *keyboard)
{
    ioctl(keyboard->fd, UI_DEV_DESTROY);
    close(keyboard->fd);
}

static void write_event(const struct uinput *keyboard, uint16_t type, uint16_t code, int32_t value)
{
    struct input_event event = {.type = type, .code = code, .value = value};

    assert_int_equal(write(keyboard->fd, &event, sizeof event), sizeof event);
}

void uinput_type(struct uinput *keyboard, struct key_script *script, bool is_paced)
{
    for (size_t i = 0; i < script->count; i++) {
        const struct key_event *event = &script->events[i];
        if (is_paced && i > 0 && event->mono_ms > event[-1].mono_ms) sleep_ms(event->mono_ms - event[-1].mono_ms);
        write_event(keyboard, EV_MSC, MSC_SCAN, 0x70000 + event->key); // as USB keyboards do
        write_event(keyboard, EV_KEY, event->key,
                    event->move == KEY_MOVE_UP     ? 0
                    : event->move == KEY_MOVE_DOWN ? 1
                                                   : 2);
        write_event(keyboard, EV_SYN, SYN_REPORT, 0);
    }
    script->count = 0;
}
