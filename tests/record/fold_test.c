// What is typed alike is alike: folding, and what search rests on (a beginning stays a beginning).
#include "support/check.h"

#include "base/text.h"
#include "record/fold.h"

#include <stdbool.h>
#include <stdio.h>

enum { SIZE = 1024, ROUNDS = 20000 };

static void check_fold(const char *text, enum fold_compound compound, const char *expected)
{
    char folded[SIZE];

    fold_text(text, compound, folded, sizeof folded);
    if (strcmp(folded, expected) != 0) fail_msg("'%s' is folded to '%s', not '%s'", text, folded, expected);
}

static void test_fold__knows_what_people_type(void **state)
{
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"Müller", "muller"},
        {"MUELLER", "muller"},
        {"muller", "muller"},
        {"Mu\u0308ller", "muller"}, // as macOS writes it
        {"Straße", "strasse"},
        {"STRASSE", "strasse"},
        {"STRAẞE", "strasse"},
        {"Özdemir", "ozdemir"},
        {"Oezdemir", "ozdemir"},
        {"Bäer", "bar"}, // nobody knows which e is whose
        {"Baer", "bar"},
        {"Goethe", "gothe"},
        {"Łukasz Đorđević", "lukasz dordevic"},
        {"Åse Ørsted", "ase orsted"},
        {"Aegir Æsir", "agir asir"},
        {"Cœur", "cour"},
        {"Þórður Eiðsson", "thordur eidsson"},
        {"Nguyễn Thị", "nguyen thi"},
        {"Samuel", "samul"}, // ue is ü
        {"René François", "rene francois"},
        {"IŞIK ışık İpek", "isik isik ipek"},
        {"Ελένη ΟΔΥΣΣΕΥΣ", "ελενη οδυσσευσ"},
        {"Щукин", "щукин"},
        {"ﬁnn ⅷ ２０２６", "finn viii 2026"},
        {"한글", "\u1112\u1161\u11ab\u1100\u1173\u11af"}, // typed letter by letter
        {"  von der  Heide, Anna-Lena ", "von der heide anna lena"},
        {"O'Neill", "o neill"},
        {"O’Neill", "o neill"},
        {"O´Neill", "o neill"},
        {"Müller\u2011Lüden\u00adscheidt", "muller ludenscheidt"},
        {"GmbH & Co. KG", "gmbh co kg"},
        {"3AE9QUE", "3ae9que"}, // as ticket numbers are printed
        {"A3ae", "a3a"},
        {"😀", ""},
        {"a😀b\x01"
         "c\u200d"
         "d",
         "a b cd"},
        {"\u200b\"* - NEAR(", "near"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_fold(cases[i].text, FOLD_APART, cases[i].folded);
}

static void test_fold__has_compounds_apart_marked_or_together(void **state)
{
    (void)state;
    check_fold("Anna-Elisa Müller–Lüdenscheidt", FOLD_APART, "anna elisa muller ludenscheidt");
    check_fold("Anna-Elisa Müller–Lüdenscheidt", FOLD_MARKED, "anna-elisa muller-ludenscheidt");
    check_fold("Anna-Elisa Müller–Lüdenscheidt", FOLD_TOGETHER, "annalisa mullerludenscheidt"); // as "Annaelisa"
    check_fold("- Anna - 'Lena' -", FOLD_MARKED, "anna lena");
    check_fold("--Anna--Lena--", FOLD_MARKED, "anna-lena");
    check_fold("A-2ae", FOLD_APART, "a 2ae");
    check_fold("A-2ae", FOLD_TOGETHER, "a2a");
}

// ---- what holds for any text ----

static uint32_t roll(uint32_t sides)
{
    static uint32_t state = 0x2545F491; // the same in every run; xorshift32 (Marsaglia 2003)

    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % sides;
}

// Letters that fold in a way of their own, more often than others.
static void make_text(char out[SIZE])
{
    static const char *const pieces[] = {
        "a",      "e",      "o", "u", "ä", "Ö", "ü", "A", "E", "U",  "s", "ß", "ẞ",      "é", "ø",      "Æ",
        "œ",      "\u0308", "n", "m", "ł", "-", "'", " ", "’", "ae", "1", "0", "\u00ad", "ı", "İ",      "ς",
        "\u0345", "한",     "ﬁ", "½", ",", "😀", "ŉ", "ǆ", "ﷺ", "ᾳ",  "٣", "č", "\u00b4", "–", "\u1e9b", "ﬀ"};
    size_t count = 1 + roll(14);

    out[0] = '\0';
    for (size_t i = 0; i < count; i++) strcat(out, pieces[roll(sizeof pieces / sizeof *pieces)]);
}

