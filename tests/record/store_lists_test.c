// Rounds, stock and lists behind others, one thing after another. Random happenings: headcount_test.c.
#include "support/check.h"

#include "support/door.h"

enum { BUS, BOXES, AFTER_BUS, LISTS };

struct tour {
    struct door door;
    struct store *store;
    const struct list *lists[LISTS];
};

// Six guests on the roster, two tickets a person; guest 6 is not on it.
static void tour_open(struct tour *tour)
{
    struct door *door = &tour->door;

    door_init(door, NULL);
    door->event.list_count = 0;
    (void)door_add_list(door, LIST_MODE_ROLL_CALL, "Bus 1");
    (void)door_add_list(door, LIST_MODE_HAND_OUT, "Boxen");
    door_add_list(door, LIST_MODE_ONCE, "Führung")->after = 1;
    for (int i = 0; i < LISTS; i++) tour->lists[i] = &door->event.lists[i];
    tour->store = door_store(door, 6);
}

static void tour_close(struct tour *tour)
{
    store_close(tour->store);
    assert_int_equal(door_audit(&tour->door), 0);
    door_destroy(&tour->door);
}

static uint64_t append(struct tour *tour, const struct record *record)
{
    uint64_t seq = 0;

    assert_int_equal(tour->store->ops->append(tour->store, record, &seq), STATUS_OK);
    return seq;
}

static uint64_t happen(struct tour *tour, int list, enum record_kind kind, size_t guest)
{
    struct record record = door_entry(&tour->door, guest);

    record.list = tour->lists[list]->id;
    record.kind = kind;
    return append(tour, &record);
}

static void take_back(struct tour *tour, int list, size_t guest, uint64_t seq)
{
    struct record record = door_entry(&tour->door, guest);

    record.list = tour->lists[list]->id;
    record.kind = RECORD_KIND_ANNUL;
    record.annuls = seq;
    append(tour, &record);
}

static void begin_round(struct tour *tour, uint32_t number, const char *stop)
{
    struct record record = door_entry(&tour->door, 0);

    record.kind = RECORD_KIND_ROUND;
    record.list = tour->lists[BUS]->id;
    record.round = number;
    strcpy(record.stop, stop);
    append(tour, &record);
}

static void deliver(struct tour *tour, int32_t things)
{
    struct record record = door_entry(&tour->door, 0);

    record.kind = RECORD_KIND_STOCK;
    record.list = tour->lists[BOXES]->id;
    record.stock = things;
    append(tour, &record);
}

static struct headcount count(struct tour *tour, int list)
{
    struct headcount headcount;

    assert_int_equal(tour->store->ops->count(tour->store, DOOR_EVENT, tour->lists[list], &headcount), STATUS_OK);
    return headcount;
}

static struct history history(struct tour *tour, int list, size_t guest)
{
    struct guest asked = {.ticket = door_ticket(guest), .person = (uint32_t)(guest / 2 + 1)};
    struct history history;

    assert_int_equal(tour->store->ops->find_history(tour->store, DOOR_EVENT, tour->lists[list], &asked, &history),
                     STATUS_OK);
    return history;
}

static void test_rounds__each_begins_with_nobody_aboard(void **state)
{
    struct tour tour;

    (void)state;
    tour_open(&tour);
    happen(&tour, BUS, RECORD_KIND_ENTRY, 0); // before the first round
    assert_int_equal(count(&tour, BUS).inside, 1);
    assert_int_equal(count(&tour, BUS).round, 0);
    assert_int_equal(count(&tour, BUS).expected, 3);
    begin_round(&tour, 1, "Essen, Hbf");
    assert_int_equal(count(&tour, BUS).inside, 0);
    assert_int_equal(count(&tour, BUS).round, 1);
    assert_string_equal(count(&tour, BUS).stop, "Essen, Hbf");
    assert_false(history(&tour, BUS, 0).ticket.is_known); // was another round
    assert_false(history(&tour, BUS, 0).person.is_known);
    uint64_t seq = happen(&tour, BUS, RECORD_KIND_ENTRY, 1);
    assert_int_equal(count(&tour, BUS).inside, 1);
    assert_int_equal(history(&tour, BUS, 0).person.seq, seq); // by their other ticket
    assert_true(history(&tour, BUS, 0).person.is_entry);
    assert_false(history(&tour, BUS, 0).ticket.is_known);
    begin_round(&tour, 2, "");
    assert_int_equal(count(&tour, BUS).inside, 0);
    assert_string_equal(count(&tour, BUS).stop, "");
    tour_close(&tour);
}

static void test_rounds__a_record_of_an_earlier_one_can_be_taken_back(void **state)
{
    struct tour tour;

    (void)state;
    tour_open(&tour);
    begin_round(&tour, 1, "A");
    uint64_t first = happen(&tour, BUS, RECORD_KIND_ENTRY, 0);
    uint64_t joined = happen(&tour, BUS, RECORD_KIND_ENTRY, 6); // from another bus
    assert_int_equal(count(&tour, BUS).expected, 4);
    begin_round(&tour, 2, "B");
    happen(&tour, BUS, RECORD_KIND_ENTRY, 0);
    take_back(&tour, BUS, 0, first);
    assert_int_equal(count(&tour, BUS).inside, 1); // aboard now, whatever was then
    take_back(&tour, BUS, 6, joined);
    assert_int_equal(count(&tour, BUS).inside, 1);
    assert_int_equal(count(&tour, BUS).expected, 3); // nobody waits for who never came
    take_back(&tour, BUS, 6, joined);
    assert_int_equal(count(&tour, BUS).expected, 3);
    tour_close(&tour);
}

