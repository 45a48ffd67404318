// Kiosks that were cut off from each other let the same tickets in: exactly the true conflicts are told, each of the
// right kind, and persons are counted, not scans. EINLASS_TEST_SEED makes other histories.
#include "office/apart.h"

#include <stdio.h>
#include <stdlib.h>

enum { WORLDS = 20, HISTORIES_OF_A_WORLD = 50 }; // over each database

static struct apart apart;

static struct counter *counter_of(void **state)
{
    if (!*state) skip();
    return *state;
}

static void publish(struct counter *counter)
{
    struct event_edition edition = {.event = DOOR_EVENT, .version = 1};

    event_file_digest(apart.door.document, apart.door.document_length, edition.digest);
    assert_int_equal(inbox_put_event(counter->inbox, &edition, apart.door.document, apart.door.document_length,
                                     apart.door.signature),
                     STATUS_OK);
}

static enum status pass_by(void *owner, const struct conflict *conflict)
{
    (void)owner;
    (void)conflict;
    return STATUS_OK;
}

// In any order, some of it twice; and asked in between, so that what is known early is judged anew by what comes late.
static void deliver(struct counter *counter)
{
    static char bytes[SCRIBE_BATCH_SIZE];
    uint64_t next[APART_KIOSKS], total, new_count;
    struct wire_place place;
    size_t left = 0;

    for (size_t i = 0; i < APART_KIOSKS; i++) {
        assert_int_equal(inbox_place(counter->inbox, apart.kiosks[i].scribe->log, NULL, &place), STATUS_OK);
        next[i] = place.next;
        left += apart.kiosks[i].count + 1 - next[i];
    }
    while (left > 0) {
        size_t kiosk = (size_t)dice_below(&apart.dice, APART_KIOSKS);
        uint64_t first = next[kiosk], most = apart.kiosks[kiosk].count + 1 - first;
        size_t again = first > 3 ? (size_t)dice_below(&apart.dice, 3) : 0, count;
        if (most == 0) continue;
        count = 1 + (size_t)dice_below(&apart.dice, most < 90 ? (int)most : 90);
        size_t length = apart_batch(&apart, kiosk, first - again, count + again, bytes);
        assert_int_equal(counter_append(counter, NULL, bytes, length, &place, &new_count), INBOX_TAKEN);
        assert_int_equal(new_count, count);
        next[kiosk] += count;
        left -= count;
        if (dice_below(&apart.dice, 3) == 0)
            assert_int_equal(inbox_conflicts(counter->inbox, DOOR_EVENT, 0, 0, &total, pass_by, NULL), STATUS_OK);
    }
}

static size_t find_deed(const struct conflict_entry *entry)
{
    for (size_t i = 0; i < apart.count; i++)
        if (apart.deeds[i].seq == entry->seq &&
            memcmp(apart.kiosks[apart.deeds[i].kiosk].scribe->log, entry->log, LOG_ID_BYTES) == 0)
            return i;
    fail_msg("a check-in that never was");
    return 0;
}

struct found {
    size_t count, of_kind[3];
    int64_t last_hlc;
};

static enum status compare(void *owner, const struct conflict *conflict)
{
    struct found *found = owner;
    size_t deed = find_deed(&conflict->further), first = 0;
    enum conflict_kind kind = CONFLICT_KIND_CONCURRENT;
    char gate[GATE_SIZE];

    if (!apart_is_conflict(&apart, deed, &kind, &first)) fail_msg("deed %zu is no conflict", deed);
    if (kind != conflict->kind)
        fail_msg("deed %zu is %s, not %s", deed, conflict_kind_word(kind), conflict_kind_word(conflict->kind));
    assert_int_equal(find_deed(&conflict->first), first);
    assert_int_equal(conflict->list, apart.deeds[deed].list);
    assert_int_equal(conflict->further.ticket, apart.deeds[deed].ticket);
    snprintf(gate, sizeof gate, "Tor %zu", apart.deeds[deed].kiosk + 1);
    assert_string_equal(conflict->further.gate, gate);
    assert_string_equal(conflict->further.why, apart.deeds[deed].is_forced ? "Bändchen gerissen" : "");
    assert_true(apart.deeds[deed].hlc <= found->last_hlc);
    found->last_hlc = apart.deeds[deed].hlc;
    found->of_kind[kind]++;
    found->count++;
    return STATUS_OK;
}

