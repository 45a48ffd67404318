// Whom staff find by what they type.
#include "support/check.h"

#include "record/fold.h"
#include "support/door.h"
#include "support/studio/dice.h"

#include <stdio.h>
#include <stdlib.h>

enum { WALK_IN_TICKET = 900000, MOST_PEOPLE = 300 };

static struct roster_entry person(uint64_t ticket, const char *name, const char *company)
{
    struct roster_entry entry = {
        .guest = {.is_listed = true, .ticket = ticket, .class_id = 1, .group = 1, .person = (uint32_t)ticket}};

    strcpy(entry.guest.name, name);
    strcpy(entry.guest.company, company);
    return entry;
}

static void install(struct door *door, struct store *store, const struct roster_entry *people, size_t count)
{
    door_document_with(door, door->event.version + 1, 0, people, count);
    assert_int_equal(door_install(door, store), STATUS_OK);
}

// A door whose people have the names that others get wrong.
static struct store *open_door(struct door *door)
{
    const struct roster_entry people[] = {
        person(1, "Müller-Lüdenscheidt", "Berufskolleg Olsberg"),
        person(2, "von der Heide, Anna-Lena", "Hochschule Südwestfalen"),
        person(3, "Özdemir, Zeynep", "Gymnasium der Stadt Meschede"),
        person(4, "Łukasz Wójcik", ""),
        person(5, "Seán O'Neill", "O’Neill & Söhne GmbH"),
        person(6, "Åse Ørsted", "Æther"),
        person(7, "Nguyễn Thị Hương", "Straßenbau Groß"),
        person(8, "", "Sägewerk Bäuerle KG"),
        person(9, "Baeuerle, Jörg", "Sägewerk Bäuerle KG"),
        person(10, "Mueller, Hans Peter", ""),
        person(11, "Muller, Hans-Peter", ""),
        person(12, "Щукина, Ольга", "한글 학교"),
    };
    struct store *store = NULL;

    door_init(door, NULL);
    door_welcome_walk_ins(door);
    assert_int_equal(door_open(door, &store), STATUS_OK);
    install(door, store, people, sizeof people / sizeof *people);
    return store;
}

static struct rows *search(struct store *store, struct door *door, const char *text)
{
    static struct rows rows;

    memset(&rows, 0x5A, sizeof rows); // whatever stood there
    assert_int_equal(store->ops->search(store, DOOR_EVENT, &door->event.lists[0], text, &rows), STATUS_OK);
    assert_int_equal(rows.kind, ROWS_FOUND);
    assert_int_equal(rows.from, 0);
    assert_int_equal(rows.total, 0);
    return &rows;
}

// `tickets`: in this order, with a blank behind each.
static void check_found(struct store *store, struct door *door, const char *text, const char *tickets)
{
    const struct rows *rows = search(store, door, text);
    char found[1024] = "";

    for (size_t i = 0; i < rows->count; i++) {
        size_t used = strlen(found);
        snprintf(found + used, sizeof found - used, "%llu ", (unsigned long long)rows->rows[i].ticket);
    }
    if (strcmp(found, tickets) != 0) fail_msg("'%s' finds %s, not %s", text, found, tickets);
    assert_false(rows->has_more);
}

static void test_search__finds_names_however_they_are_typed(void **state)
{
    static const struct {
        const char *text, *tickets;
    } cases[] = {
        {"mü", "10 11 1 "}, // in the order of names
        {"mue", "10 11 1 "},
        {"MU", "10 11 1 "},
        {"müller-l", "1 "},
        {"lüdenscheidt müller", "1 "},
        {"Ludenscheid", "1 "},
        {"muellerlue", "1 "},
        {"lena", "2 "},
        {"anna lena", "2 "},
        {"Lena-Anna", "2 "},
        {"annalena", "2 "},
        {"heide von", "2 "},
        {"de he an", "2 "},
        {"oezdemir", "3 "},
        {"zey ozd", "3 "},
        {"lukasz", "4 "},
        {"Łu Wo", "4 "},
        {"oneill", "5 "},
        {"o'neill", "5 "},
        {"O’NEILL sean", "5 "},
        {"neill", "5 "},
        {"o neill", "5 "},
        {"ase", "6 "},
        {"oersted", "6 "},
        {"ors", "6 "},
        {"aether", "6 "},
        {"nguyen huong", "7 "},
        {"strassenbau", "7 "},
        {"gross", "7 "},
        {"baeu", "9 8 "},
        {"säg jörg", "9 "},
        {"sagewerk bäuerle", "9 8 "},
        {"hans-peter", "10 11 "}, // whether it is written in one or in two words
        {"peter hans mül", "10 11 "},
        {"hanspeter", "11 "},
        {"ЩУК ольга", "12 "},
        {"한글", "12 "},
        {"학", ""}, // one letter
        {"  heide ,. anna!! ", "2 "},
        {"heide heide", "2 "},
        {"eide", ""}, // not the beginning of a word
        {"heidew", ""},
        {"anna müller", ""},
    };
    struct door door;
    struct store *store = open_door(&door);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_found(store, &door, cases[i].text, cases[i].tickets);
    store_close(store);
    door_destroy(&door);
}

