// The lists of people that staff see: who is missing, who came last, how many of which class and group.
#include "support/check.h"

#include "record/store_sqlite.h"
#include "record/turnout.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUS = 2, WALK_IN_TICKET = 900000, HAPPENINGS = 6000 };

static struct rows rows; // too large for a stack

static void happen(struct door *door, struct store *store, const struct record *what)
{
    struct record record = door_entry(door, 0);
    uint64_t seq = 0;

    record.kind = what->kind;
    record.list = what->list;
    record.ticket = what->ticket;
    record.person = what->person;
    record.round = what->round;
    record.annuls = what->annuls;
    if (what->kind == RECORD_KIND_EXIT) strcpy(record.why, "nach Hause");
    assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
}

static void come(struct door *door, struct store *store, uint64_t ticket, uint32_t person)
{
    happen(door, store, &(struct record){.kind = RECORD_KIND_ENTRY, .list = BUS, .ticket = ticket, .person = person});
}

static void leave(struct door *door, struct store *store, uint64_t ticket, uint32_t person)
{
    happen(door, store, &(struct record){.kind = RECORD_KIND_EXIT, .list = BUS, .ticket = ticket, .person = person});
}

static struct roster_entry traveller(uint64_t ticket, uint32_t person, const char *name, uint8_t group)
{
    struct roster_entry entry = {
        .guest = {.is_listed = true, .ticket = ticket, .class_id = 1, .group = group, .person = person}};

    strcpy(entry.guest.name, name);
    return entry;
}

// A bus (list 2, group 2) with five persons, one of whom has two tickets, and people of another bus.
static struct store *open_bus(struct door *door)
{
    struct roster_entry people[] = {
        traveller(11, 1, "Özdemir, Ali", 2), traveller(12, 2, "Adam, Eva", 2),
        traveller(13, 3, "Zorn, Ute", 2),    traveller(14, 3, "Bach, Ute", 2), // the same person
        traveller(15, 4, "Mai, Tim", 2),     traveller(16, 0, "Niemand, Nina", 2),
        traveller(21, 9, "Gast, Gerd", 1),   traveller(17, 5, "Weg, Willi", 2),
    };
    struct store *store = NULL;

    people[7].guest.status = GUEST_STATUS_CANCELED;
    door_init(door, NULL);
    door_welcome_walk_ins(door);
    door_document_with(door, 1, 0, people, sizeof people / sizeof *people);
    assert_int_equal(door_open(door, &store), STATUS_OK);
    assert_int_equal(door_install(door, store), STATUS_OK);
    return store;
}

static void check_missing(struct door *door, struct store *store, const char *tickets)
{
    char found[512] = "";
    struct headcount headcount;
    const struct list *bus = &door->event.lists[1];

    assert_int_equal(store->ops->missing(store, DOOR_EVENT, bus, 0, &rows), STATUS_OK);
    assert_int_equal(rows.kind, ROWS_MISSING);
    for (size_t i = 0; i < rows.count; i++)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%llu ", (unsigned long long)rows.rows[i].ticket);
    assert_string_equal(found, tickets);
    assert_int_equal(rows.total, rows.count);
    assert_false(rows.has_more);
    assert_int_equal(store->ops->count(store, DOOR_EVENT, bus, &headcount), STATUS_OK);
    assert_int_equal(rows.total, headcount.expected - headcount.inside);
}

static void test_missing__is_expected_less_aboard_in_this_round(void **state)
{
    struct door door;
    struct store *store = open_bus(&door);

    (void)state;
    check_missing(&door, store, "12 14 15 16 11 "); // by name, each person once
    come(&door, store, 13, 3);
    check_missing(&door, store, "12 15 16 11 ");
    come(&door, store, 16, 0);
    come(&door, store, 21, 9); // from another bus: not expected until then
    check_missing(&door, store, "12 15 11 ");
    happen(&door, store, &(struct record){.kind = RECORD_KIND_ROUND, .list = BUS, .round = 1});
    check_missing(&door, store, "12 14 21 15 16 11 ");
    leave(&door, store, 16, 0); // signed off
    leave(&door, store, 15, 4);
    check_missing(&door, store, "12 14 21 11 ");
    come(&door, store, 14, 3);  // the other ticket of the same person
    come(&door, store, 777, 0); // genuine, on no roster
    check_missing(&door, store, "12 21 11 ");
    happen(&door, store, &(struct record){.kind = RECORD_KIND_ROUND, .list = BUS, .round = 2});
    check_missing(&door, store, "12 14 21 11 777 ");
    assert_string_equal(rows.rows[4].name, "");
    assert_string_equal(rows.rows[1].name, "Bach, Ute");
    come(&door, store, 15, 4); // back again
    come(&door, store, 777, 0);
    check_missing(&door, store, "12 14 21 11 ");
    store_close(store);
    door_destroy(&door);
}

