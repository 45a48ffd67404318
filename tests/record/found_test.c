// Whom a search leads to: in order, of this event, walk-ins too, and nobody else.
#include "support/check.h"

#include "record/fold.h"
#include "record/names.h"
#include "support/studio/dice.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_PEOPLE = 300 };

static void test_found__gives_the_first_64_of_many(void **state)
{
    struct door door;
    struct store *store = names_open(&door);
    struct roster_entry *people = calloc(200, sizeof *people);
    char name[32];

    (void)state;
    for (size_t i = 0; i < 200; i++) {
        snprintf(name, sizeof name, i % 2 ? "Mänz %03zu" : "Maenz %03zu", i * 77 % 200);
        people[i] = names_person(1 + i, name, "");
    }
    names_install(&door, store, people, 200);
    const struct rows *rows = names_search(store, &door, "ma");
    assert_int_equal(rows->count, ROWS_MOST);
    assert_true(rows->has_more);
    for (size_t i = 0; i < rows->count; i++) {
        snprintf(name, sizeof name, " %03zu", i);
        assert_non_null(strstr(rows->rows[i].name, name));
    }
    assert_false(names_search(store, &door, "ma 19")->has_more);
    free(people);
    store_close(store);
    door_destroy(&door);
}

static void test_found__knows_only_the_newest_roster_of_its_event(void **state)
{
    struct door door;
    struct store *store = names_open(&door);
    const struct roster_entry one = names_person(1, "Erika Neumann", ""), other = names_person(1, "Xaver Zufall", "");

    (void)state;
    door.event.number = DOOR_EVENT + 1;
    names_install(&door, store, &other, 1);
    names_check(store, &door, "xaver", "");
    door.event.number = DOOR_EVENT;
    names_install(&door, store, &one, 1);
    names_check(store, &door, "neumann", "1 ");
    names_check(store, &door, "heide", "");
    names_install(&door, store, NULL, 0);
    names_check(store, &door, "neumann", "");
    static struct rows rows;
    assert_int_equal(store->ops->search(store, DOOR_EVENT + 1, &door.event.lists[0], "xav zuf", &rows), STATUS_OK);
    assert_int_equal(rows.count, 1);
    assert_int_equal(store->ops->search(store, 4294967295, &door.event.lists[0], "xav zuf", &rows), STATUS_OK);
    assert_int_equal(rows.count, 0);
    store_close(store);
    door_destroy(&door);
}

static void test_found__says_what_happened_with_whom(void **state)
{
    struct door door;
    struct store *store = names_open(&door);
    struct roster_entry people[] = {names_person(1, "Muster, Anna", "Schule"), names_person(2, "Muster, Bert", "")};
    struct record entry = door_entry(&door, 0);
    uint64_t seq = 0;

    (void)state;
    strcpy(people[0].guest.note, "Rollstuhl");
    people[1].guest.status = GUEST_STATUS_UNPAID;
    names_install(&door, store, people, 2);
    entry.ticket = entry.person = 2;
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
    const struct rows *rows = names_search(store, &door, "muster");
    assert_int_equal(rows->count, 2);
    assert_string_equal(rows->rows[0].name, "Muster, Anna");
    assert_string_equal(rows->rows[0].company, "Schule");
    assert_int_equal(rows->rows[0].person, 1);
    assert_int_equal(rows->rows[0].class_id, 1);
    assert_int_equal(rows->rows[0].group, 1);
    assert_true(rows->rows[0].has_note);
    assert_false(rows->rows[0].past.is_known);
    assert_false(rows->rows[0].is_walk_in);
    assert_int_equal(rows->rows[1].status, GUEST_STATUS_UNPAID);
    assert_false(rows->rows[1].has_note);
    assert_true(rows->rows[1].past.is_known && rows->rows[1].past.is_entry);
    assert_int_equal(rows->rows[1].past.seq, seq);
    assert_string_equal(rows->rows[1].past.gate, "Nord");
    store_close(store);
    door_destroy(&door);
}

