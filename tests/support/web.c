#include "support/web.h"

#include "support/check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEARD_SIZE = 256 * 1024 };

struct web {
    int fd;
    gnutls_session_t session; // NULL: plain
    gnutls_certificate_credentials_t credentials;
    char heard[HEARD_SIZE]; // what was read and not yet taken
    size_t length;
};

static void shake_hands(struct web *web)
{
    assert_int_equal(gnutls_certificate_allocate_credentials(&web->credentials), 0);
    assert_int_equal(gnutls_init(&web->session, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL), 0);
    assert_int_equal(gnutls_set_default_priority(web->session), 0);
    assert_int_equal(gnutls_credentials_set(web->session, GNUTLS_CRD_CERTIFICATE, web->credentials), 0);
    gnutls_transport_set_int(web->session, web->fd);
    gnutls_handshake_set_timeout(web->session, WEB_PATIENCE_MS);
    assert_int_equal(gnutls_handshake(web->session), 0);
}

static struct web *open_at(const char *from, uint16_t port)
{
    struct web *web = calloc(1, sizeof *web);
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in client = {.sin_family = AF_INET};
    int yes = 1;

    assert_non_null(web);
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(inet_pton(AF_INET, from, &client.sin_addr), 1);
    web->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(web->fd >= 0);
    assert_int_equal(setsockopt(web->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes), 0); // as browsers do
    assert_int_equal(bind(web->fd, (struct sockaddr *)&client, sizeof client), 0);
    assert_int_equal(connect(web->fd, (struct sockaddr *)&server, sizeof server), 0);
    return web;
}

struct web *web_open_from(const char *address, uint16_t port)
{
    return open_at(address, port);
}

struct web *web_open(uint16_t port, bool is_secure)
{
    struct web *web = open_at("127.0.0.1", port);

    if (is_secure) shake_hands(web);
    return web;
}

void web_close(struct web *web)
{
    if (!web) return;
    if (web->session) gnutls_bye(web->session, GNUTLS_SHUT_WR);
    if (web->session) gnutls_deinit(web->session);
    if (web->credentials) gnutls_certificate_free_credentials(web->credentials);
    close(web->fd);
    free(web);
}

int web_descriptor(const struct web *web)
{
    return web->fd;
}

// A server that has closed meanwhile is no failure: what it answered is still to be read.
void web_say(struct web *web, const void *bytes, size_t length)
{
    for (size_t said = 0; said < length;) {
        const char *from = (const char *)bytes + said;
        ssize_t now = web->session ? gnutls_record_send(web->session, from, length - said)
                                   : send(web->fd, from, length - said, MSG_NOSIGNAL);
        if (now <= 0) return;
        said += (size_t)now;
    }
}

void web_says(struct web *web, const char *text)
{
    web_say(web, text, strlen(text));
}

static bool has_news(const struct web *web, int within_ms)
{
    struct pollfd wait = {.fd = web->fd, .events = POLLIN};

    if (web->session && gnutls_record_check_pending(web->session) > 0) return true;
    return poll(&wait, 1, within_ms) > 0;
}

// Reads some more: false at the end.
static bool hear_more(struct web *web)
{
    char *to = web->heard + web->length;
    size_t room = sizeof web->heard - 1 - web->length;
    ssize_t got;

    assert_true(room > 0);
    do {
        if (!has_news(web, WEB_PATIENCE_MS)) fail_msg("the server says nothing");
        got = web->session ? gnutls_record_recv(web->session, to, room) : recv(web->fd, to, room, 0);
    } while (web->session && (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED));
    if (got <= 0) return false;
    web->length += (size_t)got;
    web->heard[web->length] = '\0';
    return true;
}

static void drop(struct web *web, size_t length)
{
    memmove(web->heard, web->heard + length, web->length - length);
    web->length -= length;
    web->heard[web->length] = '\0';
}

