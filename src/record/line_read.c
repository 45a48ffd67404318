// line_read.c -- a line of the log as a record again (record.h). Unknown keys are ignored: a newer version wrote them.
#include "record/line_keys.h"

#include "base/text.h"
#include "record/line_plain.h"

#include <stdlib.h>
#include <string.h>

// Reading. Getters answer whether the key is there and right.

static bool take_integer(const struct plain_value *value, uint64_t most, uint64_t *out)
{
    if (!value || value->type != PLAIN_INTEGER || value->number < 0) return false;
    *out = (uint64_t)value->number;
    return *out <= most;
}

static const char *text_of(const struct plain_value *value)
{
    return value && value->type == PLAIN_TEXT ? value->text : NULL;
}

static bool get_integer(struct plain_line *line, const char *key, uint64_t most, uint64_t *out)
{
    return take_integer(plain_get(line, key), most, out);
}

static bool get_u32(struct plain_line *line, const char *key, uint32_t *out)
{
    uint64_t value;

    if (!get_integer(line, key, UINT32_MAX, &value)) return false;
    *out = (uint32_t)value;
    return true;
}

static bool get_text(struct plain_line *line, const char *key, char *out, size_t out_size)
{
    const struct plain_value *value = plain_get(line, key);

    if (!text_of(value) || value->length >= out_size) return false;
    memcpy(out, value->text, value->length + 1);
    return true;
}

static bool get_word(struct plain_line *line, const char *key, const char *const words[], size_t count, size_t *out)
{
    const char *value = text_of(plain_get(line, key));

    for (size_t i = 0; value && i < count; i++)
        if (strcmp(value, words[i]) == 0) {
            *out = i;
            return true;
        }
    return false;
}

static bool get_ticket(struct plain_line *line, struct record *record, bool is_required)
{
    const struct plain_value *value = plain_get(line, "ticket");

    if (plain_get(line, "person") && !(get_u32(line, "person", &record->person) && record->person > 0)) return false;
    if (!value) return !is_required;
    if (!text_of(value) || !line_is_hex(value->text, LINE_TICKET_DIGITS)) return false;
    record->has_ticket = true;
    for (const char *digit = value->text; *digit; digit++)
        record->ticket = record->ticket << 4 | (uint64_t)(*digit <= '9' ? *digit - '0' : *digit - 'a' + 10);
    return true;
}

static bool get_place(struct plain_line *line, struct record *record)
{
    uint64_t list;

    if (!get_integer(line, "list", UINT16_MAX, &list)) return false;
    record->list = (uint16_t)list;
    return get_text(line, "gate", record->gate, sizeof record->gate);
}

static bool get_outcome(struct plain_line *line, struct record *record)
{
    const char *reason = text_of(plain_get(line, "reason"));
    size_t via;

    if (!reason || reason_of_word(reason, &record->reason) != STATUS_OK) return false;
    if (!get_word(line, "via", line_via_words, LINE_VIA_COUNT, &via)) return false;
    record->via = (enum code_via)via;
    return true;
}

static bool get_forced(struct plain_line *line, struct record *record)
{
    const struct plain_value *forced = plain_get(line, "forced");

    if (!forced) return true;
    record->is_forced = true;
    return forced->type == PLAIN_TRUE && get_text(line, "why", record->why, sizeof record->why);
}

static bool get_round(struct plain_line *line, struct record *record)
{
    return get_u32(line, "round", &record->round) && record->round > 0 &&
           get_text(line, "stop", record->stop, sizeof record->stop);
}

static bool get_stock(struct plain_line *line, struct record *record)
{
    const struct plain_value *value = plain_get(line, "stock");

    if (!value || value->type != PLAIN_INTEGER) return false;
    if (value->number < INT32_MIN || value->number > INT32_MAX) return false;
    record->stock = (int32_t)value->number;
    return true;
}

static bool get_walk_in(struct plain_line *line, struct record *record)
{
    const char *blob = text_of(plain_get(line, "blob"));
    uint64_t class_id, group;

    if (!get_integer(line, "class", UINT8_MAX, &class_id) || !get_integer(line, "group", UINT8_MAX, &group))
        return false;
    record->class_id = (uint8_t)class_id;
    record->group = (uint8_t)group;
    return blob && line_is_hex(blob, 2 * sizeof record->blob_hash) &&
           text_unhex(blob, record->blob_hash, sizeof record->blob_hash) == STATUS_OK;
}

static bool get_annulled(struct plain_line *line, struct record *record)
{
    const struct plain_value *of = plain_get(line, "of");
    const char *hex = text_of(of);

    if (!get_integer(line, "annuls", INT64_MAX, &record->annuls) || record->annuls == 0) return false;
    record->annuls_other_log = of != NULL;
    return !of || (hex && line_is_hex(hex, 2 * LOG_ID_BYTES) &&
                   text_unhex(hex, record->annulled_log, LOG_ID_BYTES) == STATUS_OK);
}

