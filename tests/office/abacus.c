#include "support/check.h"

#include "office/abacus.h"

#include <stdlib.h>

struct guests {
    struct guest all[64];
    size_t count;
};

static enum status add_guest(void *owner, const struct roster_entry *entry)
{
    struct guests *guests = owner;

    assert_true(guests->count < sizeof guests->all / sizeof *guests->all);
    guests->all[guests->count++] = entry->guest;
    return STATUS_OK;
}

static void read_guests(const struct door *door, struct guests *out)
{
    struct event *event = calloc(1, sizeof *event);
    struct event_flaw flaw;

    out->count = 0;
    if (door)
        assert_int_equal(
            event_file_decode_unsigned(door->document, door->document_length, event, add_guest, out, &flaw), STATUS_OK);
    free(event);
}

void abacus_add(struct abacus *abacus, const struct scribe *scribe, uint64_t seq, const struct record *record)
{
    struct abacus_fact *fact = &abacus->facts[abacus->count++];

    assert_true(abacus->count <= ABACUS_MOST);
    *fact = (struct abacus_fact){.record = *record, .seq = seq};
    memcpy(fact->log, scribe->log, LOG_ID_BYTES);
}

static bool is_check_in(const struct abacus_fact *fact)
{
    return fact->record.kind == RECORD_KIND_ENTRY || fact->record.kind == RECORD_KIND_EXIT;
}

// An annul of the own log takes back what stands before it only.
static bool takes_back(const struct abacus_fact *annul, const struct abacus_fact *fact)
{
    const struct record *record = &annul->record;
    bool is_own = !record->annuls_other_log;
    const uint8_t *log = is_own ? annul->log : record->annulled_log;

    return record->kind == RECORD_KIND_ANNUL && record->annuls == fact->seq &&
           memcmp(log, fact->log, LOG_ID_BYTES) == 0 && !(is_own && fact->seq >= annul->seq);
}

static bool is_standing(const struct abacus *abacus, const struct abacus_fact *fact)
{
    if (!is_check_in(fact)) return false;
    for (size_t i = 0; i < abacus->count; i++)
        if (takes_back(&abacus->facts[i], fact)) return false;
    return true;
}

static bool is_after(const struct abacus_fact *one, const struct abacus_fact *other)
{
    int logs = memcmp(one->log, other->log, LOG_ID_BYTES);

    if (one->record.hlc != other->record.hlc) return one->record.hlc > other->record.hlc;
    return logs != 0 ? logs > 0 : one->seq > other->seq;
}

// Those of a list that stand and count: first each ticket's last, then of these each person's.
static size_t find_newest(const struct abacus *abacus, uint16_t list, const struct abacus_fact **out)
{
    static const struct abacus_fact *lasts[ABACUS_MOST];
    size_t last_count = 0, count = 0;

    for (size_t i = 0; i < abacus->count; i++) {
        const struct abacus_fact *fact = &abacus->facts[i];
        size_t at = 0;
        if (fact->record.list != list || !is_standing(abacus, fact)) continue;
        while (at < last_count && lasts[at]->record.ticket != fact->record.ticket) at++;
        if (at == last_count) lasts[last_count++] = fact;
        else if (is_after(fact, lasts[at])) lasts[at] = fact;
    }
    for (size_t i = 0; i < last_count; i++) {
        uint32_t person = lasts[i]->record.person;
        bool is_newest = true;
        for (size_t j = 0; j < last_count && person != 0; j++)
            if (lasts[j]->record.person == person && is_after(lasts[j], lasts[i])) is_newest = false;
        if (is_newest) out[count++] = lasts[i];
    }
    return count;
}

// ---- expected ----

static bool expects(const struct list *list, const struct guest *guest)
{
    return guest->status != GUEST_STATUS_CANCELED && guest->status != GUEST_STATUS_BLOCKED &&
           guest->least_generation < GUEST_WITHDRAWN && list_takes(list, guest->class_id, guest->group);
}

static bool is_expected(const struct guests *guests, const struct list *list, const struct record *record)
{
    for (size_t i = 0; i < guests->count; i++) {
        const struct guest *guest = &guests->all[i];
        bool is_theirs = record->person != 0 ? guest->person == record->person
                                             : guest->person == 0 && guest->ticket == record->ticket;
        if (is_theirs && expects(list, guest)) return true;
    }
    return false;
}

