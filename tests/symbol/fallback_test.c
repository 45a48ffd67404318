#include "support/check.h"

#include "base/mem.h"
#include "symbol/fallback.h"

#include <stdlib.h>

enum { WIDTH_PX = 320, HEIGHT_PX = 240, MARGIN = FALLBACK_MARGIN_PX };

struct stage {
    struct frame *frame;
    struct fallback_room *room;
    struct fallback_picture made;
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);

    stage->frame = mem_zero(sizeof *stage->frame);
    stage->frame->width_px = WIDTH_PX;
    stage->frame->height_px = HEIGHT_PX;
    assert_int_equal(fallback_room_open(&stage->room), STATUS_OK);
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    fallback_room_close(stage->room);
    free(stage->frame);
    free(stage);
    return 0;
}

static bool make(struct stage *stage, struct box part, enum fallback fallback, bool is_light)
{
    return fallback_make(stage->room, stage->frame, &(struct fallback_order){fallback, part, is_light}, &stage->made);
}

// A pixel of what was made, counted from the part's first; the margin lies before it.
static int made_at(const struct stage *stage, int x, int y)
{
    const struct grey_picture *picture = &stage->made.picture;

    return picture->pixels[(y + MARGIN) * picture->stride_bytes + x + MARGIN];
}

// Squares of `pitch_px` by turns, in light that falls from left to right.
static bool is_dark_square(int x, int y, int pitch_px)
{
    return (x / pitch_px + y / pitch_px) % 2 == 0;
}

static void draw_squares(struct stage *stage, int pitch_px, int dark, int light, int falls)
{
    for (int y = 0; y < HEIGHT_PX; y++)
        for (int x = 0; x < WIDTH_PX; x++)
            stage->frame->pixels[y * WIDTH_PX + x] =
                (uint8_t)((is_dark_square(x, y, pitch_px) ? dark : light) - x * falls / WIDTH_PX);
}

static void test_fallback__plain_is_the_part_in_a_light_margin(void **state)
{
    struct stage *stage = *state;
    const struct grey_picture *picture = &stage->made.picture;

    draw_squares(stage, 5, 30, 200, 20);
    assert_true(make(stage, (struct box){40, 20, 100, 60}, FALLBACK_PLAIN, false));
    assert_int_equal(picture->width_px, 100 + 2 * MARGIN);
    assert_int_equal(picture->height_px, 60 + 2 * MARGIN);
    assert_int_equal(picture->stride_bytes, picture->width_px);
    assert_true(stage->made.left_px == 40 - MARGIN && stage->made.top_px == 20 - MARGIN && stage->made.scale == 1);
    for (int y = 0; y < 60; y++)
        for (int x = 0; x < 100; x++)
            assert_int_equal(made_at(stage, x, y), stage->frame->pixels[(y + 20) * WIDTH_PX + x + 40]);
    for (int i = 0; i < picture->width_px * MARGIN; i++) assert_int_equal(picture->pixels[i], 255);
}

static void test_fallback__light_codes_come_out_dark(void **state)
{
    struct stage *stage = *state;

    draw_squares(stage, 5, 30, 200, 0);
    for (enum fallback fallback = 0; fallback < FALLBACK_COUNT; fallback++) {
        int inside, inverted, place = fallback == FALLBACK_DOUBLE ? 14 : fallback == FALLBACK_SHARP ? 3 : 7;
        assert_true(make(stage, (struct box){0, 0, 100, 100}, fallback, false));
        inside = made_at(stage, place, place);
        assert_true(make(stage, (struct box){0, 0, 100, 100}, fallback, true));
        inverted = made_at(stage, place, place);
        assert_int_equal(inside + inverted, 255);
        assert_int_equal(stage->made.picture.pixels[0], 255); // the margin stays light
    }
}

// A threshold for all would fail: the lightest dark is lighter than the darkest light.
static void test_fallback__sauvola_tells_black_from_white_in_falling_light(void **state)
{
    struct stage *stage = *state;
    int wrong = 0;

    draw_squares(stage, 4, 150, 250, 145);
    assert_true(make(stage, (struct box){0, 0, WIDTH_PX, HEIGHT_PX}, FALLBACK_SAUVOLA, false));
    for (int y = 0; y < HEIGHT_PX; y++) {
        for (int x = 0; x < WIDTH_PX; x++) {
            int made = made_at(stage, x, y);
            assert_true(made == 0 || made == 255);
            wrong += (made == 0) != is_dark_square(x, y, 4);
        }
    }
    assert_in_range(wrong, 0, WIDTH_PX * HEIGHT_PX / 100);
}