// Before 0.2 a clock record had none.
static bool get_uncertainty(struct plain_line *line, struct record *record)
{
    uint64_t uncertainty_ms = 0;

    if (plain_get(line, "uncertainty_ms") && !get_integer(line, "uncertainty_ms", INT64_MAX, &uncertainty_ms))
        return false;
    record->uncertainty_ms = (int64_t)uncertainty_ms;
    return true;
}

// What only few kinds have.
static bool get_details(struct plain_line *line, struct record *record, unsigned keys)
{
    if (keys & MAY_FORCED && !get_forced(line, record)) return false;
    if (keys & MAY_WHY && plain_get(line, "why") &&
        !(get_text(line, "why", record->why, sizeof record->why) && record->why[0]))
        return false;
    if (keys & HAS_ANNULS && !get_annulled(line, record)) return false;
    if (keys & HAS_UNCERTAINTY && !get_uncertainty(line, record)) return false;
    if (keys & HAS_ROUND && !get_round(line, record)) return false;
    if (keys & HAS_STOCK && !get_stock(line, record)) return false;
    if (keys & HAS_WALK_IN && !get_walk_in(line, record)) return false;
    return !(keys & HAS_VERSION) || get_u32(line, "version", &record->version);
}

static bool get_what_happened(struct plain_line *line, struct record *record, unsigned keys)
{
    if (keys & HAS_EVENT && !get_u32(line, "event", &record->event)) return false;
    if (keys & HAS_PLACE && !get_place(line, record)) return false;
    if (keys & (HAS_TICKET | MAY_TICKET) && !get_ticket(line, record, keys & HAS_TICKET)) return false;
    if (keys & HAS_OUTCOME && !get_outcome(line, record)) return false;
    if (keys & MAY_CODE && plain_get(line, "code") &&
        !(get_text(line, "code", record->code_hash, sizeof record->code_hash) &&
          line_is_hex(record->code_hash, LINE_CODE_DIGITS)))
        return false;
    return get_details(line, record, keys);
}

static bool get_time(struct plain_line *line, struct record *record)
{
    const struct plain_value *unix_ms = plain_get(line, "unix_ms");
    uint64_t boot_ms;
    size_t clock;

    if (!get_u32(line, "boot", &record->boot) || !get_integer(line, "boot_ms", INT64_MAX, &boot_ms)) return false;
    if (!unix_ms || unix_ms->type != PLAIN_INTEGER) return false;
    record->unix_ms = unix_ms->number;
    if (!get_word(line, "clock", line_clock_words, LINE_CLOCK_COUNT, &clock)) return false;
    record->boot_ms = (int64_t)boot_ms;
    record->clock = (enum clock_state)clock;
    return true;
}

static bool get_seen_log(const char *hex, uint32_t *out)
{
    if (!line_is_hex(hex, LINE_SEEN_DIGITS)) return false;
    *out = (uint32_t)strtoul(hex, NULL, 16);
    return true;
}

static bool get_seen(struct plain_line *line, struct record *record)
{
    const struct plain_value *all = plain_get(line, "seen");

    if (!all) return true;
    if (all->type != PLAIN_OBJECT) return false;
    for (size_t i = 0; i < line->seen_count; i++) {
        struct seen *seen = &record->seen[record->seen_count++];
        if (!get_seen_log(line->seen[i].key, &seen->log)) return false;
        if (!take_integer(&line->seen[i], RECORD_MOST_HLC, &seen->seq)) return false;
    }
    return true;
}

static bool get_order(struct plain_line *line, struct record *record)
{
    uint64_t hlc = 0;

    if (plain_get(line, "hlc") && !(get_integer(line, "hlc", RECORD_MOST_HLC, &hlc) && hlc > 0)) return false;
    record->hlc = (int64_t)hlc;
    return get_seen(line, record);
}

enum status record_parse_line(const char *line, size_t length, struct record *out, uint64_t *seq_out)
{
    enum status status = STATUS_INVALID;
    struct record record = {0};
    struct plain_line plain;
    uint64_t seq;
    size_t kind;

    if (length >= RECORD_LINE_SIZE || memchr(line, '\n', length)) return STATUS_INVALID;
    if (plain_read(line, length, &plain) != STATUS_OK) return STATUS_INVALID;
    if (!get_integer(&plain, "seq", INT64_MAX, &seq) || seq == 0) goto done;
    if (!get_word(&plain, "kind", line_kind_words, LINE_KIND_COUNT, &kind)) goto done;
    record.kind = (enum record_kind)kind;
    if (!get_what_happened(&plain, &record, line_keys_of_kind[kind])) goto done;
    if (!get_time(&plain, &record) || !get_order(&plain, &record)) goto done;
    *out = record;
    *seq_out = seq;
    status = STATUS_OK;
done:
    plain_close(&plain);
    return status;
}