static void test_found__finds_walk_ins_among_the_others(void **state)
{
    struct door door;
    struct store *store = names_open(&door);

    (void)state;
    names_walk_in(&door, store, NAMES_WALK_IN, "Müller, Ida", "Möbel Mönch");
    names_check(store, &door, "mü", "10 11 900000 1 ");
    names_check(store, &door, "moenc", "900000 ");
    assert_true(names_search(store, &door, "ida")->rows[0].is_walk_in);
    names_walk_in(&door, store, NAMES_WALK_IN, "Müller, Ada", ""); // corrected
    names_check(store, &door, "mü", "900000 10 11 1 ");
    names_check(store, &door, "ida", "");
    door_document(&door, door.event.version + 1, 0); // a new roster leaves them
    assert_int_equal(door_install(&door, store), STATUS_OK);
    names_check(store, &door, "mü", "900000 ");
    store_close(store);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    names_check(store, &door, "mü", "900000 ");
    store_close(store);
    door_destroy(&door);
}

static void test_found__forgets_a_walk_in_that_was_not_stored(void **state)
{
    struct door door;
    struct store *store = names_open(&door);
    struct record record = door_entry(&door, 0);
    struct walk_in walk_in = {.ticket = record.ticket, .values = {"Müller, Ida"}};
    uint64_t seq = 0;

    (void)state;
    record.kind = RECORD_KIND_WALK_IN;
    record.person = 0;
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    assert_int_equal(store->ops->append_walk_in(store, &record, &walk_in, &door.event.walk_ins, &seq), STATUS_OK);
    assert_int_equal(names_search(store, &door, "ida")->count, 1); // a plus-one of the same form is their namesake
    assert_int_equal(store->ops->end(store, STATUS_INVALID), STATUS_INVALID);
    names_check(store, &door, "ida", "");
    names_check(store, &door, "mü", "10 11 1 ");
    store_close(store);
    door_destroy(&door);
}

// Each halves the room behind the one before, until everybody has to be spread anew.
static void test_found__keeps_the_order_of_many_who_come_to_one_place(void **state)
{
    struct door door;
    struct store *store = names_open(&door);
    char name[64];

    (void)state;
    for (size_t i = 0; i < 60; i++) {
        snprintf(name, sizeof name, "Müller, Ida, Begleitung %02zu", i % 2 ? 59 - i / 2 : i / 2);
        names_walk_in(&door, store, NAMES_WALK_IN + i, name, "");
    }
    const struct rows *rows = names_search(store, &door, "begl");
    assert_int_equal(rows->count, 60);
    for (size_t i = 0; i < 60; i++) {
        snprintf(name, sizeof name, "Müller, Ida, Begleitung %02zu", i);
        assert_string_equal(rows->rows[i].name, name);
    }
    assert_int_equal(names_search(store, &door, "mu")->count, 63);
    store_close(store);
    door_destroy(&door);
}

static void test_found__knows_namesakes(void **state)
{
    static const struct {
        const char *name;
        bool is_there;
    } cases[] = {
        {"Anna-Lena von der Heide", true},
        {"VON DER HEIDE, ANNA LENA", true},
        {"Anna von der Heide", false},
        {"Ozdemir Zeynep", true},
        {"Zeynep Oezdemir", true},
        {"Zeynep Özdemirs", false},
        {"O'Neill, Sean", true},
        {"Müller, Hans Peter", true},
        {"Hans Müller", false},
        {"Hans Hans Peter Müller", false},
        {"Hans Peter Peter", false},
        {"Berufskolleg Olsberg", false},
        {"Wójcik  Łukasz", true},
        {"", false},
        {"?!", false},
        {"\xff\xff", false},
        {"\"OR\" *", false},
    };
    struct door door;
    struct store *store = names_open(&door);
    char endless[3000];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool is_there = !cases[i].is_there;
        assert_int_equal(store->ops->has_namesake(store, DOOR_EVENT, cases[i].name, &is_there), STATUS_OK);
        if (is_there != cases[i].is_there) fail_msg("'%s' has %s namesake", cases[i].name, is_there ? "a" : "no");
    }
    bool is_there = true;
    for (size_t i = 0; i + 1 < sizeof endless; i++) endless[i] = "a "[i % 2];
    endless[sizeof endless - 1] = '\0';
    assert_int_equal(store->ops->has_namesake(store, DOOR_EVENT, endless, &is_there), STATUS_OK);
    assert_false(is_there);
    names_walk_in(&door, store, NAMES_WALK_IN, "Ida Neu", "");
    assert_int_equal(store->ops->has_namesake(store, DOOR_EVENT, "neu ida", &is_there), STATUS_OK);
    assert_true(is_there);
    store_close(store);
    door_destroy(&door);
}

