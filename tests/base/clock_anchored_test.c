// clock_anchored: what the office says counts while the machine's own clock isn't trusted, and no longer.
#include "support/check.h"

#include "base/clock_anchored.h"
#include "fakes/clock_hand.h"

enum { BOOT_MS = 5000 };
#define TRUTH INT64_C(1795341152123)

static struct clock_hand hand;
static struct clock_anchored anchored;

static void begin(enum clock_state state, int64_t unix_ms)
{
    clock_hand_init(&hand, unix_ms);
    hand.now_ms = BOOT_MS;
    hand.clock_state = state;
    clock_anchored_init(&anchored, &hand.clock);
}

static int64_t shown_ms(void)
{
    return anchored.clock.ops->unix_ms(&anchored.clock);
}

static enum clock_state shown_state(void)
{
    return anchored.clock.ops->state(&anchored.clock);
}

static void test_clock_anchored__is_the_machines_until_somebody_says_better(void **state)
{
    (void)state;
    begin(CLOCK_STATE_UNSET, 1234);
    assert_int_equal(shown_ms(), 1234);
    assert_int_equal(shown_state(), CLOCK_STATE_UNSET);
}

static void test_clock_anchored__goes_on_from_what_the_office_said(void **state)
{
    (void)state;
    begin(CLOCK_STATE_UNSET, 1234);
    clock_anchored_keep(&anchored, TRUTH, BOOT_MS - 40);
    assert_int_equal(shown_ms(), TRUTH + 40);
    assert_int_equal(shown_state(), CLOCK_STATE_OFFICE);
    clock_hand_move(&hand, 60000);
    assert_int_equal(shown_ms(), TRUTH + 60040);
    hand.unix_now_ms = 99; // whoever turns the machine's clock meanwhile turns nothing here
    assert_int_equal(shown_ms(), TRUTH + 60040);
    assert_int_equal(anchored.clock.ops->mono_ms(&anchored.clock), BOOT_MS + 60000);
    assert_int_equal(anchored.clock.ops->boot_ms(&anchored.clock), BOOT_MS + 60000);
}

static void test_clock_anchored__gives_way_to_a_clock_that_is_trusted(void **state)
{
    static const enum clock_state trusted[] = {CLOCK_STATE_RTC, CLOCK_STATE_NTP, CLOCK_STATE_MANUAL};

    (void)state;
    for (size_t i = 0; i < sizeof trusted / sizeof *trusted; i++) {
        begin(CLOCK_STATE_RESTORED, TRUTH - 86400000);
        clock_anchored_keep(&anchored, TRUTH, BOOT_MS);
        assert_int_equal(shown_ms(), TRUTH);
        hand.clock_state = trusted[i]; // NTP, at last
        hand.unix_now_ms = TRUTH + 7;
        assert_int_equal(shown_ms(), TRUTH + 7);
        assert_int_equal(shown_state(), trusted[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clock_anchored__is_the_machines_until_somebody_says_better),
        cmocka_unit_test(test_clock_anchored__goes_on_from_what_the_office_said),
        cmocka_unit_test(test_clock_anchored__gives_way_to_a_clock_that_is_trusted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
