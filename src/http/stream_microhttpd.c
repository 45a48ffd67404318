#include "base/mem.h"
#include "http/exchange_microhttpd.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 4096 }; // libmicrohttpd's share of a write

// The browser's own pause before it connects again would be its maker's choice.
static const char greeting[] = "retry: 2000\n\n", ping[] = ": ping\n\n";

static void say(struct exchange_stream *stream, const char *words)
{
    stream->length = strlen(words);
    memcpy(stream->bytes, words, stream->length);
}

static void refill(struct exchange_stream *stream, int64_t mono_ms)
{
    stream->taken = 0;
    if (!stream->has_begun) say(stream, greeting);
    else stream->length = stream->write(stream->owner, &stream->seen, stream->bytes, HTTP_EVENTS_BYTES);
    if (!stream->length && mono_ms >= stream->ping_ms) say(stream, ping); // sheds those who left, too
    if (stream->length) stream->ping_ms = mono_ms + HTTP_PING_MS;
    stream->has_begun = true;
}

static ssize_t read_stream(void *owner, uint64_t at, char *out, size_t most)
{
    struct http_exchange *exchange = owner;
    struct exchange_stream *stream = &exchange->stream;
    int64_t mono_ms = server_now_ms(exchange->server);

    (void)at;
    if (exchange->server->is_closing) return MHD_CONTENT_READER_END_OF_STREAM;
    if (stream->taken == stream->length) refill(stream, mono_ms);
    if (!stream->length) {
        exchange_suspend(exchange, stream->ping_ms);
        return 0;
    }
    size_t length = stream->length - stream->taken;
    if (length > most) length = most;
    memcpy(out, stream->bytes + stream->taken, length);
    stream->taken += length;
    exchange_enter(exchange, EXCHANGE_STREAMING, EXCHANGE_STREAM_MS);
    return (ssize_t)length;
}

struct MHD_Response *exchange_stream(struct http_exchange *exchange, const struct http_reply *reply)
{
    exchange->stream = (struct exchange_stream){
        .write = reply->stream, .owner = reply->stream_owner, .bytes = malloc(HTTP_EVENTS_BYTES)};
    if (!exchange->stream.bytes) return NULL;
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES, read_stream, exchange, NULL);
}