// ---- against a search that reads everybody ----

static bool begins_a_word(const char *words, const char *start)
{
    for (const char *word = words; *word; word += strspn(word, " ")) {
        if (strncmp(word, start, strlen(start)) == 0) return true;
        word += strcspn(word, " ");
    }
    return false;
}

static bool is_found(const struct guest *guest, const char *text)
{
    char name[512], company[512], number[TICKET_NUMBER_TEXT_SIZE], typed[512], folded[64];

    ticket_number_write(guest->ticket, number);
    fold_text(number, FOLD_APART, folded, sizeof folded);
    fold_text(guest->name, FOLD_APART, name, sizeof name);
    fold_text(guest->company, FOLD_APART, company, sizeof company);
    fold_text(text, FOLD_APART, typed, sizeof typed);
    for (char *rest = typed, *word; (word = strsep(&rest, " "));)
        if (!begins_a_word(name, word) && !begins_a_word(company, word) && !begins_a_word(folded, word)) return false;
    return true;
}

static void make_words(struct dice *dice, char *out, size_t most)
{
    static const char *const words[] = {"Anna",    "Änne",    "Anton",     "Müller", "Mueller", "Mull",
                                        "Schmidt", "Schmitt", "Østergård", "Oster",  "von",     "der",
                                        "Heide",   "Weiß",    "Weiss",     "Wei",    "2GO",     "3ae",
                                        "Schule",  "Schulte", "Süd",       "Sud",    "Łuk",     "Luk"};

    out[0] = '\0';
    for (size_t i = 0; i < most; i++) {
        if (i > 0) strcat(out, " ");
        strcat(out, words[dice_below(dice, sizeof words / sizeof *words)]);
    }
}

static void test_found__finds_whom_reading_everybody_finds(void **state)
{
    struct door door;
    struct store *store = names_open(&door);
    struct roster_entry *people = calloc(MOST_PEOPLE, sizeof *people);
    struct dice dice = {3};
    size_t found = 0;

    (void)state;
    for (size_t i = 0; i < MOST_PEOPLE; i++) {
        people[i] = names_person(door_ticket(i), "", "");
        make_words(&dice, people[i].guest.name, (size_t)dice_below(&dice, 4));
        make_words(&dice, people[i].guest.company, (size_t)dice_below(&dice, 3));
    }
    names_install(&door, store, people, MOST_PEOPLE);
    for (size_t round = 0; round < 1500; round++) {
        char text[256];
        size_t expected = 0;
        make_words(&dice, text, 1 + (size_t)dice_below(&dice, 3));
        if (round % 2 && strlen(text) > 4) text[strlen(text) - 1 - (text[strlen(text) - 2] & 0x80 ? 1 : 0)] = '\0';
        if ((text[strlen(text) - 1] & 0xC0) == 0xC0) text[strlen(text) - 1] = '\0';
        for (size_t i = 0; i < MOST_PEOPLE; i++) expected += is_found(&people[i].guest, text);
        const struct rows *rows = names_search(store, &door, text);
        if (rows->count != (expected > ROWS_MOST ? ROWS_MOST : expected))
            fail_msg("'%s' finds %zu, not %zu", text, rows->count, expected);
        assert_int_equal(rows->has_more, expected > ROWS_MOST);
        for (size_t i = 0; i < rows->count; i++) {
            struct guest guest = {.ticket = rows->rows[i].ticket};
            strcpy(guest.name, rows->rows[i].name);
            strcpy(guest.company, rows->rows[i].company);
            assert_true(is_found(&guest, text));
        }
        found += rows->count;
    }
    assert_true(found > 10000);
    free(people);
    store_close(store);
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found__gives_the_first_64_of_many),
        cmocka_unit_test(test_found__knows_only_the_newest_roster_of_its_event),
        cmocka_unit_test(test_found__says_what_happened_with_whom),
        cmocka_unit_test(test_found__finds_walk_ins_among_the_others),
        cmocka_unit_test(test_found__forgets_a_walk_in_that_was_not_stored),
        cmocka_unit_test(test_found__keeps_the_order_of_many_who_come_to_one_place),
        cmocka_unit_test(test_found__knows_namesakes),
        cmocka_unit_test(test_found__finds_whom_reading_everybody_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