static void test_search__begins_with_two_letters(void **state)
{
    static const char *const too_short[] = {"", " ", "m", "ü", " m ", "-m-", "😀m", "\xc3\xbc", "?"};
    struct door door;
    struct store *store = open_door(&door);

    (void)state;
    for (size_t i = 0; i < sizeof too_short / sizeof *too_short; i++) check_found(store, &door, too_short[i], "");
    check_found(store, &door, "ae", "6 2 "); // typed as two, though one is left
    check_found(store, &door, "a h", "2 ");
    store_close(store);
    door_destroy(&door);
}

static void test_search__stays_calm_whatever_is_typed(void **state)
{
    static const char *const hostile[] = {"\"",
                                          "\"\"",
                                          "*",
                                          "ma*",
                                          "\"ma\" *",
                                          "ma -mu",
                                          "NEAR(ma mu, 2)",
                                          "ma NEAR mu",
                                          "ma AND",
                                          "OR OR OR",
                                          "NOT ma",
                                          "name:ma",
                                          "{name words}: ma",
                                          "^ma",
                                          "ma + mu",
                                          "(ma",
                                          "ma)",
                                          "((((((((((((",
                                          "'; DROP TABLE roster; --",
                                          "ma\x01mu",
                                          "\x7f\x1b[2J",
                                          "%s%n%n",
                                          "ma%",
                                          "😀😀😀",
                                          "👨‍👩‍👧‍👦 ma",
                                          "\u202emaum",
                                          "\ufeffma",
                                          "\xff\xfe",
                                          "m\xc3",
                                          "\xed\xa0\x80",
                                          "- - - -",
                                          "-a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-",
                                          "a b c d e f g h i j k l m n o p",
                                          "''''",
                                          "a'b'c'd",
                                          "0x10 1e9 -1",
                                          "NULL",
                                          "rank",
                                          "ﷺ ﷺ ﷺ ﷺ ﷺ ﷺ ﷺ ﷺ ﷺ ﷺ"};
    static char endless[200000];
    struct door door;
    struct store *store = open_door(&door);
    struct dice dice = {7};

    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        assert_true(search(store, &door, hostile[i])->count <= 12);
    check_found(store, &door, "\"von\" * OR", ""); // an OR is a word like any other
    check_found(store, &door, "\"heide\" *", "2 ");
    memset(endless, 'm', sizeof endless - 1);
    check_found(store, &door, endless, "");
    for (size_t i = 0; i + 1 < sizeof endless; i++) endless[i] = "o-'1"[i % 4];
    check_found(store, &door, endless, "");
    for (size_t i = 0; i + 1 < sizeof endless; i++) endless[i] = "m "[i % 2];
    (void)search(store, &door, endless);
    for (size_t round = 0; round < 3000; round++) {
        char text[32] = "";
        size_t length = (size_t)dice_below(&dice, sizeof text);
        for (size_t i = 0; i < length; i++)
            text[i] = (char)(round % 3 ? 32 + dice_below(&dice, 95) : 1 + dice_below(&dice, 255));
        assert_true(search(store, &door, text)->count <= 12);
    }
    store_close(store);
    door_destroy(&door);
}

