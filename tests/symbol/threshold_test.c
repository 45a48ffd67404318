#include "support/check.h"

#include "base/mem.h"
#include "symbol/threshold.h"

#include <stdlib.h>

enum { WIDTH_PX = 203, HEIGHT_PX = 117 }; // no multiples of a block

struct stage {
    uint8_t pixels[WIDTH_PX * HEIGHT_PX];
    struct grey_picture picture;
    struct threshold_room *room;
    struct threshold threshold;
    uint32_t random;
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);

    assert_int_equal(threshold_room_open(&stage->room), STATUS_OK);
    stage->picture = (struct grey_picture){stage->pixels, WIDTH_PX, HEIGHT_PX, WIDTH_PX};
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    threshold_room_close(stage->room);
    free(stage);
    return 0;
}

static int noise_of(struct stage *stage, int most)
{
    stage->random = stage->random * 1664525U + 1013904223U;
    return (int)((stage->random >> 16) % (2 * (unsigned)most + 1)) - most;
}

enum { STRIPED_PX = 140 };

// Stripes of `pitch_px`, dark and light by turns, under a light that falls from left to right to two thirds; a part of
// the picture is plain, as a part of every picture is.
static bool is_dark_stripe(int x, int y, int pitch_px)
{
    return x < STRIPED_PX && (x + y) / pitch_px % 2 == 0;
}

static void draw_stripes(struct stage *stage, int pitch_px, int dark, int light, int noise)
{
    for (int y = 0; y < HEIGHT_PX; y++) {
        for (int x = 0; x < WIDTH_PX; x++) {
            int grey = is_dark_stripe(x, y, pitch_px) ? dark : light;
            grey = grey * (3 * WIDTH_PX - x) / (3 * WIDTH_PX) + (noise > 0 ? noise_of(stage, noise) : 0);
            stage->pixels[y * WIDTH_PX + x] = (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
        }
    }
}

static int count_wrong(struct stage *stage, int pitch_px)
{
    int wrong = 0;

    threshold_make(&stage->picture, stage->room, &stage->threshold);
    for (int y = 0; y < HEIGHT_PX; y++)
        for (int x = 0; x < WIDTH_PX; x++)
            wrong += threshold_is_dark(&stage->threshold, &stage->picture, x, y) != is_dark_stripe(x, y, pitch_px);
    return wrong;
}

static void test_threshold__tells_dark_from_light_in_falling_light(void **state)
{
    struct stage *stage = *state;

    for (int pitch_px = 2; pitch_px <= 24; pitch_px++) {
        draw_stripes(stage, pitch_px, 30, 220, 0);
        if (count_wrong(stage, pitch_px) > 0) fail_msg("stripes of %d px", pitch_px);
        draw_stripes(stage, pitch_px, 100, 150, 0);
        if (count_wrong(stage, pitch_px) > 0) fail_msg("faint stripes of %d px", pitch_px);
    }
}

static void test_threshold__reaches_the_last_pixel_of_any_size(void **state)
{
    struct stage *stage = *state;

    draw_stripes(stage, 5, 30, 220, 0);
    for (int width = 40; width <= WIDTH_PX; width++) {
        stage->picture.width_px = width;
        stage->picture.height_px = 40 + width % 70;
        threshold_make(&stage->picture, stage->room, &stage->threshold);
        assert_int_equal(stage->threshold.columns, (width + 7) / 8);
        for (int y = 0; y < stage->picture.height_px; y++)
            for (int x = width - 9; x < width; x++)
                if (threshold_is_dark(&stage->threshold, &stage->picture, x, y) != is_dark_stripe(x, y, 5))
                    fail_msg("%d,%d of %dx%d", x, y, width, stage->picture.height_px);
    }
}

static void test_threshold__sees_no_structure_on_a_noisy_wall(void **state)
{
    struct stage *stage = *state;

    for (int noise = 2; noise <= 16; noise *= 2) {
        int dark = 0;
        draw_stripes(stage, 1000, 120, 120, noise);
        threshold_make(&stage->picture, stage->room, &stage->threshold);
        assert_in_range(stage->threshold.noise, noise, 2 * noise + 4); // and the falling light's part
        for (int y = 0; y < HEIGHT_PX; y++)
            for (int x = 0; x < WIDTH_PX; x++) dark += threshold_is_dark(&stage->threshold, &stage->picture, x, y);
        if (dark > WIDTH_PX * HEIGHT_PX / 8) fail_msg("noise %d: %d dark pixels", noise, dark);
    }
}

static void test_threshold__bears_noise(void **state)
{
    struct stage *stage = *state;

    draw_stripes(stage, 8, 60, 190, 20);
    assert_in_range(count_wrong(stage, 8), 0, WIDTH_PX * HEIGHT_PX / 100);
}

#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(test_threshold__tells_dark_from_light_in_falling_light),
        WITH_STAGE(test_threshold__reaches_the_last_pixel_of_any_size),
        WITH_STAGE(test_threshold__sees_no_structure_on_a_noisy_wall),
        WITH_STAGE(test_threshold__bears_noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
