#include "sync/log_file.h"

#include "base/text.h"
#include "sync/document.h"

#include <assert.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char walk_in_begin[] = "{\"walk_in\":";

// Behind the end of `count` lines; NULL: there are fewer.
static const char *skip_lines(const char *from, const char *end, size_t count)
{
    for (; count > 0; count--) {
        const char *newline = memchr(from, '\n', (size_t)(end - from));
        if (!newline) return NULL;
        from = newline + 1;
    }
    return from;
}

static enum status read_walk_in(const char *line, size_t length, struct log_piece *out, struct wire_flaw *flaw)
{
    static const struct json_node_key keys[] = {{"walk_in", true}, {"salt", true}, {"blob", true}};
    struct json_node node;
    json_t *json =
        document_open(line, length, keys, sizeof keys / sizeof *keys, flaw->words, sizeof flaw->words, &node);
    bool is_right;

    if (!json) return STATUS_INVALID;
    is_right = json_node_hex(&node, "walk_in", out->hash, sizeof out->hash) &&
               json_node_hex(&node, "salt", out->salt, sizeof out->salt) &&
               json_node_text(&node, "blob", out->blob, sizeof out->blob);
    json_decref(json);
    return is_right ? STATUS_OK : STATUS_INVALID;
}

static enum status read_batch(const char *line, const char *end, struct log_piece *out, struct wire_flaw *flaw)
{
    const char *lines = skip_lines(line, end, 1), *behind;
    struct wire_header header;

    if (wire_read_header(line, (size_t)(lines - line - 1), &header, flaw) != STATUS_OK) return STATUS_INVALID;
    behind = skip_lines(lines, end, header.count);
    if (!behind) {
        snprintf(flaw->words, sizeof flaw->words, "the batch from seq %llu on is cut off",
                 (unsigned long long)header.first);
        return STATUS_INVALID;
    }
    out->bytes = line;
    out->length = (size_t)(behind - line);
    return STATUS_OK;
}

enum status log_file_next(const char *bytes, size_t length, size_t *at, struct log_piece *out,
                          struct wire_flaw *flaw_out)
{
    const char *line = bytes + *at, *end = bytes + length, *behind = skip_lines(line, end, 1);
    bool is_walk_in;
    enum status status;

    if (*at == length) return STATUS_MISSING;
    if (!behind) {
        snprintf(flaw_out->words, sizeof flaw_out->words, "the last line is cut off");
        return STATUS_INVALID;
    }
    is_walk_in =
        (size_t)(behind - line) > strlen(walk_in_begin) && memcmp(line, walk_in_begin, strlen(walk_in_begin)) == 0;
    *out = (struct log_piece){.kind = is_walk_in ? LOG_PIECE_WALK_IN : LOG_PIECE_BATCH};
    if (is_walk_in) status = read_walk_in(line, (size_t)(behind - line - 1), out, flaw_out);
    else status = read_batch(line, end, out, flaw_out);
    if (status == STATUS_OK) *at += is_walk_in ? (size_t)(behind - line) : out->length;
    return status;
}

char *log_file_write_walk_in(const struct outbox_walk_in *walk_in)
{
    char hash[2 * WALK_IN_HASH_BYTES + 1], salt[2 * WALK_IN_SALT_BYTES + 1];
    json_t *json;
    char *text;
    size_t length;

    text_hex(walk_in->hash, WALK_IN_HASH_BYTES, hash);
    text_hex(walk_in->salt, WALK_IN_SALT_BYTES, salt);
    json = json_pack("{s:s, s:s, s:s}", "walk_in", hash, "salt", salt, "blob", walk_in->blob);
    text = json ? json_dumps(json, JSON_COMPACT) : NULL;
    assert(text); // a blob is UTF-8: it was made by walk_in_write_blob
    json_decref(json);
    length = strlen(text);
    text = realloc(text, length + 2);
    assert(text);
    memcpy(text + length, "\n", 2);
    return text;
}
