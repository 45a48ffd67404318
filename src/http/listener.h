// listener.h -- the listening socket: who comes, and from where.
// Accepted sockets don't block, and give up a peer that acknowledges nothing for LISTENER_PATIENCE_MS (a phone that
// left the hall says no goodbye). Threads: the server's own. Failure: open: LATER the address is taken, or not ours
// (logged); take: MISSING nobody waits; LATER no descriptors are left.
#ifndef EINLASS_HTTP_LISTENER_H
#define EINLASS_HTTP_LISTENER_H

#include "base/status.h"

#include <stdint.h>
#include <sys/socket.h>

enum { LISTENER_PATIENCE_MS = 30 * 1000, LISTENER_PEER_SIZE = 48 };

struct arrival {
    int fd; // yours
    struct sockaddr_storage address;
    socklen_t address_size;
    char peer[LISTENER_PEER_SIZE]; // in figures
};

// `address` in figures, or NULL: every one of this machine, IPv6 and IPv4. `port` 0: a free one.
enum status listener_open(const char *address, uint16_t port, int *fd_out) MUST_CHECK;
uint16_t listener_port(int fd);
enum status listener_take(int fd, struct arrival *out) MUST_CHECK;

#endif