static void test_search__knows_ticket_numbers_from_their_beginning(void **state)
{
    struct door door;
    struct store *store = open_door(&door);
    const struct roster_entry people[] = {person(UINT64_C(0x1A2B3C4D5E6F), "Eins", ""),
                                          person(UINT64_C(0x1A2B3C4D5E70), "Zwei", ""), // alike in the first nine
                                          person(UINT64_C(0x000000000001), "Drei", "01 Architekten"),
                                          person(UINT64_C(0x7FFF00000AE0), "Vier", "")};
    char number[TICKET_NUMBER_TEXT_SIZE], typed[32], expected[64];

    (void)state;
    install(&door, store, people, sizeof people / sizeof *people);
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        ticket_number_write(people[i].guest.ticket, number);
        snprintf(expected, sizeof expected, "%llu ", (unsigned long long)people[i].guest.ticket);
        check_found(store, &door, number, expected);
        for (char *letter = number; *letter; letter++) // as people read it
            *letter = *letter == '0' ? 'o' : *letter == '1' ? 'l' : (char)(*letter | 0x20);
        if (strpbrk(number, "23456789")) check_found(store, &door, number, expected);
        snprintf(typed, sizeof typed, "%s %.3s", people[i].guest.name, number);
        if (strpbrk(typed, "23456789")) check_found(store, &door, typed, expected);
        number[9] = number[9] == '7' ? '8' : '7'; // whatever it begins with, it isn't theirs
        if (strpbrk(number, "23456789")) check_found(store, &door, number, "");
    }
    ticket_number_write(people[0].guest.ticket, number);
    snprintf(typed, sizeof typed, "%.6s", number);
    assert_int_equal(search(store, &door, typed)->count, 2);
    snprintf(typed, sizeof typed, "%.2s", number);
    assert_int_equal(search(store, &door, typed)->count, 2);
    check_found(store, &door, "01", "1 ");
    store_close(store);
    door_destroy(&door);
}

static void test_search__gives_the_first_64_of_many(void **state)
{
    struct door door;
    struct store *store = open_door(&door);
    struct roster_entry *people = calloc(200, sizeof *people);
    char name[32];

    (void)state;
    for (size_t i = 0; i < 200; i++) {
        snprintf(name, sizeof name, i % 2 ? "Mänz %03zu" : "Maenz %03zu", i * 77 % 200);
        people[i] = person(1 + i, name, "");
    }
    install(&door, store, people, 200);
    const struct rows *rows = search(store, &door, "ma");
    assert_int_equal(rows->count, ROWS_MOST);
    assert_true(rows->has_more);
    for (size_t i = 0; i < rows->count; i++) {
        snprintf(name, sizeof name, " %03zu", i);
        assert_non_null(strstr(rows->rows[i].name, name));
    }
    assert_false(search(store, &door, "ma 19")->has_more);
    free(people);
    store_close(store);
    door_destroy(&door);
}

static void test_search__knows_only_the_newest_roster_of_its_event(void **state)
{
    struct door door;
    struct store *store = open_door(&door);
    const struct roster_entry one = person(1, "Erika Neumann", ""), other = person(1, "Xaver Zufall", "");

    (void)state;
    door.event.number = DOOR_EVENT + 1;
    install(&door, store, &other, 1);
    check_found(store, &door, "xaver", "");
    door.event.number = DOOR_EVENT;
    install(&door, store, &one, 1);
    check_found(store, &door, "neumann", "1 ");
    check_found(store, &door, "heide", "");
    install(&door, store, NULL, 0);
    check_found(store, &door, "neumann", "");
    static struct rows rows;
    assert_int_equal(store->ops->search(store, DOOR_EVENT + 1, &door.event.lists[0], "xav zuf", &rows), STATUS_OK);
    assert_int_equal(rows.count, 1);
    assert_int_equal(store->ops->search(store, 4294967295, &door.event.lists[0], "xav zuf", &rows), STATUS_OK);
    assert_int_equal(rows.count, 0);
    store_close(store);
    door_destroy(&door);
}

