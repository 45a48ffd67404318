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

struct record desk_note(const struct desk *desk, const struct arrival *arrival, const struct question *question,
                        const struct verdict *verdict)
{
    struct store *store = desk->config.store;
    struct clock *clock = desk->config.clock;
    struct record record = {
        .kind = verdict->reason == REASON_OK ? RECORD_KIND_ENTRY : RECORD_KIND_REFUSED,
        .event = question->event,
        .list = desk->list->id,
        .reason = verdict->reason,
        .via = arrival->via,
        .boot = store->ops->identity(store)->boot,
        .boot_ms = clock->ops->boot_ms(clock),
        .unix_ms = question->unix_ms,
        .clock = clock->ops->state(clock),
    };

    text_copy(record.gate, sizeof record.gate, desk->config.gate);
    if (question_is_vouched_for(question)) {
        record.has_ticket = true;
        record.ticket = question->guest.ticket;
        record.person = question->guest.person;
    } else if (!arrival->is_picked) {
        hash_code(arrival, record.code_hash);
    }
    return record;
}
