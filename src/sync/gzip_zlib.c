// gzip_zlib.c -- gzip for batches (wire.h), over zlib.
#include "sync/wire.h"

#include "base/mem.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    GZIP_WINDOW_BITS = 15 + 16, // + 16: gzip's own head and check. Source: zlib.h
    GZIP_MEMORY = 8,            // zlib's default
    FIRST_BYTES = 4096,
};

enum status wire_gzip(const void *bytes, size_t length, uint8_t **out, size_t *length_out)
{
    z_stream stream = {.next_in = (void *)(uintptr_t)bytes, .avail_in = (uInt)length};
    uint8_t *packed;

    if (length > INT_MAX) return STATUS_INVALID;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW_BITS, GZIP_MEMORY, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        return STATUS_LATER;
    stream.avail_out = (uInt)deflateBound(&stream, (uLong)length);
    stream.next_out = packed = mem_zero(stream.avail_out);
    bool is_done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    *length_out = stream.total_out;
    deflateEnd(&stream);
    if (!is_done) {
        free(packed);
        return STATUS_LATER;
    }
    *out = packed;
    return STATUS_OK;
}

struct unpacked {
    uint8_t *bytes;
    size_t size, most; // of `bytes`: now, and what it may grow to
};

static bool make_room(struct unpacked *unpacked, z_stream *stream)
{
    size_t used = stream->total_out, size = unpacked->size ? unpacked->size * 2 : FIRST_BYTES;
    uint8_t *larger;

    if (unpacked->size == unpacked->most) return false; // a bomb
    if (size > unpacked->most) size = unpacked->most;
    larger = realloc(unpacked->bytes, size);
    if (!larger) return false;
    unpacked->bytes = larger;
    unpacked->size = size;
    stream->next_out = larger + used;
    stream->avail_out = (uInt)(size - 1 - used);
    return true;
}

static bool unpack(z_stream *stream, struct unpacked *unpacked)
{
    int answer = Z_OK;

    // Z_BUF_ERROR: only that there was no room, or no more to read.
    while (answer == Z_OK || (answer == Z_BUF_ERROR && stream->avail_out == 0)) {
        if (stream->avail_out == 0 && !make_room(unpacked, stream)) return false;
        answer = inflate(stream, Z_NO_FLUSH);
    }
    return answer == Z_STREAM_END && stream->avail_in == 0;
}

enum status wire_gunzip(const void *bytes, size_t length, size_t most_bytes, uint8_t **out, size_t *length_out)
{
    z_stream stream = {.next_in = (void *)(uintptr_t)bytes, .avail_in = (uInt)length};
    struct unpacked unpacked = {.most = most_bytes + 2}; // a byte to see that it ends, and the NUL

    if (length > INT_MAX || most_bytes >= INT_MAX) return STATUS_INVALID;
    if (inflateInit2(&stream, GZIP_WINDOW_BITS) != Z_OK) return STATUS_LATER;
    bool is_whole = unpack(&stream, &unpacked) && unpacked.bytes && stream.total_out <= most_bytes;
    *length_out = stream.total_out;
    inflateEnd(&stream);
    if (!is_whole) {
        free(unpacked.bytes);
        return STATUS_INVALID;
    }
    unpacked.bytes[*length_out] = '\0';
    *out = unpacked.bytes;
    return STATUS_OK;
}