static void compare_all(struct counter *counter)
{
    struct found found = {.last_hlc = INT64_MAX};
    enum conflict_kind kind;
    size_t expected = 0, first;
    uint64_t total = 0;

    for (size_t i = 0; i < apart.count; i++) expected += apart_is_conflict(&apart, i, &kind, &first);
    assert_int_equal(inbox_conflicts(counter->inbox, DOOR_EVENT, 0, SIZE_MAX, &total, compare, &found), STATUS_OK);
    assert_int_equal(found.count, expected);
    assert_int_equal(total, expected);
    for (size_t i = 0; i < 3; i++) assert_true(found.of_kind[i] > 0); // else nothing was asked
}

static void compare_headcounts(struct counter *counter)
{
    static struct tally tally;

    assert_int_equal(inbox_tally(counter->inbox, &apart.door.event, &tally), STATUS_OK);
    assert_int_equal(tally.list_count, APART_LISTS);
    for (uint16_t list = 1; list <= APART_LISTS; list++)
        assert_int_equal(tally.lists[list - 1].headcount.inside, apart_inside(&apart, list));
}

static uint64_t first_seed(void)
{
    const char *chosen = getenv("EINLASS_TEST_SEED");

    return chosen ? strtoull(chosen, NULL, 10) : 1;
}

static void test_conflicts__are_the_true_ones(void **state)
{
    struct counter *counter = counter_of(state);
    uint64_t seed = first_seed();

    printf("%d histories from seed %llu\n", HISTORIES_OF_A_WORLD, (unsigned long long)seed);
    apart_open(&apart, seed);
    publish(counter);
    for (size_t i = 0; i < HISTORIES_OF_A_WORLD; i++) {
        apart_happen(&apart, i);
        if (i % 10 == 9) deliver(counter);
    }
    compare_all(counter);
    compare_headcounts(counter);
    counter_reopen(counter); // from the beginning
    compare_all(counter);
    assert_int_equal(inbox_rebuild(counter->inbox), STATUS_OK);
    compare_all(counter);
    compare_headcounts(counter);
    apart_close(&apart);
}

static void test_conflicts__are_the_true_ones_in_a_thousand_histories(void **state)
{
    uint64_t seed = first_seed();

    (void)state;
    for (uint64_t world = 1; world < WORLDS; world++) {
        void *inner = NULL;
        assert_int_equal(counter_open_sqlite(&inner), 0);
        printf("%d histories from seed %llu\n", HISTORIES_OF_A_WORLD, (unsigned long long)(seed + world));
        apart_open(&apart, seed + world);
        publish(inner);
        for (size_t i = 0; i < HISTORIES_OF_A_WORLD; i++) apart_happen(&apart, i);
        deliver(inner);
        compare_all(inner);
        compare_headcounts(inner);
        apart_close(&apart);
        counter_close(&inner);
    }
}

// The modes came with the event file: a list that is published late is judged then, all of it.
static void test_conflicts__are_found_when_the_event_is_published_late(void **state)
{
    struct counter *counter = counter_of(state);
    uint64_t total = 9;

    apart_open(&apart, first_seed());
    for (size_t i = 0; i < 10; i++) apart_happen(&apart, i);
    deliver(counter);
    assert_int_equal(inbox_conflicts(counter->inbox, DOOR_EVENT, 0, 9, &total, pass_by, NULL), STATUS_OK);
    assert_int_equal(total, 0);
    publish(counter);
    compare_all(counter);
    apart_close(&apart);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TESTS(test_conflicts__are_the_true_ones),
        cmocka_unit_test(test_conflicts__are_the_true_ones_in_a_thousand_histories),
        COUNTER_TESTS(test_conflicts__are_found_when_the_event_is_published_late),
    };
    return cmocka_run_group_tests(tests, NULL, counter_end);
}
