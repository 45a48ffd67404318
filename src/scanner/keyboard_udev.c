#define LOG_MODULE "scanner"

#include "scanner/keyboard.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <libudev.h>
#include <stdlib.h>
#include <string.h>

struct udev_source {
    struct keyboard_source source;
    struct udev *udev;
    struct udev_monitor *monitor;
    struct udev_enumerate *present;
    struct udev_list_entry *next; // of what was there at the beginning
};

static int udev_descriptor(const struct keyboard_source *self)
{
    return udev_monitor_get_fd(((const struct udev_source *)self)->monitor);
}

static bool says_yes(struct udev_device *device, const char *property)
{
    const char *value = udev_device_get_property_value(device, property);

    return value && strcmp(value, "1") == 0;
}

// False: no event device, or one without keys.
static bool describe(struct udev_device *device, struct keyboard_facts *out)
{
    struct udev_device *parent = udev_device_get_parent_with_subsystem_devtype(device, "input", NULL);
    const char *path = udev_device_get_devnode(device);
    const char *name = parent ? udev_device_get_sysattr_value(parent, "name") : NULL;

    if (!path || strncmp(udev_device_get_sysname(device), "event", 5) != 0) return false;
    if (!says_yes(device, "ID_INPUT_KEY") && !says_yes(device, "ID_INPUT_KEYBOARD")) return false;
    *out = (struct keyboard_facts){.has_letters = says_yes(device, "ID_INPUT_KEYBOARD")};
    text_copy(out->path, sizeof out->path, path);
    if (name) text_make_showable(out->name, sizeof out->name, name, strlen(name));
    return true;
}

static bool next_present(struct udev_source *source, struct keyboard_news *out)
{
    while (source->next) {
        const char *path = udev_list_entry_get_name(source->next);
        struct udev_device *device = udev_device_new_from_syspath(source->udev, path);
        source->next = udev_list_entry_get_next(source->next);
        bool is_keyboard = device && describe(device, &out->facts);
        udev_device_unref(device);
        if (!is_keyboard) continue;
        out->is_here = true;
        return true;
    }
    return false;
}

static bool udev_next(struct keyboard_source *self, struct keyboard_news *out)
{
    struct udev_source *source = (struct udev_source *)self;
    struct udev_device *device;

    if (next_present(source, out)) return true;
    while ((device = udev_monitor_receive_device(source->monitor))) {
        const char *action = udev_device_get_action(device);
        bool is_keyboard = describe(device, &out->facts);
        out->is_here = action && strcmp(action, "remove") != 0;
        udev_device_unref(device);
        if (is_keyboard) return true;
    }
    return false;
}

static enum status udev_open(struct keyboard_source *self, const char *path, struct keyboard **out)
{
    (void)self;
    return keyboard_evdev_open(path, out);
}

static void udev_close(struct keyboard_source *self)
{
    struct udev_source *source = (struct udev_source *)self;

    udev_enumerate_unref(source->present);
    udev_monitor_unref(source->monitor);
    udev_unref(source->udev);
    free(source);
}

// Listens before it looks, so that nothing plugged in between is missed; what is told twice was told before.
enum status keyboard_source_udev_open(struct keyboard_source **out)
{
    static const struct keyboard_source_ops ops = {udev_descriptor, udev_next, udev_open, udev_close};
    struct udev_source *source = mem_zero(sizeof *source);

    source->source.ops = &ops;
    if (!(source->udev = udev_new())) goto fail;
    if (!(source->monitor = udev_monitor_new_from_netlink(source->udev, "udev"))) goto fail;
    if (udev_monitor_filter_add_match_subsystem_devtype(source->monitor, "input", NULL) < 0) goto fail;
    if (udev_monitor_enable_receiving(source->monitor) < 0) goto fail;
    if (!(source->present = udev_enumerate_new(source->udev))) goto fail;
    if (udev_enumerate_add_match_subsystem(source->present, "input") < 0) goto fail;
    if (udev_enumerate_scan_devices(source->present) < 0) goto fail;
    source->next = udev_enumerate_get_list_entry(source->present);
    *out = &source->source;
    return STATUS_OK;
fail:
    log_warn("can't look for keyboards: udev does not answer");
    udev_close(&source->source);
    return STATUS_LATER;
}
