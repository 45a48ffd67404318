#include "support/tube.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { MOST_BYTES = 2 * 1024 * 1024, PATIENCE_S = 20 };

struct tube {
    int fd;
    gnutls_session_t session;
    gnutls_certificate_credentials_t credentials; // NULL: the identity's
    char *bytes;                                  // [MOST_BYTES]
    size_t length, taken;                         // what was heard; of it the message that is lent out
};

static struct tube *make(int fd, unsigned flags)
{
    struct tube *tube = calloc(1, sizeof *tube);
    struct timeval patience = {.tv_sec = PATIENCE_S};
    int one = 1;

    if (!tube || !(tube->bytes = malloc(MOST_BYTES))) abort();
    tube->fd = fd;
    tube->bytes[0] = '\0';
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (gnutls_init(&tube->session, flags | GNUTLS_NO_SIGNAL) < 0) abort();
    gnutls_set_default_priority(tube->session);
    gnutls_transport_set_int(tube->session, fd);
    gnutls_handshake_set_timeout(tube->session, PATIENCE_S * 1000);
    return tube;
}

static struct tube *shake_hands(struct tube *tube, void *credentials)
{
    int result;

    gnutls_credentials_set(tube->session, GNUTLS_CRD_CERTIFICATE, credentials);
    while ((result = gnutls_handshake(tube->session)) < 0 && !gnutls_error_is_fatal(result)) {}
    if (result == 0) return tube;
    tube_close(tube);
    return NULL;
}

struct tube *tube_accept(int fd, const struct identity *identity)
{
    return shake_hands(make(fd, GNUTLS_SERVER), identity_credentials(identity));
}

struct tube *tube_connect(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct tube *tube;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        return NULL;
    }
    tube = make(fd, GNUTLS_CLIENT);
    if (gnutls_certificate_allocate_credentials(&tube->credentials) < 0) abort();
    return shake_hands(tube, tube->credentials);
}

void tube_close(struct tube *tube)
{
    if (!tube) return;
    gnutls_deinit(tube->session);
    if (tube->credentials) gnutls_certificate_free_credentials(tube->credentials);
    close(tube->fd);
    free(tube->bytes);
    free(tube);
}

int tube_descriptor(const struct tube *tube)
{
    return tube->fd;
}

bool tube_has_bytes(const struct tube *tube)
{
    return tube->length > tube->taken || gnutls_record_check_pending(tube->session) > 0;
}

bool tube_say(struct tube *tube, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = gnutls_record_send(tube->session, bytes, length);
        if (sent == GNUTLS_E_INTERRUPTED) continue;
        if (sent <= 0) return false;
        bytes += sent;
        length -= (size_t)sent;
    }
    return true;
}

static bool hear_more(struct tube *tube)
{
    size_t room = MOST_BYTES - 1 - tube->length;
    ssize_t got;
    int tries = 0; // what belongs to TLS itself wakes us without a byte for us

    if (room == 0) return false;
    do got = gnutls_record_recv(tube->session, tube->bytes + tube->length, room);
    while ((got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED) && ++tries < 4);
    if (got <= 0) return false;
    tube->length += (size_t)got;
    tube->bytes[tube->length] = '\0';
    return true;
}

static size_t body_length(const char *head, size_t length)
{
    static const char name[] = "\r\nContent-Length:";

    for (const char *at = head; at + sizeof name < head + length; at++)
        if (strncasecmp(at, name, sizeof name - 1) == 0) return strtoul(at + sizeof name - 1, NULL, 10);
    return 0;
}

char *tube_hear(struct tube *tube, size_t *length_out)
{
    char *end;
    size_t head, whole;

    tube->length -= tube->taken;
    memmove(tube->bytes, tube->bytes + tube->taken, tube->length + 1);
    tube->taken = 0;
    while (!(end = strstr(tube->bytes, "\r\n\r\n")))
        if (!hear_more(tube)) return NULL;
    head = (size_t)(end - tube->bytes) + 4;
    whole = head + (strncmp(tube->bytes, "HTTP/1.1 304", 12) == 0 ? 0 : body_length(tube->bytes, head));
    while (tube->length < whole)
        if (!hear_more(tube)) return NULL;
    tube->taken = *length_out = whole;
    return tube->bytes;
}
