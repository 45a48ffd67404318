// The policy as a table: frames go in, looks and passes come out. No pictures.
#include "support/check.h"

#include "base/mem.h"
#include "code/policy.h"

#include <stdlib.h>

enum { FRAME_MS = 33, HELD_MS = 10000, QUIET_MS = 1500 };

struct stage {
    struct frame *frame;
    struct look_result *result;
    struct policy policy;
    int64_t now_ms;
    float module_px, side_px; // of what is located
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);

    stage->frame = mem_zero(sizeof *stage->frame);
    stage->result = mem_zero(sizeof *stage->result);
    stage->frame->width_px = 1280;
    stage->frame->height_px = 720;
    stage->module_px = 5;
    stage->side_px = 200;
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    free(stage->result);
    free(stage->frame);
    free(stage);
    return 0;
}

static void next_frame(struct stage *stage, int frame_ms)
{
    stage->frame->digest++;
    stage->now_ms += frame_ms;
}

static void clear_result(struct stage *stage)
{
    stage->result->read.count = 0;
    stage->result->located.is_there = false;
    stage->result->finder_count = 0;
    stage->result->is_suspect = stage->result->is_smeared = false;
}

static void set_corners(float x_px[4], float y_px[4], float left_px, float side_px)
{
    for (int i = 0; i < 4; i++) {
        x_px[i] = left_px + (i == 1 || i == 2 ? side_px : 0);
        y_px[i] = 300 + (i >= 2 ? side_px : 0);
    }
}

static void see_text(struct stage *stage, char text, float left_px)
{
    struct symbol *symbol = &stage->result->read.symbols[stage->result->read.count++];

    symbol->length = 1;
    symbol->text[0] = text;
    set_corners(symbol->x_px, symbol->y_px, left_px, 200);
}

static void locate(struct stage *stage, float left_px)
{
    stage->result->located = (struct located){.is_there = true, .fit = 0.7f, .module_px = stage->module_px};
    stage->result->finder_count = 3;
    set_corners(stage->result->located.x_px, stage->result->located.y_px, left_px, stage->side_px);
}

static struct policy_look look_at_nothing(struct stage *stage)
{
    struct policy_look look;

    next_frame(stage, FRAME_MS);
    clear_result(stage);
    assert_true(policy_begin(&stage->policy, stage->frame, stage->now_ms, &look));
    policy_note_look(&stage->policy, stage->frame, &look, stage->result, stage->now_ms);
    return look;
}

static void test_policy__looks_at_half_the_most_and_at_every_level_in_a_round(void **state)
{
    static const enum look_level large[] = {LOOK_HALF, LOOK_THIRD, LOOK_HALF, LOOK_FULL};
    static const enum look_level small[] = {LOOK_HALF, LOOK_HALF, LOOK_FULL, LOOK_HALF,
                                            LOOK_HALF, LOOK_HALF, LOOK_FULL, LOOK_THIRD};
    struct stage *stage = *state;

    for (int i = 0; i < 12; i++) {
        struct policy_look look = look_at_nothing(stage);
        assert_int_equal(look.level, large[i % 4]);
        assert_int_equal(look.region, -1);
        assert_int_equal(look.part.width_px, 1280);
        assert_int_equal(look.part.height_px, 720);
    }
    stage->frame->width_px = 640;
    stage->frame->height_px = 480;
    for (int i = 0; i < 16; i++) assert_int_equal(look_at_nothing(stage).level, small[i % 8]);
}

// Where a code was read is looked at again, at that level, every second time; the others go over the whole frame.
static void test_policy__shares_looks_between_who_is_there_and_who_comes(void **state)
{
    struct stage *stage = *state;
    struct policy_look look;

    next_frame(stage, FRAME_MS);
    assert_true(policy_begin(&stage->policy, stage->frame, stage->now_ms, &look));
    clear_result(stage);
    see_text(stage, 'A', 500);
    policy_note_look(&stage->policy, stage->frame, &look, stage->result, stage->now_ms);
    for (int i = 0; i < 8; i++) {
        struct policy_look next = look_at_nothing(stage);
        assert_int_equal(next.region >= 0, i % 2 == 0);
        if (next.region < 0) continue;
        assert_int_equal(next.level, look.level);
        assert_true(next.part.left_px >= 415 && next.part.left_px <= 425); // 1.8 times 200 px
        assert_in_range(next.part.width_px, 355, 365);
    }
    stage->now_ms += POLICY_REGION_MS; // it left
    for (int i = 0; i < 4; i++) assert_int_equal(look_at_nothing(stage).region, -1);
}