static void test_missing__comes_in_pages(void **state)
{
    struct door door;
    struct store *store = open_bus(&door);
    struct roster_entry *people = calloc(200, sizeof *people);
    char name[32];

    (void)state;
    for (size_t i = 0; i < 200; i++) { // two tickets each
        snprintf(name, sizeof name, "Reisende %03zu", i / 2);
        people[i] = traveller(100 + i, (uint32_t)(1 + i / 2), name, 2);
    }
    door_document_with(&door, 2, 0, people, 200);
    assert_int_equal(door_install(&door, store), STATUS_OK);
    come(&door, store, 101, 1);
    for (uint32_t from = 0, next = 1; from < 99; from += ROWS_MOST) {
        assert_int_equal(store->ops->missing(store, DOOR_EVENT, &door.event.lists[1], from, &rows), STATUS_OK);
        assert_int_equal(rows.from, from);
        assert_int_equal(rows.total, 99);
        assert_int_equal(rows.count, from == 0 ? ROWS_MOST : 99 - ROWS_MOST);
        assert_int_equal(rows.has_more, from == 0);
        for (size_t i = 0; i < rows.count; i++) {
            snprintf(name, sizeof name, "Reisende %03u", next++);
            assert_string_equal(rows.rows[i].name, name);
        }
    }
    assert_int_equal(store->ops->missing(store, DOOR_EVENT, &door.event.lists[1], 4000000000, &rows), STATUS_OK);
    assert_int_equal(rows.count, 0);
    assert_false(rows.has_more);
    free(people);
    store_close(store);
    door_destroy(&door);
}

static void test_recent__has_the_newest_first_and_nothing_annulled(void **state)
{
    struct door door;
    struct store *store = open_bus(&door);
    const struct list *bus = &door.event.lists[1];

    (void)state;
    assert_int_equal(store->ops->recent(store, DOOR_EVENT, bus, 20, &rows), STATUS_OK);
    assert_int_equal(rows.kind, ROWS_RECENT);
    assert_int_equal(rows.count, 0);
    come(&door, store, 11, 1); // record 3, behind boot and event
    come(&door, store, 12, 2);
    come(&door, store, 777, 0);
    happen(&door, store, &(struct record){.kind = RECORD_KIND_ENTRY, .list = 1, .ticket = 15, .person = 4});
    leave(&door, store, 11, 1);
    happen(&door, store,
           &(struct record){.kind = RECORD_KIND_ANNUL, .list = BUS, .ticket = 12, .person = 2, .annuls = 4});
    assert_int_equal(store->ops->recent(store, DOOR_EVENT, bus, 20, &rows), STATUS_OK);
    assert_int_equal(rows.count, 3);
    assert_false(rows.has_more);
    assert_int_equal(rows.rows[0].ticket, 11);
    assert_string_equal(rows.rows[0].name, "Özdemir, Ali");
    assert_false(rows.rows[0].past.is_entry);
    assert_true(rows.rows[0].is_signed_off);
    assert_int_equal(rows.rows[1].ticket, 777);
    assert_string_equal(rows.rows[1].name, "");
    assert_int_equal(rows.rows[2].ticket, 11); // as it was then
    assert_true(rows.rows[2].past.is_entry);
    assert_int_equal(rows.rows[2].past.seq, 3);
    assert_int_equal(rows.rows[2].past.unix_ms, door.hand.unix_now_ms);
    assert_string_equal(rows.rows[2].past.gate, "Nord");
    for (size_t i = 0; i < rows.count; i++) assert_false(rows.rows[i].can_be_undone);
    assert_int_equal(store->ops->recent(store, DOOR_EVENT, bus, 2, &rows), STATUS_OK);
    assert_int_equal(rows.count, 2);
    assert_true(rows.has_more);
    for (size_t i = 0; i < 80; i++) come(&door, store, 1000 + i, 0);
    assert_int_equal(store->ops->recent(store, DOOR_EVENT, bus, 1000, &rows), STATUS_OK);
    assert_int_equal(rows.count, ROWS_MOST);
    assert_int_equal(rows.rows[0].ticket, 1079);
    store_close(store);
    door_destroy(&door);
}

// ---- the census ----

static void label(struct event *event)
{
    event->class_count = 2;
    event->classes[0] = (struct event_label){.id = 1, .name = {"Studierende"}};
    event->classes[1] = (struct event_label){.id = DOOR_CLASS_WALK_IN, .name = {"Gäste"}};
    event->group_count = 2;
    event->groups[0] = (struct event_label){.id = 2, .name = {"Bus 2"}};
    event->groups[1] = (struct event_label){.id = 1, .name = {"Bus 1"}};
}

