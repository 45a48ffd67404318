#include "support/liar.h"

#include "support/check.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 64, MOST_HEAD = 8192, MOST_BODY = 1024 * 1024, LOOK_MS = 20 };

struct connection {
    struct liar *liar;
    pthread_t thread;
    int fd;
    gnutls_session_t session; // NULL: plain
    char *bytes;              // [MOST_HEAD + MOST_BODY]
    size_t length;
};

struct liar {
    pthread_t thread;
    pthread_mutex_t lock; // of answer
    const struct identity *identity;
    liar_answer *answer;
    void *owner;
    int fd;
    unsigned short port;
    char url[64];
    atomic_bool is_closing;
    size_t count;
    struct connection connections[MOST_CONNECTIONS];
};

void liar_say(struct liar_reply *reply, int status, const char *text)
{
    reply->status = status;
    reply->body = strdup(text);
    reply->length = strlen(text);
}

// ---- bytes ----

static bool wait_for(struct connection *connection, short events)
{
    struct pollfd wanted = {.fd = connection->fd, .events = events};

    if (connection->session && events == POLLIN && gnutls_record_check_pending(connection->session) > 0) return true;
    while (!atomic_load(&connection->liar->is_closing))
        if (poll(&wanted, 1, LOOK_MS) != 0) return true;
    return false;
}

static bool receive(struct connection *connection)
{
    size_t room = MOST_HEAD + MOST_BODY - connection->length - 1;
    char *at = connection->bytes + connection->length;
    ssize_t got = -1;

    if (room == 0 || !wait_for(connection, POLLIN)) return false;
    if (!connection->session) got = recv(connection->fd, at, room, 0);
    else
        while ((got = gnutls_record_recv(connection->session, at, room)) == GNUTLS_E_AGAIN)
            if (!wait_for(connection, POLLIN)) return false;
    if (got <= 0) return false;
    connection->length += (size_t)got;
    connection->bytes[connection->length] = '\0';
    return true;
}

static bool send_all(struct connection *connection, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = connection->session ? gnutls_record_send(connection->session, bytes, length)
                                           : send(connection->fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes += sent;
        length -= (size_t)sent;
    }
    return true;
}

// ---- requests ----

static void find_header(const char *head, const char *name, char *out, size_t out_size)
{
    size_t name_length = strlen(name);

    out[0] = '\0';
    for (const char *line = strstr(head, "\r\n"); line; line = strstr(line, "\r\n")) {
        line += 2;
        if (strncasecmp(line, name, name_length) != 0 || line[name_length] != ':') continue;
        line += name_length + 1;
        while (*line == ' ') line++;
        snprintf(out, out_size, "%.*s", (int)strcspn(line, "\r\n"), line);
        return;
    }
}

// The next request. False: the connection ended.
static bool read_request(struct connection *connection, struct liar_request *out, size_t *whole_out)
{
    char *end, number[24], bearer[96];
    size_t head_length;

    while (!(end = connection->length ? strstr(connection->bytes, "\r\n\r\n") : NULL))
        if (!receive(connection)) return false;
    *end = '\0';
    head_length = (size_t)(end - connection->bytes) + 4;
    *out = (struct liar_request){0};
    if (sscanf(connection->bytes, "%7s %511s", out->method, out->path) != 2) return false;
    find_header(connection->bytes, "Content-Length", number, sizeof number);
    find_header(connection->bytes, "Authorization", bearer, sizeof bearer);
    find_header(connection->bytes, "Content-Type", out->type, sizeof out->type);
    find_header(connection->bytes, "Content-Encoding", out->encoding, sizeof out->encoding);
    find_header(connection->bytes, "If-None-Match", out->if_none_match, sizeof out->if_none_match);
    if (strncmp(bearer, "Bearer ", 7) == 0) snprintf(out->token, sizeof out->token, "%.63s", bearer + 7);
    out->length = strtoul(number, NULL, 10);
    out->body = connection->bytes + head_length;
    *whole_out = head_length + out->length;
    while (connection->length < *whole_out)
        if (!receive(connection)) return false;
    return true;
}

static bool send_reply(struct connection *connection, const struct liar_reply *reply)
{
    char head[1024];
    int length = snprintf(head, sizeof head, "HTTP/1.1 %d Lie\r\nContent-Type: %s\r\nContent-Length: %zu\r\n%s\r\n",
                          reply->status, reply->type ? reply->type : "application/json", reply->length, reply->headers);
    size_t head_length = (size_t)length, cut = reply->cut_after;

    if (reply->is_silent) return false;
    for (int waited_ms = 0; waited_ms < reply->wait_ms && !atomic_load(&connection->liar->is_closing);
         waited_ms += LOOK_MS)
        usleep(LOOK_MS * 1000);
    if (reply->raw) {
        (void)send_all(connection, reply->raw, strlen(reply->raw));
        return false;
    }
    if (cut > 0) {
        if (send_all(connection, head, cut < head_length ? cut : head_length) && cut > head_length)
            (void)send_all(connection, reply->body,
                           cut - head_length < reply->length ? cut - head_length : reply->length);
        return false;
    }
    return send_all(connection, head, head_length) && send_all(connection, reply->body, reply->length);
}

