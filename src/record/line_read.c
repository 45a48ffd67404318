// line_read.c -- a line of the log as a record again (record.h). Unknown keys are ignored: a newer version wrote them.
#include "record/line_keys.h"

#include "base/text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

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
    if (!json_is_string(value) || !line_is_hex(json_string_value(value), LINE_TICKET_DIGITS)) return false;
    record->has_ticket = true;
    for (const char *digit = json_string_value(value); *digit; digit++)
        record->ticket = record->ticket << 4 | (uint64_t)(*digit <= '9' ? *digit - '0' : *digit - 'a' + 10);
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
    if (!get_word(line, "via", line_via_words, LINE_VIA_COUNT, &via)) return false;
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

static bool get_round(const json_t *line, struct record *record)
{
    return get_u32(line, "round", &record->round) && record->round > 0 &&
           get_text(line, "stop", record->stop, sizeof record->stop);
}

static bool get_stock(const json_t *line, struct record *record)
{
    const json_t *value = json_object_get(line, "stock");

    if (!json_is_integer(value)) return false;
    if (json_integer_value(value) < INT32_MIN || json_integer_value(value) > INT32_MAX) return false;
    record->stock = (int32_t)json_integer_value(value);
    return true;
}

static bool get_walk_in(const json_t *line, struct record *record)
{
    const char *blob = json_string_value(json_object_get(line, "blob"));
    uint64_t class_id, group;

    if (!get_integer(line, "class", UINT8_MAX, &class_id) || !get_integer(line, "group", UINT8_MAX, &group))
        return false;
    record->class_id = (uint8_t)class_id;
    record->group = (uint8_t)group;
    return blob && line_is_hex(blob, 2 * sizeof record->blob_hash) &&
           text_unhex(blob, record->blob_hash, sizeof record->blob_hash) == STATUS_OK;
}

static bool get_annulled(const json_t *line, struct record *record)
{
    const json_t *of = json_object_get(line, "of");

    if (!get_integer(line, "annuls", INT64_MAX, &record->annuls) || record->annuls == 0) return false;
    record->annuls_other_log = of != NULL;
    return !of || (json_is_string(of) && line_is_hex(json_string_value(of), 2 * LOG_ID_BYTES) &&
                   text_unhex(json_string_value(of), record->annulled_log, LOG_ID_BYTES) == STATUS_OK);
}

// Before 0.2 a clock record had none.
static bool get_uncertainty(const json_t *line, struct record *record)
{
    uint64_t uncertainty_ms = 0;

    if (json_object_get(line, "uncertainty_ms") && !get_integer(line, "uncertainty_ms", INT64_MAX, &uncertainty_ms))
        return false;
    record->uncertainty_ms = (int64_t)uncertainty_ms;
    return true;
}

// What only few kinds have.
static bool get_details(const json_t *line, struct record *record, unsigned keys)
{
    if (keys & MAY_FORCED && !get_forced(line, record)) return false;
    if (keys & MAY_WHY && json_object_get(line, "why") &&
        !(get_text(line, "why", record->why, sizeof record->why) && record->why[0]))
        return false;
    if (keys & HAS_ANNULS && !get_annulled(line, record)) return false;
    if (keys & HAS_UNCERTAINTY && !get_uncertainty(line, record)) return false;
    if (keys & HAS_ROUND && !get_round(line, record)) return false;
    if (keys & HAS_STOCK && !get_stock(line, record)) return false;
    if (keys & HAS_WALK_IN && !get_walk_in(line, record)) return false;
    return !(keys & HAS_VERSION) || get_u32(line, "version", &record->version);
}

static bool get_what_happened(const json_t *line, struct record *record, unsigned keys)
{
    if (keys & HAS_EVENT && !get_u32(line, "event", &record->event)) return false;
    if (keys & HAS_PLACE && !get_place(line, record)) return false;
    if (keys & (HAS_TICKET | MAY_TICKET) && !get_ticket(line, record, keys & HAS_TICKET)) return false;
    if (keys & HAS_OUTCOME && !get_outcome(line, record)) return false;
    if (keys & MAY_CODE && json_object_get(line, "code") &&
        !(get_text(line, "code", record->code_hash, sizeof record->code_hash) &&
          line_is_hex(record->code_hash, LINE_CODE_DIGITS)))
        return false;
    return get_details(line, record, keys);
}

static bool get_time(const json_t *line, struct record *record)
{
    const json_t *unix_ms = json_object_get(line, "unix_ms");
    uint64_t boot_ms;
    size_t clock;

    if (!get_u32(line, "boot", &record->boot) || !get_integer(line, "boot_ms", INT64_MAX, &boot_ms)) return false;
    if (!json_is_integer(unix_ms)) return false;
    if (!get_word(line, "clock", line_clock_words, LINE_CLOCK_COUNT, &clock)) return false;
    record->boot_ms = (int64_t)boot_ms;
    record->unix_ms = json_integer_value(unix_ms);
    record->clock = (enum clock_state)clock;
    return true;
}

static bool get_seen_log(const char *hex, uint32_t *out)
{
    if (!line_is_hex(hex, LINE_SEEN_DIGITS)) return false;
    *out = (uint32_t)strtoul(hex, NULL, 16);
    return true;
}

static bool get_seen(json_t *line, struct record *record)
{
    json_t *all = json_object_get(line, "seen"), *value;
    const char *log;

    if (!all) return true;
    if (!json_is_object(all) || json_object_size(all) > RECORD_MOST_SEEN) return false;
    json_object_foreach(all, log, value)
    {
        struct seen *seen = &record->seen[record->seen_count++];
        if (!get_seen_log(log, &seen->log) || !get_integer(all, log, RECORD_MOST_HLC, &seen->seq)) return false;
    }
    return true;
}

static bool get_order(json_t *line, struct record *record)
{
    uint64_t hlc = 0;

    if (json_object_get(line, "hlc") && !(get_integer(line, "hlc", RECORD_MOST_HLC, &hlc) && hlc > 0)) return false;
    record->hlc = (int64_t)hlc;
    return get_seen(line, record);
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
    if (!get_word(parsed, "kind", line_kind_words, LINE_KIND_COUNT, &kind)) goto done;
    record.kind = (enum record_kind)kind;
    if (!get_what_happened(parsed, &record, line_keys_of_kind[kind])) goto done;
    if (!get_time(parsed, &record) || !get_order(parsed, &record)) goto done;
    *out = record;
    *seq_out = seq;
    status = STATUS_OK;
done:
    json_decref(parsed);
    return status;
}