static void test_census__counts_persons_by_class_and_group(void **state)
{
    struct door door;
    struct store *store = open_bus(&door);
    struct record record = door_entry(&door, 0);
    struct walk_in walk_in = {.ticket = WALK_IN_TICKET, .values = {"Ida Neu"}};
    struct census census;
    uint64_t seq = 0;

    (void)state;
    label(&door.event);
    record.kind = RECORD_KIND_WALK_IN;
    record.ticket = WALK_IN_TICKET;
    record.person = 0;
    record.class_id = DOOR_CLASS_WALK_IN;
    record.group = 1;
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    enum status status = store->ops->append_walk_in(store, &record, &walk_in, &door.event.walk_ins, &seq);
    assert_int_equal(store->ops->end(store, status), STATUS_OK);
    for (uint16_t list = 1; list <= 2; list++)
        happen(&door, store, &(struct record){.kind = RECORD_KIND_ENTRY, .list = list, .ticket = WALK_IN_TICKET});
    come(&door, store, 13, 3);
    come(&door, store, 14, 3); // the same person
    come(&door, store, 21, 9);
    happen(&door, store, &(struct record){.kind = RECORD_KIND_ROUND, .list = BUS, .round = 1});
    come(&door, store, 11, 1);
    leave(&door, store, 12, 2);
    assert_int_equal(store->ops->census(store, &door.event, &door.event.lists[1], &census), STATUS_OK);
    assert_int_equal(census.classes[0].inside, 1);   // Ali
    assert_int_equal(census.classes[0].expected, 5); // and Ute, Tim, Nina, and Gerd from the other bus; Eva is gone
    assert_int_equal(census.classes[1].inside, 0);
    assert_int_equal(census.classes[1].expected, 1); // Ida
    assert_int_equal(census.groups[0].inside, 1);
    assert_int_equal(census.groups[0].expected, 4);
    assert_int_equal(census.groups[1].inside, 0);
    assert_int_equal(census.groups[1].expected, 2);
    assert_int_equal(census.lists[1].inside, 1);
    assert_int_equal(census.lists[1].expected, 6);
    assert_int_equal(census.lists[0].inside, 1);
    assert_int_equal(census.lists[0].expected, 6);
    assert_int_equal(store->ops->census(store, &door.event, &door.event.lists[0], &census), STATUS_OK);
    assert_int_equal(census.classes[0].inside, 0);
    assert_int_equal(census.classes[0].expected, 6);
    assert_int_equal(census.classes[1].inside, 1);
    assert_int_equal(census.classes[1].expected, 0);
    assert_int_equal(census.groups[0].expected, 5);
    assert_int_equal(census.groups[1].inside, 1);
    assert_int_equal(census.groups[1].expected, 1);
    store_close(store);
    door_destroy(&door);
}

// ---- at 100,000 attendees ----

// Everything is reached by a key: nothing is read from end to end but an event's own people, and nothing is sorted that
// ends after a page.
static void test_rows__are_reached_by_keys(void **state)
{
    static const struct {
        enum statement name;
        bool may_sort;
    } statements[] = {
        {STATEMENT_SEARCH, false},          {STATEMENT_NAMESAKES, false},       {STATEMENT_LISTING_FROM, false},
        {STATEMENT_MISSING, false},         {STATEMENT_MISSING_UNLISTED, true}, {STATEMENT_RECENT, false},
        {STATEMENT_CENSUS_EXPECTED, false}, {STATEMENT_CENSUS_INSIDE, false},   {STATEMENT_LAST_OF_TICKET, false},
        {STATEMENT_LAST_OF_PERSON, false},  {STATEMENT_FIND_CHECK_IN, false},   {STATEMENT_ROUND, false},
        {STATEMENT_RECOUNT_ABOARD, false},  {STATEMENT_DROP_LISTING, false},    {STATEMENT_DROP_SEARCH, false},
        {STATEMENT_SAME_GUEST, false},      {STATEMENT_FOREIGN_LINE, false},    {STATEMENT_IS_ANNULLED, false},
        {STATEMENT_PUT_WALK_IN, false}};
    struct door door;
    struct store *store = open_bus(&door);
    struct sqlite3 *handle = store_sqlite_of(store)->db.handle; // with the functions that statements fold with

    (void)state;
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        char sql[4096];
        struct sqlite3_stmt *step = NULL;
        size_t steps = 0;
        snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", db_statement_texts[statements[i].name]);
        assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &step, NULL), SQLITE_OK);
        for (; sqlite3_step(step) == SQLITE_ROW; steps++) {
            const char *words = (const char *)sqlite3_column_text(step, 3);
            bool is_scan = strncmp(words, "SCAN", 4) == 0 && !strstr(words, "VIRTUAL TABLE INDEX");
            if (is_scan || (strstr(words, "TEMP B-TREE") && !statements[i].may_sort)) fail_msg("%s: %s", sql, words);
        }
        assert_true(steps > 0);
        sqlite3_finalize(step);
    }
    store_close(store);
    door_destroy(&door);
}