static void count_labels(const struct event *event, struct tally *out, size_t at, uint8_t class_id, uint8_t group,
                         bool is_inside)
{
    for (size_t i = 0; i < event->class_count; i++) {
        struct tally_part *part = &out->lists[at].classes[i];
        if (event->classes[i].id == class_id) *(is_inside ? &part->inside : &part->expected) += 1;
    }
    for (size_t i = 0; i < event->group_count; i++) {
        struct tally_part *part = &out->lists[at].groups[i];
        if (event->groups[i].id == group) *(is_inside ? &part->inside : &part->expected) += 1;
    }
}

// Each person once, by the first of their tickets.
static void count_expected(const struct event *event, const struct guests *guests, struct tally *out, size_t at)
{
    const struct list *list = &event->lists[at];

    for (size_t i = 0; i < guests->count; i++) {
        const struct guest *guest = &guests->all[i];
        bool is_first = expects(list, guest);
        for (size_t j = 0; j < guests->count && guest->person != 0; j++)
            if (guests->all[j].person == guest->person && guests->all[j].ticket < guest->ticket &&
                expects(list, &guests->all[j]))
                is_first = false;
        if (!is_first) continue;
        out->lists[at].headcount.expected++;
        count_labels(event, out, at, guest->class_id, guest->group, false);
    }
}

// ---- inside ----

static const struct abacus_fact *find_round(const struct abacus *abacus, const struct list *list)
{
    const struct abacus_fact *round = NULL;

    for (size_t i = 0; i < abacus->count && list->mode == LIST_MODE_ROLL_CALL; i++) {
        const struct abacus_fact *fact = &abacus->facts[i];
        if (fact->record.kind != RECORD_KIND_ROUND || fact->record.list != list->id) continue;
        if (!round || is_after(fact, round)) round = fact;
    }
    return round;
}

// By the roster; else by the walk-in's record that came last.
static void count_inside(const struct abacus *abacus, const struct event *event, const struct guests *guests,
                         struct tally *out, size_t at, uint64_t ticket)
{
    out->lists[at].headcount.inside++;
    for (size_t i = 0; i < guests->count; i++)
        if (guests->all[i].ticket == ticket) {
            count_labels(event, out, at, guests->all[i].class_id, guests->all[i].group, true);
            return;
        }
    for (size_t i = abacus->count; i > 0; i--) {
        const struct record *record = &abacus->facts[i - 1].record;
        if (record->kind != RECORD_KIND_WALK_IN || record->ticket != ticket) continue;
        count_labels(event, out, at, record->class_id, record->group, true);
        return;
    }
}

static void count_persons(const struct abacus *abacus, const struct event *event, const struct guests *guests,
                          struct tally *out, size_t at)
{
    static const struct abacus_fact *newest[ABACUS_MOST];
    const struct list *list = &event->lists[at];
    const struct abacus_fact *round = find_round(abacus, list);
    struct headcount *headcount = &out->lists[at].headcount;
    size_t count = find_newest(abacus, list->id, newest);

    if (round) headcount->round = round->record.round;
    for (size_t i = 0; i < count; i++) {
        const struct record *record = &newest[i]->record;
        bool is_entry = record->kind == RECORD_KIND_ENTRY;
        if (list->mode == LIST_MODE_ROLL_CALL) {
            bool was_expected = is_expected(guests, list, record);
            if (is_entry && !was_expected) headcount->expected++;
            if (!is_entry && was_expected) headcount->expected--;
            if (!is_entry) headcount->signed_off++;
        }
        if (is_entry && (!round || is_after(newest[i], round)))
            count_inside(abacus, event, guests, out, at, record->ticket);
    }
}

// ---- times and things ----

static void find_beginning(const struct abacus *abacus, int64_t now_ms, struct tally *out)
{
    int64_t first = 0, last = 0, now = now_ms / TALLY_BUCKET_MS;

    for (size_t i = 0; i < abacus->count; i++) {
        int64_t bucket = abacus->facts[i].record.unix_ms / TALLY_BUCKET_MS;
        if (!is_standing(abacus, &abacus->facts[i]) || bucket > now || bucket < 5785632) continue; // 2025
        if (!last || bucket < first) first = bucket;
        if (bucket > last) last = bucket;
    }
    if (last && last - first >= TALLY_BUCKETS) first = last - TALLY_BUCKETS + 1;
    out->arrivals_from_ms = (last ? first : now) * TALLY_BUCKET_MS;
}