// Phones that one level only reads, held before a slow camera: none is out of sight for the quiet time.
static int64_t longest_gap_ms(struct stage *stage, int frame_ms, const enum look_level levels[2])
{
    int64_t seen_ms[2] = {0, 0}, longest_ms = 0, until_ms = stage->now_ms + HELD_MS;

    for (int i = 0; i < 2; i++) seen_ms[i] = stage->now_ms;
    while (stage->now_ms < until_ms) {
        struct policy_look look;
        next_frame(stage, frame_ms);
        clear_result(stage);
        if (!policy_begin(&stage->policy, stage->frame, stage->now_ms, &look)) continue;
        for (int i = 0; i < 2; i++) {
            int left_px = 100 + 700 * i;
            bool is_shown = look.part.left_px <= left_px && look.part.left_px + look.part.width_px >= left_px + 200;
            if (look.level != levels[i] || !is_shown) continue;
            see_text(stage, (char)('A' + i), (float)left_px);
            if (stage->now_ms - seen_ms[i] > longest_ms) longest_ms = stage->now_ms - seen_ms[i];
            seen_ms[i] = stage->now_ms;
        }
        policy_note_look(&stage->policy, stage->frame, &look, stage->result, stage->now_ms);
    }
    return longest_ms;
}

static void test_policy__two_phones_stay_in_view_whatever_level_reads_them(void **state)
{
    struct stage *stage = *state;

    for (enum look_level one = LOOK_FULL; one <= LOOK_THIRD; one++) {
        for (enum look_level other = LOOK_FULL; other <= LOOK_THIRD; other++) {
            const enum look_level levels[2] = {one, other};
            stage->policy = (struct policy){0};
            int64_t gap_ms = longest_gap_ms(stage, 150, levels);
            if (gap_ms >= QUIET_MS) fail_msg("levels %d and %d: %lld ms", (int)one, (int)other, (long long)gap_ms);
        }
    }
}

static bool take_unread_frame(struct stage *stage, struct fallback_order *out)
{
    struct policy_look look;

    next_frame(stage, FRAME_MS);
    clear_result(stage);
    locate(stage, 500);
    if (policy_begin(&stage->policy, stage->frame, stage->now_ms, &look))
        policy_note_look(&stage->policy, stage->frame, &look, stage->result, stage->now_ms);
    return policy_choose_pass(&stage->policy, stage->frame, stage->now_ms, out);
}

// One per frame by turns, none at first, and the time they took is a small share of all.
static void test_policy__passes_come_by_turns_and_rest(void **state)
{
    struct stage *stage = *state;
    struct fallback_order pass;
    int passes = 0, took_ms = 4;
    unsigned kinds = 0;

    assert_false(take_unread_frame(stage, &pass)); // the first unread frame
    for (int i = 0; i < 600; i++) {
        if (!take_unread_frame(stage, &pass)) continue;
        assert_true(pass.part.left_px < 500 && pass.part.left_px + pass.part.width_px > 700);
        assert_in_range(pass.part.width_px, 200, 320);
        policy_note_pass(&stage->policy, &pass, stage->now_ms, stage->now_ms + took_ms, false);
        kinds |= 1U << pass.fallback;
        passes++;
    }
    assert_int_equal(kinds, ((1U << FALLBACK_COUNT) - 1) & ~(1U << FALLBACK_DOUBLE)); // its modules are large enough
    assert_in_range(passes, 600 * FRAME_MS / (took_ms * POLICY_PASS_REST) / 2,
                    600 * FRAME_MS / (took_ms * POLICY_PASS_REST) + 1);
}

// However long it took: what a pass reads must be seen again before it counts as gone.
static void test_policy__a_pass_that_read_comes_again_in_time(void **state)
{
    struct stage *stage = *state;
    struct fallback_order pass;
    int64_t read_ms = 0;
    enum fallback reads = FALLBACK_BLUR;

    for (int i = 0; i < 900; i++) {
        if (!take_unread_frame(stage, &pass)) continue;
        bool is_read = pass.fallback == reads;
        if (read_ms > 0) {
            assert_int_equal(pass.fallback, reads);
            assert_true(stage->now_ms - read_ms < QUIET_MS);
        }
        if (is_read) read_ms = stage->now_ms;
        policy_note_pass(&stage->policy, &pass, stage->now_ms, stage->now_ms + 200, is_read);
    }
    assert_true(read_ms > 0);
}

static void test_policy__no_pass_for_a_blurred_sight_of_what_was_read(void **state)
{
    struct stage *stage = *state;
    struct policy_look look;
    struct fallback_order pass;

    next_frame(stage, FRAME_MS);
    assert_true(policy_begin(&stage->policy, stage->frame, stage->now_ms, &look));
    clear_result(stage);
    see_text(stage, 'A', 500);
    policy_note_look(&stage->policy, stage->frame, &look, stage->result, stage->now_ms);
    for (int i = 0; i < 20; i++) assert_false(take_unread_frame(stage, &pass));
}

