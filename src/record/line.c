// line.c -- a record as one line of JSON (record.h; line_read.c reads it). The order of keys is part of the format:
// lines are compared byte for byte by their hashes, so a record must always become the same bytes.
#include "record/line_keys.h"

#include "base/text.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

const unsigned line_keys_of_kind[LINE_KIND_COUNT] = {
    [RECORD_KIND_ENTRY] = HAS_EVENT | HAS_PLACE | HAS_TICKET | HAS_OUTCOME | MAY_FORCED,
    [RECORD_KIND_EXIT] = HAS_EVENT | HAS_PLACE | HAS_TICKET | HAS_OUTCOME | MAY_WHY,
    [RECORD_KIND_REFUSED] = HAS_EVENT | HAS_PLACE | MAY_TICKET | HAS_OUTCOME | MAY_CODE,
    [RECORD_KIND_ANNUL] = HAS_EVENT | HAS_PLACE | MAY_TICKET | MAY_WHY | HAS_ANNULS,
    [RECORD_KIND_WALK_IN] = HAS_EVENT | HAS_PLACE | HAS_TICKET | HAS_WALK_IN,
    [RECORD_KIND_ROUND] = HAS_EVENT | HAS_PLACE | HAS_ROUND,
    [RECORD_KIND_COUNT_CHECK] = HAS_EVENT | HAS_PLACE,
    [RECORD_KIND_BOOT] = 0,
    [RECORD_KIND_CLOCK] = HAS_UNCERTAINTY,
    [RECORD_KIND_EVENT_VERSION] = HAS_EVENT | HAS_VERSION,
    [RECORD_KIND_PURGE] = HAS_EVENT,
    [RECORD_KIND_STOCK] = HAS_EVENT | HAS_PLACE | HAS_STOCK,
};

const char *const line_kind_words[LINE_KIND_COUNT] = {
#define X(name, word) [RECORD_KIND_##name] = (word),
    RECORD_KIND_LIST(X)
#undef X
};
const char *const line_via_words[LINE_VIA_COUNT] = {
#define X(name, word) [CODE_VIA_##name] = (word),
    CODE_VIA_LIST(X)
#undef X
};
const char *const line_clock_words[LINE_CLOCK_COUNT] = {
#define X(name, word) [CLOCK_STATE_##name] = (word),
    CLOCK_STATE_LIST(X)
#undef X
};

static const uint64_t ticket_end = UINT64_C(1) << 48;

static const char *const hex_digits = "0123456789abcdef";

uint32_t record_seen_log(const uint8_t log[LOG_ID_BYTES])
{
    return (uint32_t)log[0] << 24 | (uint32_t)log[1] << 16 | (uint32_t)log[2] << 8 | log[3];
}

bool line_is_hex(const char *text, size_t digits)
{
    return strlen(text) == digits && strspn(text, hex_digits) == digits;
}

// Writing. Setters answer whether they could: jansson refuses what is not UTF-8, and NULL when out of memory.

static bool set_integer(json_t *line, const char *key, uint64_t value)
{
    return value <= INT64_MAX && json_object_set_new(line, key, json_integer((json_int_t)value)) == 0;
}

static bool set_text(json_t *line, const char *key, const char *value)
{
    return json_object_set_new(line, key, json_string(value)) == 0;
}

static bool set_ticket(json_t *line, const struct record *record)
{
    char hex[LINE_TICKET_DIGITS + 1];

    if (record->has_ticket) {
        if (record->ticket >= ticket_end) return false;
        for (int i = 0; i < LINE_TICKET_DIGITS; i++) hex[i] = hex_digits[record->ticket >> (44 - 4 * i) & 15];
        hex[LINE_TICKET_DIGITS] = '\0';
        if (!set_text(line, "ticket", hex)) return false;
    }
    return record->person == 0 || set_integer(line, "person", record->person);
}

static bool set_forced(json_t *line, const struct record *record)
{
    return json_object_set_new(line, "forced", json_true()) == 0 && set_text(line, "why", record->why);
}

static bool set_walk_in(json_t *line, const struct record *record)
{
    char hex[2 * sizeof record->blob_hash + 1];

    text_hex(record->blob_hash, sizeof record->blob_hash, hex);
    return set_integer(line, "class", record->class_id) && set_integer(line, "group", record->group) &&
           set_text(line, "blob", hex);
}

static bool set_annulled(json_t *line, const struct record *record)
{
    char hex[2 * LOG_ID_BYTES + 1];

    if (record->annuls == 0 || !set_integer(line, "annuls", record->annuls)) return false;
    if (!record->annuls_other_log) return true;
    text_hex(record->annulled_log, LOG_ID_BYTES, hex);
    return set_text(line, "of", hex);
}

