#include "support/check.h"

#include "code/debounce.h"
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
        if (way != WAY_COUNT) (void)turns_note(turns, way, now_ms, now_ms + took_ms[way], 0);
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
            assert_false(turns_note(&turns, way, 0, BUDGET_MS, 0));
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
        bool is_news = turns_note(&turns, WAY_FULL, now_ms, now_ms + took_ms, 0);
        assert_int_equal(is_news, i == 0); // told once
        now_ms += took_ms;
        assert_int_equal(turns.ways[WAY_FULL].rests_until_ms - now_ms, rests_ms[i]);
        now_ms += rests_ms[i];
    }
    assert_true(turns_note(&turns, WAY_FULL, now_ms, now_ms + BUDGET_MS, 0)); // quick again: told, and forgiven
    assert_true(turns_note(&turns, WAY_FULL, now_ms, now_ms + took_ms, 0));
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
    (void)turns_note(&turns, WAY_FULL, 0, 1000, 0);
    while ((way = turns_choose(&turns, 2, 1000)) != WAY_COUNT) {
        assert_int_not_equal(way, WAY_FULL);
        (void)turns_note(&turns, way, 1000, 1001, 0);
    }
    assert_false(turns_is_exhausted(&turns)); // full size is still to come
    assert_int_equal(turns_choose(&turns, 2, 4999), WAY_COUNT);
    assert_int_equal(turns_choose(&turns, 2, 5000), WAY_FULL);
}

// Phones held in front of the camera, each readable in one way only; how many scans of each that makes.
struct held {
    int64_t frame_ms, hold_ms;
    int64_t took_ms[WAY_COUNT];
    int scans[WAY_COUNT]; // by the only way that reads the phone; -1: no phone like that
};

static void hold(struct held *held)
{
    struct turns turns = {.budget_ms = BUDGET_MS};
    struct debounce debounce = {.quiet_ms = 1500};

    for (int64_t now_ms = 0, frame = 0; now_ms < held->hold_ms; frame++) {
        enum way way = turns_choose(&turns, (uint64_t)frame, now_ms);
        int64_t taken_ms = now_ms; // the frame; the next one to look at is the newest when this one is done
        if (way != WAY_COUNT) {
            bool is_hit = held->scans[way] >= 0;
            struct code code = {.mono_ms = taken_ms, .length = 1, .text = {(char)('A' + (int)way)}};
            if (is_hit) held->scans[way] += debounce_is_new(&debounce, &code);
            (void)turns_note(&turns, way, now_ms, now_ms + held->took_ms[way], is_hit ? 1 + (uint64_t)way : 0);
            now_ms += held->took_ms[way];
        }
        now_ms += held->frame_ms - (now_ms - taken_ms) % held->frame_ms;
    }
}

static void test_turns__a_phone_that_reads_in_one_way_only_is_one_scan(void **state)
{
    (void)state;
    for (int way = 0; way < WAY_COUNT; way++) {
        struct held held = {200, 10000, {20, 60, 20, 60, 20}, {-1, -1, -1, -1, -1}}; // a webcam in dim light
        held.scans[way] = 0;
        hold(&held);
        if (held.scans[way] != 1) fail_msg("way %d: %d scans", way, held.scans[way]);
    }
}

static void test_turns__a_phone_that_reads_slowly_is_one_scan(void **state)
{
    struct held held = {66, 30000, {20, 200, 20, 200, 20}, {-1, 0, -1, -1, -1}};

    (void)state;
    hold(&held);
    assert_int_equal(held.scans[WAY_FULL], 1);
}

static void test_turns__two_phones_that_read_in_different_ways_are_two_scans(void **state)
{
    struct held held = {200, 10000, {20, 60, 20, 60, 20}, {0, -1, -1, 0, -1}};

    (void)state;
    hold(&held);
    assert_int_equal(held.scans[WAY_HALF], 1);
    assert_int_equal(held.scans[WAY_FULL_INVERTED], 1);
}

// A phone that many ways read must not crowd out the one that a single way reads.
static void test_turns__a_phone_takes_no_more_turns_if_many_ways_read_it(void **state)
{
    struct turns turns = {.budget_ms = BUDGET_MS};
    int hidden = 0;

    (void)state;
    for (int i = 0; i < 4 * PERIOD; i++) {
        enum way way = turns_choose(&turns, (uint64_t)i, i);
        hidden += way == WAY_FULL_INVERTED;
        (void)turns_note(&turns, way, i, i, way == WAY_FULL_INVERTED ? 1 : 2);
    }
    assert_in_range(hidden, PERIOD - 4, 2 * PERIOD);
}

// One phone stays; another, readable in another way, comes beside it.
static void test_turns__a_phone_in_view_does_not_hold_up_the_next(void **state)
{
    (void)state;
    for (int first = 0; first < WAY_COUNT; first++) {
        struct turns turns = {.budget_ms = BUDGET_MS};
        unsigned seen = 0;
        int frames = 0;

        (void)turns_note(&turns, (enum way)first, 0, 1, 1 + (uint64_t)first);
        while (seen != (1 << WAY_COUNT) - 1) {
            enum way way = turns_choose(&turns, (uint64_t)frames, frames);
            (void)turns_note(&turns, way, frames, frames, (int)way == first ? 1 + (uint64_t)way : 0);
            seen |= 1U << way;
            frames++;
        }
        assert_in_range(frames, WAY_COUNT, 2 * PERIOD); // at most half as often as with nobody there
    }
}

static void test_turns__who_is_gone_is_forgotten(void **state)
{
    struct turns turns = {.budget_ms = BUDGET_MS};
    int inverted = 0;

    (void)state;
    (void)turns_note(&turns, WAY_FULL_INVERTED, 0, 1, 1);
    for (int i = 0; i < 2 * PERIOD; i++) {
        int64_t now_ms = 1 + TURNS_HIT_FRESH_MS + i;
        enum way way = turns_choose(&turns, (uint64_t)i, now_ms);
        inverted += way == WAY_FULL_INVERTED;
        (void)turns_note(&turns, way, now_ms, now_ms, 0);
    }
    assert_int_equal(inverted, 2); // once a round, as ever
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turns__half_size_every_second_frame_and_every_way_in_a_round),
        cmocka_unit_test(test_turns__a_still_picture_is_tried_in_each_way_once),
        cmocka_unit_test(test_turns__a_slow_way_rests_longer_and_longer),
        cmocka_unit_test(test_turns__hostile_pictures_do_not_hold_the_thread),
        cmocka_unit_test(test_turns__a_still_picture_waits_for_a_way_that_rests),
        cmocka_unit_test(test_turns__a_phone_that_reads_in_one_way_only_is_one_scan),
        cmocka_unit_test(test_turns__a_phone_that_reads_slowly_is_one_scan),
        cmocka_unit_test(test_turns__two_phones_that_read_in_different_ways_are_two_scans),
        cmocka_unit_test(test_turns__a_phone_takes_no_more_turns_if_many_ways_read_it),
        cmocka_unit_test(test_turns__a_phone_in_view_does_not_hold_up_the_next),
        cmocka_unit_test(test_turns__who_is_gone_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