// Calls for the same picture until it is exhausted: looks and passes it took.
static void hold_still(struct stage *stage, bool is_located, size_t finder_count, unsigned *levels, unsigned *passes)
{
    struct policy_look look;
    struct fallback_order pass;

    *levels = *passes = 0;
    stage->policy = (struct policy){0};
    for (int i = 0; i < 20 && !policy_is_exhausted(&stage->policy, stage->frame); i++) {
        stage->now_ms += FRAME_MS;
        clear_result(stage);
        if (is_located) locate(stage, 500);
        stage->result->finder_count = finder_count;
        if (policy_begin(&stage->policy, stage->frame, stage->now_ms, &look)) {
            assert_false(*levels & 1U << look.level);
            *levels |= 1U << look.level;
            policy_note_look(&stage->policy, stage->frame, &look, stage->result, stage->now_ms);
        }
        if (!policy_choose_pass(&stage->policy, stage->frame, stage->now_ms, &pass)) continue;
        assert_false(*passes & 1U << pass.fallback);
        *passes |= 1U << pass.fallback;
        policy_note_pass(&stage->policy, &pass, stage->now_ms, stage->now_ms + 500, false);
    }
    assert_true(policy_is_exhausted(&stage->policy, stage->frame));
    assert_false(policy_begin(&stage->policy, stage->frame, stage->now_ms, &look));
    assert_false(policy_choose_pass(&stage->policy, stage->frame, stage->now_ms, &pass));
}

static void test_policy__a_still_picture_is_tried_in_each_way_once(void **state)
{
    struct stage *stage = *state;
    const unsigned all_levels = 1 << LOOK_FULL | 1 << LOOK_HALF | 1 << LOOK_THIRD;
    const unsigned all_passes = (1 << FALLBACK_COUNT) - 1;
    unsigned levels, passes;

    hold_still(stage, true, 3, &levels, &passes); // a large symbol gets the likeliest ones only
    assert_int_equal(passes, 1 << FALLBACK_PLAIN | 1 << FALLBACK_SHARP);
    stage->side_px = 100;
    hold_still(stage, true, 3, &levels, &passes);
    assert_int_equal(levels, all_levels);
    assert_int_equal(passes, all_passes & ~(1U << FALLBACK_DOUBLE));
    stage->module_px = 2;
    hold_still(stage, true, 3, &levels, &passes);
    assert_int_equal(passes, 1 << FALLBACK_PLAIN | 1 << FALLBACK_SAUVOLA | 1 << FALLBACK_DOUBLE);
    hold_still(stage, true, POLICY_PASS_MOST_FINDERS + 1, &levels, &passes); // a carpet
    assert_int_equal(passes, 0);
    hold_still(stage, false, 0, &levels, &passes); // a wall
    assert_int_equal(levels, all_levels);
    assert_int_equal(passes, 0);
    hold_still(stage, false, 5, &levels, &passes); // a room: as a whole, only at half its size
    assert_int_equal(passes, 1 << FALLBACK_SHARP);
    stage->frame->width_px = 400;
    stage->frame->height_px = 400;
    hold_still(stage, false, 5, &levels, &passes);
    assert_int_equal(passes, 1 << FALLBACK_PLAIN | 1 << FALLBACK_SHARP);
    stage->frame->width_px = stage->frame->height_px = 150;
    hold_still(stage, false, 5, &levels, &passes);
    assert_int_equal(passes, all_passes);
    stage->frame->digest++;
    assert_false(policy_is_exhausted(&stage->policy, stage->frame)); // another picture
}

// A pass there was no time for takes the next frame's place; and nothing in pixels outlives a change of size.
static void test_policy__a_pass_put_off_comes_next_unless_frames_change(void **state)
{
    struct stage *stage = *state;
    struct policy_look look;
    struct fallback_order pass, next;

    while (!take_unread_frame(stage, &pass)) continue;
    policy_put_off(&stage->policy, &pass);
    next_frame(stage, FRAME_MS);
    assert_false(policy_begin(&stage->policy, stage->frame, stage->now_ms, &look));
    assert_true(policy_choose_pass(&stage->policy, stage->frame, stage->now_ms, &next));
    assert_int_equal(next.fallback, pass.fallback);
    assert_memory_equal(&next.part, &pass.part, sizeof next.part);
    policy_put_off(&stage->policy, &pass);
    stage->frame->width_px = 320;
    stage->frame->height_px = 240;
    struct policy_look whole = look_at_nothing(stage);
    assert_int_equal(whole.part.width_px, 320);
    assert_false(policy_choose_pass(&stage->policy, stage->frame, stage->now_ms, &next));
}

