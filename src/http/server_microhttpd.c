#define LOG_MODULE "http"

#include "http/server.h"

#include "base/log.h"
#include "base/mem.h"
#include "http/certificate.h"
#include "http/places_microhttpd.h"

#include <poll.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    CONNECTIONS = 1024,
    CONNECTIONS_PER_PEER = 300,
    POOL_BYTES = 16 * 1024, // libmicrohttpd's, of a connection: heads, and what is on its way out
    STALLED_S = 60,         // nothing moves on an answer
    RING_GAP_MS = 20,       // rings that follow each other more quickly count as one
    OWN_DESCRIPTORS = 256,
};

int64_t server_now_ms(const struct http_server *server)
{
    return server->config.clock->ops->mono_ms(server->config.clock);
}

// ---- the thread ----

static void take_ring(struct http_server *server, int64_t mono_ms)
{
    if (atomic_exchange(&server->is_rung, false)) server->has_ring = true;
    if (!server->has_ring || mono_ms < server->next_ring_ms) return;
    server->has_ring = false;
    server->next_ring_ms = mono_ms + RING_GAP_MS;
    places_resume(server);
}

static int wait_ms(struct http_server *server, int64_t mono_ms)
{
    MHD_UNSIGNED_LONG_LONG theirs_ms = 0;
    int64_t due_ms = server->next_due_ms;

    if (MHD_get_timeout(server->daemon, &theirs_ms) == MHD_YES && (int64_t)theirs_ms < due_ms - mono_ms)
        due_ms = mono_ms + (int64_t)theirs_ms;
    if (server->has_ring && server->next_ring_ms < due_ms) due_ms = server->next_ring_ms;
    if (mono_ms < server->next_take_ms && server->next_take_ms < due_ms) due_ms = server->next_take_ms;
    if (due_ms <= mono_ms) return 0;
    return due_ms - mono_ms < WATCH_BEAT_MS ? (int)(due_ms - mono_ms) : WATCH_BEAT_MS;
}

static void sleep_until_news(struct http_server *server, int64_t mono_ms)
{
    const union MHD_DaemonInfo *facts = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    bool can_take = !server->is_full && mono_ms >= server->next_take_ms;
    struct pollfd waits[] = {
        {.fd = facts->epoll_fd, .events = POLLIN},
        {.fd = server->wake, .events = POLLIN},
        {.fd = can_take ? server->listener : -1, .events = POLLIN},
    };
    uint64_t rings;

    (void)poll(waits, sizeof waits / sizeof *waits, wait_ms(server, mono_ms));
    if (waits[1].revents) (void)!read(server->wake, &rings, sizeof rings);
}

static int64_t step(void *owner, int64_t mono_ms)
{
    struct http_server *server = owner;

    sleep_until_news(server, mono_ms);
    mono_ms = server_now_ms(server);
    places_take_arrivals(server, mono_ms);
    take_ring(server, mono_ms);
    places_take_due(server, mono_ms);
    (void)MHD_run(server->daemon);
    places_make_room(server);
    return 0;
}

static void wake(struct http_server *server)
{
    uint64_t one = 1;

    (void)!write(server->wake, &one, sizeof one); // full: it is awake already
}

void http_ring(struct http_server *server)
{
    if (!atomic_exchange(&server->is_rung, true)) wake(server);
}

// ---- life ----

__attribute__((format(printf, 2, 0))) static void take_words(void *owner, const char *format, va_list arguments)
{
    char words[256];

    (void)owner;
    vsnprintf(words, sizeof words, format, arguments);
    log_debug("libmicrohttpd: %.*s", (int)strcspn(words, "\r\n"), words);
}

static enum status start_daemon(struct http_server *server)
{
    const struct certificate *certificate = server->config.certificate;
    unsigned flags = MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_KEY, 0, certificate ? certificate->key_pem : NULL},
        {MHD_OPTION_HTTPS_MEM_CERT, 0, certificate ? certificate->certificate_pem : NULL},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t) "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1"},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem none = {MHD_OPTION_END, 0, NULL};

    server->daemon =
        MHD_start_daemon(certificate ? flags | MHD_USE_TLS : flags, 0, NULL, NULL, exchange_access, server, //
                         MHD_OPTION_EXTERNAL_LOGGER, take_words, NULL,               // first, to see all
                         MHD_OPTION_NOTIFY_CONNECTION, places_follow, server,        //
                         MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, server,        //
                         MHD_OPTION_NOTIFY_COMPLETED, exchange_end, server,          //
                         MHD_OPTION_CONNECTION_LIMIT, (unsigned)server->place_count, //
                         MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES,     //
                         MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)STALLED_S,         //
                         MHD_OPTION_STRICT_FOR_CLIENT, 1,                            //
                         MHD_OPTION_ARRAY, certificate ? tls : &none, MHD_OPTION_END);
    if (server->daemon) return STATUS_OK;
    log_error("the server can't start%s", certificate ? ": are its key and certificate a pair?" : "");
    return STATUS_LATER;
}

// A connection is a descriptor: the usual 1024 would leave none for the rest of the program.
static void raise_descriptor_limit(size_t connections)
{
    struct rlimit limit;
    rlim_t wanted = connections + OWN_DESCRIPTORS;

    if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
    if (limit.rlim_cur < wanted || setrlimit(RLIMIT_NOFILE, &limit) < 0)
        log_warn("fewer open files than connections are allowed files=%ju", (uintmax_t)limit.rlim_max);
}

enum status http_open(const struct http_config *config, struct http_server **out)
{
    struct http_server *server = mem_zero(sizeof *server);
    enum status status;

    server->config = *config;
    if (!config->most_connections) server->config.most_connections = CONNECTIONS;
    if (!config->most_connections_per_peer) server->config.most_connections_per_peer = CONNECTIONS_PER_PEER;
    server->next_due_ms = INT64_MAX;
    server->listener = -1;
    server->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    doorbell_init(&server->bell);
    places_open(server);
    raise_descriptor_limit(server->place_count);
    if ((status = listener_open(config->address, config->port, &server->listener)) != STATUS_OK) goto fail;
    if ((status = start_daemon(server)) != STATUS_OK) goto fail;
    server->worker = (struct worker){.name = "http",
                                     .step = step,
                                     .owner = server,
                                     .bell = &server->bell,
                                     .clock = config->clock,
                                     .watch = config->watch};
    worker_start(&server->worker);
    log_info("listening address=%s port=%d tls=%s", config->address ? config->address : "*", (int)http_port(server),
             config->certificate ? "yes" : "no");
    *out = server;
    return STATUS_OK;
fail:
    http_close(server);
    return status;
}

uint16_t http_port(const struct http_server *server)
{
    return listener_port(server->listener);
}

// Streams end, and who waits is told to come again; none may be suspended when libmicrohttpd stops.
static void stop_daemon(struct http_server *server)
{
    server->is_closing = true;
    places_resume(server);
    (void)MHD_run(server->daemon);
    MHD_stop_daemon(server->daemon);
}

void http_close(struct http_server *server)
{
    if (!server) return;
    doorbell_close(&server->bell);
    wake(server);
    worker_stop(&server->worker);
    if (server->daemon) stop_daemon(server);
    if (server->listener >= 0) close(server->listener);
    if (server->wake >= 0) close(server->wake);
    doorbell_destroy(&server->bell);
    places_close(server);
    free(server);
}
