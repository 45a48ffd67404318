#define LOG_MODULE "http"

#include "http/exchange_microhttpd.h"

#include "http/host.h"
#include "http/route.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BODY_FIRST_BYTES = 4096 };

static void refuse(struct http_exchange *exchange, int status, const char *words)
{
    if (exchange->refusal) return;
    exchange->refusal = status;
    exchange->refusal_words = words;
}

// ---- the answer ----

static enum MHD_Result put_off(struct http_exchange *exchange, int64_t for_ms)
{
    int64_t now_ms = server_now_ms(exchange->server);

    if (!exchange->put_off_ms) exchange->put_off_ms = now_ms;
    exchange->stage = EXCHANGE_PUT_OFF;
    exchange_suspend(exchange, now_ms + for_ms);
    return MHD_YES;
}

static enum MHD_Result answer_refusal(struct http_exchange *exchange)
{
    struct http_reply reply = {0};

    http_error(&reply, exchange->refusal, exchange->refusal_words);
    if (exchange->refusal == 503) reply.retry_after_s = 1;
    return exchange_answer(exchange, &reply);
}

static enum MHD_Result ask_handler(struct http_exchange *exchange)
{
    struct http_request *request = &exchange->request;
    struct http_reply reply = {0};

    if (exchange->server->is_closing) refuse(exchange, 503, "closing");
    if (exchange->refusal) return answer_refusal(exchange);
    request->body = exchange->body ? exchange->body : (const uint8_t *)"";
    if (exchange->put_off_ms) request->waited_ms = server_now_ms(exchange->server) - exchange->put_off_ms;
    exchange->route->answer(exchange->route->owner, request, &reply);
    assert(reply.status || reply.wait_ms > 0);
    return reply.wait_ms > 0 ? put_off(exchange, reply.wait_ms) : exchange_answer(exchange, &reply);
}

// ---- the head ----

void *exchange_begin(void *owner, const char *uri, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *facts = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct http_exchange *exchange = facts->socket_context;
    size_t length = strcspn(uri, "?");

    (void)owner;
    exchange->is_too_long = length >= sizeof exchange->target;
    if (exchange->is_too_long) length = 0;
    memcpy(exchange->target, uri, length);
    exchange->target[length] = '\0';
    return exchange;
}

static bool read_method(const char *word, enum http_method *out)
{
    static const struct {
        const char *word;
        enum http_method method;
    } methods[] = {
        {"GET", HTTP_GET}, {"HEAD", HTTP_GET}, {"POST", HTTP_POST}, {"PUT", HTTP_PUT}, {"DELETE", HTTP_DELETE}};

    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (strcmp(word, methods[i].word) != 0) continue;
        *out = methods[i].method;
        return true;
    }
    return false;
}

static enum MHD_Result count_host(void *owner, enum MHD_ValueKind kind, const char *name, const char *value)
{
    size_t *count = owner;

    (void)kind;
    (void)value;
    if (strcasecmp(name, "Host") == 0) *count += 1;
    return MHD_YES;
}

static void judge_host(struct http_exchange *exchange)
{
    const struct http_config *config = &exchange->server->config;
    const char *host = http_header(&exchange->request, "Host");
    size_t count = 0;

    MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, count_host, &count);
    if (count != 1) refuse(exchange, 400, "one Host is needed");
    else if (!host_is_ours(host, config->hosts, config->host_count)) refuse(exchange, 421, "not our name");
}

static void judge_route(struct http_exchange *exchange, const char *method)
{
    const struct http_config *config = &exchange->server->config;
    struct route_match match;

    if (exchange->is_too_long) {
        refuse(exchange, 414, "the path is too long");
        return;
    }
    bool is_known = read_method(method, &exchange->request.method);
    route_find(config->routes, config->route_count, exchange->request.method, exchange->target, &match);
    exchange->route = is_known ? match.route : NULL;
    memcpy(exchange->request.parts, match.parts, sizeof match.parts);
    if (!match.methods) refuse(exchange, 404, "no such page");
    if (exchange->route) return;
    exchange->allowed = match.methods;
    refuse(exchange, 405, "not this method");
}

// SIZE_MAX: it will be told in pieces.
static size_t declared_bytes(const struct http_exchange *exchange)
{
    const char *length = http_header(&exchange->request, "Content-Length");

    if (http_header(&exchange->request, "Transfer-Encoding")) return SIZE_MAX;
    return length ? strtoull(length, NULL, 10) : 0;
}

