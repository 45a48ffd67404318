// server.h -- HTTP/1.1 for boards and the sync API: a table of routes, answered one after another (libmicrohttpd).
// Every answer carries nosniff, no-referrer, no-store (but where a route says otherwise) and a Content-Security-Policy
// that allows nothing but this server's own files. A `Host` that is neither an address in figures, nor localhost, nor
// one of `hosts` is answered 421: a page elsewhere can't reach us under a name of its own (DNS rebinding).
// Bounds: connections, the time of each stage of a request, the size of head and body; what is over them is answered or
// closed. Memory stays below HTTP_BYTES_PER_CONNECTION each. When all places are taken, who is silent longest goes.
// Ownership: open() hands you the server; routes and their owners are borrowed until close().
// Threads: one of its own, which runs all handlers; so they need no locks against each other. ring() from any thread.
// Failure: LATER the address is taken or not ours (the log says which); handlers can't fail, they answer.
#ifndef EINLASS_HTTP_SERVER_H
#define EINLASS_HTTP_SERVER_H

#include "base/clock.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum http_method { HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_DELETE }; // HEAD is answered as GET without a body

enum {
    HTTP_MOST_PARTS = 3,
    HTTP_PART_SIZE = 72,
    HTTP_MOST_HOSTS = 8,
    HTTP_HEADER_SIZE = 256,
    HTTP_PEER_SIZE = 48,
    HTTP_BYTES_PER_CONNECTION = 64 * 1024,       // TLS and all, but the body of a route that takes one
    HTTP_BODY_BYTES_TOGETHER = 64 * 1024 * 1024, // of all connections; who comes then: 503
    HTTP_PING_MS = 15 * 1000,
    HTTP_EVENTS_BYTES = 16 * 1024, // what a stream may write at once
};

struct http_exchange; // libmicrohttpd's side of a request

struct http_request {
    const struct http_exchange *exchange;
    enum http_method method;
    char parts[HTTP_MOST_PARTS][HTTP_PART_SIZE]; // what stands for {…} in the route's path, decoded
    const uint8_t *body;                         // [length], and a NUL behind it; borrowed for the call
    size_t length;
    char peer[HTTP_PEER_SIZE]; // the other side's address in figures
    bool is_secure;            // over TLS
    int64_t waited_ms;         // since it was put off first (http_wait)
};
// NULL: not there. Borrowed for the call; UTF-8 is not promised.
const char *http_header(const struct http_request *request, const char *name);
const char *http_query(const struct http_request *request, const char *name);
const char *http_cookie(const struct http_request *request, const char *name);
const char *http_bearer(const struct http_request *request); // of "Authorization: Bearer …"

// A stream of server-sent events. Asked again after each ring of the server: writes at most `most` bytes of whole
// events that this client has not had (`seen` is theirs, 0 at first), or nothing. Slow clients skip versions.
typedef size_t http_stream(void *owner, uint64_t *seen, char *out, size_t most);

struct http_reply {
    int status;                      // 200 …
    const char *type;                // "application/json"; static
    char *body;                      // malloc'ed: the server frees it; or NULL
    const void *fixed;               // instead of `body`: static storage
    size_t length;                   // of either
    const char *cache;               // Cache-Control instead of no-store; static, or NULL
    int retry_after_s;               // 0: none
    char etag[HTTP_HEADER_SIZE];     // "" = none; as it stands in the header, with its quotes
    char cookie[HTTP_HEADER_SIZE];   // Set-Cookie; "" = none
    char location[HTTP_HEADER_SIZE]; // "" = none
    http_stream *stream;             // instead of a body; with `stream_owner`
    void *stream_owner;
    int64_t wait_ms; // > 0: no answer yet. The handler is called again at a ring, and when that time is over
};
// The usual ones. `words` are for people, as {"error": "…"}.
void http_json(struct http_reply *reply, int status, char *body); // takes `body` (malloc'ed, ends with NUL)
void http_error(struct http_reply *reply, int status, const char *words);

typedef void http_handler(void *owner, const struct http_request *request, struct http_reply *reply);
typedef bool http_gate(void *owner, const struct http_request *request);
struct http_route {
    enum http_method method;
    const char *path; // "/v1/logs/{log}/records"
    http_handler *answer;
    void *owner;
    size_t most_body_bytes; // 0: none is read. Larger ones: 413
    http_gate *may_send;    // asked with the head: no: the body is dropped, and `answer` sees none. NULL: anybody may
};

struct certificate;
struct http_config {
    const char *address;                   // in figures; NULL: every one of this machine
    uint16_t port;                         // 0: a free one, see http_port
    const struct certificate *certificate; // NULL: no TLS
    const char *hosts[HTTP_MOST_HOSTS];    // names besides
    size_t host_count;
    const struct http_route *routes;
    size_t route_count;
    size_t most_connections;          // 0: 1024
    size_t most_connections_per_peer; // 0: 300 (a hall's phones may share one address)
    struct clock *clock;
    struct watch *watch; // base/watch.h; NULL: nobody looks
};

struct http_server;
enum status http_open(const struct http_config *config, struct http_server **out) MUST_CHECK;
uint16_t http_port(const struct http_server *server);
void http_ring(struct http_server *server);  // there is news for streams and for those that wait: seen within 20 ms
void http_close(struct http_server *server); // NULL is fine; open streams end

#endif