// ---- whatever happened ----

// As many rows as the headcount lacks persons, whoever's a ticket was meanwhile.
static void compare_missing(struct turnout *turnout, const struct list *list)
{
    struct store *store = turnout->store;
    struct headcount headcount;

    assert_int_equal(store->ops->missing(store, DOOR_EVENT, list, 0, &rows), STATUS_OK);
    assert_int_equal(store->ops->count(store, DOOR_EVENT, list, &headcount), STATUS_OK);
    if (list->mode == LIST_MODE_ROLL_CALL) assert_int_equal(rows.total, headcount.expected - headcount.inside);
    if (rows.total != rows.count)
        fail_msg("record %llu, list %u: %u missing, %zu rows", (unsigned long long)turnout->newest, list->id,
                 rows.total, rows.count);
}

static void compare_recent(struct turnout *turnout, size_t place)
{
    const struct reckoning_place *counted = &turnout->reckoning->places[place];
    size_t standing = 0;

    assert_int_equal(turnout->store->ops->recent(turnout->store, DOOR_EVENT, counted->list, ROWS_MOST, &rows),
                     STATUS_OK);
    for (size_t ticket = 0; ticket < RECKONING_TICKETS; ticket++) standing += counted->tickets[ticket].count;
    assert_int_equal(rows.count, standing < ROWS_MOST ? standing : ROWS_MOST);
    uint64_t newer = UINT64_MAX; // of our own ones: others' have no seq here
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.rows[i].past.seq == 0) continue;
        assert_true(rows.rows[i].past.seq < newer);
        newer = rows.rows[i].past.seq;
    }
}

static void compare_census(struct turnout *turnout, const struct list *list)
{
    struct event *event = &turnout->door.event;
    struct headcount headcount;
    struct census census;
    uint32_t inside = 0, expected = 0;

    assert_int_equal(turnout->store->ops->census(turnout->store, event, list, &census), STATUS_OK);
    assert_int_equal(turnout->store->ops->count(turnout->store, DOOR_EVENT, list, &headcount), STATUS_OK);
    for (size_t i = 0; i < event->class_count; i++) {
        inside += census.classes[i].inside;
        expected += census.classes[i].expected;
    }
    assert_true(inside <= headcount.inside && inside + RECKONING_TICKETS / 2 >= headcount.inside); // some nobody knows
    if (list->mode != LIST_MODE_ROLL_CALL) assert_int_equal(expected, headcount.expected);
    else assert_true(expected <= headcount.expected && headcount.expected - expected <= RECKONING_TICKETS / 2);
}

static void test_rows__agree_with_the_headcount_after_anything(void **state)
{
    static struct turnout turnout;
    const char *chosen = getenv("EINLASS_TEST_SEED");
    uint64_t seed = chosen ? strtoull(chosen, NULL, 10) : 11;

    (void)state;
    printf("%d happenings from seed %llu\n", HAPPENINGS, (unsigned long long)seed);
    turnout_open(&turnout, seed, HAPPENINGS);
    turnout_open_neighbours(&turnout);
    struct event *event = &turnout.door.event;
    event->class_count = 3;
    for (size_t i = 0; i < 3; i++)
        event->classes[i] =
            (struct event_label){.id = (uint8_t)(i < 2 ? i + 1 : DOOR_CLASS_WALK_IN), .name = {"Klasse"}};
    for (size_t i = 0; i < HAPPENINGS; i++) {
        if (i % 500 == 0) turnout_install(&turnout);
        if (i % 50 == 0) assert_int_equal(turnout.store->ops->begin(turnout.store), STATUS_OK);
        size_t place = turnout_happen(&turnout);
        const struct list *list = turnout.reckoning->places[place].list;
        compare_missing(&turnout, list);
        if (i % 7 == 0) compare_recent(&turnout, place);
        if (i % 7 == 3) compare_census(&turnout, list);
        if (i % 3 == 0) turnout_happen_elsewhere(&turnout);
        if (i % 50 != 49) continue;
        assert_int_equal(turnout.store->ops->end(turnout.store, STATUS_OK), STATUS_OK);
        turnout_hear(&turnout);
    }
    turnout_close_neighbours(&turnout);
    turnout_close(&turnout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_missing__is_expected_less_aboard_in_this_round),
        cmocka_unit_test(test_missing__comes_in_pages),
        cmocka_unit_test(test_recent__has_the_newest_first_and_nothing_annulled),
        cmocka_unit_test(test_census__counts_persons_by_class_and_group),
        cmocka_unit_test(test_rows__are_reached_by_keys),
        cmocka_unit_test(test_rows__agree_with_the_headcount_after_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