// Told to, it makes none, not even for a still picture, which is not through with that; and then it goes on.
static void test_policy__rests_as_long_as_it_is_told(void **state)
{
    enum { REST_MS = 5000 };
    struct stage *stage = *state;
    struct fallback_order pass;

    while (!take_unread_frame(stage, &pass)) continue;
    policy_put_off(&stage->policy, &pass);
    policy_rest(&stage->policy, stage->now_ms, REST_MS);
    for (int i = 1; i < REST_MS / FRAME_MS; i++) assert_false(take_unread_frame(stage, &pass));
    policy_rest(&stage->policy, stage->now_ms, REST_MS);
    stage->frame->digest++;
    for (int i = 0; i < REST_MS / FRAME_MS; i++) {
        stage->frame->digest--; // take_unread_frame counts it up: the same picture again
        assert_false(take_unread_frame(stage, &pass));
        assert_false(policy_is_exhausted(&stage->policy, stage->frame));
    }
    policy_rest(&stage->policy, stage->now_ms, 0);
    stage->frame->digest--;
    assert_true(take_unread_frame(stage, &pass));
}

// Where a pass over the box would take too long, the one at half its size is made; later it is tried again.
static void test_policy__on_a_slow_machine_passes_are_small(void **state)
{
    enum { MOST_US = 40000, SIDE_PX = 200 * POLICY_PASS_TENTHS / 10, AREA = SIDE_PX * SIDE_PX };
    struct stage *stage = *state;
    struct fallback_order pass;
    int passes = 0;

    stage->policy.pass_most_us = MOST_US;
    policy_note_pace(&stage->policy, AREA, 2 * MOST_US, stage->now_ms);
    while (stage->now_ms < PACE_KNOWN_MS) {
        if (!take_unread_frame(stage, &pass)) continue;
        if (stage->now_ms >= PACE_KNOWN_MS) break;
        assert_int_equal(pass.fallback, FALLBACK_SHARP);
        policy_note_pass(&stage->policy, &pass, stage->now_ms, stage->now_ms + 20, false);
        passes++;
    }
    assert_in_range(passes, 5, 50);
    stage->now_ms += POLICY_PASS_MOST_REST_MS;
    while (!take_unread_frame(stage, &pass)) continue;
    assert_int_not_equal(pass.fallback, FALLBACK_SHARP);
}

// A symbol in motion: at the level that reads the most, and from there at the one that sees the most; each once.
static void test_policy__looks_again_at_what_moves(void **state)
{
    struct stage *stage = *state;
    struct policy_look look, again;

    for (int turn = 0; turn < 4; turn++) {
        look = look_at_nothing(stage);
        assert_false(policy_look_again(&stage->policy, &look, stage->result, &again));
        stage->result->is_suspect = turn & 1;
        stage->result->is_smeared = !stage->result->is_suspect;
        assert_true(policy_look_again(&stage->policy, &look, stage->result, &again));
        assert_int_equal(again.level, look.level == LOOK_HALF ? LOOK_FULL : LOOK_HALF);
        assert_memory_equal(&again.part, &look.part, sizeof again.part);
        policy_note_look(&stage->policy, stage->frame, &again, stage->result, stage->now_ms);
        assert_false(policy_look_again(&stage->policy, &look, stage->result, &again));
        see_text(stage, 'A', 500);
        assert_false(policy_look_again(&stage->policy, &look, stage->result, &again));
    }
}

#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(test_policy__looks_at_half_the_most_and_at_every_level_in_a_round),
        WITH_STAGE(test_policy__rests_as_long_as_it_is_told),
        WITH_STAGE(test_policy__on_a_slow_machine_passes_are_small),
        WITH_STAGE(test_policy__shares_looks_between_who_is_there_and_who_comes),
        WITH_STAGE(test_policy__two_phones_stay_in_view_whatever_level_reads_them),
        WITH_STAGE(test_policy__passes_come_by_turns_and_rest),
        WITH_STAGE(test_policy__a_pass_that_read_comes_again_in_time),
        WITH_STAGE(test_policy__no_pass_for_a_blurred_sight_of_what_was_read),
        WITH_STAGE(test_policy__looks_again_at_what_moves),
        WITH_STAGE(test_policy__a_still_picture_is_tried_in_each_way_once),
        WITH_STAGE(test_policy__a_pass_put_off_comes_next_unless_frames_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
