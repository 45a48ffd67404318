#include "support/check.h"

#include "code/hint_hold.h"

enum { FRAME_MS = 100 };

struct run {
    struct hint_hold hold;
    int64_t now_ms;
    int64_t begun_ms, shown_ms; // of run(): when it began; when a hint first came up, -1: never
    int changes;
};

// Frames with this hint in every n-th of them, for so long; answers what is shown at the end.
static enum hint run(struct run *run, enum hint seen, int every, int64_t ms)
{
    run->begun_ms = run->now_ms;
    run->shown_ms = -1;
    run->changes = 0;
    for (int i = 0; run->now_ms < run->begun_ms + ms; i++) {
        enum hint before = run->hold.shown;
        run->now_ms += FRAME_MS;
        hint_hold_step(&run->hold, i % every == 0 ? seen : HINT_NONE, false, run->now_ms);
        run->changes += run->hold.shown != before;
        if (run->hold.shown != HINT_NONE && run->shown_ms < 0) run->shown_ms = run->now_ms - run->begun_ms;
    }
    return run->hold.shown;
}

static void test_hint_hold__shows_what_lasts(void **state)
{
    (void)state;
    for (int every = 1; every <= 4; every++) { // the reader tries other ways in between
        struct run it = {.now_ms = 100000};
        assert_int_equal(run(&it, HINT_NEARER, every, 4000), HINT_NEARER);
        assert_in_range(it.shown_ms, HINT_HOLD_STEADY_MS, HINT_HOLD_STEADY_MS + 4 * FRAME_MS);
        assert_int_equal(it.changes, 1);
    }
    struct run rare = {0};
    assert_int_equal(run(&rare, HINT_NEARER, 6, 20000), HINT_NONE); // now and then: noise
}

static void test_hint_hold__goes_at_once_when_a_code_was_read(void **state)
{
    struct run it = {0};

    (void)state;
    assert_int_equal(run(&it, HINT_BRIGHTER, 1, 3000), HINT_BRIGHTER);
    assert_int_equal(hint_hold_step(&it.hold, HINT_NONE, true, it.now_ms + 1), HINT_NONE);
    assert_int_equal(run(&it, HINT_BRIGHTER, 1, HINT_HOLD_STEADY_MS - FRAME_MS), HINT_NONE); // all anew
    assert_int_equal(run(&it, HINT_BRIGHTER, 1, 1000), HINT_BRIGHTER); // the next person has the same trouble
}

static void test_hint_hold__goes_soon_after_its_cause(void **state)
{
    struct run it = {0};

    (void)state;
    assert_int_equal(run(&it, HINT_FARTHER, 1, 3000), HINT_FARTHER);
    assert_int_equal(run(&it, HINT_NONE, 1, HINT_HOLD_GONE_MS - 2 * FRAME_MS), HINT_FARTHER);
    assert_int_equal(run(&it, HINT_NONE, 1, 3 * FRAME_MS), HINT_NONE);
    assert_int_equal(run(&it, HINT_NEARER, 1, 1600), HINT_NEARER);
}

static void test_hint_hold__does_not_nag(void **state)
{
    struct run it = {0};
    int64_t shown_ms = 0;

    (void)state;
    for (int i = 0; i < 36000; i++) { // a poster, for an hour
        it.now_ms += FRAME_MS;
        shown_ms += hint_hold_step(&it.hold, HINT_NEARER, false, it.now_ms) == HINT_NONE ? 0 : FRAME_MS;
    }
    assert_in_range(shown_ms, 600000, 800000); // 8 s of 38
    struct run other = {0};
    assert_int_equal(run(&other, HINT_NEARER, 1, 12000), HINT_NONE);      // unheeded, resting
    assert_int_equal(run(&other, HINT_BRIGHTER, 1, 2000), HINT_BRIGHTER); // which doesn't keep back another one
}

static void test_hint_hold__between_two_the_older_one_stands_still(void **state)
{
    struct run it = {0};

    (void)state;
    for (int i = 0; i < 60; i++) {
        it.now_ms += FRAME_MS;
        enum hint shown = hint_hold_step(&it.hold, i % 2 ? HINT_NEARER : HINT_BRIGHTER, false, it.now_ms);
        assert_true(shown == HINT_NONE || shown == HINT_BRIGHTER);
    }
    assert_int_equal(it.hold.shown, HINT_BRIGHTER);
}

static void test_hint_hold__a_covered_camera_is_said_late_and_as_long_as_it_is(void **state)
{
    struct run it = {0};

    (void)state;
    assert_int_equal(run(&it, HINT_COVERED, 1, HINT_HOLD_COVERED_MS), HINT_NONE);
    assert_int_equal(run(&it, HINT_COVERED, 1, 600000), HINT_COVERED);
    assert_in_range(it.shown_ms, 0, 2 * FRAME_MS);
    assert_int_equal(it.changes, 1);
    assert_int_equal(run(&it, HINT_NONE, 1, HINT_HOLD_GONE_MS + FRAME_MS), HINT_NONE);
    assert_int_equal(run(&it, HINT_COVERED, 2, 60000), HINT_NONE); // one way of reading saw something
}

static void test_hint_hold__who_cannot_read_says_so_as_long_as_it_is(void **state)
{
    struct run it = {0};

    (void)state;
    assert_int_equal(run(&it, HINT_BLIND, 1, 600000), HINT_BLIND);
    assert_int_equal(it.changes, 1);
    assert_int_equal(run(&it, HINT_NONE, 1, HINT_HOLD_GONE_MS + FRAME_MS), HINT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hint_hold__shows_what_lasts),
        cmocka_unit_test(test_hint_hold__goes_at_once_when_a_code_was_read),
        cmocka_unit_test(test_hint_hold__goes_soon_after_its_cause),
        cmocka_unit_test(test_hint_hold__does_not_nag),
        cmocka_unit_test(test_hint_hold__between_two_the_older_one_stands_still),
        cmocka_unit_test(test_hint_hold__who_cannot_read_says_so_as_long_as_it_is),
        cmocka_unit_test(test_hint_hold__a_covered_camera_is_said_late_and_as_long_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
