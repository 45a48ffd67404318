// The headcount counts persons, and equals a recount: random entries, exits and annulments against a model that
// knows nothing but the list of what happened.
#include "support/check.h"

#include "support/door.h"

#include <sodium.h>
#include <stdlib.h>

enum { STEPS = 1500, TICKETS = 12, PERSONS = 5 };

struct happening {
    struct record record;
    uint64_t seq;
    bool is_annulled;
};

static uint32_t roll(uint32_t sides)
{
    static uint8_t bytes[64 * 1024]; // the same in every run
    static size_t used = sizeof bytes;
    static uint8_t seed[randombytes_SEEDBYTES];
    uint32_t value;

    if (used + sizeof value > sizeof bytes) {
        seed[0]++;
        randombytes_buf_deterministic(bytes, sizeof bytes, seed);
        used = 0;
    }
    memcpy(&value, bytes + used, sizeof value);
    used += sizeof value;
    return value % sides;
}

// The last check-in that wasn't taken back: of a ticket.
static const struct happening *last_of(const struct happening *happened, size_t count, uint16_t list, uint64_t ticket)
{
    for (size_t i = count; i > 0; i--) {
        const struct record *record = &happened[i - 1].record;
        if (record->kind == RECORD_KIND_ANNUL || happened[i - 1].is_annulled) continue;
        if (record->list == list && record->ticket == ticket) return &happened[i - 1];
    }
    return NULL;
}

static uint32_t recount(const struct happening *happened, size_t count, uint16_t list)
{
    const struct happening *newest[PERSONS] = {NULL};
    uint32_t inside = 0;

    for (size_t ticket = 0; ticket < TICKETS; ticket++) {
        const struct happening *last = last_of(happened, count, list, door_ticket(ticket));
        if (!last) continue;
        uint32_t person = last->record.person;
        if (person == 0) inside += last->record.kind == RECORD_KIND_ENTRY;
        else if (!newest[person] || newest[person]->seq < last->seq) newest[person] = last;
    }
    for (size_t person = 1; person < PERSONS; person++)
        inside += newest[person] && newest[person]->record.kind == RECORD_KIND_ENTRY;
    return inside;
}

static void happen(struct door *door, struct store *store, struct happening *happened, size_t count)
{
    struct happening *now = &happened[count];

    now->record = door_entry(door, roll(TICKETS));
    now->record.person = roll(PERSONS); // also another one than last time: rosters are corrected
    now->record.list = (uint16_t)(1 + roll(2));
    if (roll(3) == 0) now->record.kind = RECORD_KIND_EXIT;
    if (count > 0 && roll(5) == 0) {
        struct happening *annulled = &happened[roll((uint32_t)count)];
        if (annulled->record.kind != RECORD_KIND_ANNUL) { // also what was annulled before: nothing happens twice
            annulled->is_annulled = true;
            now->record = annulled->record;
            now->record.kind = RECORD_KIND_ANNUL;
            now->record.annuls = annulled->seq;
        }
    }
    assert_int_equal(store->ops->append(store, &now->record, &now->seq), STATUS_OK);
}

static void test_headcount__equals_a_recount_after_anything(void **state)
{
    struct door door;
    struct store *store;
    struct happening *happened = calloc(STEPS, sizeof *happened);
    struct headcount headcount;
    uint32_t most = 0;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 4);
    for (size_t count = 0; count < STEPS; count++) {
        happen(&door, store, happened, count);
        for (int list = 0; list < 2; list++) {
            assert_int_equal(store->ops->count(store, DOOR_EVENT, &door.event.lists[list], &headcount), STATUS_OK);
            assert_int_equal(headcount.inside, recount(happened, count + 1, (uint16_t)(list + 1)));
            if (headcount.inside > most) most = headcount.inside;
        }
    }
    assert_true(most >= 5); // it did move
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    store_close(store);
    free(happened);
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_headcount__equals_a_recount_after_anything)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
