// wire.c -- batches of a log: their header and their lines (wire.h; wire_answers.c has the rest).
#include "sync/wire.h"

#include "base/text.h"
#include "record/device_key.h"
#include "sync/document.h"

#include <assert.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char head_domain[] = "einlass-head/1"; // with its NUL, as what follows could begin like more of it

enum { SIGNED_BYTES = sizeof head_domain + LOG_ID_BYTES + 8 + CHAIN_HASH_BYTES };

static void write_signed(const struct wire_header *header, uint8_t out[SIGNED_BYTES])
{
    uint64_t last = header->first + header->count - 1;
    uint8_t *at = out;

    memcpy(at, head_domain, sizeof head_domain);
    at += sizeof head_domain;
    memcpy(at, header->log, LOG_ID_BYTES);
    at += LOG_ID_BYTES;
    for (int i = 0; i < 8; i++) *at++ = (uint8_t)(last >> (56 - 8 * i));
    memcpy(at, header->head, CHAIN_HASH_BYTES);
}

void wire_sign(const struct device_key *key, struct wire_header *header)
{
    uint8_t bytes[SIGNED_BYTES];

    memcpy(header->device_public_key, key->public_key, DEVICE_KEY_BYTES);
    write_signed(header, bytes);
    crypto_sign_detached(header->signature, NULL, bytes, sizeof bytes, key->secret_key);
}

bool wire_is_signed(const struct wire_header *header)
{
    uint8_t bytes[SIGNED_BYTES];

    write_signed(header, bytes);
    return crypto_sign_verify_detached(header->signature, bytes, sizeof bytes, header->device_public_key) == 0;
}

static bool set_hex(json_t *json, const char *key, const uint8_t *bytes, size_t length)
{
    char hex[2 * WIRE_SIGNATURE_BYTES + 1];

    assert(length <= WIRE_SIGNATURE_BYTES);
    text_hex(bytes, length, hex);
    return json_object_set_new(json, key, json_string(hex)) == 0;
}

static bool set_number(json_t *json, const char *key, uint64_t value)
{
    return value <= INT64_MAX && json_object_set_new(json, key, json_integer((json_int_t)value)) == 0;
}

static bool set_header(json_t *json, const struct wire_header *header)
{
    return set_hex(json, "log", header->log, LOG_ID_BYTES) && set_number(json, "first", header->first) &&
           set_number(json, "count", header->count) && set_hex(json, "prev", header->prev, CHAIN_HASH_BYTES) &&
           set_hex(json, "head", header->head, CHAIN_HASH_BYTES) &&
           set_hex(json, "sig", header->signature, WIRE_SIGNATURE_BYTES) &&
           json_object_set_new(json, "clock", json_string(clock_state_word(header->clock))) == 0 &&
           set_hex(json, "device", header->device_public_key, DEVICE_KEY_BYTES) &&
           json_object_set_new(json, "gate", json_string(header->gate)) == 0; // fails where it isn't UTF-8
}

enum status wire_write_header(const struct wire_header *header, char out[WIRE_HEADER_SIZE])
{
    enum status status = STATUS_INVALID;
    json_t *json = json_object();
    size_t length;

    if (!set_header(json, header)) goto done;
    length = json_dumpb(json, out, WIRE_HEADER_SIZE - 2, JSON_COMPACT); // what it would need, even when that is more
    if (length == 0 || length > WIRE_HEADER_SIZE - 2) goto done;
    out[length] = '\n';
    out[length + 1] = '\0';
    status = STATUS_OK;
done:
    json_decref(json);
    return status;
}

static bool read_clock(const struct json_node *json, enum clock_state *out)
{
    struct json_node node = json_node_at(json, "clock");
    const char *word = "";

    if (!json_node_word(json, "clock", &word)) return false;
#define X(name, text)                                                                                                  \
    if (strcmp(word, text) == 0) {                                                                                     \
        *out = CLOCK_STATE_##name;                                                                                     \
        return true;                                                                                                   \
    }
    CLOCK_STATE_LIST(X)
#undef X
    return json_node_refuse(&node, "unknown word");
}

static bool read_range(const struct json_node *json, struct wire_header *out)
{
    struct json_node count = json_node_at(json, "count");
    uint64_t value = 0;

    if (!document_u64(json, "first", 1, &out->first)) return false;
    if (!json_node_integer(&count, 1, OUTBOX_MOST_LINES, &value)) return false;
    if (out->first > INT64_MAX - value) return json_node_refuse(&count, "goes past the last seq there can be");
    out->count = (size_t)value;
    return true;
}

enum status wire_read_header(const char *line, size_t length, struct wire_header *out, struct wire_flaw *flaw_out)
{
    static const struct json_node_key keys[] = {{"log", true},   {"first", true},  {"count", true},
                                                {"prev", true},  {"head", true},   {"sig", true},
                                                {"clock", true}, {"device", true}, {"gate", true}};
    struct wire_header header = {0};
    struct json_node node;
    enum status status = STATUS_INVALID;
    json_t *json;

