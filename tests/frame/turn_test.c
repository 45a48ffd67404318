// turn: pictures set upright, whichever way the camera hangs.
#include "support/check.h"

#include "base/mem.h"
#include "frame/turn.h"

#include <stdlib.h>

enum { WIDTH_PX = 131, HEIGHT_PX = 71 };

struct pair {
    struct frame from, to;
};

static int set_up(void **state)
{
    struct pair *pair = mem_zero(sizeof *pair);

    pair->from = (struct frame){.width_px = WIDTH_PX, .height_px = HEIGHT_PX, .mono_ms = 7, .digest = 99};
    for (int i = 0; i < WIDTH_PX * HEIGHT_PX; i++) pair->from.pixels[i] = (uint8_t)(i * 31 + i / WIDTH_PX);
    *state = pair;
    return 0;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

static int pixel(const struct frame *frame, int x, int y)
{
    return frame->pixels[y * frame->width_px + x];
}

static void assert_size(const struct frame *frame, int width_px, int height_px)
{
    assert_int_equal(frame->width_px, width_px);
    assert_int_equal(frame->height_px, height_px);
}

static void test_turn__leaves_an_upright_camera_alone(void **state)
{
    (void)state;
    assert_false(turn_is_needed(&(struct turn){0}));
    assert_true(turn_is_needed(&(struct turn){.degrees = 180}));
    assert_true(turn_is_needed(&(struct turn){.is_flipped = true}));
}

static void test_turn__brings_the_left_edge_to_the_top_at_90(void **state)
{
    struct pair *pair = *state;

    turn_frame(&(struct turn){.degrees = 90}, &pair->from, &pair->to);
    assert_size(&pair->to, HEIGHT_PX, WIDTH_PX);
    for (int y = 0; y < HEIGHT_PX; y++)
        for (int x = 0; x < WIDTH_PX; x++)
            assert_int_equal(pixel(&pair->to, HEIGHT_PX - 1 - y, x), pixel(&pair->from, x, y));
}

static void test_turn__stands_on_its_head_at_180(void **state)
{
    struct pair *pair = *state;

    turn_frame(&(struct turn){.degrees = 180}, &pair->from, &pair->to);
    assert_size(&pair->to, WIDTH_PX, HEIGHT_PX);
    for (int y = 0; y < HEIGHT_PX; y++)
        for (int x = 0; x < WIDTH_PX; x++)
            assert_int_equal(pixel(&pair->to, WIDTH_PX - 1 - x, HEIGHT_PX - 1 - y), pixel(&pair->from, x, y));
}

static void test_turn__brings_the_right_edge_to_the_top_at_270(void **state)
{
    struct pair *pair = *state;

    turn_frame(&(struct turn){.degrees = 270}, &pair->from, &pair->to);
    assert_size(&pair->to, HEIGHT_PX, WIDTH_PX);
    for (int y = 0; y < HEIGHT_PX; y++)
        for (int x = 0; x < WIDTH_PX; x++)
            assert_int_equal(pixel(&pair->to, y, WIDTH_PX - 1 - x), pixel(&pair->from, x, y));
}

// The camera's own mistake is undone before anything else: flipped and then turned is not turned and then flipped.
static void test_turn__flips_first(void **state)
{
    struct pair *pair = *state;
    struct frame *flipped = mem_zero(sizeof *flipped), *twice = mem_zero(sizeof *twice);

    turn_frame(&(struct turn){.is_flipped = true}, &pair->from, flipped);
    assert_size(flipped, WIDTH_PX, HEIGHT_PX);
    for (int y = 0; y < HEIGHT_PX; y++)
        for (int x = 0; x < WIDTH_PX; x++)
            assert_int_equal(pixel(flipped, WIDTH_PX - 1 - x, y), pixel(&pair->from, x, y));
    for (int degrees = 90; degrees < 360; degrees += 90) {
        turn_frame(&(struct turn){.degrees = degrees}, flipped, twice);
        turn_frame(&(struct turn){.degrees = degrees, .is_flipped = true}, &pair->from, &pair->to);
        assert_size(&pair->to, twice->width_px, twice->height_px);
        assert_memory_equal(pair->to.pixels, twice->pixels, WIDTH_PX * HEIGHT_PX);
    }
    free(twice);
    free(flipped);
}

static void test_turn__keeps_time_and_digest(void **state)
{
    struct pair *pair = *state;

    turn_frame(&(struct turn){.degrees = 90}, &pair->from, &pair->to);
    assert_int_equal(pair->to.mono_ms, 7);
    assert_int_equal(pair->to.digest, 99);
}

#define WITH_PAIR(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turn__leaves_an_upright_camera_alone),
        WITH_PAIR(test_turn__brings_the_left_edge_to_the_top_at_90),
        WITH_PAIR(test_turn__stands_on_its_head_at_180),
        WITH_PAIR(test_turn__brings_the_right_edge_to_the_top_at_270),
        WITH_PAIR(test_turn__flips_first),
        WITH_PAIR(test_turn__keeps_time_and_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
