// line.c -- a record as one line of JSON and back (record.h). The order of keys is part of the format: lines are
// compared byte for byte by their hashes, so a record must always become the same bytes.
#include "record/record.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

// Which keys stand in a line of each kind, besides seq, kind and the four of the time.
enum {
    HAS_EVENT = 1,
    HAS_PLACE = 2,    // list and gate
    HAS_TICKET = 4,   // must be there
    MAY_TICKET = 8,   // if known; with either, `person` if known
    HAS_OUTCOME = 16, // reason and via
    MAY_CODE = 32,    // if it was a foreign code
    MAY_FORCED = 64,  // forced and why, if forced
    HAS_ANNULS = 128,
    HAS_VERSION = 256,
};

static const unsigned keys_of_kind[] = {
    [RECORD_KIND_ENTRY] = HAS_EVENT | HAS_PLACE | HAS_TICKET | HAS_OUTCOME | MAY_FORCED,
    [RECORD_KIND_EXIT] = HAS_EVENT | HAS_PLACE | HAS_TICKET | HAS_OUTCOME,
    [RECORD_KIND_REFUSED] = HAS_EVENT | HAS_PLACE | MAY_TICKET | HAS_OUTCOME | MAY_CODE,
    [RECORD_KIND_ANNUL] = HAS_EVENT | HAS_PLACE | MAY_TICKET | HAS_ANNULS,
    [RECORD_KIND_WALK_IN] = HAS_EVENT | HAS_PLACE | HAS_TICKET,
    [RECORD_KIND_ROUND] = HAS_EVENT | HAS_PLACE,
    [RECORD_KIND_COUNT_CHECK] = HAS_EVENT | HAS_PLACE,
    [RECORD_KIND_BOOT] = 0,
    [RECORD_KIND_CLOCK] = 0,
    [RECORD_KIND_EVENT_VERSION] = HAS_EVENT | HAS_VERSION,
    [RECORD_KIND_PURGE] = HAS_EVENT,
    [RECORD_KIND_STOCK] = HAS_EVENT | HAS_PLACE,
};

static const char *const kind_words[] = {
#define X(name, word) [RECORD_KIND_##name] = (word),
    RECORD_KIND_LIST(X)
#undef X
};
static const char *const via_words[] = {
#define X(name, word) [CODE_VIA_##name] = (word),
    CODE_VIA_LIST(X)
#undef X
};
static const char *const clock_words[] = {
#define X(name, word) [CLOCK_STATE_##name] = (word),
    CLOCK_STATE_LIST(X)
#undef X
};

#define COUNT(array) (sizeof(array) / sizeof *(array))
enum { TICKET_HEX_DIGITS = 12, CODE_HASH_DIGITS = RECORD_CODE_HASH_SIZE - 1 };
static const uint64_t ticket_end = UINT64_C(1) << 48;

static const char *const hex_digits = "0123456789abcdef";

static bool is_hex(const char *text, size_t digits)
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
    char hex[TICKET_HEX_DIGITS + 1];

    if (record->has_ticket) {
        if (record->ticket >= ticket_end) return false;
        for (int i = 0; i < TICKET_HEX_DIGITS; i++) hex[i] = hex_digits[record->ticket >> (44 - 4 * i) & 15];
        hex[TICKET_HEX_DIGITS] = '\0';
        if (!set_text(line, "ticket", hex)) return false;
    }
    return record->person == 0 || set_integer(line, "person", record->person);
}

static bool set_what_happened(json_t *line, const struct record *record, unsigned keys)
{
    if (keys & HAS_EVENT && !set_integer(line, "event", record->event)) return false;
    if (keys & HAS_PLACE && !(set_integer(line, "list", record->list) && set_text(line, "gate", record->gate)))
        return false;
    if (keys & HAS_TICKET && !record->has_ticket) return false;
    if (keys & (HAS_TICKET | MAY_TICKET) && !set_ticket(line, record)) return false;
    if (keys & HAS_OUTCOME &&
        !(set_text(line, "reason", reason_word(record->reason)) && set_text(line, "via", via_words[record->via])))
        return false;
    if (keys & MAY_CODE && record->code_hash[0] &&
        !(is_hex(record->code_hash, CODE_HASH_DIGITS) && set_text(line, "code", record->code_hash)))
        return false;
    if (keys & MAY_FORCED && record->is_forced &&
        !(json_object_set_new(line, "forced", json_true()) == 0 && set_text(line, "why", record->why)))
        return false;
    if (keys & HAS_ANNULS && !(record->annuls > 0 && set_integer(line, "annuls", record->annuls))) return false;
    return !(keys & HAS_VERSION) || set_integer(line, "version", record->version);
}

static bool set_time(json_t *line, const struct record *record)
{
    return set_integer(line, "boot", record->boot) && record->boot_ms >= 0 &&
           set_integer(line, "boot_ms", (uint64_t)record->boot_ms) &&
           json_object_set_new(line, "unix_ms", json_integer(record->unix_ms)) == 0 &&
           set_text(line, "clock", clock_state_word(record->clock));
}

enum status record_write_line(const struct record *record, uint64_t seq, char out[RECORD_LINE_SIZE])
{
    enum status status = STATUS_INVALID;
    char text[RECORD_LINE_SIZE];
    json_t *line = json_object();
    size_t length;

