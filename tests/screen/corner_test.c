// A finger held on the corner opens the staff's door; nothing shorter, elsewhere or let go does.
#include "support/check.h"

#include "screen/corner.h"

enum { WIDTH = 800, SIDE = 70 };

static bool holds(int x, int y, int64_t ms)
{
    struct corner corner = {0};

    corner_touch(&corner, corner_has(x, y, WIDTH, SIDE), 1000);
    return corner_is_open(&corner, 1000 + ms);
}

static void test_corner__a_hold_opens_it_once(void **state)
{
    struct corner corner = {0};

    (void)state;
    corner_touch(&corner, corner_has(790, 5, WIDTH, SIDE), 1000);
    assert_false(corner_is_open(&corner, 1000 + CORNER_HOLD_MS - 1));
    assert_true(corner_is_open(&corner, 1000 + CORNER_HOLD_MS));
    assert_false(corner_is_open(&corner, 5000));
}

static void test_corner__is_at_the_top_right(void **state)
{
    (void)state;
    assert_true(holds(730, 69, CORNER_HOLD_MS));
    assert_false(holds(729, 5, CORNER_HOLD_MS));
    assert_false(holds(790, 70, CORNER_HOLD_MS));
    assert_false(holds(5, 5, CORNER_HOLD_MS));
}

static void test_corner__a_release_or_a_touch_elsewhere_ends_a_hold(void **state)
{
    struct corner corner = {0};

    (void)state;
    corner_touch(&corner, corner_has(790, 5, WIDTH, SIDE), 1000);
    corner_release(&corner);
    assert_false(corner_is_open(&corner, 9000));
    corner_touch(&corner, corner_has(790, 5, WIDTH, SIDE), 10000);
    corner_touch(&corner, corner_has(100, 300, WIDTH, SIDE), 10100);
    assert_false(corner_is_open(&corner, 19000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_corner__a_hold_opens_it_once),
        cmocka_unit_test(test_corner__is_at_the_top_right),
        cmocka_unit_test(test_corner__a_release_or_a_touch_elsewhere_ends_a_hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
