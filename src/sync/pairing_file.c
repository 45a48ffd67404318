// pairing_file.c -- the file that keeps a pairing (pairing.h).
#define LOG_MODULE "pairing"

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "sync/document.h"
#include "sync/pairing.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_BYTES = 16 * 1024, FLAW_SIZE = 200 };
static const char file_format[] = "einlass-pairing/1";

static bool read_office(const struct json_node *node, struct pairing *out)
{
    struct json_node format = json_node_at(node, "format"), url = json_node_at(node, "url");
    const char *word = "";

    if (!json_node_word(node, "format", &word)) return false;
    if (strcmp(word, file_format) != 0) return json_node_refuse(&format, "not %s", file_format);
    if (!json_node_text(node, "url", out->url, sizeof out->url)) return false;
    if (!pairing_is_url(out->url)) return json_node_refuse(&url, "not an office's address");
    out->is_pinned = json_node_at(node, "pin").json != NULL;
    return json_node_hex(node, "pin", out->pin, sizeof out->pin);
}

static bool read_device(const struct json_node *node, struct pairing *out)
{
    return document_plain(node, "token", DOCUMENT_BASE64URL, out->token, sizeof out->token) &&
           json_node_text(node, "device", out->device, sizeof out->device) &&
           json_node_u32(node, "event", 0, &out->event) &&
           json_node_hex(node, "organisation", out->organisation, ORGANISATION_BYTES) &&
           json_node_text(node, "organisation_name", out->organisation_name, sizeof out->organisation_name) &&
           json_node_hex(node, "root_key", out->root_key, ROOT_KEY_BYTES) &&
           json_node_text(node, "event_etag", out->event_etag, sizeof out->event_etag) &&
           json_node_hex(node, "acked_log", out->acked_log, LOG_ID_BYTES) &&
           document_u64(node, "acked_seq", 1, &out->acked_seq) &&
           document_u64(node, "acked_walk_in", 1, &out->acked_walk_in) &&
           json_node_bool(node, "revoked", &out->is_revoked);
}

enum status pairing_load(const char *path, struct pairing *out)
{
    static const struct json_node_key keys[] = {{"format", true}, {"url", true},          {"token", true},
                                                {"device", true}, {"organisation", true}, {"root_key", true}};
    struct pairing pairing = {0};
    struct json_node node;
    char flaw[FLAW_SIZE] = "";
    uint8_t *bytes = NULL;
    size_t length;
    enum status status;
    json_t *document;

    if (access(path, F_OK) != 0) return STATUS_MISSING; // no reason for a line in the log
    if ((status = file_read(path, MOST_BYTES, &bytes, &length)) != STATUS_OK) return status;
    document = document_open((const char *)bytes, length, keys, sizeof keys / sizeof *keys, flaw, sizeof flaw, &node);
    if (document && read_office(&node, &pairing) && read_device(&node, &pairing)) {
        *out = pairing;
    } else {
        log_error("is no pairing file=%s flaw=%s", path, flaw);
        status = STATUS_INVALID;
    }
    json_decref(document);
    sodium_memzero(bytes, length);
    free(bytes);
    return status;
}

static json_t *hex(const uint8_t *bytes, size_t length)
{
    char text[2 * ROOT_KEY_BYTES + 1];

    text_hex(bytes, length, text);
    return json_string(text);
}

enum status pairing_save(const char *path, const struct pairing *pairing)
{
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:s, s:I, s:o, s:s, s:o, s:b}", "format", file_format, "url", pairing->url, "token",
                  pairing->token, "device", pairing->device, "event", (json_int_t)pairing->event, "organisation",
                  hex(pairing->organisation, ORGANISATION_BYTES), "organisation_name", pairing->organisation_name,
                  "root_key", hex(pairing->root_key, ROOT_KEY_BYTES), "revoked", pairing->is_revoked);
    enum status status = STATUS_INVALID;
    char *text = NULL;

    if (json && pairing->is_pinned) json_object_set_new(json, "pin", hex(pairing->pin, PAIRING_PIN_BYTES));
    if (json && pairing->event_etag[0]) json_object_set_new(json, "event_etag", json_string(pairing->event_etag));
    if (json && pairing->acked_seq) {
        json_object_set_new(json, "acked_log", hex(pairing->acked_log, LOG_ID_BYTES));
        json_object_set_new(json, "acked_seq", json_integer((json_int_t)pairing->acked_seq));
    }
    if (json && pairing->acked_walk_in)
        json_object_set_new(json, "acked_walk_in", json_integer((json_int_t)pairing->acked_walk_in));
    if (json) text = json_dumps(json, JSON_INDENT(2));
    if (text) status = file_write(path, text, strlen(text), 0600);
    if (text) sodium_memzero(text, strlen(text));
    free(text);
    json_decref(json);
    return status;
}