static void test_fallback__sauvola_leaves_paper_white(void **state)
{
    struct stage *stage = *state;

    memset(stage->frame->pixels, 120, (size_t)WIDTH_PX * HEIGHT_PX);
    assert_true(make(stage, (struct box){10, 10, 200, 200}, FALLBACK_SAUVOLA, false));
    for (int y = 0; y < 200; y++)
        for (int x = 0; x < 200; x++) assert_int_equal(made_at(stage, x, y), 255);
}

static void test_fallback__double_keeps_edges_where_they_are(void **state)
{
    struct stage *stage = *state;

    draw_squares(stage, 10, 0, 240, 0);
    assert_true(make(stage, (struct box){20, 20, 80, 80}, FALLBACK_DOUBLE, false));
    assert_true(stage->made.scale == 0.5f && stage->made.left_px == 20 - MARGIN / 2.0f);
    for (int y = 0; y < 160; y++)
        for (int x = 0; x < 160; x++) assert_int_equal(made_at(stage, x, y) < 120, is_dark_square(x / 2, y / 2, 10));
    assert_int_equal(made_at(stage, 18, 5), 0); // a quarter on the way to the next pixel …
    assert_int_equal(made_at(stage, 19, 5), 60);
    assert_int_equal(made_at(stage, 20, 5), 180); // … and three
}

static void test_fallback__sharp_brings_back_contrast_at_half_the_size(void **state)
{
    struct stage *stage = *state;

    draw_squares(stage, 4, 100, 140, 0);
    assert_true(make(stage, (struct box){0, 0, 160, 160}, FALLBACK_SHARP, false));
    assert_true(stage->made.scale == 2 && stage->made.picture.width_px == 80 + 2 * MARGIN);
    for (int y = 4; y < 70; y++) {
        for (int x = 4; x < 70; x++) {
            int made = made_at(stage, x, y);
            if (is_dark_square(2 * x, 2 * y, 4)) assert_true(made < 90);
            else assert_true(made > 150);
        }
    }
}

static void test_fallback__blur_takes_noise_away(void **state)
{
    struct stage *stage = *state;
    uint32_t random = 1;
    double before = 0, after = 0;

    for (int i = 0; i < WIDTH_PX * HEIGHT_PX; i++) {
        random = random * 1664525U + 1013904223U;
        stage->frame->pixels[i] = (uint8_t)(100 + (random >> 24) % 41);
        before += abs(stage->frame->pixels[i] - 120);
    }
    assert_true(make(stage, (struct box){0, 0, WIDTH_PX, HEIGHT_PX}, FALLBACK_BLUR, false));
    for (int y = 0; y < HEIGHT_PX; y++)
        for (int x = 0; x < WIDTH_PX; x++) after += abs(made_at(stage, x, y) - 120);
    assert_true(after < before / 2); // the weights 1 2 1 leave 3/8 of the deviation
}

static void test_fallback__refuses_what_can_not_be_made(void **state)
{
    struct stage *stage = *state;

    stage->frame->width_px = 1280;
    stage->frame->height_px = 1024;
    memset(stage->frame->pixels, 200, 1280 * 1024);
    assert_false(make(stage, (struct box){0, 0, 1280, 1024}, FALLBACK_DOUBLE, false));
    assert_false(make(stage, (struct box){0, 0, 10, 10}, FALLBACK_SHARP, false));
    assert_false(make(stage, (struct box){5, 5, 0, 0}, FALLBACK_PLAIN, false));
    assert_true(make(stage, (struct box){0, 0, 1280, 1024}, FALLBACK_PLAIN, false)); // without its margin
    assert_int_equal(stage->made.picture.width_px, 1280);
    assert_true(stage->made.left_px == 0 && stage->made.top_px == 0);
    assert_true(make(stage, (struct box){1200, 1000, 80, 24}, FALLBACK_BLUR, false));
}

#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(test_fallback__plain_is_the_part_in_a_light_margin),
        WITH_STAGE(test_fallback__light_codes_come_out_dark),
        WITH_STAGE(test_fallback__sauvola_tells_black_from_white_in_falling_light),
        WITH_STAGE(test_fallback__sauvola_leaves_paper_white),
        WITH_STAGE(test_fallback__double_keeps_edges_where_they_are),
        WITH_STAGE(test_fallback__sharp_brings_back_contrast_at_half_the_size),
        WITH_STAGE(test_fallback__blur_takes_noise_away),
        WITH_STAGE(test_fallback__refuses_what_can_not_be_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
