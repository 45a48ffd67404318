#include "support/check.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "code/crowd.h"

#include <stdlib.h>

enum { WIDTH_PX = 1280, HEIGHT_PX = 720, MOST = 20 };

struct stage {
    struct frame *frame;
    struct crowd *crowd;
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);

    stage->frame = mem_zero(sizeof *stage->frame);
    stage->crowd = mem_zero(sizeof *stage->crowd);
    qr_image_clear(stage->frame, WIDTH_PX, HEIGHT_PX, 230);
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    free(stage->crowd);
    free(stage->frame);
    free(stage);
    return 0;
}

static struct grey_picture picture_of(const struct stage *stage)
{
    return (struct grey_picture){stage->frame->pixels, WIDTH_PX, HEIGHT_PX, WIDTH_PX};
}

static int count(struct stage *stage)
{
    struct grey_picture picture = picture_of(stage);

    crowd_count(&picture, stage->crowd);
    return stage->crowd->count;
}

static void draw_finder(struct stage *stage, int left_px, int top_px, int module_px, bool is_light)
{
    for (int y = 0; y < 7 * module_px; y++) {
        for (int x = 0; x < 7 * module_px; x++) {
            int column = abs(x / module_px - 3), row = abs(y / module_px - 3);
            int ring = column > row ? column : row;
            bool is_dark = (ring != 2) != is_light;
            stage->frame->pixels[(top_px + y) * WIDTH_PX + left_px + x] = is_dark ? 20 : 230;
        }
    }
}

static void break_corner(struct stage *stage, int left_px, int top_px, int module_px)
{
    for (int y = 0; y < module_px; y++)
        memset(stage->frame->pixels + (ptrdiff_t)(top_px + y) * WIDTH_PX + left_px, 230, (size_t)module_px);
}

static int draw_carpet(struct stage *stage, int module_px)
{
    int pitch_px = 9 * module_px, drawn = 0;

    for (int y = pitch_px; y + pitch_px < HEIGHT_PX; y += pitch_px)
        for (int x = pitch_px; x + pitch_px < WIDTH_PX; x += pitch_px, drawn++)
            draw_finder(stage, x, y, module_px, false);
    return drawn;
}

static void test_crowd__counts_the_three_of_a_code(void **state)
{
    struct stage *stage = *state;

    for (int module_px = 2; module_px <= 12; module_px++) {
        qr_image_clear(stage->frame, WIDTH_PX, HEIGHT_PX, 230);
        qr_image_draw(stage->frame, &(struct qr_image){"x", module_px, 4, 301, 117, false});
        if (count(stage) != 3) fail_msg("module %d px: %d", module_px, stage->crowd->count);
        assert_int_equal(stage->crowd->solid_count, 3);
    }
}

static void test_crowd__counts_a_carpet_in_dark_and_light(void **state)
{
    struct stage *stage = *state;

    for (int module_px = 2; module_px <= 8; module_px++) {
        for (int inverted = 0; inverted < 2; inverted++) {
            qr_image_clear(stage->frame, WIDTH_PX, HEIGHT_PX, 230);
            int drawn = draw_carpet(stage, module_px);
            for (int i = 0; inverted && i < WIDTH_PX * HEIGHT_PX; i++)
                stage->frame->pixels[i] = (uint8_t)(255 - stage->frame->pixels[i]);
            assert_in_range(count(stage), drawn * 9 / 10, drawn * 11 / 10);
        }
    }
}

static void test_crowd__sees_none_where_nothing_is(void **state)
{
    struct stage *stage = *state;
    struct grey_picture tiny = {stage->frame->pixels, 1, 1, 1};

    assert_int_equal(count(stage), 0);
    crowd_count(&tiny, stage->crowd);
    assert_int_equal(stage->crowd->count, 0);
}

static void test_crowd__leaves_a_picture_with_few_patterns_whole(void **state)
{
    struct stage *stage = *state;
    struct grey_picture picture = picture_of(stage);

    for (int i = 0; i < MOST; i++) draw_finder(stage, 40 + i % 5 * 200, 40 + i / 5 * 150, 5, false);
    assert_int_equal(count(stage), MOST);
    struct crowd_part part = crowd_choose(stage->crowd, &picture, MOST, 7);
    assert_true(part.left_px == 0 && part.top_px == 0);
    assert_true(part.width_px == WIDTH_PX && part.height_px == HEIGHT_PX);
}

// Every place is in some part sooner or later, and no part holds too many.
static void test_crowd__parts_of_a_carpet_go_everywhere(void **state)
{
    struct stage *stage = *state;
    struct grey_picture picture = picture_of(stage);
    static bool is_seen[HEIGHT_PX / 10][WIDTH_PX / 10];

    draw_carpet(stage, 6);
    assert_true(count(stage) > 2 * MOST);
    for (unsigned turn = 0; turn < 1000; turn++) {
        struct crowd_part part = crowd_choose(stage->crowd, &picture, MOST, turn);
        assert_true(part.left_px >= 0 && part.top_px >= 0 && part.width_px > 54 && part.height_px > 54);
        assert_true(part.left_px + part.width_px <= WIDTH_PX && part.top_px + part.height_px <= HEIGHT_PX);
        assert_true(part.width_px / 54 * (part.height_px / 54) <= 2 * MOST);
        for (int y = (part.top_px + 9) / 10; y < (part.top_px + part.height_px) / 10; y++)
            for (int x = (part.left_px + 9) / 10; x < (part.left_px + part.width_px) / 10; x++) is_seen[y][x] = true;
    }
    for (int y = 1; y < HEIGHT_PX / 10 - 1; y++)
        for (int x = 1; x < WIDTH_PX / 10 - 1; x++)
            if (!is_seen[y][x]) fail_msg("never at %d,%d", 10 * x, 10 * y);
}

// A carpet is solid; with the corners of its patterns broken out, it still is a carpet in rows and columns only.
static void test_crowd__tells_solid_patterns_from_mistaken_ones(void **state)
{
    struct stage *stage = *state;

    for (int module_px = 3; module_px <= 8; module_px++) {
        qr_image_clear(stage->frame, WIDTH_PX, HEIGHT_PX, 230);
        int drawn = draw_carpet(stage, module_px), pitch_px = 9 * module_px;
        assert_int_equal(count(stage), drawn);
        assert_int_equal(stage->crowd->solid_count, drawn);
        for (int y = pitch_px; y + pitch_px < HEIGHT_PX; y += pitch_px)
            for (int x = pitch_px; x + pitch_px < WIDTH_PX; x += pitch_px) break_corner(stage, x, y, module_px);
        assert_int_equal(count(stage), drawn);
        assert_int_equal(stage->crowd->solid_count, 0);
    }
}

#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(test_crowd__counts_the_three_of_a_code),
        WITH_STAGE(test_crowd__counts_a_carpet_in_dark_and_light),
        WITH_STAGE(test_crowd__tells_solid_patterns_from_mistaken_ones),
        WITH_STAGE(test_crowd__sees_none_where_nothing_is),
        WITH_STAGE(test_crowd__leaves_a_picture_with_few_patterns_whole),
        WITH_STAGE(test_crowd__parts_of_a_carpet_go_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
