#define LOG_MODULE "http"

#include "http/exchange_microhttpd.h"

#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Nothing but this server's own files, and nobody else's frame.
static const char policy[] = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                             "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    if (!value || !*value) return;
    if (MHD_add_response_header(response, name, value) != MHD_YES) log_error("a header can't be sent name=%s", name);
}

static void add_allowed(struct MHD_Response *response, unsigned methods)
{
    static const char *const words[] = {"GET, HEAD", "POST", "PUT", "DELETE"};
    char list[64] = "";

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (methods & 1U << i)
            snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", *list ? ", " : "", words[i]);
    add(response, "Allow", list);
}

static void add_headers(struct http_exchange *exchange, const struct http_reply *reply, struct MHD_Response *response)
{
    char seconds[16];

    add(response, "X-Content-Type-Options", "nosniff");
    add(response, "Referrer-Policy", "no-referrer");
    add(response, "Content-Security-Policy", policy);
    add(response, "Cross-Origin-Resource-Policy", "same-origin");
    add(response, "Cross-Origin-Opener-Policy", "same-origin");
    add(response, "Cache-Control", reply->cache ? reply->cache : "no-store");
    add(response, "Content-Type", reply->type);
    add(response, "ETag", reply->etag);
    add(response, "Set-Cookie", reply->cookie);
    add(response, "Location", reply->location);
    snprintf(seconds, sizeof seconds, "%d", reply->retry_after_s);
    if (reply->retry_after_s > 0) add(response, "Retry-After", seconds);
    if (reply->status == 405) add_allowed(response, exchange->allowed);
    if (reply->stream) add(response, "X-Accel-Buffering", "no"); // a reverse proxy passes events on at once
}

static struct MHD_Response *make_response(struct http_exchange *exchange, struct http_reply *reply)
{
    struct MHD_Response *response;

    if (reply->stream) return exchange_stream(exchange, reply);
    if (!reply->body)
        return MHD_create_response_from_buffer(reply->length, (void *)(uintptr_t)reply->fixed, MHD_RESPMEM_PERSISTENT);
    response = MHD_create_response_from_buffer(reply->length, reply->body, MHD_RESPMEM_MUST_FREE);
    if (response) reply->body = NULL; // it is freed with the response
    return response;
}

// The client has it: it is told so without the body.
static void spare(struct http_exchange *exchange, struct http_reply *reply)
{
    const char *known = http_header(&exchange->request, "If-None-Match");

    if (reply->status != 200 || !*reply->etag || !known || strcmp(known, reply->etag) != 0) return;
    free(reply->body);
    reply->status = 304;
    reply->body = NULL;
    reply->fixed = NULL;
    reply->length = 0;
}

enum MHD_Result exchange_answer(struct http_exchange *exchange, struct http_reply *reply)
{
    enum MHD_Result result = MHD_NO; // closes the connection

    spare(exchange, reply);
    exchange_enter(exchange, reply->stream ? EXCHANGE_STREAMING : EXCHANGE_ANSWERING,
                   reply->stream ? EXCHANGE_STREAM_MS : EXCHANGE_ANSWER_MS);
    struct MHD_Response *response = make_response(exchange, reply);
    if (response) {
        add_headers(exchange, reply, response);
        result = MHD_queue_response(exchange->connection, (unsigned)reply->status, response);
        MHD_destroy_response(response);
    }
    free(reply->body);
    return result;
}