static void test_fold__of_a_beginning_is_a_beginning(void **state)
{
    static const enum fold_compound compounds[] = {FOLD_APART, FOLD_MARKED, FOLD_TOGETHER};
    char text[SIZE], start[SIZE], whole[SIZE], part[SIZE];

    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        make_text(text);
        enum fold_compound compound = compounds[round % 3];
        fold_text(text, compound, whole, sizeof whole);
        for (const char *end = text; text_next(&end) != 0;) {
            memcpy(start, text, (size_t)(end - text));
            start[end - text] = '\0';
            fold_text(start, compound, part, sizeof part);
            if (strncmp(whole, part, strlen(part)) != 0)
                fail_msg("'%s' of '%s': '%s' doesn't begin '%s'", start, text, part, whole);
        }
    }
}

static void test_fold__of_a_fold_is_the_same(void **state)
{
    char text[SIZE], once[SIZE];

    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        make_text(text);
        fold_text(text, FOLD_APART, once, sizeof once);
        check_fold(once, FOLD_APART, once);
    }
}

static void replace(const char *text, const char *what, const char *by, char out[SIZE])
{
    for (out[0] = '\0'; *text;) {
        bool is_it = strncmp(text, what, strlen(what)) == 0;
        if (is_it) strcat(out, by);
        else strncat(out, text, 1);
        text += is_it ? strlen(what) : 1;
    }
}

static void test_fold__knows_no_difference_between_umlaut_spelt_out_and_plain(void **state)
{
    static const char *const ways[][3] = {{"ä", "ae", "a"}, {"Ö", "Oe", "O"}, {"ü", "ue", "u"}, {"ß", "ss", "SS"}};
    char text[SIZE], other[SIZE], folded[SIZE];
    size_t changed = 0;

    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        make_text(text);
        if (strpbrk(text, "0123456789") || strstr(text, "½") || strstr(text, "٣")) continue; // numbers are exact
        fold_text(text, FOLD_APART, folded, sizeof folded);
        for (size_t i = 0; i < 2 * sizeof ways / sizeof *ways; i++) {
            replace(text, ways[i / 2][0], ways[i / 2][1 + i % 2], other);
            check_fold(other, FOLD_APART, folded);
            changed += strcmp(text, other) != 0;
        }
    }
    assert_true(changed > ROUNDS / 2);
}

static void test_fold__leaves_letters_and_digits_of_any_code_point(void **state)
{
    (void)state;
    for (uint32_t point = 1; point < 0x110000; point++) {
        char text[8] = "", folded[SIZE];
        if (point >= 0xD800 && point < 0xE000) continue;
        if (point < 0x80) text[0] = (char)point;
        else if (point < 0x800) snprintf(text, sizeof text, "%c%c", 0xC0 | point >> 6, 0x80 | (point & 63));
        else if (point < 0x10000)
            snprintf(text, sizeof text, "%c%c%c", 0xE0 | point >> 12, 0x80 | (point >> 6 & 63), 0x80 | (point & 63));
        else
            snprintf(text, sizeof text, "%c%c%c%c", 0xF0 | point >> 18, 0x80 | (point >> 12 & 63),
                     0x80 | (point >> 6 & 63), 0x80 | (point & 63));
        fold_text(text, FOLD_MARKED, folded, sizeof folded);
        assert_true(text_is_utf8(folded, strlen(folded)));
        for (const char *letter = folded; *letter; letter++)
            if ((*letter & 0x80) == 0 && !strchr("abcdefghijklmnopqrstuvwxyz0123456789 -", *letter))
                fail_msg("U+%04X leaves '%s'", (unsigned)point, folded);
    }
}

static void test_fold__is_cut_between_letters(void **state)
{
    char whole[SIZE], part[SIZE];

    (void)state;
    fold_text("Łukasz 한 Щука-ﷺ", FOLD_APART, whole, sizeof whole);
    for (size_t size = 1; size <= strlen(whole) + 1; size++) {
        memset(part, 'x', sizeof part);
        fold_text("Łukasz 한 Щука-ﷺ", FOLD_APART, part, size);
        assert_true(strlen(part) < size && strlen(part) + 4 > size - 1);
        assert_memory_equal(part, whole, strlen(part));
        assert_true(text_is_utf8(part, strlen(part)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold__knows_what_people_type),
        cmocka_unit_test(test_fold__has_compounds_apart_marked_or_together),
        cmocka_unit_test(test_fold__of_a_beginning_is_a_beginning),
        cmocka_unit_test(test_fold__of_a_fold_is_the_same),
        cmocka_unit_test(test_fold__knows_no_difference_between_umlaut_spelt_out_and_plain),
        cmocka_unit_test(test_fold__leaves_letters_and_digits_of_any_code_point),
        cmocka_unit_test(test_fold__is_cut_between_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