size_t web_hear(struct web *web, char *out, size_t most)
{
    if (!web->length && !hear_more(web)) return 0;
    size_t length = web->length < most ? web->length : most;
    memcpy(out, web->heard, length);
    drop(web, length);
    return length;
}

bool web_is_closed(struct web *web)
{
    return !web->length && !hear_more(web);
}

bool web_waits_for(struct web *web, const char *text)
{
    char *found;

    while (!(found = strstr(web->heard, text)))
        if (!hear_more(web)) return false;
    drop(web, (size_t)(found - web->heard) + strlen(text));
    return true;
}

bool web_is_quiet(const struct web *web, int for_ms)
{
    return !web->length && !has_news(web, for_ms);
}

// ---- answers ----

static bool read_head(struct web *web, struct web_answer *out)
{
    char *end;

    while (!(end = strstr(web->heard, "\r\n\r\n")))
        if (!hear_more(web)) return false;
    size_t length = (size_t)(end - web->heard) + 4;
    assert_true(length < sizeof out->head);
    memcpy(out->head, web->heard, length);
    drop(web, length);
    assert_int_equal(sscanf(out->head, "HTTP/1.1 %d", &out->status), 1);
    return true;
}

static void take(struct web *web, size_t length, struct web_answer *out)
{
    out->body = realloc(out->body, out->length + length + 1);
    assert_non_null(out->body);
    while (length > 0) {
        size_t now = web_hear(web, out->body + out->length, length);
        if (now == 0) fail_msg("the body ends too early");
        out->length += now;
        length -= now;
    }
    out->body[out->length] = '\0';
}

static void take_pieces(struct web *web, struct web_answer *out)
{
    char line[16] = "";

    for (;;) {
        while (!strstr(web->heard, "\r\n")) assert_true(hear_more(web));
        size_t length = strcspn(web->heard, "\r\n");
        assert_true(length < sizeof line);
        memcpy(line, web->heard, length);
        line[length] = '\0';
        drop(web, length + 2);
        size_t bytes = strtoull(line, NULL, 16);
        if (bytes) take(web, bytes, out);
        assert_true(web_waits_for(web, "\r\n"));
        if (!bytes) return;
    }
}

const char *web_answer_header(const struct web_answer *answer, const char *name, char out[256])
{
    size_t length = strlen(name);

    for (const char *line = strstr(answer->head, "\r\n"); line && line[2]; line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, name, length) != 0 || line[2 + length] != ':') continue;
        const char *value = line + 3 + length + strspn(line + 3 + length, " ");
        snprintf(out, 256, "%.*s", (int)strcspn(value, "\r\n"), value);
        return out;
    }
    return NULL;
}

void web_answer_read(struct web *web, bool is_head, struct web_answer *out)
{
    char value[256];

    *out = (struct web_answer){0};
    if (!read_head(web, out)) return;
    if (out->status == 100) {
        web_answer_read(web, is_head, out);
        return;
    }
    if (is_head || out->status == 304 || out->status == 204) return;
    if (web_answer_header(out, "Transfer-Encoding", value)) take_pieces(web, out);
    else if (web_answer_header(out, "Content-Length", value)) take(web, strtoull(value, NULL, 10), out);
}

void web_answer_free(struct web_answer *answer)
{
    free(answer->body);
    answer->body = NULL;
}

void web_ask(struct web *web, const char *request, const char *headers, const char *body, struct web_answer *out)
{
    char head[2048];
    int length = snprintf(head, sizeof head, "%s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s", request, headers);

    if (body) length += snprintf(head + length, sizeof head - (size_t)length, "Content-Length: %zu\r\n", strlen(body));
    length += snprintf(head + length, sizeof head - (size_t)length, "\r\n");
    assert_true(length < (int)sizeof head);
    web_say(web, head, (size_t)length);
    if (body) web_says(web, body);
    web_answer_read(web, strncmp(request, "HEAD ", 5) == 0, out);
}