    if (length >= WIRE_HEADER_SIZE) {
        snprintf(flaw_out->words, sizeof flaw_out->words, "header: longer than %d bytes", WIRE_HEADER_SIZE - 1);
        return STATUS_INVALID;
    }
    json =
        document_open(line, length, keys, sizeof keys / sizeof *keys, flaw_out->words, sizeof flaw_out->words, &node);
    if (!json) return STATUS_INVALID;
    if (json_node_hex(&node, "log", header.log, LOG_ID_BYTES) && read_range(&node, &header) &&
        json_node_hex(&node, "prev", header.prev, CHAIN_HASH_BYTES) &&
        json_node_hex(&node, "head", header.head, CHAIN_HASH_BYTES) &&
        json_node_hex(&node, "sig", header.signature, WIRE_SIGNATURE_BYTES) && read_clock(&node, &header.clock) &&
        json_node_hex(&node, "device", header.device_public_key, DEVICE_KEY_BYTES) &&
        json_node_text(&node, "gate", header.gate, sizeof header.gate)) {
        *out = header;
        status = STATUS_OK;
    }
    json_decref(json);
    return status;
}

// ---- lines ----

struct lines { // of a batch, one after another
    const char *at;
    size_t left;
    uint64_t seq; // of the next
};

static bool refuse(struct wire_flaw *flaw, size_t number, const char *words)
{
    snprintf(flaw->words, sizeof flaw->words, "line %zu: %s", number, words);
    return false;
}

static bool begins_with_seq(const char *line, size_t length, uint64_t seq)
{
    char begin[40];
    int begin_length = snprintf(begin, sizeof begin, "{\"seq\":%llu,", (unsigned long long)seq);

    return length > (size_t)begin_length && memcmp(line, begin, (size_t)begin_length) == 0 && line[length - 1] == '}';
}

// `number`: 1 is the first, for the flaw. Only bytes are looked at: that they mean something is not asked here.
static bool check_line(const char *line, size_t length, uint64_t seq, size_t number, struct wire_flaw *flaw)
{
    if (length >= RECORD_LINE_SIZE) return refuse(flaw, number, "too long");
    if (!text_is_utf8(line, length)) return refuse(flaw, number, "not UTF-8, or with a NUL");
    if (begins_with_seq(line, length, seq)) return true;
    snprintf(flaw->words, sizeof flaw->words, "line %zu: no record with seq %llu", number, (unsigned long long)seq);
    return false;
}

static bool next_line(struct lines *lines, struct wire_line *out)
{
    const char *end = memchr(lines->at, '\n', lines->left);

    if (!end) return false;
    *out = (struct wire_line){.seq = lines->seq++, .text = lines->at, .length = (size_t)(end - lines->at)};
    lines->left -= out->length + 1;
    lines->at = end + 1;
    return true;
}

// `hashes`: of the chain, one after each line.
static enum status check_lines(const struct wire_header *header, struct lines lines, uint8_t hashes[][CHAIN_HASH_BYTES],
                               struct wire_flaw *flaw)
{
    const uint8_t *before = header->prev;
    struct wire_line line;

    for (size_t i = 0; i < header->count; i++) {
        if (!next_line(&lines, &line)) {
            refuse(flaw, i + 1, "is missing, or not ended");
            return STATUS_INVALID;
        }
        if (!check_line(line.text, line.length, line.seq, i + 1, flaw)) return STATUS_INVALID;
        memcpy(hashes[i], before, CHAIN_HASH_BYTES);
        chain_add(hashes[i], line.seq, line.text, line.length);
        before = hashes[i];
    }
    if (lines.left > 0) {
        refuse(flaw, header->count + 1, "is more than the header counts");
        return STATUS_INVALID;
    }
    if (memcmp(before, header->head, CHAIN_HASH_BYTES) == 0) return STATUS_OK;
    snprintf(flaw->words, sizeof flaw->words, "the lines do not lead to the header's head");
    return STATUS_CORRUPT;
}

enum status wire_read_lines(const struct wire_header *header, const char *lines, size_t length, wire_visitor *visit,
                            void *owner, struct wire_flaw *flaw_out)
{
    uint8_t hashes[OUTBOX_MOST_LINES][CHAIN_HASH_BYTES];
    struct lines rest = {lines, length, header->first};
    struct wire_line line;
    enum status status;

    assert(header->count <= OUTBOX_MOST_LINES); // as wire_read_header has it
    status = check_lines(header, rest, hashes, flaw_out);
    for (size_t i = 0; i < header->count && status == STATUS_OK && visit && next_line(&rest, &line); i++) {
        line.hash = hashes[i];
        status = visit(owner, &line);
    }
    return status;
}
