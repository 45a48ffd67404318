// A new version of an event writes only what it changes, and leaves what a first installation of it would leave.
#include "support/check.h"

#include "support/door.h"
#include "support/studio/dice.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { GUESTS = 400, VERSIONS = 40, WALK_INS = 12 };

struct edition { // who is on the roster
    struct roster_entry entries[GUESTS + WALK_INS];
    bool is_listed[GUESTS + WALK_INS];
};

static const char *const names[] = {"Müller", "Mueller", "Öztürk", "Abel", "Zorn", "Anna-Lena", "O'Neill", ""};
static const char *const codes[] = {"A", "B", "C"};

// The first column of all rows, as text (free()).
static char *ask(const struct door *door, const char *sql)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *row = NULL;
    char *text;

    assert_int_equal(sqlite3_open_v2(door->path, &handle, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(handle, sql, -1, &row, NULL) != SQLITE_OK) fail_msg("%s: %s", sql, sqlite3_errmsg(handle));
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    text = strdup((const char *)sqlite3_column_text(row, 0));
    assert_non_null(text);
    sqlite3_finalize(row);
    sqlite3_close(handle);
    return text;
}

// What installing leaves, but for places: they leave room for those who come later.
static char *installed(const struct door *door)
{
    return ask(door,
               "SELECT group_concat(row, char(10)) FROM (SELECT * FROM (SELECT printf('roster %d %d %d %d %s %d "
               "%s %s %s %d', ticket, class, party, least_generation, status, person, name, company, "
               "ifnull(foreign_code, '-'), lists) AS row FROM roster UNION ALL SELECT printf('expected %d %d %d', "
               "list, persons, bit) FROM expected UNION ALL SELECT printf('listing %s %d %d %d %s', name, ticket, "
               "person, lists, words) FROM listing UNION ALL SELECT printf('seen %d %d', list, seen) FROM "
               "headcount) ORDER BY row)");
}

static void check_index(const struct door *door)
{
    static const char in_order[] =
        "SELECT count(*) FROM listing AS l JOIN listing AS r ON r.place = (SELECT min(place) "
        "FROM listing WHERE place > l.place) WHERE r.name < l.name";
    char *disorder = ask(door, in_order);

    assert_string_equal(disorder, "0");
    free(disorder);
    door_sql(door, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)");
}

static void draw(struct dice *dice, size_t guest, struct edition *edition)
{
    struct roster_entry *entry = &edition->entries[guest];

    *entry = (struct roster_entry){.guest = {.is_listed = true, .ticket = door_ticket(guest)}};
    entry->guest.class_id = (uint8_t)(1 + dice_below(dice, 2));
    entry->guest.group = (uint8_t)dice_below(dice, 3);
    entry->guest.person = (uint32_t)dice_below(dice, GUESTS / 2);
    entry->guest.status = dice_below(dice, 6) == 0 ? GUEST_STATUS_CANCELED : GUEST_STATUS_OK;
    snprintf(entry->guest.name, sizeof entry->guest.name, "%s %d", names[dice_below(dice, 8)], dice_below(dice, 50));
    snprintf(entry->guest.company, sizeof entry->guest.company, "%s", names[dice_below(dice, 8)]);
    if (dice_below(dice, 20) == 0) entry->foreign_code = codes[dice_below(dice, 3)];
    edition->is_listed[guest] = dice_below(dice, 10) != 0;
}

static void make_document(struct door *door, uint32_t version, const struct edition *edition)
{
    static struct roster_entry listed[GUESTS + WALK_INS];
    size_t count = 0;

    for (size_t i = 0; i < GUESTS + WALK_INS; i++)
        if (edition->is_listed[i]) listed[count++] = edition->entries[i];
    door_document_with(door, version, 0, listed, count);
}

static void register_walk_in(struct door *door, struct store *store, size_t guest)
{
    struct record record = door_entry(door, guest);
    struct walk_in said = {.ticket = record.ticket, .values = {"Walk, Ina"}, .language = "de"};
    uint64_t seq = 0;

    record.kind = RECORD_KIND_WALK_IN;
    record.person = 0;
    record.class_id = DOOR_CLASS_WALK_IN;
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    assert_int_equal(store->ops->append_walk_in(store, &record, &said, &door->event.walk_ins, &seq), STATUS_OK);
    assert_int_equal(store->ops->end(store, STATUS_OK), STATUS_OK);
}

// Walk-ins and check-ins, of an event that isn't there yet.
static struct store *open_with_people(struct door *door)
{
    struct store *store = NULL;

    door_init(door, NULL);
    door_welcome_walk_ins(door);
    assert_int_equal(door_open(door, &store), STATUS_OK);
    for (size_t i = 0; i < WALK_INS; i++) register_walk_in(door, store, GUESTS + i);
    for (size_t i = 0; i < GUESTS; i += 7) {
        struct record record = door_entry(door, i);
        uint64_t seq = 0;
        assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
    }
    return store;
}

// This version alone.
static char *installed_afresh(const struct door *like)
{
    struct door door;
    struct store *store = NULL;

    store = open_with_people(&door);
    uint32_t number = 0;
    struct event_flaw flaw = {0};
    struct record stamp = {.unix_ms = DOOR_UNIX_MS, .clock = CLOCK_STATE_NTP};
    assert_int_equal(store->ops->install_event(store, like->document, like->document_length, like->signature,
                                               like->root_key, &stamp, &number, &flaw),
                     STATUS_OK);
    char *text = installed(&door);
    store_close(store);
    door_destroy(&door);
    return text;
}

static void test_diff__leaves_what_a_first_installation_leaves(void **state)
{
    static struct edition edition;
    struct dice dice = {7};
    struct door door;
    struct store *store = NULL;

    (void)state;
    store = open_with_people(&door);
    for (size_t i = 0; i < GUESTS; i++) draw(&dice, i, &edition);
    for (uint32_t version = 1; version <= VERSIONS; version++) {
        int changes = version % 8 == 0 ? GUESTS : dice_below(&dice, 30); // now and then nearly all
        for (int i = 0; i < changes; i++) draw(&dice, (size_t)dice_below(&dice, GUESTS + WALK_INS), &edition);
        if (version == VERSIONS / 2) id_set_add(&door.event.lists[0].groups, 1); // other people are expected
        make_document(&door, version, &edition);
        assert_int_equal(door_install(&door, store), STATUS_OK);
        char *after = installed(&door), *afresh = installed_afresh(&door);
        assert_string_equal(after, afresh);
        check_index(&door);
        free(after);
        free(afresh);
    }
    assert_int_equal(door_audit(&door), 0);
    store_close(store);
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_diff__leaves_what_a_first_installation_leaves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
