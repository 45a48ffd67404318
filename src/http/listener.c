#define LOG_MODULE "http"

#include "http/listener.h"

#include "base/log.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_storage storage;
};

static bool read_address(const char *text, uint16_t port, union address *out)
{
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, text, &out->four.sin_addr) == 1) {
        out->four.sin_family = AF_INET;
        out->four.sin_port = htons(port);
        return true;
    }
    out->six.sin6_family = AF_INET6;
    out->six.sin6_port = htons(port);
    return inet_pton(AF_INET6, text, &out->six.sin6_addr) == 1;
}

static int listen_at(const char *text, uint16_t port)
{
    union address address;
    int yes = 1, no = 0;

    if (!read_address(text, port, &address)) {
        errno = EADDRNOTAVAIL;
        return -1;
    }
    int fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    socklen_t size = address.any.sa_family == AF_INET ? sizeof address.four : sizeof address.six;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (address.any.sa_family == AF_INET6) (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    if (bind(fd, &address.any, size) == 0 && listen(fd, SOMAXCONN) == 0) return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

enum status listener_open(const char *address, uint16_t port, int *fd_out)
{
    int fd = listen_at(address ? address : "::", port);

    if (fd < 0 && !address && errno == EAFNOSUPPORT) fd = listen_at("0.0.0.0", port); // a machine without IPv6
    if (fd < 0) {
        log_error("can't listen address=%s port=%d: %s", address ? address : "*", (int)port,
                  errno == EADDRINUSE ? "another program has it: end that one, or choose another port"
                                      : strerror(errno));
        return STATUS_LATER;
    }
    *fd_out = fd;
    return STATUS_OK;
}

uint16_t listener_port(int fd)
{
    union address address = {0};
    socklen_t size = sizeof address;

    if (getsockname(fd, &address.any, &size) < 0) return 0;
    return ntohs(address.any.sa_family == AF_INET ? address.four.sin_port : address.six.sin6_port);
}

static void write_peer(const union address *address, char out[LISTENER_PEER_SIZE])
{
    const struct in6_addr *six = &address->six.sin6_addr;

    if (address->any.sa_family == AF_INET) inet_ntop(AF_INET, &address->four.sin_addr, out, LISTENER_PEER_SIZE);
    else if (IN6_IS_ADDR_V4MAPPED(six)) inet_ntop(AF_INET, &six->s6_addr[12], out, LISTENER_PEER_SIZE);
    else inet_ntop(AF_INET6, six, out, LISTENER_PEER_SIZE);
}

enum status listener_take(int fd, struct arrival *out)
{
    unsigned patience_ms = LISTENER_PATIENCE_MS;
    union address address = {0};
    socklen_t size = sizeof address;
    int taken = accept4(fd, &address.any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);

    if (taken < 0) return errno == EMFILE || errno == ENFILE || errno == ENOMEM ? STATUS_LATER : STATUS_MISSING;
    (void)setsockopt(taken, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience_ms, sizeof patience_ms);
    *out = (struct arrival){.fd = taken, .address = address.storage, .address_size = size};
    write_peer(&address, out->peer);
    return STATUS_OK;
}
