// Icons: their outlines, their softness, and that no two are alike.
#include "support/check.h"

#include "view/shape.h"

#include <stdlib.h>

enum { SIDE = 200 };

static uint8_t at(const uint8_t *mask, int x_percent, int y_percent)
{
    return mask[(y_percent * SIDE / 100) * SIDE + x_percent * SIDE / 100];
}

static long area(const uint8_t *mask, int side)
{
    long sum = 0;

    for (int i = 0; i < side * side; i++) sum += mask[i];
    return sum / 255;
}

static void test_shape__a_disc_covers_what_a_disc_covers(void **state)
{
    static const int sides[] = {4, 7, 40, 201};

    (void)state;
    for (int i = 0; i < 4; i++) {
        uint8_t *mask = malloc((size_t)(sides[i] * sides[i]));
        shape_cover(ICON_DISC, sides[i], mask);
        long expected = 314159L * sides[i] * sides[i] / 400000;
        assert_in_range(area(mask, sides[i]), expected - sides[i] / 4 - 1, expected + sides[i] / 4 + 1);
        free(mask);
    }
}

static void test_shape__signs_have_outlines_of_their_own(void **state)
{
    static uint8_t tick[SIDE * SIDE], clock_face[SIDE * SIDE], cross[SIDE * SIDE];

    (void)state;
    shape_cover(ICON_TICK, SIDE, tick);
    shape_cover(ICON_CLOCK, SIDE, clock_face);
    shape_cover(ICON_CROSS, SIDE, cross);
    assert_int_equal(at(tick, 10, 10), 0);         // circle: no corner
    assert_int_equal(at(clock_face, 10, 10), 255); // square: a corner
    assert_int_equal(at(cross, 10, 10), 0);
    assert_int_equal(at(cross, 20, 20), 255); // octagon: a cut one
    assert_int_equal(at(tick, 43, 66), 0);    // the tick's lowest point is cut out
    assert_int_equal(at(cross, 50, 50), 0);
    assert_int_equal(at(clock_face, 50, 40), 0); // the hand
}

static void test_shape__all_icons_differ_are_inside_and_soft(void **state)
{
    static uint8_t masks[ICON_COUNT][SIDE * SIDE];

    (void)state;
    for (int icon = 0; icon < ICON_COUNT; icon++) {
        int soft = 0;
        shape_cover((enum icon)icon, SIDE, masks[icon]);
        assert_in_range(area(masks[icon], SIDE), SIDE * SIDE / 20, SIDE * SIDE * 9 / 10);
        for (int i = 0; i < SIDE * SIDE; i++) soft += masks[icon][i] > 0 && masks[icon][i] < 255;
        assert_in_range(soft, SIDE / 2, SIDE * 20);
        for (int other = 0; other < icon; other++) {
            long difference = 0;
            for (int i = 0; i < SIDE * SIDE; i++) difference += abs(masks[icon][i] - masks[other][i]) / 255;
            assert_true(difference > SIDE * SIDE / 50);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shape__a_disc_covers_what_a_disc_covers),
        cmocka_unit_test(test_shape__signs_have_outlines_of_their_own),
        cmocka_unit_test(test_shape__all_icons_differ_are_inside_and_soft),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