// What only few kinds have.
static bool set_details(json_t *line, const struct record *record, unsigned keys)
{
    if (keys & MAY_FORCED && record->is_forced && !set_forced(line, record)) return false;
    if (keys & MAY_WHY && record->why[0] && !set_text(line, "why", record->why)) return false;
    if (keys & HAS_ANNULS && !set_annulled(line, record)) return false;
    if (keys & HAS_ROUND &&
        !(record->round > 0 && set_integer(line, "round", record->round) && set_text(line, "stop", record->stop)))
        return false;
    if (keys & HAS_STOCK && json_object_set_new(line, "stock", json_integer(record->stock)) != 0) return false;
    if (keys & HAS_WALK_IN && !set_walk_in(line, record)) return false;
    if (keys & HAS_UNCERTAINTY &&
        !(record->uncertainty_ms >= 0 && set_integer(line, "uncertainty_ms", (uint64_t)record->uncertainty_ms)))
        return false;
    return !(keys & HAS_VERSION) || set_integer(line, "version", record->version);
}

static bool set_what_happened(json_t *line, const struct record *record, unsigned keys)
{
    if (keys & HAS_EVENT && !set_integer(line, "event", record->event)) return false;
    if (keys & HAS_PLACE && !(set_integer(line, "list", record->list) && set_text(line, "gate", record->gate)))
        return false;
    if (keys & HAS_TICKET && !record->has_ticket) return false;
    if (keys & (HAS_TICKET | MAY_TICKET) && !set_ticket(line, record)) return false;
    if (keys & HAS_OUTCOME &&
        !(set_text(line, "reason", reason_word(record->reason)) && set_text(line, "via", line_via_words[record->via])))
        return false;
    if (keys & MAY_CODE && record->code_hash[0] &&
        !(line_is_hex(record->code_hash, LINE_CODE_DIGITS) && set_text(line, "code", record->code_hash)))
        return false;
    return set_details(line, record, keys);
}

static bool set_time(json_t *line, const struct record *record)
{
    return set_integer(line, "boot", record->boot) && record->boot_ms >= 0 &&
           set_integer(line, "boot_ms", (uint64_t)record->boot_ms) &&
           json_object_set_new(line, "unix_ms", json_integer(record->unix_ms)) == 0 &&
           set_text(line, "clock", clock_state_word(record->clock));
}

// A log that is named twice (the first 4 bytes of two logs agree) was seen as far as the lower number says.
static bool set_seen(json_t *line, const struct record *record)
{
    json_t *all = json_object();
    char log[LINE_SEEN_DIGITS + 1];
    bool is_set = all != NULL;

    for (size_t i = 0; i < record->seen_count && is_set; i++) {
        const struct seen *seen = &record->seen[i];
        snprintf(log, sizeof log, "%08" PRIx32, seen->log);
        const json_t *before = json_object_get(all, log);
        if (before && json_integer_value(before) <= (json_int_t)seen->seq) continue;
        is_set = seen->seq <= RECORD_MOST_HLC && set_integer(all, log, seen->seq);
    }
    if (!is_set) json_decref(all);
    return is_set && json_object_set_new(line, "seen", all) == 0;
}

// Where it stands among what happened elsewhere.
static bool set_order(json_t *line, const struct record *record)
{
    if (record->hlc < 0 || record->hlc > RECORD_MOST_HLC || record->seen_count > RECORD_MOST_SEEN) return false;
    if (record->hlc != 0 && !set_integer(line, "hlc", (uint64_t)record->hlc)) return false;
    return record->seen_count == 0 || set_seen(line, record);
}

enum status record_write_line(const struct record *record, uint64_t seq, char out[RECORD_LINE_SIZE])
{
    enum status status = STATUS_INVALID;
    char text[RECORD_LINE_SIZE];
    json_t *line = json_object();
    size_t length;

    if (seq == 0 || !set_integer(line, "seq", seq) || !set_text(line, "kind", line_kind_words[record->kind])) goto done;
    if (!set_what_happened(line, record, line_keys_of_kind[record->kind])) goto done;
    if (!set_time(line, record) || !set_order(line, record)) goto done;
    length = json_dumpb(line, text, sizeof text, JSON_COMPACT); // what it would need, even when that is more
    if (length == 0 || length >= sizeof text) goto done;
    memcpy(out, text, length);
    out[length] = '\0';
    status = STATUS_OK;
done:
    json_decref(line);
    return status;
}
