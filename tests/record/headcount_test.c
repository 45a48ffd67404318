// The headcount equals a recount: random entries, exits, annuls, forced entries, rounds, sign-offs, deliveries,
// walk-ins and rosters, here and at other kiosks of which is heard late, twice and out of order, against a reckoning
// that is counted naively after each of them (EINLASS_TEST_SEED makes other ones).
#include "support/check.h"

#include "record/store_sqlite.h"
#include "record/turnout.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef __SANITIZE_ADDRESS__
enum { HAPPENINGS = 20000 }; // several times slower then
#else
enum { HAPPENINGS = 100000 };
#endif
enum { HERE = HAPPENINGS * 2 / 3 }; // the others elsewhere
enum { AT_ONCE = 250, TURNS_PER_ROSTER = 8 };

static void compare_count(struct turnout *turnout, size_t place)
{
    struct headcount stored, counted = reckoning_count(turnout->reckoning, place);
    const struct list *list = turnout->reckoning->places[place].list;

    assert_int_equal(turnout->store->ops->count(turnout->store, DOOR_EVENT, list, &stored), STATUS_OK);
    if (stored.inside == counted.inside && stored.expected == counted.expected && stored.round == counted.round &&
        strcmp(stored.stop, counted.stop) == 0 && stored.signed_off == counted.signed_off &&
        stored.given == counted.given && stored.is_stocked == counted.is_stocked &&
        stored.is_limited == counted.is_limited && stored.left == counted.left && stored.left_here == counted.left_here)
        return;
    fail_msg("record %llu, list %zu: stored %u inside, %u expected, round %u, %u signed off, %u given, %lld left; "
             "counted %u, %u, %u, %u, %u, %lld",
             (unsigned long long)turnout->newest, place + 1, stored.inside, stored.expected, stored.round,
             stored.signed_off, stored.given, (long long)stored.left, counted.inside, counted.expected, counted.round,
             counted.signed_off, counted.given, (long long)counted.left);
}

static void compare_history(struct turnout *turnout, size_t place)
{
    size_t ticket = (size_t)dice_below(&turnout->dice, RECKONING_TICKETS);
    const struct list *list = turnout->reckoning->places[place].list;
    struct history stored, counted = reckoning_history(turnout->reckoning, place, ticket);

    assert_int_equal(turnout->store->ops->find_history(turnout->store, DOOR_EVENT, list,
                                                       &turnout->reckoning->roster[ticket], &stored),
                     STATUS_OK);
    assert_int_equal(stored.ticket.seq, counted.ticket.seq);
    assert_int_equal(stored.ticket.is_known, counted.ticket.is_known);
    assert_int_equal(stored.ticket.is_entry, counted.ticket.is_entry);
    assert_int_equal(stored.person.seq, counted.person.seq);
    assert_int_equal(stored.person.is_entry, counted.person.is_entry);
    assert_int_equal(stored.is_signed_off, counted.is_signed_off);
    assert_int_equal(stored.has_passed_after, counted.has_passed_after);
}

static void take_turn(struct turnout *turnout)
{
    assert_int_equal(turnout->store->ops->begin(turnout->store), STATUS_OK);
    for (size_t i = 0; i < AT_ONCE; i++) {
        size_t place = turnout_happen(turnout);
        compare_count(turnout, place);
        compare_history(turnout, place);
        if (dice_below(&turnout->dice, 2) == 0) turnout_happen_elsewhere(turnout);
    }
    assert_int_equal(turnout->store->ops->end(turnout->store, STATUS_OK), STATUS_OK);
    turnout_hear(turnout);
    for (size_t place = 0; place < RECKONING_LISTS; place++) compare_count(turnout, place);
    for (size_t place = 0; place < RECKONING_LISTS; place++) compare_history(turnout, place);
}

// Everything that is made from the log, as text (free()).
static char *dump(const struct turnout *turnout)
{
    static const char sql[] =
        "SELECT group_concat(row, char(10)) FROM (SELECT * FROM (SELECT printf('check_in %d %d %d %s %d %d %d %s', "
        "event, "
        "list, ticket, hex(at), person, is_entry, unix_ms, gate) AS row FROM check_in UNION ALL SELECT "
        "printf('headcount "
        "%d "
        "%d: %d %d %d %d %d %d', event, list, inside, aboard, out, seen, given, given_here) FROM headcount UNION ALL "
        "SELECT "
        "printf('round %d %d %s %d %s', event, list, hex(at), number, stop) FROM round UNION ALL SELECT printf('stock "
        "%d "
        "%d "
        "%d', event, list, things) FROM stock UNION ALL SELECT printf('walk_in %d %d %s %d %d %s %s', event, ticket, "
        "hex(at), "
        "class, party, name, blob) FROM walk_in) ORDER BY row)";
    sqlite3 *handle = NULL;
    sqlite3_stmt *row = NULL;

    assert_int_equal(sqlite3_open_v2(turnout->door.path, &handle, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    char *text = strdup((const char *)sqlite3_column_text(row, 0));
    sqlite3_finalize(row);
    sqlite3_close(handle);
    assert_non_null(text);
    return text;
}

static void rebuild(struct turnout *turnout)
{
    struct store_sqlite *store = store_sqlite_of(turnout->store);

    door_sql(&turnout->door, "DELETE FROM check_in; DELETE FROM headcount; DELETE FROM round; DELETE FROM stock;"
                             "UPDATE walk_in SET class = 99, at = x'00'");
    assert_int_equal(store_begin(store), STATUS_OK);
    assert_int_equal(store_end(store, store_rebuild(store)), STATUS_OK);
}

static void test_headcount__equals_a_recount_after_anything(void **state)
{
    static struct turnout turnout;
    const char *chosen = getenv("EINLASS_TEST_SEED");
    uint64_t seed = chosen ? strtoull(chosen, NULL, 10) : 4;

    (void)state;
    printf("%d happenings from seed %llu\n", HAPPENINGS, (unsigned long long)seed);
    turnout_open(&turnout, seed, HAPPENINGS);
    turnout_open_neighbours(&turnout);
    for (size_t turn = 0; turn < HERE / AT_ONCE; turn++) {
        if (turn % TURNS_PER_ROSTER == 0) {
            turnout_install(&turnout);
            for (size_t place = 0; place < RECKONING_LISTS; place++) compare_count(&turnout, place);
        }
        take_turn(&turnout);
    }
    turnout_hear_all(&turnout);
    for (size_t place = 0; place < RECKONING_LISTS; place++) compare_count(&turnout, place);
    assert_int_equal(door_audit(&turnout.door), 0);
    char *before = dump(&turnout), *after;
    rebuild(&turnout);
    after = dump(&turnout);
    assert_string_equal(before, after);
    assert_int_equal(door_audit(&turnout.door), 0);
    for (size_t place = 0; place < RECKONING_LISTS; place++) compare_count(&turnout, place);
    free(before);
    free(after);
    turnout_close_neighbours(&turnout);
    turnout_close(&turnout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_headcount__equals_a_recount_after_anything)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
