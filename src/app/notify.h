// notify.h -- what the service manager hears of us (port). notify_systemd.c: systemd, if it started us.
// Threads: main; open before any other starts. Never waits: what wasn't heard can be said again.
#ifndef EINLASS_APP_NOTIFY_H
#define EINLASS_APP_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

struct notify {
    const struct notify_ops *ops;
};
struct notify_ops {
    // Lines as of sd_notify(3), e.g. "READY=1". False: not now. Where nobody listens, all was heard.
    bool (*say)(struct notify *self, const char *lines);
    // It ends us when it hears no WATCHDOG=1 for so long; 0: it doesn't.
    int64_t (*watchdog_ms)(struct notify *self);
    void (*close)(struct notify *self); // frees self
};

static inline void notify_close(struct notify *notify)
{
    if (notify) notify->ops->close(notify);
}

void notify_systemd_open(struct notify **out); // takes NOTIFY_SOCKET, WATCHDOG_USEC and _PID out of the environment

#endif
