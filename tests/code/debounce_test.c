#include "support/check.h"

#include "code/debounce.h"

#include <stdio.h>

enum { QUIET_MS = 1500 };

// Every line: a code is seen at a time; is it a new scan?
struct sight {
    const char *text;
    int64_t mono_ms;
    bool is_new;
};

static bool see(struct debounce *debounce, const char *text, int64_t mono_ms)
{
    static struct code code; // 7 kB

    code.mono_ms = mono_ms;
    code.length = strlen(text);
    memcpy(code.text, text, code.length);
    return debounce_is_new(debounce, &code);
}

static void assert_sights(const struct sight *sights, size_t count)
{
    struct debounce debounce = {.quiet_ms = QUIET_MS};

    for (size_t i = 0; i < count; i++)
        if (see(&debounce, sights[i].text, sights[i].mono_ms) != sights[i].is_new) fail_msg("line %zu", i);
}

static void test_debounce__a_code_in_view_is_one_scan_however_long(void **state)
{
    struct debounce debounce = {.quiet_ms = QUIET_MS};

    (void)state;
    assert_true(see(&debounce, "A", 0));
    for (int64_t ms = 1000; ms < 3600000; ms += 1000) assert_false(see(&debounce, "A", ms));
    assert_true(see(&debounce, "A", 3600000 + 500)); // away for the quiet time (last seen at 3599000)
}

static void test_debounce__a_different_code_is_never_delayed(void **state)
{
    static const struct sight two_phones[] = {
        {"A", 0, true},     {"B", 0, true},     {"A", 66, false},  {"B", 66, false},
        {"C", 67, true},    {"A", 1000, false}, {"B", 2000, true}, // B was away
        {"A", 2000, false}, {"", 2000, true},   {"", 2001, false},
    };

    (void)state;
    assert_sights(two_phones, sizeof two_phones / sizeof *two_phones);
}

static void test_debounce__quiet_time_is_exact(void **state)
{
    static const struct sight sights[] = {{"A", 0, true}, {"A", 1499, false}, {"A", 2998, false}, {"A", 4498, true}};

    (void)state;
    assert_sights(sights, 4);
}

static void test_debounce__remembers_the_last_codes_and_drops_the_oldest(void **state)
{
    struct debounce debounce = {.quiet_ms = QUIET_MS};
    char text[16];

    (void)state;
    for (int i = 0; i < DEBOUNCE_SLOTS + 1; i++) {
        snprintf(text, sizeof text, "%d", i);
        assert_true(see(&debounce, text, i));
    }
    for (int i = 1; i < DEBOUNCE_SLOTS + 1; i++) {
        snprintf(text, sizeof text, "%d", i);
        assert_false(see(&debounce, text, 100));
    }
    assert_true(see(&debounce, "0", 101)); // one too many
}

static void test_debounce__what_was_forgotten_is_new(void **state)
{
    struct debounce debounce = {.quiet_ms = QUIET_MS};
    struct code code = {.length = 1, .text = "A"};

    (void)state;
    debounce_forget(&debounce, &code); // never seen: nothing happens
    assert_true(debounce_is_new(&debounce, &code));
    debounce_forget(&debounce, &code);
    assert_true(debounce_is_new(&debounce, &code));
    assert_false(debounce_is_new(&debounce, &code));
}

static bool stays(struct debounce *debounce, const char *text, int64_t mono_ms) // in view still
{
    static struct code code;

    assert_false(see(debounce, text, mono_ms));
    code.mono_ms = mono_ms;
    code.length = strlen(text);
    memcpy(code.text, text, code.length);
    return debounce_has_stayed(debounce, &code);
}

static void put_aside(struct debounce *debounce, const char *text, int64_t mono_ms)
{
    static struct code code;

    code.mono_ms = mono_ms;
    code.length = strlen(text);
    memcpy(code.text, text, code.length);
    debounce_put_aside(debounce, &code);
}

static void test_debounce__what_was_put_aside_is_offered_once_more(void **state)
{
    struct debounce debounce = {.quiet_ms = QUIET_MS};

    (void)state;
    assert_true(see(&debounce, "A", 100));
    assert_false(stays(&debounce, "A", 100 + DEBOUNCE_STAY_MS)); // somebody wants it
    put_aside(&debounce, "A", 99);                               // another offer's answer
    assert_false(stays(&debounce, "A", 1200));
    put_aside(&debounce, "A", 100);
    assert_true(stays(&debounce, "A", 1300));
    assert_false(stays(&debounce, "A", 2600)); // once
    put_aside(&debounce, "A", 1300);           // it was refused: once more
    assert_true(stays(&debounce, "A", 2601));
    assert_true(see(&debounce, "A", 9000)); // was away: all anew
    put_aside(&debounce, "A", 9000);
    assert_false(stays(&debounce, "A", 9000 + DEBOUNCE_STAY_MS - 1));
    assert_true(stays(&debounce, "A", 9000 + DEBOUNCE_STAY_MS));
}

static void test_debounce__nothing_is_offered_once_more_beside_something_better(void **state)
{
    struct debounce debounce = {.quiet_ms = QUIET_MS};

    (void)state;
    assert_true(see(&debounce, "T", 0)); // gone before A came: no matter
    assert_true(see(&debounce, "A", 1));
    put_aside(&debounce, "A", 1);
    assert_true(stays(&debounce, "A", 1 + DEBOUNCE_STAY_MS));
    assert_true(see(&debounce, "B", 5000));
    assert_true(see(&debounce, "T", 5000));
    put_aside(&debounce, "B", 5000);
    for (int64_t ms = 6000; ms <= 20000; ms += 1000) {
        assert_false(stays(&debounce, "T", ms));
        assert_false(stays(&debounce, "B", ms));
    }
    for (int64_t ms = 21000; ms < 20000 + DEBOUNCE_ALONE_MS; ms += 1000) assert_false(stays(&debounce, "B", ms));
    assert_true(stays(&debounce, "B", 20000 + DEBOUNCE_ALONE_MS));
}

static void test_debounce__a_wall_of_posters_does_not_make_a_ticket_new(void **state)
{
    struct debounce debounce = {.quiet_ms = QUIET_MS};
    char text[16];

    (void)state;
    assert_true(see(&debounce, "T", 0));
    for (int i = 1; i < 100; i++) {
        snprintf(text, sizeof text, "poster %d", i % 20);
        if (see(&debounce, text, i * 10)) put_aside(&debounce, text, i * 10);
    }
    assert_false(see(&debounce, "T", 1000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_debounce__a_code_in_view_is_one_scan_however_long),
        cmocka_unit_test(test_debounce__a_different_code_is_never_delayed),
        cmocka_unit_test(test_debounce__quiet_time_is_exact),
        cmocka_unit_test(test_debounce__remembers_the_last_codes_and_drops_the_oldest),
        cmocka_unit_test(test_debounce__what_was_forgotten_is_new),
        cmocka_unit_test(test_debounce__what_was_put_aside_is_offered_once_more),
        cmocka_unit_test(test_debounce__a_wall_of_posters_does_not_make_a_ticket_new),
        cmocka_unit_test(test_debounce__nothing_is_offered_once_more_beside_something_better),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