static void test_rounds__who_was_signed_off_is_missed_by_nobody(void **state)
{
    struct tour tour;

    (void)state;
    tour_open(&tour);
    begin_round(&tour, 1, "A");
    happen(&tour, BUS, RECORD_KIND_ENTRY, 0);
    happen(&tour, BUS, RECORD_KIND_EXIT, 1); // by their other ticket
    assert_int_equal(count(&tour, BUS).inside, 0);
    assert_int_equal(count(&tour, BUS).expected, 2);
    assert_int_equal(count(&tour, BUS).signed_off, 1);
    assert_true(history(&tour, BUS, 0).is_signed_off);
    begin_round(&tour, 2, "B");
    assert_int_equal(count(&tour, BUS).expected, 2); // over rounds
    assert_true(history(&tour, BUS, 0).is_signed_off);
    assert_false(history(&tour, BUS, 0).person.is_known);
    happen(&tour, BUS, RECORD_KIND_EXIT, 6); // on nobody's list: nothing to subtract from
    assert_int_equal(count(&tour, BUS).expected, 2);
    uint64_t seq = happen(&tour, BUS, RECORD_KIND_ENTRY, 0); // until they are back
    assert_int_equal(count(&tour, BUS).expected, 3);
    assert_int_equal(count(&tour, BUS).inside, 1);
    assert_false(history(&tour, BUS, 0).is_signed_off);
    take_back(&tour, BUS, 0, seq);
    assert_int_equal(count(&tour, BUS).expected, 2);
    tour_close(&tour);
}

// A ticket's person may be another one in the next roster: nobody stays inside whom nobody can let out.
static void test_rounds__follow_a_new_roster(void **state)
{
    struct tour tour;
    struct roster_entry late = {.guest = {.ticket = door_ticket(6), .class_id = 1, .person = 4}};

    (void)state;
    tour_open(&tour);
    struct record unknown = door_entry(&tour.door, 6);
    unknown.person = 0;
    append(&tour, &unknown);
    assert_int_equal(count(&tour, BUS).inside, 1);
    assert_int_equal(count(&tour, BUS).expected, 4);
    door_document_with(&tour.door, 2, 6, &late, 1);
    assert_int_equal(door_install(&tour.door, tour.store), STATUS_OK);
    assert_true(history(&tour, BUS, 6).person.is_entry); // the ticket is in, whoever has it now
    begin_round(&tour, 1, "A");
    happen(&tour, BUS, RECORD_KIND_ENTRY, 6);
    assert_int_equal(count(&tour, BUS).inside, 1);
    assert_int_equal(count(&tour, BUS).expected, 4);
    door_document(&tour.door, 3, 6); // and off it again
    assert_int_equal(door_install(&tour.door, tour.store), STATUS_OK);
    assert_int_equal(count(&tour, BUS).expected, 4); // they joined
    tour_close(&tour);
}

static void test_stock__counts_things_not_persons(void **state)
{
    struct tour tour;

    (void)state;
    tour_open(&tour);
    assert_false(count(&tour, BOXES).is_limited);
    tour.door.event.lists[1].stock = 5; // of all stations
    assert_true(count(&tour, BOXES).is_limited);
    assert_false(count(&tour, BOXES).is_stocked);
    assert_int_equal(count(&tour, BOXES).left, 5);
    deliver(&tour, 2);
    assert_true(count(&tour, BOXES).is_stocked);
    assert_int_equal(count(&tour, BOXES).left, 2);
    happen(&tour, BOXES, RECORD_KIND_ENTRY, 0);
    uint64_t second = happen(&tour, BOXES, RECORD_KIND_ENTRY, 1); // the same person's, forced
    assert_int_equal(count(&tour, BOXES).given, 2);
    assert_int_equal(count(&tour, BOXES).inside, 1);
    assert_int_equal(count(&tour, BOXES).left, 0);
    deliver(&tour, 10);
    assert_int_equal(count(&tour, BOXES).left, 3); // the event has no more
    take_back(&tour, BOXES, 1, second);
    take_back(&tour, BOXES, 1, second); // once
    assert_int_equal(count(&tour, BOXES).left, 4);
    assert_int_equal(count(&tour, BOXES).given, 1);
    deliver(&tour, -12);
    assert_int_equal(count(&tour, BOXES).left, -1); // more than was counted
    assert_int_equal(count(&tour, BUS).given, 0);
    tour_close(&tour);
}

static void test_after__is_passed_with_any_ticket_of_the_person(void **state)
{
    struct tour tour;

    (void)state;
    tour_open(&tour);
    assert_false(history(&tour, AFTER_BUS, 0).has_passed_after);
    uint64_t seq = happen(&tour, BUS, RECORD_KIND_ENTRY, 1);
    assert_true(history(&tour, AFTER_BUS, 0).has_passed_after);
    assert_true(history(&tour, AFTER_BUS, 1).has_passed_after);
    assert_false(history(&tour, AFTER_BUS, 2).has_passed_after);
    begin_round(&tour, 1, "A"); // of another round, too
    happen(&tour, BUS, RECORD_KIND_EXIT, 1);
    assert_true(history(&tour, AFTER_BUS, 0).has_passed_after);
    take_back(&tour, BUS, 1, seq);
    assert_false(history(&tour, AFTER_BUS, 0).has_passed_after);
    tour_close(&tour);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rounds__each_begins_with_nobody_aboard),
        cmocka_unit_test(test_rounds__a_record_of_an_earlier_one_can_be_taken_back),
        cmocka_unit_test(test_rounds__who_was_signed_off_is_missed_by_nobody),
        cmocka_unit_test(test_rounds__follow_a_new_roster),
        cmocka_unit_test(test_stock__counts_things_not_persons),
        cmocka_unit_test(test_after__is_passed_with_any_ticket_of_the_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
