#include "desk/practice.h"

#include "base/text.h"

#include <string.h>

void practice_begin(struct practice *practice)
{
    *practice = (struct practice){.last_seq = PRACTICE_FIRST_SEQ};
}

// NULL: never served in practice.
static struct headcount *find_count(struct practice *practice, uint16_t list)
{
    for (size_t i = 0; i < EVENT_MAX_LISTS; i++)
        if (practice->lists[i].list == list) return &practice->lists[i].headcount;
    return NULL;
}

const struct headcount *practice_headcount(const struct practice *practice, uint16_t list)
{
    size_t i = 0;

    while (i + 1 < EVENT_MAX_LISTS && practice->lists[i].list != list) i++;
    return &practice->lists[i].headcount;
}

void practice_serve(struct practice *practice, uint16_t list, const struct headcount *headcount)
{
    size_t i = 0;

    if (find_count(practice, list)) return;
    while (i + 1 < EVENT_MAX_LISTS && practice->lists[i].list != 0) i++;
    practice->lists[i] = (struct practised_list){.list = list, .headcount = *headcount};
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

// What was forgotten may be taken back all the same: never less than nobody.
static uint32_t changed(uint32_t count, bool more, bool less)
{
    return count + more - (less && count + more > 0);
}

static void count_person(struct headcount *count, const struct history *before, const struct history *after)
{
    bool was_in = before->person.is_entry, is_in = after->person.is_entry;
    bool was_off = before->is_signed_off, is_off = after->is_signed_off;

    count->inside = changed(count->inside, is_in && !was_in, was_in && !is_in);
    count->signed_off = changed(count->signed_off, is_off && !was_off, was_off && !is_off);
    count->expected = changed(count->expected, was_off && !is_off, is_off && !was_off);
}

static void count_given(struct headcount *count, const struct record *record)
{
    bool is_given = record->kind == RECORD_KIND_ENTRY;

    count->given = changed(count->given, is_given, !is_given);
    count->given_here = changed(count->given_here, is_given, !is_given);
    if (count->is_limited) count->left += is_given ? -1 : 1;
    if (count->is_stocked) count->left_here += is_given ? -1 : 1;
}

// As the book counts: what came to this station less what it gave, and never more than there is for all.
static void count_stock(struct headcount *count, const struct list *list, int32_t stock)
{
    int64_t all = (int64_t)list->stock - count->given;

    count->left_here = (count->is_stocked ? count->left_here : -(int64_t)count->given_here) + stock;
    count->left = count->left_here;
    if (list->stock != 0 && count->left > all) count->left = all;
    count->is_stocked = count->is_limited = true;
}

void practice_count(struct practice *practice, const struct list *list, const struct record *record,
                    const struct history *before, const struct history *after)
{
    struct headcount *count = find_count(practice, record->list);
    bool is_check_in =
        record->kind == RECORD_KIND_ENTRY || record->kind == RECORD_KIND_EXIT || record->kind == RECORD_KIND_ANNUL;

    if (!count) return;
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
    struct past past = {.is_known = true,
                        .is_entry = record->kind == RECORD_KIND_ENTRY,
                        .unix_ms = record->unix_ms,
                        .seq = check_in->seq};

    text_copy(past.gate, sizeof past.gate, record->gate);
    return past;
}

// What is beneath a real check-in that was taken back isn't asked for: before an entry they were outside, as a rule,
// and before an exit inside.
static void take_back(uint64_t annuls, bool has_rounds, struct past *past)
{
    bool was_exit = past->is_known && !past->is_entry;

    if (past->seq != annuls) return;
    *past = (struct past){0};
    if (was_exit && !has_rounds) past->is_known = past->is_entry = true;
}

static void overlay(const struct practised *check_in, bool has_rounds, const struct guest *guest,
                    struct history *history)
{
    const struct record *record = &check_in->record;
    bool is_ticket = record->ticket == guest->ticket;
    bool is_person = guest->person != 0 ? record->person == guest->person : is_ticket;
    bool is_annul = record->kind == RECORD_KIND_ANNUL;

    // Who is signed off no longer, by an annul, is back where they were: aboard.
    if (is_person) history->is_aboard = is_annul ? history->is_signed_off : record->kind == RECORD_KIND_ENTRY;
    if (is_person) history->is_signed_off = record->kind == RECORD_KIND_EXIT;
    if (is_ticket && !is_annul) history->is_of_another = record->person != guest->person;
    if (is_ticket && is_annul) take_back(record->annuls, has_rounds, &history->ticket);
    else if (is_ticket) history->ticket = practice_past(check_in);
    if (is_person && is_annul) take_back(record->annuls, has_rounds, &history->person);
    else if (is_person) history->person = practice_past(check_in);
}

// Of a round that was begun in practice, only what happened since.
static void begin_round(struct history *history)
{
    history->ticket = history->person = (struct past){0};
}

void practice_overlay(const struct practice *practice, const struct list *list, const struct guest *guest,
                      struct history *history)
{
    bool has_rounds = list->mode == LIST_MODE_ROLL_CALL;
    uint64_t round_seq = has_rounds && practice->round_list == list->id ? practice->round_seq : 0;

    if (round_seq != 0) begin_round(history);
    for (size_t i = 0; i < practice->count; i++) {
        const struct practised *check_in = &practice->check_ins[i];
        const struct record *record = &check_in->record;
        bool is_theirs = record->ticket == guest->ticket || (guest->person != 0 && record->person == guest->person);
        if (!is_theirs) continue;
        if (record->list == list->id) overlay(check_in, has_rounds, guest, history);
        if (record->list == list->id && check_in->seq < round_seq) begin_round(history);
        if (list->after != 0 && record->list == list->after && record->kind == RECORD_KIND_ENTRY)
            history->has_passed_after = true;
    }
    if (!has_rounds) history->is_aboard = history->is_signed_off = false;
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
