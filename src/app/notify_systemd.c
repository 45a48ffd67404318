// notify_systemd.c -- notify.h by libsystemd: datagrams to the socket that NOTIFY_SOCKET names. A full socket makes
// the sender wait, so that a service manager which hangs stops the door; it hangs with the whole machine then, and
// the hardware's watchdog restarts both. Source: sd_notify(3), sd_watchdog_enabled(3).
#include "app/notify.h"

#include "base/mem.h"

#include <stdlib.h>
#include <systemd/sd-daemon.h>

static void say(struct notify *self, const char *lines)
{
    (void)self;
    (void)sd_notify(0, lines);
}

static int64_t watchdog_ms(struct notify *self)
{
    uint64_t us = 0;

    (void)self;
    return sd_watchdog_enabled(0, &us) > 0 ? (int64_t)(us / 1000) : 0;
}

static void close_notify(struct notify *self)
{
    free(self);
}

void notify_systemd_open(struct notify **out)
{
    static const struct notify_ops ops = {.say = say, .watchdog_ms = watchdog_ms, .close = close_notify};

    *out = mem_zero(sizeof **out);
    (*out)->ops = &ops;
}
