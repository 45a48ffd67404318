#include "support/check.h"

#include "base/clock_adjustable.h"
#include "fakes/clock_hand.h"

struct told { // by the office, or not yet
    struct clock_hand own;
    struct clock_adjustable adjustable;
    struct clock *clock;
};

static void start(struct told *told, enum clock_state state)
{
    clock_hand_init(&told->own, 1000);
    told->own.clock_state = state;
    clock_adjustable_init(&told->adjustable, &told->own.clock);
    told->clock = &told->adjustable.clock;
}

static int64_t unix_ms(struct told *told)
{
    return told->clock->ops->unix_ms(told->clock);
}

static enum clock_state state_of(struct told *told)
{
    return told->clock->ops->state(told->clock);
}

static void test_clock__goes_by_what_it_was_told(void **state)
{
    struct told told;

    (void)state;
    start(&told, CLOCK_STATE_UNSET);
    assert_int_equal(unix_ms(&told), 1000);
    assert_int_equal(state_of(&told), CLOCK_STATE_UNSET);
    int64_t boot_ms = told.clock->ops->boot_ms(told.clock);
    clock_hand_move(&told.own, 250); // while the answer was on its way
    assert_true(clock_adjust(&told.adjustable, 1795341152123, boot_ms, CLOCK_STATE_OFFICE));
    assert_true(unix_ms(&told) == 1795341152123 + 250);
    assert_int_equal(state_of(&told), CLOCK_STATE_OFFICE);
    clock_hand_move(&told.own, 60000);
    assert_true(unix_ms(&told) == 1795341152123 + 60250);
    assert_int_equal(told.clock->ops->mono_ms(told.clock), told.own.clock.ops->mono_ms(&told.own.clock));
    boot_ms = told.clock->ops->boot_ms(told.clock);
    assert_true(clock_adjust(&told.adjustable, 1795341000000, boot_ms, CLOCK_STATE_OFFICE)); // a better answer
    assert_true(unix_ms(&told) == 1795341000000);
}

static void test_clock__that_is_right_by_itself_is_not_told(void **state)
{
    struct told told;

    (void)state;
    start(&told, CLOCK_STATE_NTP);
    assert_false(clock_adjust(&told.adjustable, 1795341152123, 0, CLOCK_STATE_OFFICE));
    assert_int_equal(unix_ms(&told), 1000);
    assert_int_equal(state_of(&told), CLOCK_STATE_NTP);
}

static void test_clock__is_its_own_again_once_that_is_right(void **state)
{
    struct told told;

    (void)state;
    start(&told, CLOCK_STATE_RESTORED);
    assert_true(clock_adjust(&told.adjustable, 1795341152123, 0, CLOCK_STATE_OFFICE));
    told.own.unix_now_ms = 1795341199999;
    told.own.clock_state = CLOCK_STATE_NTP;
    assert_true(unix_ms(&told) == 1795341199999);
    assert_int_equal(state_of(&told), CLOCK_STATE_NTP);
    told.own.clock_state = CLOCK_STATE_RESTORED; // the time daemon gave up
    assert_int_equal(state_of(&told), CLOCK_STATE_OFFICE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clock__goes_by_what_it_was_told),
        cmocka_unit_test(test_clock__that_is_right_by_itself_is_not_told),
        cmocka_unit_test(test_clock__is_its_own_again_once_that_is_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
