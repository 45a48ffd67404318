#define LOG_MODULE "event"

#include "record/event_file.h"

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "record/event_reader.h"

#include <assert.h>
#include <errno.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, SIGNATURE_TEXT_SIZE = 2 * TICKET_SIGNATURE_BYTES + 1 };
static const char signature_suffix[] = ".sig";

// jansson's own words may quote the text around the error, and that may be a person.
static void name_syntax_flaw(const json_error_t *error, struct event_flaw *flaw)
{
    enum json_error_code code = json_error_code(error);
    const char *what = "not JSON";

    if (code == json_error_duplicate_key) what = "a key occurs twice in one object";
    else if (code == json_error_invalid_utf8) what = "not UTF-8";
    else if (code == json_error_null_character) what = "a text holds NUL";
    else if (code == json_error_premature_end_of_input) what = "ends too early";
    snprintf(flaw->words, sizeof flaw->words, "line %d, column %d: %s", error->line, error->column, what);
}

struct place { // of a ticket in the roster
    uint64_t ticket;
    size_t index;
};

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left, *b = right;

    if (a->ticket != b->ticket) return a->ticket < b->ticket ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static bool check_tickets_differ(const struct json_node *roster, struct place *places)
{
    size_t count = json_node_count(roster);

    qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 1; i < count; i++)
        if (places[i].ticket == places[i - 1].ticket) {
            struct json_node node = json_node_element(roster, places[i].index);
            return json_node_refuse(&node, "has the ticket of roster[%zu]", places[i - 1].index);
        }
    return true;
}

static bool check_roster(const struct json_node *document, struct json_node *roster)
{
    struct place *places;
    bool is_right = true;

    if (!json_node_array(document, "roster", SIZE_MAX, roster)) return false;
    places = mem_zero_array(json_node_count(roster) + 1, sizeof *places);
    for (size_t i = 0; is_right && i < json_node_count(roster); i++) {
        struct json_node node = json_node_element(roster, i);
        struct roster_entry entry = {0};
        is_right = event_reader_entry(&node, &entry);
        places[i] = (struct place){entry.guest.ticket, i};
    }
    is_right = is_right && check_tickets_differ(roster, places);
    free(places);
    return is_right;
}

