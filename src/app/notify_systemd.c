// notify_systemd.c -- notify.h to systemd: a datagram to the socket that NOTIFY_SOCKET names, as sd_notify(3) describes
// the protocol and promises to keep it. Not by libsystemd, whose sd_notify() waits when the socket is full: a service
// manager that is busy must not stop the door. Children don't inherit the variables: they have no say in this.
#include "app/notify.h"

#include "base/mem.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct notify_systemd {
    struct notify notify; // first
    int socket;           // -1: nobody listens
    struct sockaddr_un address;
    socklen_t length;
    int64_t watchdog_ms;
};

static bool say(struct notify *base, const char *lines)
{
    struct notify_systemd *self = (struct notify_systemd *)base;
    const struct sockaddr *address = (const struct sockaddr *)&self->address;

    if (self->socket < 0) return true;
    return sendto(self->socket, lines, strlen(lines), MSG_NOSIGNAL | MSG_DONTWAIT, address, self->length) >= 0;
}

static int64_t watchdog_ms(struct notify *base)
{
    return ((struct notify_systemd *)base)->watchdog_ms;
}

static void close_notify(struct notify *base)
{
    struct notify_systemd *self = (struct notify_systemd *)base;

    if (self->socket >= 0) close(self->socket);
    free(self);
}

// A path, or "@name" of the abstract kind, whose first byte is 0. Source: unix(7).
static bool read_address(const char *name, struct notify_systemd *self)
{
    size_t length = name ? strlen(name) : 0;

    if (length < 2 || length >= sizeof self->address.sun_path || (name[0] != '/' && name[0] != '@')) return false;
    self->address.sun_family = AF_UNIX;
    memcpy(self->address.sun_path, name, length);
    if (name[0] == '@') self->address.sun_path[0] = '\0';
    self->length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    return true;
}

// 0: it isn't there, or meant for another process.
static int64_t read_watchdog_ms(void)
{
    const char *us = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");

    if (!us || (pid && strtoll(pid, NULL, 10) != getpid())) return 0;
    return strtoll(us, NULL, 10) / 1000;
}

void notify_systemd_open(struct notify **out)
{
    static const struct notify_ops ops = {.say = say, .watchdog_ms = watchdog_ms, .close = close_notify};
    struct notify_systemd *self = mem_zero(sizeof *self);

    self->notify.ops = &ops;
    self->socket = -1;
    if (read_address(getenv("NOTIFY_SOCKET"), self)) {
        self->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        self->watchdog_ms = read_watchdog_ms();
    }
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
    *out = &self->notify;
}