    if (seq == 0 || !set_integer(line, "seq", seq) || !set_text(line, "kind", kind_words[record->kind])) goto done;
    if (!set_what_happened(line, record, keys_of_kind[record->kind]) || !set_time(line, record)) goto done;
    length = json_dumpb(line, text, sizeof text, JSON_COMPACT); // what it would need, even when that is more
    if (length == 0 || length >= sizeof text) goto done;
    memcpy(out, text, length);
    out[length] = '\0';
    status = STATUS_OK;
done:
    json_decref(line);
    return status;
}

// Reading. Getters answer whether the key is there and right.

static bool get_integer(const json_t *line, const char *key, uint64_t most, uint64_t *out)
{
    const json_t *value = json_object_get(line, key);

    if (!json_is_integer(value) || json_integer_value(value) < 0) return false;
    *out = (uint64_t)json_integer_value(value);
    return *out <= most;
}

static bool get_u32(const json_t *line, const char *key, uint32_t *out)
{
    uint64_t value;

    if (!get_integer(line, key, UINT32_MAX, &value)) return false;
    *out = (uint32_t)value;
    return true;
}

static bool get_text(const json_t *line, const char *key, char *out, size_t out_size)
{
    const json_t *value = json_object_get(line, key);

    if (!json_is_string(value) || json_string_length(value) >= out_size) return false;
    memcpy(out, json_string_value(value), json_string_length(value) + 1);
    return true;
}

static bool get_word(const json_t *line, const char *key, const char *const words[], size_t count, size_t *out)
{
    const char *value = json_string_value(json_object_get(line, key));

    for (size_t i = 0; value && i < count; i++)
        if (strcmp(value, words[i]) == 0) {
            *out = i;
            return true;
        }
    return false;
}

static bool get_ticket(const json_t *line, struct record *record, bool is_required)
{
    const json_t *value = json_object_get(line, "ticket");

    if (json_object_get(line, "person") && !(get_u32(line, "person", &record->person) && record->person > 0))
        return false;
    if (!value) return !is_required;
    if (!json_is_string(value) || !is_hex(json_string_value(value), TICKET_HEX_DIGITS)) return false;
    record->has_ticket = true;
    for (const char *digit = json_string_value(value); *digit; digit++)
        record->ticket = record->ticket << 4 | (uint64_t)(strchr(hex_digits, *digit) - hex_digits);
    return true;
}

static bool get_place(const json_t *line, struct record *record)
{
    uint64_t list;

    if (!get_integer(line, "list", UINT16_MAX, &list)) return false;
    record->list = (uint16_t)list;
    return get_text(line, "gate", record->gate, sizeof record->gate);
}

static bool get_outcome(const json_t *line, struct record *record)
{
    const char *reason = json_string_value(json_object_get(line, "reason"));
    size_t via;

    if (!reason || reason_of_word(reason, &record->reason) != STATUS_OK) return false;
    if (!get_word(line, "via", via_words, COUNT(via_words), &via)) return false;
    record->via = (enum code_via)via;
    return true;
}

static bool get_forced(const json_t *line, struct record *record)
{
    const json_t *forced = json_object_get(line, "forced");

    if (!forced) return true;
    record->is_forced = true;
    return json_is_true(forced) && get_text(line, "why", record->why, sizeof record->why);
}

static bool get_what_happened(const json_t *line, struct record *record, unsigned keys)
{
    if (keys & HAS_EVENT && !get_u32(line, "event", &record->event)) return false;
    if (keys & HAS_PLACE && !get_place(line, record)) return false;
    if (keys & (HAS_TICKET | MAY_TICKET) && !get_ticket(line, record, keys & HAS_TICKET)) return false;
    if (keys & HAS_OUTCOME && !get_outcome(line, record)) return false;
    if (keys & MAY_CODE && json_object_get(line, "code") &&
        !(get_text(line, "code", record->code_hash, sizeof record->code_hash) &&
          is_hex(record->code_hash, CODE_HASH_DIGITS)))
        return false;
    if (keys & MAY_FORCED && !get_forced(line, record)) return false;
    if (keys & HAS_ANNULS && !(get_integer(line, "annuls", INT64_MAX, &record->annuls) && record->annuls > 0))
        return false;
    return !(keys & HAS_VERSION) || get_u32(line, "version", &record->version);
}

static bool get_time(const json_t *line, struct record *record)
{
    const json_t *unix_ms = json_object_get(line, "unix_ms");
    uint64_t boot_ms;
    size_t clock;

    if (!get_u32(line, "boot", &record->boot) || !get_integer(line, "boot_ms", INT64_MAX, &boot_ms)) return false;
    if (!json_is_integer(unix_ms)) return false;
    if (!get_word(line, "clock", clock_words, COUNT(clock_words), &clock)) return false;
    record->boot_ms = (int64_t)boot_ms;
    record->unix_ms = json_integer_value(unix_ms);
    record->clock = (enum clock_state)clock;
    return true;
}

enum status record_parse_line(const char *line, size_t length, struct record *out, uint64_t *seq_out)
{
    enum status status = STATUS_INVALID;
    struct record record = {0};
    json_t *parsed = NULL;
    uint64_t seq;
    size_t kind;

    if (length >= RECORD_LINE_SIZE || memchr(line, '\n', length)) return STATUS_INVALID;
    parsed = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(parsed) || !get_integer(parsed, "seq", INT64_MAX, &seq) || seq == 0) goto done;
    if (!get_word(parsed, "kind", kind_words, COUNT(kind_words), &kind)) goto done;
    record.kind = (enum record_kind)kind;
    if (!get_what_happened(parsed, &record, keys_of_kind[kind]) || !get_time(parsed, &record)) goto done;
    *out = record;
    *seq_out = seq;
    status = STATUS_OK;
done:
    json_decref(parsed);
    return status;
}