static enum status visit_roster(const struct json_node *roster, roster_visitor *visit, void *owner)
{
    for (size_t i = 0; visit && i < json_node_count(roster); i++) {
        struct json_node node = json_node_element(roster, i);
        struct roster_entry entry = {0};
        enum status status;
        if (!event_reader_entry(&node, &entry)) return STATUS_INVALID; // cannot be: it was checked
        if ((status = visit(owner, &entry)) != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static bool check_format(const struct json_node *document)
{
    struct json_node node = json_node_at(document, "format");
    const char *format = "";

    if (!json_node_word(document, "format", &format)) return false;
    return strcmp(format, "einlass-event/1") == 0 ? true : json_node_refuse(&node, "not einlass-event/1");
}

enum status event_file_decode_unsigned(const uint8_t *bytes, size_t length, struct event *event_out,
                                       roster_visitor *visit, void *owner, struct event_flaw *flaw_out)
{
    struct json_node document = {.flaw = flaw_out->words, .flaw_size = sizeof flaw_out->words}, roster;
    enum status status = STATUS_INVALID;
    struct event *event = NULL;
    json_error_t error;
    json_t *json = json_loadb((const char *)bytes, length, JSON_REJECT_DUPLICATES, &error);

    if (!json) {
        name_syntax_flaw(&error, flaw_out);
        return STATUS_INVALID;
    }
    event = mem_zero(sizeof *event);
    document.json = json;
    if (!json_is_object(json)) json_node_refuse(&document, "not an object");
    else if (check_format(&document) && event_reader_event(&document, event) && check_roster(&document, &roster)) {
        *event_out = *event;
        status = visit_roster(&roster, visit, owner);
        if (status != STATUS_OK) snprintf(flaw_out->words, sizeof flaw_out->words, "could not be taken over");
    }
    json_decref(json);
    free(event);
    return status;
}

enum status event_file_decode(const uint8_t *bytes, size_t length, const uint8_t signature[TICKET_SIGNATURE_BYTES],
                              const uint8_t root_key[ROOT_KEY_BYTES], struct event *event_out, roster_visitor *visit,
                              void *owner, struct event_flaw *flaw_out)
{
    if (length > EVENT_FILE_MAX_BYTES) {
        snprintf(flaw_out->words, sizeof flaw_out->words, "larger than %d bytes", EVENT_FILE_MAX_BYTES);
        return STATUS_INVALID;
    }
    if (crypto_sign_verify_detached(signature, bytes, length, root_key) != 0) {
        snprintf(flaw_out->words, sizeof flaw_out->words, "signature: not the office's for these bytes");
        return STATUS_INVALID;
    }
    return event_file_decode_unsigned(bytes, length, event_out, visit, owner, flaw_out);
}

void event_file_sign(const uint8_t *bytes, size_t length, const uint8_t secret_key[ROOT_SECRET_KEY_BYTES],
                     uint8_t signature_out[TICKET_SIGNATURE_BYTES])
{
    crypto_sign_detached(signature_out, NULL, bytes, length, secret_key);
}

static bool name_signature(const char *path, char out[PATH_SIZE])
{
    int length = snprintf(out, PATH_SIZE, "%s%s", path, signature_suffix);

    return length > 0 && length < PATH_SIZE;
}

static enum status load_signature(const char *path, uint8_t out[TICKET_SIGNATURE_BYTES])
{
    uint8_t *text = NULL;
    size_t length;
    enum status status = file_read(path, SIGNATURE_TEXT_SIZE + 1, &text, &length); // + 1: CR LF, from a Windows stick

    if (status != STATUS_OK) return status;
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) text[--length] = '\0';
    status = text_unhex((const char *)text, out, TICKET_SIGNATURE_BYTES);
    if (status != STATUS_OK) log_error("holds no signature path=%s", path);
    free(text);
    return status;
}

enum status event_file_load(const char *path, uint8_t **bytes_out, size_t *length_out,
                            uint8_t signature_out[TICKET_SIGNATURE_BYTES])
{
    char signature_path[PATH_SIZE];
    enum status status;

    if (!name_signature(path, signature_path)) return STATUS_INVALID;
    if ((status = load_signature(signature_path, signature_out)) != STATUS_OK) return status;
    return file_read(path, EVENT_FILE_MAX_BYTES, bytes_out, length_out);
}

void event_file_explain(const char *path, enum status failure, struct event_flaw *flaw_out)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char signature_path[PATH_SIZE];
    struct event_flaw flaw = {0};

    if (!name_signature(path, signature_path)) snprintf(flaw.words, sizeof flaw.words, "its path is too long");
    else if (access(path, R_OK) != 0) snprintf(flaw.words, sizeof flaw.words, "%s", strerror(errno));
    else if (access(signature_path, F_OK) != 0)
        snprintf(flaw.words, sizeof flaw.words, "its signature is missing: copy %.120s%s beside it", name,
                 signature_suffix);
    else if (failure == STATUS_INVALID)
        snprintf(flaw.words, sizeof flaw.words, "no event file, or %.120s%s holds no signature", name,
                 signature_suffix);
    else snprintf(flaw.words, sizeof flaw.words, "it or %.120s%s can't be read", name, signature_suffix);
    *flaw_out = flaw;
}

enum status event_file_save(const char *path, const uint8_t *bytes, size_t length,
                            const uint8_t secret_key[ROOT_SECRET_KEY_BYTES])
{
    uint8_t signature[TICKET_SIGNATURE_BYTES];
    char signature_path[PATH_SIZE], text[SIGNATURE_TEXT_SIZE + 1];
    enum status status;

    if (!name_signature(path, signature_path)) return STATUS_INVALID;
    event_file_sign(bytes, length, secret_key, signature);
    text_hex(signature, sizeof signature, text);
    text[SIGNATURE_TEXT_SIZE - 1] = '\n';
    if ((status = file_write(path, bytes, length, 0600)) != STATUS_OK) return status;
    return file_write(signature_path, text, SIGNATURE_TEXT_SIZE, 0644);
}

void event_file_digest(const uint8_t *bytes, size_t length, uint8_t out[EVENT_DIGEST_BYTES])
{
    static_assert(EVENT_DIGEST_BYTES == crypto_hash_sha256_BYTES, "a digest is a SHA-256");
    crypto_hash_sha256(out, bytes, length);
}

enum status event_edition_follows(const struct event_edition *offered, const struct event_edition *kept,
                                  struct event_flaw *flaw_out)
{
    struct event_flaw flaw = {0};

    if (memcmp(offered->organisation, kept->organisation, ORGANISATION_BYTES) != 0 ||
        memcmp(offered->root_key, kept->root_key, ROOT_KEY_BYTES) != 0) {
        flaw.is_other_office = true;
        snprintf(flaw.words, sizeof flaw.words, "this database holds event %u of another office; use a new database",
                 kept->event);
    } else if (offered->version < kept->version) {
        snprintf(flaw.words, sizeof flaw.words, "version: lower than the stored one");
    } else if (offered->version == kept->version && memcmp(offered->digest, kept->digest, EVENT_DIGEST_BYTES) != 0) {
        snprintf(flaw.words, sizeof flaw.words, "version: the stored document of this version has another content");
    } else {
        return STATUS_OK;
    }
    *flaw_out = flaw;
    return STATUS_INVALID;
}