static void judge_body(struct http_exchange *exchange)
{
    size_t declared = declared_bytes(exchange);
    size_t most = exchange->route ? exchange->route->most_body_bytes : 0;

    if (declared == SIZE_MAX && http_header(&exchange->request, "Content-Length"))
        refuse(exchange, 400, "two lengths of one body");
    if (declared > most && (declared != SIZE_MAX || !most)) refuse(exchange, 413, "the body is too large");
}

static void judge_sender(struct http_exchange *exchange)
{
    const struct http_route *route = exchange->route;

    if (exchange->refusal || !route->may_send || !declared_bytes(exchange)) return;
    exchange->is_unwanted = !route->may_send(route->owner, &exchange->request);
}

static void judge(struct http_exchange *exchange, const char *method)
{
    judge_host(exchange);
    judge_route(exchange, method);
    judge_body(exchange);
    judge_sender(exchange);
}

static enum MHD_Result take_head(struct http_exchange *exchange, const char *method)
{
    exchange->has_head = true;
    exchange_enter(exchange, EXCHANGE_ASKING, EXCHANGE_BODY_MS);
    exchange->request.exchange = exchange;
    exchange->request.is_secure = exchange->server->config.certificate;
    memcpy(exchange->request.peer, exchange->peer, sizeof exchange->peer);
    judge(exchange, method);
    if (!exchange->refusal && !exchange->is_unwanted) return MHD_YES;
    // A client that asked first hears it now, and so does one that would send for hours.
    size_t declared = declared_bytes(exchange);
    bool is_asking = http_header(&exchange->request, "Expect") && declared > 0;
    if (is_asking || (declared > EXCHANGE_SWALLOW_BYTES && declared != SIZE_MAX)) return ask_handler(exchange);
    return MHD_YES;
}

// ---- the body ----

// Grows as bytes arrive, not as they are announced: who announces much and sends nothing takes nothing.
static bool make_room(struct http_exchange *exchange, size_t wanted)
{
    struct http_server *server = exchange->server;
    size_t size = exchange->body_size ? exchange->body_size : BODY_FIRST_BYTES;

    while (size < wanted + 1) size *= 2;
    if (size == exchange->body_size) return true;
    if (server->body_bytes - exchange->body_size + size > HTTP_BODY_BYTES_TOGETHER) return false;
    uint8_t *body = realloc(exchange->body, size);
    if (!body) return false;
    server->body_bytes += size - exchange->body_size;
    exchange->body = body;
    exchange->body_size = size;
    return true;
}

static void drop_body(struct http_exchange *exchange)
{
    exchange->server->body_bytes -= exchange->body_size;
    free(exchange->body);
    exchange->body = NULL;
    exchange->body_size = exchange->request.length = 0;
}

static void take_body(struct http_exchange *exchange, const char *bytes, size_t length)
{
    struct http_request *request = &exchange->request;

    if (exchange->refusal || exchange->is_unwanted) return;
    if (length > exchange->route->most_body_bytes - request->length) refuse(exchange, 413, "the body is too large");
    else if (!make_room(exchange, request->length + length)) refuse(exchange, 503, "too much at once");
    if (exchange->refusal) {
        drop_body(exchange);
        return;
    }
    memcpy(exchange->body + request->length, bytes, length);
    request->length += length;
    exchange->body[request->length] = '\0';
}

// ---- what libmicrohttpd calls ----

enum MHD_Result exchange_access(void *owner, struct MHD_Connection *connection, const char *url, const char *method,
                                const char *version, const char *bytes, size_t *length, void **context)
{
    struct http_exchange *exchange = *context;

    (void)owner;
    (void)connection;
    (void)url;
    (void)version;
    if (!exchange->has_head) return take_head(exchange, method);
    if (!*length) return ask_handler(exchange);
    take_body(exchange, bytes, *length);
    *length = 0;
    return MHD_YES;
}

void exchange_end(void *owner, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode why)
{
    struct http_exchange *exchange = *context;

    (void)owner;
    (void)connection;
    (void)why;
    drop_body(exchange);
    free(exchange->stream.bytes);
    exchange->stream = (struct exchange_stream){0};
    exchange->request = (struct http_request){0};
    exchange->route = NULL;
    exchange->has_head = exchange->is_too_long = exchange->is_unwanted = false;
    exchange->refusal = 0;
    exchange->allowed = 0;
    exchange->put_off_ms = 0;
    if (exchange->stage != EXCHANGE_SHUT) exchange_enter(exchange, EXCHANGE_SILENT, EXCHANGE_BETWEEN_MS);
}
