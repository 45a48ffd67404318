#include "support/check.h"

#include "code/pace.h"

#include <limits.h>

enum { NOW_MS = 1000, MOST_US = 40000 };

static void test_pace__unknown_shows_all_until_that_was_too_much(void **state)
{
    struct pace pace = {0};

    (void)state;
    assert_int_equal(pace_most_pixels(&pace, MOST_US, NOW_MS), INT_MAX);
    pace.is_careful = true;
    assert_int_equal(pace_most_pixels(&pace, MOST_US, NOW_MS), PACE_CAREFUL_MOST_PIXELS);
    pace_note(&pace, 100000, 2500, NOW_MS);
    assert_in_range(pace_most_pixels(&pace, MOST_US, NOW_MS), 1280 * 720, 2000000);
}

static void test_pace__a_quick_machine_shows_all_and_a_slow_one_less(void **state)
{
    struct pace quick = {0}, slow = {0};

    (void)state;
    pace_note(&quick, 100000, 2500, NOW_MS);
    pace_note(&slow, 100000, 25000, NOW_MS);
    assert_in_range(pace_most_pixels(&quick, MOST_US, NOW_MS), 1280 * 720, 2000000);
    assert_in_range(pace_most_pixels(&slow, MOST_US, NOW_MS), 159000, 161000);
}

static void test_pace__rises_at_once_and_falls_slowly(void **state)
{
    struct pace pace = {0};

    (void)state;
    pace_note(&pace, 100000, 2500, NOW_MS);
    pace_note(&pace, 100000, 25000, NOW_MS);
    int slow = pace_most_pixels(&pace, MOST_US, NOW_MS);
    assert_in_range(slow, 159000, 161000);
    pace_note(&pace, 100000, 2500, NOW_MS);
    assert_in_range(pace_most_pixels(&pace, MOST_US, NOW_MS), slow + 1, 2 * slow);
    for (int i = 0; i < 20; i++) pace_note(&pace, 100000, 2500, NOW_MS);
    assert_in_range(pace_most_pixels(&pace, MOST_US, NOW_MS), 1280 * 720, 2000000);
}

// However slow the last one was: it may have been the picture.
static void test_pace__is_forgotten(void **state)
{
    struct pace pace = {0};

    (void)state;
    pace_note(&pace, 1000, 1000000, NOW_MS);
    assert_in_range(pace_most_pixels(&pace, MOST_US, NOW_MS + PACE_KNOWN_MS - 1), 0, 1000);
    assert_int_equal(pace_most_pixels(&pace, MOST_US, NOW_MS + PACE_KNOWN_MS), INT_MAX);
}

static void test_pace__a_pass_that_took_no_time_bounds_nothing(void **state)
{
    struct pace pace = {0};

    (void)state;
    pace_note(&pace, 1000000, 0, NOW_MS);
    assert_true(pace_most_pixels(&pace, MOST_US, NOW_MS) > 100000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pace__unknown_shows_all_until_that_was_too_much),
        cmocka_unit_test(test_pace__a_quick_machine_shows_all_and_a_slow_one_less),
        cmocka_unit_test(test_pace__rises_at_once_and_falls_slowly),
        cmocka_unit_test(test_pace__is_forgotten),
        cmocka_unit_test(test_pace__a_pass_that_took_no_time_bounds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
