// burst: what a scanner types that nobody knows yet presses no button and stays in no field.
#include "support/check.h"

#include "scanner/wedge.h"
#include "screen/burst.h"
#include "screen/input.h"

enum { TICKET_KEYS = 202, SCREEN_MS = 20 };

struct heard {
    int written, taken_back, enters;
};

static void press(struct burst *burst, enum input_kind kind, uint32_t now_ms, struct heard *heard)
{
    struct input input = {.kind = kind, .text = "7"};

    if (!burst_pass(burst, &input, now_ms)) return;
    if (input.kind == INPUT_TEXT) heard->written++;
    if (input.kind == INPUT_TAKE_BACK) heard->taken_back += input.x;
    if (input.kind == INPUT_ENTER) heard->enters++;
}

// `count` keys and Enter, `step_ms` apart, as a screen sees them that looks every SCREEN_MS.
static struct heard type(struct burst *burst, uint32_t *now_ms, int count, uint32_t step_ms)
{
    struct heard heard = {0};

    for (int i = 0; i <= count; i++) {
        uint32_t seen_ms = (*now_ms + SCREEN_MS - 1) / SCREEN_MS * SCREEN_MS;
        press(burst, i < count ? INPUT_TEXT : INPUT_ENTER, seen_ms, &heard);
        *now_ms += step_ms;
    }
    return heard;
}

static void test_burst__a_scanned_code_leaves_nothing_behind(void **state)
{
    static const uint32_t steps_ms[] = {1, 2, 5, 10, 16, 20, 30};

    (void)state;
    for (size_t i = 0; i < sizeof steps_ms / sizeof *steps_ms; i++) {
        struct burst burst = {0};
        uint32_t now_ms = 1000;
        struct heard heard = type(&burst, &now_ms, TICKET_KEYS, steps_ms[i]);
        assert_int_equal(heard.enters, 0);
        assert_int_equal(heard.written, heard.taken_back);
        assert_in_range(heard.written, WEDGE_BURST_KEYS - 1, WEDGE_BURST_KEYS + 2);
    }
}

static void test_burst__a_short_code_presses_no_button(void **state)
{
    struct burst burst = {0};
    uint32_t now_ms = 1000;

    (void)state;
    assert_int_equal(type(&burst, &now_ms, BURST_ENTER_KEYS, 10).enters, 0);
}

static void test_burst__people_are_heard(void **state)
{
    static const struct {
        int count;
        uint32_t step_ms;
    } cases[] = {{4, 60}, {4, 1}, {10, 80}, {40, 60}, {200, 120}, {1, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct burst burst = {0};
        uint32_t now_ms = 1000;
        struct heard heard = type(&burst, &now_ms, cases[i].count, cases[i].step_ms);
        assert_int_equal(heard.written, cases[i].count);
        assert_int_equal(heard.taken_back, 0);
        assert_int_equal(heard.enters, 1);
    }
}

static void test_burst__people_are_heard_soon_after_a_scan(void **state)
{
    struct burst burst = {0};
    uint32_t now_ms = UINT32_MAX - 500; // SDL's time wraps around

    (void)state;
    assert_int_equal(type(&burst, &now_ms, TICKET_KEYS, 5).enters, 0);
    struct heard heard = type(&burst, &now_ms, 10, 100); // at once
    assert_in_range(heard.written, 6, 8);
    assert_int_equal(heard.enters, 1);
}

static void test_burst__touches_and_windows_always_count(void **state)
{
    struct burst burst = {0};
    uint32_t now_ms = 1000;
    struct input touch = {.kind = INPUT_TOUCH}, closed = {.kind = INPUT_CLOSE};

    (void)state;
    type(&burst, &now_ms, TICKET_KEYS, 5);
    assert_true(burst_pass(&burst, &touch, now_ms));
    assert_true(burst_pass(&burst, &closed, now_ms));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_burst__a_scanned_code_leaves_nothing_behind),
        cmocka_unit_test(test_burst__a_short_code_presses_no_button),
        cmocka_unit_test(test_burst__people_are_heard),
        cmocka_unit_test(test_burst__people_are_heard_soon_after_a_scan),
        cmocka_unit_test(test_burst__touches_and_windows_always_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