static void test_search__says_what_happened_with_whom(void **state)
{
    struct door door;
    struct store *store = open_door(&door);
    struct roster_entry people[] = {person(1, "Muster, Anna", "Schule"), person(2, "Muster, Bert", "")};
    struct record entry = door_entry(&door, 0);
    uint64_t seq = 0;

    (void)state;
    strcpy(people[0].guest.note, "Rollstuhl");
    people[1].guest.status = GUEST_STATUS_UNPAID;
    install(&door, store, people, 2);
    entry.ticket = entry.person = 2;
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
    const struct rows *rows = search(store, &door, "muster");
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

// ---- walk-ins and namesakes ----

static void register_walk_in(struct door *door, struct store *store, uint64_t ticket, const char *name,
                             const char *company)
{
    struct record record = door_entry(door, 0);
    struct walk_in walk_in = {.ticket = ticket};
    uint64_t seq = 0;

    record.kind = RECORD_KIND_WALK_IN;
    record.ticket = ticket;
    record.person = 0;
    record.class_id = DOOR_CLASS_WALK_IN;
    strcpy(walk_in.values[0], name);
    strcpy(walk_in.values[1], company);
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    enum status status = store->ops->append_walk_in(store, &record, &walk_in, &door->event.walk_ins, &seq);
    assert_int_equal(store->ops->end(store, status), STATUS_OK);
}

static void test_search__finds_walk_ins_among_the_others(void **state)
{
    struct door door;
    struct store *store = open_door(&door);

    (void)state;
    register_walk_in(&door, store, WALK_IN_TICKET, "Müller, Ida", "Möbel Mönch");
    check_found(store, &door, "mü", "10 11 900000 1 ");
    check_found(store, &door, "moenc", "900000 ");
    assert_true(search(store, &door, "ida")->rows[0].is_walk_in);
    register_walk_in(&door, store, WALK_IN_TICKET, "Müller, Ada", ""); // corrected
    check_found(store, &door, "mü", "900000 10 11 1 ");
    check_found(store, &door, "ida", "");
    door_document(&door, door.event.version + 1, 0); // a new roster leaves them
    assert_int_equal(door_install(&door, store), STATUS_OK);
    check_found(store, &door, "mü", "900000 ");
    store_close(store);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    check_found(store, &door, "mü", "900000 ");
    store_close(store);
    door_destroy(&door);
}

// Each halves the room behind the one before, until everybody has to be spread anew.
static void test_search__keeps_the_order_of_many_who_come_to_one_place(void **state)
{
    struct door door;
    struct store *store = open_door(&door);
    char name[64];

    (void)state;
    for (size_t i = 0; i < 60; i++) {
        snprintf(name, sizeof name, "Müller, Ida, Begleitung %02zu", i % 2 ? 59 - i / 2 : i / 2);
        register_walk_in(&door, store, WALK_IN_TICKET + i, name, "");
    }
    const struct rows *rows = search(store, &door, "begl");
    assert_int_equal(rows->count, 60);
    for (size_t i = 0; i < 60; i++) {
        snprintf(name, sizeof name, "Müller, Ida, Begleitung %02zu", i);
        assert_string_equal(rows->rows[i].name, name);
    }
    assert_int_equal(search(store, &door, "mu")->count, 63);
    store_close(store);
    door_destroy(&door);
}

static void test_search__knows_namesakes(void **state)
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
    struct store *store = open_door(&door);
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
    register_walk_in(&door, store, WALK_IN_TICKET, "Ida Neu", "");
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

static void test_search__finds_whom_reading_everybody_finds(void **state)
{
    struct door door;
    struct store *store = open_door(&door);
    struct roster_entry *people = calloc(MOST_PEOPLE, sizeof *people);
    struct dice dice = {3};
    size_t found = 0;

    (void)state;
    for (size_t i = 0; i < MOST_PEOPLE; i++) {
        people[i] = person(door_ticket(i), "", "");
        make_words(&dice, people[i].guest.name, (size_t)dice_below(&dice, 4));
        make_words(&dice, people[i].guest.company, (size_t)dice_below(&dice, 3));
    }
    install(&door, store, people, MOST_PEOPLE);
    for (size_t round = 0; round < 1500; round++) {
        char text[256];
        size_t expected = 0;
        make_words(&dice, text, 1 + (size_t)dice_below(&dice, 3));
        if (round % 2 && strlen(text) > 4) text[strlen(text) - 1 - (text[strlen(text) - 2] & 0x80 ? 1 : 0)] = '\0';
        if ((text[strlen(text) - 1] & 0xC0) == 0xC0) text[strlen(text) - 1] = '\0';
        for (size_t i = 0; i < MOST_PEOPLE; i++) expected += is_found(&people[i].guest, text);
        const struct rows *rows = search(store, &door, text);
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
        cmocka_unit_test(test_search__finds_names_however_they_are_typed),
        cmocka_unit_test(test_search__begins_with_two_letters),
        cmocka_unit_test(test_search__stays_calm_whatever_is_typed),
        cmocka_unit_test(test_search__knows_ticket_numbers_from_their_beginning),
        cmocka_unit_test(test_search__gives_the_first_64_of_many),
        cmocka_unit_test(test_search__knows_only_the_newest_roster_of_its_event),
        cmocka_unit_test(test_search__says_what_happened_with_whom),
        cmocka_unit_test(test_search__finds_walk_ins_among_the_others),
        cmocka_unit_test(test_search__keeps_the_order_of_many_who_come_to_one_place),
        cmocka_unit_test(test_search__knows_namesakes),
        cmocka_unit_test(test_search__finds_whom_reading_everybody_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
