// exchange_microhttpd.h -- one client's connection, and the request that is on it now.
// An exchange is a place of the server's: taken when somebody connects, given back when the connection is closed; one
// connection has one request at a time. Times: the clock's mono_ms. Threads: the server's own, all of it.
// Source: microhttpd.h. What has to be known of libmicrohttpd (0.9.75 and 1.0.1): a suspended connection has no
// timeout, and its client's farewell is seen only after it is resumed; it is suspended from a callback of its own only;
// none may be left suspended when the daemon is stopped; a body can be refused before it or after it, never within.
#ifndef EINLASS_HTTP_EXCHANGE_MICROHTTPD_H
#define EINLASS_HTTP_EXCHANGE_MICROHTTPD_H

#include "base/worker.h"
#include "http/listener.h"
#include "http/server.h"

#include <microhttpd.h>
#include <stdatomic.h>

enum {
    EXCHANGE_TARGET_SIZE = 400,               // of a path, as it was sent
    EXCHANGE_HEAD_MS = 10 * 1000,             // from connecting to a request's whole head, TLS and all
    EXCHANGE_BETWEEN_MS = 30 * 1000,          // the same after an answer
    EXCHANGE_BODY_MS = 120 * 1000,            // 256 KiB over a bad line
    EXCHANGE_ANSWER_MS = 15 * 60 * 1000,      // an event file of 100,000 over a bad line
    EXCHANGE_STREAM_MS = 60 * 1000,           // for what a stream's client has not taken yet
    EXCHANGE_SWALLOW_BYTES = 4 * 1024 * 1024, // a refused body is read up to here: who still sends reads no answer
};

enum exchange_stage {
    EXCHANGE_FREE,
    EXCHANGE_SILENT,  // connected or answered: no whole head yet
    EXCHANGE_ASKING,  // head, perhaps body
    EXCHANGE_PUT_OFF, // its handler wants to be called again
    EXCHANGE_ANSWERING,
    EXCHANGE_STREAMING,
    EXCHANGE_SHUT, // cut; libmicrohttpd will find out
};

struct exchange_stream {
    http_stream *write;
    void *owner;
    uint64_t seen;
    char *bytes; // [HTTP_EVENTS_BYTES]
    size_t length, taken;
    int64_t ping_ms;
    bool has_begun;
};

struct http_exchange {
    struct http_server *server;
    struct MHD_Connection *connection; // NULL: not yet libmicrohttpd's
    struct http_exchange *next_free;
    int fd; // libmicrohttpd's
    enum exchange_stage stage;
    uint64_t turn;  // of all that entered a stage
    int64_t due_ms; // of the stage
    bool is_suspended;
    char peer[HTTP_PEER_SIZE];
    // the request:
    char target[EXCHANGE_TARGET_SIZE];
    bool has_head, is_too_long, is_unwanted; // unwanted: its body
    int refusal;                             // a status, decided with the head or the body; 0: none
    const char *refusal_words;               // static
    unsigned allowed;                        // methods, for 405
    const struct http_route *route;
    struct http_request request;
    uint8_t *body;
    size_t body_size;
    int64_t put_off_ms; // when first; 0: never
    struct exchange_stream stream;
};

struct http_server {
    struct http_config config;
    struct MHD_Daemon *daemon;
    struct doorbell bell; // stops the thread; what wakes it is `wake`
    struct worker worker;
    int listener, wake; // -1: none
    bool is_closing, is_full, has_ring;
    atomic_bool is_rung;
    int64_t next_due_ms, next_ring_ms, next_take_ms;
    struct http_exchange *places; // [place_count]
    uint64_t *peers;              // [place_count], digests of addresses; 0: free
    struct http_exchange *free;
    size_t place_count;
    uint64_t turns;
    size_t body_bytes; // of all
};

int64_t server_now_ms(const struct http_server *server);

// places_microhttpd.c
void exchange_enter(struct http_exchange *exchange, enum exchange_stage stage, int64_t for_ms);
void exchange_suspend(struct http_exchange *exchange, int64_t until_ms);

// exchange_microhttpd.c: libmicrohttpd's callbacks; the closure is the server
void *exchange_begin(void *server, const char *uri, struct MHD_Connection *connection);
enum MHD_Result exchange_access(void *server, struct MHD_Connection *connection, const char *url, const char *method,
                                const char *version, const char *bytes, size_t *length, void **exchange);
void exchange_end(void *server, struct MHD_Connection *connection, void **exchange,
                  enum MHD_RequestTerminationCode why);

// answer_microhttpd.c: takes reply->body in any case
enum MHD_Result exchange_answer(struct http_exchange *exchange, struct http_reply *reply);

// stream_microhttpd.c
struct MHD_Response *exchange_stream(struct http_exchange *exchange, const struct http_reply *reply); // NULL: no memory

#endif
