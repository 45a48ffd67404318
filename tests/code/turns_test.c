#include "support/check.h"

#include "code/turns.h"

enum { BUDGET_MS = 100, PERIOD = 10 };

// Looks at a new picture per frame and counts the ways; each takes took_ms[way].
static void run(struct turns *turns, int frames, const int64_t took_ms[WAY_COUNT], int counts[WAY_COUNT + 1])
{
    int64_t now_ms = 0;

    memset(counts, 0, (WAY_COUNT + 1) * sizeof *counts);
    for (int i = 0; i < frames; i++) {
        enum way way = turns_choose(turns, (uint64_t)i, now_ms);
        counts[way]++;
        if (way != WAY_COUNT) (void)turns_note(turns, way, now_ms, now_ms + took_ms[way]);
        now_ms += way == WAY_COUNT ? 66 : 66 + took_ms[way];
    }
}

static void test_turns__half_size_every_second_frame_and_every_way_in_a_round(void **state)
{
    static const int64_t quick[WAY_COUNT] = {5, 20, 5, 20, 3};
    struct turns turns = {.budget_ms = BUDGET_MS};
    int counts[WAY_COUNT + 1];

    (void)state;
    run(&turns, PERIOD, quick, counts);
    assert_int_equal(counts[WAY_HALF], PERIOD / 2);
    for (int way = 0; way < WAY_COUNT; way++) assert_true(counts[way] >= 1);
    assert_int_equal(counts[WAY_COUNT], 0);
}

static void test_turns__a_still_picture_is_tried_in_each_way_once(void **state)
{
    struct turns turns = {.budget_ms = BUDGET_MS};
    unsigned seen = 0;

    (void)state;
    for (int round = 0; round < 3; round++) { // from any place in the order
        (void)turns_choose(&turns, 1000 + (uint64_t)round, 0);
        seen = 0;
        for (int i = 0; i < WAY_COUNT; i++) {
            assert_false(turns_is_exhausted(&turns));
            enum way way = turns_choose(&turns, (uint64_t)round, 0);
            assert_true(way != WAY_COUNT && !(seen & 1U << way));
            seen |= 1U << way;
            assert_false(turns_note(&turns, way, 0, BUDGET_MS));
        }
        assert_true(turns_is_exhausted(&turns));
        assert_int_equal(turns_choose(&turns, (uint64_t)round, 0), WAY_COUNT);
    }
    assert_int_not_equal(turns_choose(&turns, 99, 0), WAY_COUNT);
    assert_false(turns_is_exhausted(&turns));
}

// Slow again and again, each time as soon as it may: how long it rests after that.
static void assert_rests(int64_t took_ms, const int64_t *rests_ms, int count)
{
    struct turns turns = {.budget_ms = BUDGET_MS};
    int64_t now_ms = 0;

    for (int i = 0; i < count; i++) {
        bool is_news = turns_note(&turns, WAY_FULL, now_ms, now_ms + took_ms);
        assert_int_equal(is_news, i == 0); // told once
        now_ms += took_ms;
        assert_int_equal(turns.ways[WAY_FULL].rests_until_ms - now_ms, rests_ms[i]);
        now_ms += rests_ms[i];
    }
    assert_true(turns_note(&turns, WAY_FULL, now_ms, now_ms + BUDGET_MS)); // quick again: told, and forgiven
    assert_true(turns_note(&turns, WAY_FULL, now_ms, now_ms + took_ms));
    assert_int_equal(turns.ways[WAY_FULL].rests_until_ms - now_ms - took_ms, rests_ms[0]);
}

static void test_turns__a_slow_way_rests_longer_and_longer(void **state)
{
    static const int64_t a_little_slow[] = {480, 960, 1920, 3840, 3840, 3840}; // a Pi 4 at full size
    static const int64_t hostile[] = {8000, TURNS_MOST_REST_MS, TURNS_MOST_REST_MS};

    (void)state;
    assert_rests(120, a_little_slow, 6);
    assert_rests(2000, hostile, 3);
}

static void test_turns__hostile_pictures_do_not_hold_the_thread(void **state)
{
    static const int64_t hostile[WAY_COUNT] = {20, 2000, 20, 2000, 20};
    struct turns turns = {.budget_ms = BUDGET_MS};
    int counts[WAY_COUNT + 1];

    (void)state;
    run(&turns, 1000, hostile, counts);
    int slow = counts[WAY_FULL] + counts[WAY_FULL_INVERTED];
    assert_true(slow >= 2 && slow <= 2 * (1 + 1000 * 86 / TURNS_MOST_REST_MS + 2));
    assert_true(counts[WAY_HALF] > 400); // the quick ways go on
}

static void test_turns__a_still_picture_waits_for_a_way_that_rests(void **state)
{
    struct turns turns = {.budget_ms = BUDGET_MS};
    enum way way;

    (void)state;
    (void)turns_choose(&turns, 1, 0);
    (void)turns_note(&turns, WAY_FULL, 0, 1000);
    while ((way = turns_choose(&turns, 2, 1000)) != WAY_COUNT) {
        assert_int_not_equal(way, WAY_FULL);
        (void)turns_note(&turns, way, 1000, 1001);
    }
    assert_false(turns_is_exhausted(&turns)); // full size is still to come
    assert_int_equal(turns_choose(&turns, 2, 4999), WAY_COUNT);
    assert_int_equal(turns_choose(&turns, 2, 5000), WAY_FULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turns__half_size_every_second_frame_and_every_way_in_a_round),
        cmocka_unit_test(test_turns__a_still_picture_is_tried_in_each_way_once),
        cmocka_unit_test(test_turns__a_slow_way_rests_longer_and_longer),
        cmocka_unit_test(test_turns__hostile_pictures_do_not_hold_the_thread),
        cmocka_unit_test(test_turns__a_still_picture_waits_for_a_way_that_rests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
