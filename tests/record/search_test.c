// Whom staff find by what they type.
#include "support/check.h"

#include "record/names.h"
#include "support/studio/dice.h"

#include <stdio.h>

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
    struct store *store = names_open(&door);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        names_check(store, &door, cases[i].text, cases[i].tickets);
    store_close(store);
    door_destroy(&door);
}

static void test_search__begins_with_two_letters(void **state)
{
    static const char *const too_short[] = {"", " ", "m", "ü", " m ", "-m-", "😀m", "\xc3\xbc", "?"};
    struct door door;
    struct store *store = names_open(&door);

    (void)state;
    for (size_t i = 0; i < sizeof too_short / sizeof *too_short; i++) names_check(store, &door, too_short[i], "");
    names_check(store, &door, "ae", "6 2 "); // typed as two, though one is left
    names_check(store, &door, "a h", "2 ");
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
    struct store *store = names_open(&door);
    struct dice dice = {7};

    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        assert_true(names_search(store, &door, hostile[i])->count <= 12);
    names_check(store, &door, "\"von\" * OR", ""); // an OR is a word like any other
    names_check(store, &door, "\"heide\" *", "2 ");
    memset(endless, 'm', sizeof endless - 1);
    names_check(store, &door, endless, "");
    for (size_t i = 0; i + 1 < sizeof endless; i++) endless[i] = "o-'1"[i % 4];
    names_check(store, &door, endless, "");
    for (size_t i = 0; i + 1 < sizeof endless; i++) endless[i] = "m "[i % 2];
    (void)names_search(store, &door, endless);
    for (size_t round = 0; round < 3000; round++) {
        char text[32] = "";
        size_t length = (size_t)dice_below(&dice, sizeof text);
        for (size_t i = 0; i < length; i++)
            text[i] = (char)(round % 3 ? 32 + dice_below(&dice, 95) : 1 + dice_below(&dice, 255));
        assert_true(names_search(store, &door, text)->count <= 12);
    }
    store_close(store);
    door_destroy(&door);
}

static void test_search__knows_ticket_numbers_from_their_beginning(void **state)
{
    struct door door;
    struct store *store = names_open(&door);
    const struct roster_entry people[] = {names_person(UINT64_C(0x1A2B3C4D5E6F), "Eins", ""),
                                          names_person(UINT64_C(0x1A2B3C4D5E70), "Zwei", ""), // alike in the first nine
                                          names_person(UINT64_C(0x000000000001), "Drei", "01 Architekten"),
                                          names_person(UINT64_C(0x7FFF00000AE0), "Vier", "")};
    char number[TICKET_NUMBER_TEXT_SIZE], typed[32], expected[64];

    (void)state;
    names_install(&door, store, people, sizeof people / sizeof *people);
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        ticket_number_write(people[i].guest.ticket, number);
        snprintf(expected, sizeof expected, "%llu ", (unsigned long long)people[i].guest.ticket);
        names_check(store, &door, number, expected);
        for (char *letter = number; *letter; letter++) // as people read it
            *letter = *letter == '0' ? 'o' : *letter == '1' ? 'l' : (char)(*letter | 0x20);
        if (strpbrk(number, "23456789")) names_check(store, &door, number, expected);
        snprintf(typed, sizeof typed, "%s %.3s", people[i].guest.name, number);
        if (strpbrk(typed, "23456789")) names_check(store, &door, typed, expected);
        number[9] = number[9] == '7' ? '8' : '7'; // whatever it begins with, it isn't theirs
        if (strpbrk(number, "23456789")) names_check(store, &door, number, "");
    }
    ticket_number_write(people[0].guest.ticket, number);
    snprintf(typed, sizeof typed, "%.6s", number);
    assert_int_equal(names_search(store, &door, typed)->count, 2);
    snprintf(typed, sizeof typed, "%.2s", number);
    assert_int_equal(names_search(store, &door, typed)->count, 2);
    names_check(store, &door, "01", "1 ");
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
