#define LOG_MODULE "http"

#include "http/places_microhttpd.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    TAKEN_AT_ONCE = 64,
    TAKE_PAUSE_MS = 100, // while there are no descriptors
};

// ---- exchanges ----

static void set_due(struct http_exchange *exchange, int64_t due_ms)
{
    exchange->due_ms = due_ms;
    if (due_ms < exchange->server->next_due_ms) exchange->server->next_due_ms = due_ms;
}

void exchange_enter(struct http_exchange *exchange, enum exchange_stage stage, int64_t for_ms)
{
    exchange->stage = stage;
    exchange->turn = ++exchange->server->turns;
    set_due(exchange, server_now_ms(exchange->server) + for_ms);
}

void exchange_suspend(struct http_exchange *exchange, int64_t until_ms)
{
    MHD_suspend_connection(exchange->connection);
    exchange->is_suspended = true;
    set_due(exchange, until_ms);
}

static void resume(struct http_exchange *exchange)
{
    exchange->is_suspended = false;
    set_due(exchange, server_now_ms(exchange->server) + EXCHANGE_STREAM_MS);
    MHD_resume_connection(exchange->connection);
}

// libmicrohttpd owns the socket; once it is shut, it reads an end, and says when the connection is closed.
static void cut(struct http_exchange *exchange)
{
    exchange_enter(exchange, EXCHANGE_SHUT, EXCHANGE_STREAM_MS);
    (void)shutdown(exchange->fd, SHUT_RDWR);
}

static void free_place(struct http_exchange *exchange)
{
    struct http_server *server = exchange->server;
    struct http_exchange *next = server->free;

    *exchange = (struct http_exchange){.server = server, .next_free = next};
    server->peers[exchange - server->places] = 0;
    server->free = exchange;
    server->is_full = false;
}

void places_take_due(struct http_server *server, int64_t mono_ms)
{
    if (mono_ms < server->next_due_ms) return;
    server->next_due_ms = INT64_MAX;
    for (size_t i = 0; i < server->place_count; i++) {
        struct http_exchange *exchange = &server->places[i];
        if (exchange->stage == EXCHANGE_FREE) continue;
        if (exchange->due_ms > mono_ms) set_due(exchange, exchange->due_ms);
        else if (!exchange->connection) free_place(exchange); // libmicrohttpd had no memory for it, and closed it
        else if (exchange->is_suspended) resume(exchange);
        else cut(exchange);
    }
}

void places_resume(struct http_server *server)
{
    for (size_t i = 0; i < server->place_count; i++)
        if (server->places[i].is_suspended) resume(&server->places[i]);
}

// ---- who comes ----

// Who has said nothing for the longest time makes room for the next one; not who came just now.
void places_make_room(struct http_server *server)
{
    struct http_exchange *oldest = NULL;

    if (!server->is_full) return;
    for (size_t i = 0; i < server->place_count; i++) {
        struct http_exchange *exchange = &server->places[i];
        if (exchange->stage == EXCHANGE_SHUT) return; // there will be some
        if (exchange->stage != EXCHANGE_SILENT || !exchange->connection || exchange->turn == server->turns) continue;
        if (!oldest || exchange->turn < oldest->turn) oldest = exchange;
    }
    if (oldest) cut(oldest);
}

static size_t count_peer(const struct http_server *server, uint64_t peer)
{
    size_t count = 0;

    for (size_t i = 0; i < server->place_count; i++)
        if (server->peers[i] == peer) count++;
    return count;
}

static void welcome(struct http_server *server, const struct arrival *arrival)
{
    struct http_exchange *exchange = server->free;
    uint64_t peer = digest_of(arrival->peer, strlen(arrival->peer)) | 1;

    if (count_peer(server, peer) >= server->config.most_connections_per_peer) {
        close(arrival->fd);
        return;
    }
    server->free = exchange->next_free;
    server->is_full = !server->free;
    server->peers[exchange - server->places] = peer;
    exchange->fd = arrival->fd;
    text_copy(exchange->peer, sizeof exchange->peer, arrival->peer);
    exchange_enter(exchange, EXCHANGE_SILENT, EXCHANGE_HEAD_MS);
    // Where it fails, it closes the socket, and nobody takes the place's connection up: its time will be over.
    (void)MHD_add_connection(server->daemon, arrival->fd, (const struct sockaddr *)&arrival->address,
                             arrival->address_size);
}

void places_take_arrivals(struct http_server *server, int64_t mono_ms)
{
    struct arrival arrival;

    if (mono_ms < server->next_take_ms) return;
    for (int taken = 0; taken < TAKEN_AT_ONCE && server->free; taken++) {
        enum status status = listener_take(server->listener, &arrival);
        if (status == STATUS_LATER) server->next_take_ms = mono_ms + TAKE_PAUSE_MS;
        if (status != STATUS_OK) break;
        welcome(server, &arrival);
    }
}

static struct http_exchange *find_arrived(struct http_server *server, int fd)
{
    for (size_t i = 0; i < server->place_count; i++) {
        struct http_exchange *exchange = &server->places[i];
        if (exchange->stage != EXCHANGE_FREE && !exchange->connection && exchange->fd == fd) return exchange;
    }
    return NULL;
}

void places_follow(void *owner, struct MHD_Connection *connection, void **context,
                   enum MHD_ConnectionNotificationCode what)
{
    struct http_exchange *exchange = *context;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *facts = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        exchange = find_arrived(owner, facts->connect_fd);
        assert(exchange);
        exchange->connection = connection;
        *context = exchange;
    } else {
        free_place(exchange);
    }
}

// ---- life ----

void places_open(struct http_server *server)
{
    server->place_count = server->config.most_connections;
    server->places = mem_zero_array(server->place_count, sizeof *server->places);
    server->peers = mem_zero_array(server->place_count, sizeof *server->peers);
    for (size_t i = server->place_count; i-- > 0;) {
        server->places[i].server = server;
        free_place(&server->places[i]);
    }
}

void places_close(struct http_server *server)
{
    free(server->peers);
    free(server->places);
}
