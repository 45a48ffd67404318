// note.c -- what is written down about an arrival.
#include "desk/desk_parts.h"

#include "base/text.h"

#include <sodium.h>

static void hash_code(const struct arrival *arrival, char out[RECORD_CODE_HASH_SIZE])
{
    uint8_t digest[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(digest, (const uint8_t *)arrival->text, arrival->length);
    text_hex(digest, (RECORD_CODE_HASH_SIZE - 1) / 2, out);
}

struct record desk_note_of(const struct desk *desk, enum record_kind kind)
{
    struct store *store = desk->config.store;
    struct clock *clock = desk->config.clock;
    struct record record = {
        .kind = kind,
        .event = desk->config.event->number,
        .list = desk->list->id,
        .boot = store->ops->identity(store)->boot,
        .boot_ms = clock->ops->boot_ms(clock),
        .unix_ms = clock->ops->unix_ms(clock),
        .clock = clock->ops->state(clock),
    };

    text_copy(record.gate, sizeof record.gate, desk->config.gate);
    return record;
}

static enum record_kind kind_of(const struct verdict *verdict)
{
    if (verdict->reason != REASON_OK) return RECORD_KIND_REFUSED;
    return verdict->is_exit ? RECORD_KIND_EXIT : RECORD_KIND_ENTRY;
}

struct record desk_note(const struct desk *desk, const struct arrival *arrival, const struct question *question,
                        const struct verdict *verdict)
{
    struct record record = desk_note_of(desk, kind_of(verdict));

    record.unix_ms = question->unix_ms; // what was judged by
    record.reason = verdict->reason;
    record.via = arrival->via;
    if (question_is_vouched_for(question)) {
        record.has_ticket = true;
        record.ticket = question->guest.ticket;
        record.person = question->guest.person;
    } else if (!arrival->is_picked) {
        hash_code(arrival, record.code_hash);
    }
    if (record.kind == RECORD_KIND_REFUSED) return record;
    record.is_forced = arrival->is_forced && record.kind == RECORD_KIND_ENTRY;
    if (arrival->why) text_copy(record.why, sizeof record.why, arrival->why);
    return record;
}
