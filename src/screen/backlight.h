// backlight.h -- how bright the display is (port). backlight_sysfs.c: /sys/class/backlight. Main thread.
#ifndef EINLASS_SCREEN_BACKLIGHT_H
#define EINLASS_SCREEN_BACKLIGHT_H

#include "base/status.h"

struct backlight {
    const struct backlight_ops *ops;
};
struct backlight_ops {
    int (*percent)(struct backlight *self);           // as it is, 1 … 100
    void (*set)(struct backlight *self, int percent); // 1 … 100; a failure is logged once
    void (*close)(struct backlight *self);            // frees self
};

static inline void backlight_close(struct backlight *backlight)
{
    if (backlight) backlight->ops->close(backlight);
}

// The first display below `folder` (/sys/class/backlight). MISSING: there is none, as with most monitors.
enum status backlight_sysfs_open(const char *folder, struct backlight **out) MUST_CHECK;

#endif