static void count_times(const struct abacus *abacus, const struct event *event, struct tally *out, size_t at)
{
    const struct abacus_fact *last = NULL;

    for (size_t i = 0; i < abacus->count; i++) {
        const struct abacus_fact *fact = &abacus->facts[i];
        int64_t since_ms = fact->record.unix_ms - out->arrivals_from_ms;
        if (fact->record.list != event->lists[at].id || !is_standing(abacus, fact)) continue;
        if (!last || is_after(fact, last)) last = fact;
        if (fact->record.kind != RECORD_KIND_ENTRY) continue;
        if (event->lists[at].mode == LIST_MODE_HAND_OUT) out->lists[at].headcount.given++;
        if (since_ms < 0 || since_ms / TALLY_BUCKET_MS >= TALLY_BUCKETS) continue;
        out->lists[at].arrivals[since_ms / TALLY_BUCKET_MS]++;
    }
    if (last) out->lists[at].last_unix_ms = last->record.unix_ms;
}

static bool is_counted_station(const struct abacus *abacus, const uint8_t *log, uint16_t list)
{
    for (size_t i = 0; i < abacus->count; i++) {
        const struct abacus_fact *fact = &abacus->facts[i];
        if (fact->record.kind == RECORD_KIND_STOCK && fact->record.list == list &&
            memcmp(fact->log, log, LOG_ID_BYTES) == 0)
            return true;
    }
    return false;
}

static void count_things(const struct abacus *abacus, const struct list *list, struct headcount *out)
{
    for (size_t i = 0; i < abacus->count; i++) {
        const struct abacus_fact *fact = &abacus->facts[i];
        if (fact->record.list != list->id || !is_counted_station(abacus, fact->log, list->id)) continue;
        out->is_stocked = true;
        if (fact->record.kind == RECORD_KIND_STOCK) out->left_here += fact->record.stock;
        if (fact->record.kind == RECORD_KIND_ENTRY && is_standing(abacus, fact)) out->left_here--;
    }
    out->is_limited = out->is_stocked || list->stock > 0;
    if (list->stock > 0) out->left = (int64_t)list->stock - out->given;
    if (out->is_stocked && (list->stock == 0 || out->left_here < out->left)) out->left = out->left_here;
}

void abacus_tally(const struct abacus *abacus, const struct event *event, const struct door *door, int64_t now_ms,
                  struct tally *out)
{
    struct guests guests;

    memset(out, 0, sizeof *out);
    read_guests(door, &guests);
    find_beginning(abacus, now_ms, out);
    out->list_count = event->list_count;
    for (size_t i = 0; i < event->list_count; i++) {
        count_expected(event, &guests, out, i);
        count_persons(abacus, event, &guests, out, i);
        count_times(abacus, event, out, i);
        if (event->lists[i].mode == LIST_MODE_HAND_OUT)
            count_things(abacus, &event->lists[i], &out->lists[i].headcount);
    }
}

void abacus_compare(const struct tally *expected, const struct tally *found)
{
    assert_int_equal(found->list_count, expected->list_count);
    assert_int_equal(found->arrivals_from_ms, expected->arrivals_from_ms);
    for (size_t i = 0; i < expected->list_count; i++) {
        const struct headcount *right = &expected->lists[i].headcount, *is = &found->lists[i].headcount;
        assert_int_equal(is->inside, right->inside);
        assert_int_equal(is->expected, right->expected);
        assert_int_equal(is->round, right->round);
        assert_int_equal(is->signed_off, right->signed_off);
        assert_int_equal(is->given, right->given);
        assert_int_equal(is->is_stocked, right->is_stocked);
        assert_int_equal(is->is_limited, right->is_limited);
        assert_int_equal(is->left, right->left);
        assert_int_equal(is->left_here, right->left_here);
        assert_int_equal(found->lists[i].last_unix_ms, expected->lists[i].last_unix_ms);
        assert_memory_equal(found->lists[i].arrivals, expected->lists[i].arrivals, sizeof expected->lists[i].arrivals);
        assert_memory_equal(found->lists[i].classes, expected->lists[i].classes, sizeof expected->lists[i].classes);
        assert_memory_equal(found->lists[i].groups, expected->lists[i].groups, sizeof expected->lists[i].groups);
    }
}
