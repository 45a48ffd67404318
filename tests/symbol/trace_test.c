#include "support/check.h"
#include "support/qr_symbol.h"

#include "base/mem.h"
#include "symbol/brighten.h"
#include "symbol/trace.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH_PX = QR_PHOTO_WIDTH_PX, HEIGHT_PX = QR_PHOTO_HEIGHT_PX };

struct stage {
    struct threshold_room *room;
    struct threshold threshold;
    struct finders finders;
    struct triples triples;
    struct qr_symbol symbol;
    uint8_t pixels[WIDTH_PX * HEIGHT_PX];
    struct trace trace;
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);
    struct qr_kind kind = {.version = 5, .level = 1, .mode = 4, .text = "somebody's ticket"};

    assert_int_equal(threshold_room_open(&stage->room), STATUS_OK);
    qr_symbol_make(&kind, &stage->symbol);
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

static void search(struct stage *stage)
{
    struct grey_picture picture = {stage->pixels, WIDTH_PX, HEIGHT_PX, WIDTH_PX};

    threshold_make(&picture, stage->room, &stage->threshold);
    finder_search(&picture, &stage->threshold, 1, &stage->finders);
    triple_choose(&stage->finders, &stage->triples);
    trace_find(&picture, &stage->threshold, &stage->finders, &stage->triples, &stage->trace);
}

// With its top left corner there, seen straight from the front.
static void show(struct stage *stage, float left_px, float top_px, float module_px, bool is_inverted)
{
    float side_px = module_px * (float)stage->symbol.side, right_px = left_px + side_px, bottom_px = top_px + side_px;
    float x_px[4] = {left_px, right_px, right_px, left_px}, y_px[4] = {top_px, top_px, bottom_px, bottom_px};
    struct qr_photo photo = {.plane = qr_photo_plane(stage->symbol.side, x_px, y_px),
                             .blur_px = 0.3f,
                             .noise = 4,
                             .is_inverted = is_inverted,
                             .seed = 7};

    qr_symbol_photograph(&stage->symbol, &photo, stage->pixels);
}

static void test_trace__tells_size_and_contrast_of_a_whole_symbol(void **state)
{
    struct stage *stage = *state;

    for (int tenths = 15; tenths <= 100; tenths += 17) {
        float module_px = (float)tenths / 10;
        show(stage, 40, 30, module_px, tenths % 2);
        search(stage);
        assert_true(stage->trace.is_there && !stage->trace.is_cut);
        assert_float_equal(stage->trace.module_px, module_px, 0.15f * module_px);
        assert_float_equal(stage->trace.side_px, module_px * (float)stage->symbol.side, 2 * module_px);
        assert_true(stage->trace.contrast > 80);
    }
}

static void test_trace__knows_a_large_symbol_by_one_corner(void **state)
{
    struct stage *stage = *state;

    show(stage, 300, 200, 14, false); // right and below out of the picture
    search(stage);
    assert_true(stage->trace.is_there && stage->trace.is_cut);
}

// What a finder alone is: a lamp, a window, a logo.
static void test_trace__takes_no_finder_without_data_for_one(void **state)
{
    struct stage *stage = *state;

    for (int row = 0; row < stage->symbol.side; row++)
        for (int column = 0; column < stage->symbol.side; column++) {
            bool is_right = column >= stage->symbol.side - 8, is_below = row >= stage->symbol.side - 8;
            bool is_finder = (column < 8 && row < 8) || (is_right && row < 8) || (column < 8 && is_below);
            if (!is_finder) stage->symbol.modules[row * stage->symbol.side + column] = 0;
        }
    for (int module_px = 2; module_px <= 14; module_px += 3) {
        show(stage, 100, 20, (float)module_px, false);
        search(stage);
        assert_true(stage->finders.count > 0);
        assert_false(stage->trace.is_there);
    }
}

static void test_trace__sees_a_display_too_dark_for_others_when_brightened(void **state)
{
    struct stage *stage = *state;
    struct frame *dark = mem_zero(sizeof *dark), *bright = mem_zero(sizeof *bright);

    show(stage, 200, 100, 6, false);
    dark->width_px = WIDTH_PX;
    dark->height_px = HEIGHT_PX;
    for (int i = 0; i < WIDTH_PX * HEIGHT_PX; i++) dark->pixels[i] = (uint8_t)(6 + stage->pixels[i] / 24);
    brighten_half(dark, bright);
    assert_int_equal(bright->width_px, WIDTH_PX / BRIGHTEN_SHRINK);
    for (int i = 0; i < bright->width_px * bright->height_px; i++) assert_in_range(bright->pixels[i], 20, 70);
    memset(stage->pixels, 70, sizeof stage->pixels);
    for (int y = 0; y < bright->height_px; y++)
        memcpy(stage->pixels + y * WIDTH_PX, bright->pixels + y * bright->width_px, (size_t)bright->width_px);
    search(stage);
    assert_true(stage->trace.is_there);
    assert_true(stage->trace.contrast < 48); // of a quarter of that
    free(dark);
    free(bright);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_trace__tells_size_and_contrast_of_a_whole_symbol, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_trace__knows_a_large_symbol_by_one_corner, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_trace__takes_no_finder_without_data_for_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_trace__sees_a_display_too_dark_for_others_when_brightened, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
