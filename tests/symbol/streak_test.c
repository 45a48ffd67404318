#include "support/check.h"

#include "symbol/streak.h"

#include <stdlib.h>

enum { ROW_STEP = 2 };

// The rows of a finder with modules of 3 px, `height_px` of which the smear has left.
static void add_finder(struct streaks *streaks, float x_px, int top_px, int height_px, bool is_light)
{
    for (int y = top_px; y < top_px + height_px; y += ROW_STEP)
        streaks_add(streaks, &(struct streak_hit){x_px, (float)y + 0.5f, 3, is_light}, ROW_STEP);
}

static size_t count_finders(const struct streaks *streaks)
{
    size_t count = 0;

    for (size_t i = 0; i < streaks->count; i++) count += streak_is_finder(&streaks->list[i], ROW_STEP);
    return count;
}

static void test_streak__is_a_finder_if_as_high_as_a_core(void **state)
{
    static const struct {
        int height_px;
        size_t count;
    } cases[] = {{2, 0}, {6, 1}, {10, 1}, {14, 1}, {30, 0}}; // the last is a striped thing

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct streaks streaks = {0};
        add_finder(&streaks, 100, 50, cases[i].height_px, false);
        assert_int_equal(streaks.count, 1);
        assert_int_equal(count_finders(&streaks), cases[i].count);
    }
}

static void test_streak__keeps_neighbours_gaps_and_polarities_apart(void **state)
{
    struct streaks streaks = {0};

    (void)state;
    add_finder(&streaks, 100, 50, 10, false);
    add_finder(&streaks, 100, 50 + 20, 10, false);
    add_finder(&streaks, 100, 50 + 20, 10, true);
    add_finder(&streaks, 130, 50 + 20, 10, true);
    assert_int_equal(count_finders(&streaks), 4);
    assert_float_equal(streaks.list[0].x_px / (float)streaks.list[0].rows_count, 100, 0.01);
    assert_float_equal(streaks.list[0].y_px / (float)streaks.list[0].rows_count, 54.5, 0.01);
}

// Thousands of single rows don't keep a finder out, unless they are a carpet.
static void test_streak__has_room_for_what_comes_late(void **state)
{
    struct streaks streaks = {0};

    (void)state;
    for (int y = 0; y < 100; y++) // one in ten rows: none continues another
        for (int x = 0; x < 15; x++)
            streaks_add(&streaks, &(struct streak_hit){(float)(40 * x), (float)(10 * y), 3, false}, ROW_STEP);
    add_finder(&streaks, 100, 1100, 10, false);
    assert_int_equal(count_finders(&streaks), 1);
    for (int i = 0; i < STREAK_MOST_HITS; i++)
        streaks_add(&streaks, &(struct streak_hit){(float)(i % 900), (float)(1200 + i), 3, false}, ROW_STEP);
    add_finder(&streaks, 100, 9000, 10, true);
    assert_int_equal(count_finders(&streaks), 1);
    assert_in_range(streaks.count, 1, STREAK_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_streak__is_a_finder_if_as_high_as_a_core),
        cmocka_unit_test(test_streak__keeps_neighbours_gaps_and_polarities_apart),
        cmocka_unit_test(test_streak__has_room_for_what_comes_late),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
