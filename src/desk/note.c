// note.c -- what is written down about an arrival, and that the headcount was checked.
#include "desk/desk_parts.h"

#include "base/text.h"

#include <sodium.h>

static void hash_code(const struct arrival *arrival, char out[RECORD_CODE_HASH_SIZE])
{
    uint8_t digest[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(digest, (const uint8_t *)arrival->text, arrival->length);
    text_hex(digest, (RECORD_CODE_HASH_SIZE - 1) / 2, out);
}

// What every record of this desk has.
static struct record begin_note(const struct desk *desk, enum record_kind kind, int64_t unix_ms)
{
    struct store *store = desk->config.store;
    struct clock *clock = desk->config.clock;
    struct record record = {
        .kind = kind,
        .event = desk->config.event->number,
        .list = desk->list->id,
        .boot = store->ops->identity(store)->boot,
        .boot_ms = clock->ops->boot_ms(clock),
        .unix_ms = unix_ms,
        .clock = clock->ops->state(clock),
    };

    text_copy(record.gate, sizeof record.gate, desk->config.gate);
    return record;
}

struct record desk_note_count_check(const struct desk *desk)
{
    struct clock *clock = desk->config.clock;
    return begin_note(desk, RECORD_KIND_COUNT_CHECK, clock->ops->unix_ms(clock));
}

struct record desk_note(const struct desk *desk, const struct arrival *arrival, const struct question *question,
                        const struct verdict *verdict)
{
    enum record_kind kind = verdict->reason == REASON_OK ? RECORD_KIND_ENTRY : RECORD_KIND_REFUSED;
    struct record record = begin_note(desk, kind, question->unix_ms);

    record.reason = verdict->reason;
    record.via = arrival->via;
    if (question_is_vouched_for(question)) {
        record.has_ticket = true;
        record.ticket = question->guest.ticket;
        record.person = question->guest.person;
    } else if (!arrival->is_picked) {
        hash_code(arrival, record.code_hash);
    }
    return record;
}
