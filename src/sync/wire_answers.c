// wire_answers.c -- what travels besides batches, as JSON (wire.h).
#include "sync/wire.h"

#include "base/text.h"
#include "sync/document.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct hex {
    char text[2 * ROOT_KEY_BYTES + 1];
};

static struct hex hex_of(const uint8_t *bytes, size_t length)
{
    struct hex hex;

    assert(length <= ROOT_KEY_BYTES);
    text_hex(bytes, length, hex.text);
    return hex;
}

// Frees `json`. What is packed was checked before it came here, so a failure is a mistake of ours.
static char *dump(json_t *json)
{
    char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;

    assert(text);
    json_decref(json);
    return text;
}

void wire_read_error(const char *json, size_t length, char out[WIRE_WORDS_SIZE])
{
    char flaw[WIRE_WORDS_SIZE];
    struct json_node node;
    json_t *document = document_open(json, length, NULL, 0, flaw, sizeof flaw, &node);

    out[0] = '\0';
    if (document && !document_showable(&node, "error", out, WIRE_WORDS_SIZE)) out[0] = '\0';
    json_decref(document);
}

char *wire_write_place(const struct wire_place *place)
{
    json_t *json = json_pack("{s:I, s:s, s:b, s:I, s:s}", "next", (json_int_t)place->next, "head",
                             hex_of(place->head, sizeof place->head).text, "durable", place->is_durable, "now_ms",
                             (json_int_t)place->now_ms, "feed", place->feed);

    if (place->has_fork) json_object_set_new(json, "at", json_integer((json_int_t)place->fork_at));
    if (place->error[0]) json_object_set_new(json, "error", json_string(place->error));
    return dump(json);
}

enum status wire_read_place(const char *json, size_t length, struct wire_place *out)
{
    static const struct json_node_key keys[] = {{"next", true}, {"head", true}, {"now_ms", true}};
    struct wire_place place = {0};
    struct json_node node;
    char flaw[WIRE_WORDS_SIZE];
    json_t *document = document_open(json, length, keys, sizeof keys / sizeof *keys, flaw, sizeof flaw, &node);
    bool is_right;

    if (!document) return STATUS_INVALID;
    is_right = document_u64(&node, "next", 1, &place.next) &&
               json_node_hex(&node, "head", place.head, sizeof place.head) &&
               json_node_bool(&node, "durable", &place.is_durable) &&
               json_node_unix_ms(&node, "now_ms", &place.now_ms) && document_u64(&node, "at", 1, &place.fork_at) &&
               document_plain(&node, "feed", FEED_CURSOR_CHARACTERS, place.feed, sizeof place.feed) &&
               document_plain(&node, "error", DOCUMENT_BASE64URL, place.error, sizeof place.error);
    place.has_fork = place.fork_at > 0;
    json_decref(document);
    if (!is_right) return STATUS_INVALID;
    *out = place;
    return STATUS_OK;
}

// ---- pairing ----

char *wire_write_enroll(const struct wire_enroll *enroll)
{
    struct hex key = hex_of(enroll->device_public_key, DEVICE_KEY_BYTES);

    return dump(json_pack("{s:s, s:s, s:s, s:s}", "code", enroll->code, "device_key", key.text, "name", enroll->name,
                          "version", enroll->version));
}

enum status wire_read_enroll(const char *json, size_t length, struct wire_enroll *out)
{
    static const struct json_node_key keys[] = {
        {"code", true}, {"device_key", true}, {"name", true}, {"version", true}};
    struct wire_enroll enroll = {0};
    struct json_node node;
    char flaw[WIRE_WORDS_SIZE], code[PAIRING_TEXT_SIZE] = "";
    json_t *document = document_open(json, length, keys, sizeof keys / sizeof *keys, flaw, sizeof flaw, &node);
    bool is_right;

    if (!document) return STATUS_INVALID;
    is_right = json_node_text(&node, "code", code, sizeof code) && pairing_read_code(code, enroll.code) == STATUS_OK &&
               json_node_hex(&node, "device_key", enroll.device_public_key, DEVICE_KEY_BYTES) &&
               document_showable(&node, "name", enroll.name, sizeof enroll.name) &&
               document_showable(&node, "version", enroll.version, sizeof enroll.version);
    json_decref(document);
    if (!is_right) return STATUS_INVALID;
    *out = enroll;
    return STATUS_OK;
}

char *wire_write_paired(const struct pairing *pairing, int64_t now_ms)
{
    struct hex organisation = hex_of(pairing->organisation, ORGANISATION_BYTES);
    struct hex root_key = hex_of(pairing->root_key, ROOT_KEY_BYTES);

    return dump(json_pack("{s:s, s:s, s:I, s:s, s:s, s:s, s:I}", "device", pairing->device, "token", pairing->token,
                          "event", (json_int_t)pairing->event, "organisation", organisation.text, "organisation_name",
                          pairing->organisation_name, "root_key", root_key.text, "now_ms", (json_int_t)now_ms));
}

enum status wire_read_paired(const char *json, size_t length, struct pairing *out, int64_t *now_ms_out)
{
    static const struct json_node_key keys[] = {
        {"device", true}, {"token", true}, {"organisation", true}, {"root_key", true}, {"now_ms", true}};
    struct pairing pairing = {0};
    struct json_node node;
    char flaw[WIRE_WORDS_SIZE];
    int64_t now_ms = 0;
    json_t *document = document_open(json, length, keys, sizeof keys / sizeof *keys, flaw, sizeof flaw, &node);
    bool is_right;

    if (!document) return STATUS_INVALID;
    is_right =
        document_showable(&node, "device", pairing.device, sizeof pairing.device) &&
        document_plain(&node, "token", DOCUMENT_BASE64URL, pairing.token, sizeof pairing.token) &&
        json_node_u32(&node, "event", 0, &pairing.event) &&
        json_node_hex(&node, "organisation", pairing.organisation, ORGANISATION_BYTES) &&
        document_showable(&node, "organisation_name", pairing.organisation_name, sizeof pairing.organisation_name) &&
        json_node_hex(&node, "root_key", pairing.root_key, ROOT_KEY_BYTES) &&
        json_node_unix_ms(&node, "now_ms", &now_ms) && pairing.token[0];
    json_decref(document);
    if (!is_right) return STATUS_INVALID;
    *out = pairing;
    *now_ms_out = now_ms;
    return STATUS_OK;
}

// ---- walk-ins ----

char *wire_write_blob(const uint8_t salt[WALK_IN_SALT_BYTES], const char *blob)
{
    return dump(json_pack("{s:s, s:s}", "salt", hex_of(salt, WALK_IN_SALT_BYTES).text, "blob", blob));
}

enum status wire_read_blob(const char *json, size_t length, uint8_t salt_out[WALK_IN_SALT_BYTES],
                           char blob_out[WALK_IN_BLOB_SIZE])
{
    static const struct json_node_key keys[] = {{"salt", true}, {"blob", true}};
    uint8_t salt[WALK_IN_SALT_BYTES];
    struct json_node node;
    char flaw[WIRE_WORDS_SIZE];
    json_t *document = document_open(json, length, keys, sizeof keys / sizeof *keys, flaw, sizeof flaw, &node);
    bool is_right;

    if (!document) return STATUS_INVALID;
    is_right =
        json_node_hex(&node, "salt", salt, sizeof salt) && json_node_text(&node, "blob", blob_out, WALK_IN_BLOB_SIZE);
    json_decref(document);
    if (!is_right) return STATUS_INVALID;
    memcpy(salt_out, salt, sizeof salt);
    return STATUS_OK;
}
