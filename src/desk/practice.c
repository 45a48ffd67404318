#include "desk/practice.h"

#include "base/text.h"

#include <string.h>

void practice_begin(struct practice *practice, const struct headcount *headcount)
{
    *practice = (struct practice){.last_seq = PRACTICE_FIRST_SEQ, .headcount = *headcount};
}

// ---- keeping ----

static void forget(struct practice *practice, size_t at)
{
    practice->count--;
    memmove(&practice->check_ins[at], &practice->check_ins[at + 1],
            (practice->count - at) * sizeof practice->check_ins[0]);
}

static bool forget_seq(struct practice *practice, uint64_t seq)
{
    for (size_t i = 0; i < practice->count; i++) {
        if (practice->check_ins[i].seq != seq) continue;
        forget(practice, i);
        return true;
    }
    return false;
}

void practice_keep(struct practice *practice, const struct record *record, uint64_t *seq_out)
{
    bool is_check_in = record->kind == RECORD_KIND_ENTRY || record->kind == RECORD_KIND_EXIT;

    *seq_out = ++practice->last_seq;
    if (record->kind == RECORD_KIND_ROUND) {
        practice->round_list = record->list;
        practice->round_seq = *seq_out;
    }
    if (record->kind == RECORD_KIND_ANNUL) is_check_in = !forget_seq(practice, record->annuls);
    if (!is_check_in) return;
    if (practice->count == PRACTICE_MOST) forget(practice, 0);
    practice->check_ins[practice->count++] = (struct practised){.record = *record, .seq = *seq_out};
}

// ---- counting ----

static void count_person(struct headcount *count, const struct history *before, const struct history *after)
{
    uint32_t came = after->person.is_entry && !before->person.is_entry;
    uint32_t left = !after->person.is_entry && before->person.is_entry;
    uint32_t signed_off = after->is_signed_off && !before->is_signed_off;
    uint32_t returned = !after->is_signed_off && before->is_signed_off;

    count->inside = count->inside + came - left;
    count->signed_off = count->signed_off + signed_off - returned;
    count->expected = count->expected + returned - signed_off;
}

static void count_given(struct headcount *count, const struct record *record)
{
    bool is_given = record->kind == RECORD_KIND_ENTRY;

    count->given = is_given ? count->given + 1 : count->given - 1;
    if (count->is_limited) count->left += is_given ? -1 : 1;
}

// As the book counts: what came to this station less all that was given, and never more than there is for all.
static void count_stock(struct headcount *count, const struct list *list, int32_t stock)
{
    int64_t all = (int64_t)list->stock - count->given;

    count->left = (count->is_stocked ? count->left : -(int64_t)count->given) + stock;
    if (list->stock != 0 && count->left > all) count->left = all;
    count->is_stocked = count->is_limited = true;
}

void practice_count(struct practice *practice, const struct list *list, const struct record *record,
                    const struct history *before, const struct history *after)
{
    struct headcount *count = &practice->headcount;
    bool is_check_in =
        record->kind == RECORD_KIND_ENTRY || record->kind == RECORD_KIND_EXIT || record->kind == RECORD_KIND_ANNUL;

    if (record->list != list->id) return;
    if (is_check_in) count_person(count, before, after);
    if (is_check_in && list->mode == LIST_MODE_HAND_OUT) count_given(count, record);
    if (record->kind == RECORD_KIND_STOCK) count_stock(count, list, record->stock);
    if (record->kind != RECORD_KIND_ROUND) return;
    count->round = record->round;
    text_copy(count->stop, sizeof count->stop, record->stop);
    count->inside = 0;
}

// ---- asking ----

struct past practice_past(const struct practised *check_in)
{
    const struct record *record = &check_in->record;
    struct past past = {0};

    if (record->kind == RECORD_KIND_ANNUL) return past;
    past.is_known = true;
    past.is_entry = record->kind == RECORD_KIND_ENTRY;
    past.unix_ms = record->unix_ms;
    past.seq = check_in->seq;
    text_copy(past.gate, sizeof past.gate, record->gate);
    return past;
}

static void overlay(const struct practised *check_in, bool is_in_round, const struct guest *guest,
                    struct history *history)
{
    const struct record *record = &check_in->record;
    bool is_ticket = record->ticket == guest->ticket;
    bool is_person = guest->person != 0 ? record->person == guest->person : is_ticket;

    if (is_person) history->is_signed_off = record->kind == RECORD_KIND_EXIT;
    if (!is_in_round) return;
    if (is_ticket) history->ticket = practice_past(check_in);
    if (is_person) history->person = practice_past(check_in);
}

void practice_overlay(const struct practice *practice, const struct list *list, const struct guest *guest,
                      struct history *history)
{
    bool has_rounds = list->mode == LIST_MODE_ROLL_CALL;
    bool has_round = has_rounds && practice->round_seq != 0 && practice->round_list == list->id;

    if (has_round) history->ticket = history->person = (struct past){0};
    for (size_t i = 0; i < practice->count; i++) {
        const struct practised *check_in = &practice->check_ins[i];
        const struct record *record = &check_in->record;
        bool is_theirs = record->ticket == guest->ticket || (guest->person != 0 && record->person == guest->person);
        if (record->list == list->id)
            overlay(check_in, !has_round || check_in->seq > practice->round_seq, guest, history);
        if (list->after != 0 && record->list == list->after && is_theirs && record->kind == RECORD_KIND_ENTRY)
            history->has_passed_after = true;
    }
    if (!has_rounds) history->is_signed_off = false;
}

enum status practice_find(const struct practice *practice, uint64_t seq, struct record *out)
{
    for (size_t i = 0; i < practice->count; i++) {
        if (practice->check_ins[i].seq != seq || practice->check_ins[i].record.kind == RECORD_KIND_ANNUL) continue;
        *out = practice->check_ins[i].record;
        return STATUS_OK;
    }
    return STATUS_MISSING;
}