static bool serve_one(struct connection *connection)
{
    struct liar *liar = connection->liar;
    struct liar_request request;
    struct liar_reply reply = {.status = 500};
    size_t whole;

    if (!read_request(connection, &request, &whole)) return false;
    pthread_mutex_lock(&liar->lock);
    liar->answer(liar->owner, &request, &reply);
    pthread_mutex_unlock(&liar->lock);
    bool goes_on = send_reply(connection, &reply);
    free(reply.body);
    memmove(connection->bytes, connection->bytes + whole, connection->length - whole);
    connection->length -= whole;
    connection->bytes[connection->length] = '\0';
    return goes_on;
}

static bool shake_hands(struct connection *connection)
{
    const struct identity *identity = connection->liar->identity;
    int result;

    if (!identity) return true;
    if (gnutls_init(&connection->session, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL) < 0) return false;
    gnutls_set_default_priority(connection->session);
    gnutls_credentials_set(connection->session, GNUTLS_CRD_CERTIFICATE, identity_credentials(identity));
    gnutls_transport_set_int(connection->session, connection->fd);
    while ((result = gnutls_handshake(connection->session)) < 0 && !gnutls_error_is_fatal(result))
        if (!wait_for(connection, POLLIN)) return false;
    return result == 0;
}

static void *serve(void *argument)
{
    struct connection *connection = argument;

    connection->bytes = calloc(1, MOST_HEAD + MOST_BODY);
    if (connection->bytes && shake_hands(connection))
        while (serve_one(connection)) {}
    shutdown(connection->fd, SHUT_RDWR);
    return NULL;
}

static void *take_connections(void *argument)
{
    struct liar *liar = argument;
    struct pollfd listening = {.fd = liar->fd, .events = POLLIN};
    int one = 1;

    while (!atomic_load(&liar->is_closing)) {
        struct connection *connection = &liar->connections[liar->count];
        if (poll(&listening, 1, LOOK_MS) <= 0 || liar->count == MOST_CONNECTIONS) continue;
        connection->fd = accept(liar->fd, NULL, NULL);
        if (connection->fd < 0) continue;
        setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        connection->liar = liar;
        if (pthread_create(&connection->thread, NULL, serve, connection) == 0) liar->count++;
        else close(connection->fd);
    }
    return NULL;
}

struct liar *liar_open(unsigned short port, const struct identity *identity, liar_answer *answer, void *owner)
{
    struct liar *liar = calloc(1, sizeof *liar);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    socklen_t length = sizeof address;
    int one = 1;

    assert_non_null(liar);
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    liar->identity = identity;
    liar->answer = answer;
    liar->owner = owner;
    pthread_mutex_init(&liar->lock, NULL);
    liar->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(liar->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    assert_int_equal(bind(liar->fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(liar->fd, 16), 0);
    assert_int_equal(getsockname(liar->fd, (struct sockaddr *)&address, &length), 0);
    liar->port = ntohs(address.sin_port);
    snprintf(liar->url, sizeof liar->url, "http%s://127.0.0.1:%u", identity ? "s" : "", liar->port);
    assert_int_equal(pthread_create(&liar->thread, NULL, take_connections, liar), 0);
    return liar;
}

const char *liar_url(const struct liar *liar)
{
    return liar->url;
}

unsigned short liar_port(const struct liar *liar)
{
    return liar->port;
}

void liar_meet(struct liar *liar)
{
    pthread_mutex_lock(&liar->lock);
    pthread_mutex_unlock(&liar->lock);
}

pthread_mutex_t *liar_lock(struct liar *liar)
{
    return &liar->lock;
}

void liar_close(struct liar *liar)
{
    if (!liar) return;
    atomic_store(&liar->is_closing, true);
    pthread_join(liar->thread, NULL);
    for (size_t i = 0; i < liar->count; i++) {
        shutdown(liar->connections[i].fd, SHUT_RDWR);
        pthread_join(liar->connections[i].thread, NULL);
        if (liar->connections[i].session) gnutls_deinit(liar->connections[i].session);
        close(liar->connections[i].fd);
        free(liar->connections[i].bytes);
    }
    close(liar->fd);
    free(liar);
}
