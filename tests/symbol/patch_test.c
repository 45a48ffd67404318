#include "support/check.h"
#include "support/qr_symbol.h"

#include "base/mem.h"
#include "symbol/patch.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH_PX = QR_PHOTO_WIDTH_PX, HEIGHT_PX = QR_PHOTO_HEIGHT_PX };

struct stage {
    struct patch_room room;
    struct qr_symbol symbol;
    uint8_t pixels[WIDTH_PX * HEIGHT_PX];
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);
    struct qr_kind kind = {.version = 5, .level = 1, .mode = 4, .text = "somebody's ticket"};

    qr_symbol_make(&kind, &stage->symbol);
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

static bool is_seen(struct stage *stage)
{
    return patch_is_there(&(struct grey_picture){stage->pixels, WIDTH_PX, HEIGHT_PX, WIDTH_PX}, &stage->room);
}

static void show(struct stage *stage, float module_px, bool is_inverted)
{
    float side_px = module_px * (float)stage->symbol.side, left_px = 200, top_px = 160;
    float x_px[4] = {left_px, left_px + side_px, left_px + side_px, left_px};
    float y_px[4] = {top_px, top_px, top_px + side_px, top_px + side_px};
    struct qr_photo photo = {.plane = qr_photo_plane(stage->symbol.side, x_px, y_px),
                             .blur_px = 0.8f,
                             .noise = 4,
                             .is_inverted = is_inverted,
                             .seed = 7};

    qr_symbol_photograph(&stage->symbol, &photo, stage->pixels);
}

static void test_patch__sees_symbols_too_small_for_finders(void **state)
{
    struct stage *stage = *state;

    for (int tenths = 10; tenths <= 18; tenths += 2) {
        show(stage, (float)tenths / 10, tenths % 4 == 0);
        assert_true(is_seen(stage));
    }
}

static void fill(struct stage *stage, int width_px, int height_px, int first, int second)
{
    uint32_t random = 1;

    memset(stage->pixels, 200, sizeof stage->pixels);
    for (int y = 100; y < 100 + height_px; y++)
        for (int x = 100; x < 100 + width_px; x++) {
            random = random * 1664525U + 1013904223U;
            stage->pixels[y * WIDTH_PX + x] = (uint8_t)(random >> 31 ? first : second);
        }
}

static void test_patch__takes_nothing_else_for_one(void **state)
{
    struct stage *stage = *state;

    fill(stage, 48, 48, 40, 200); // as busy and as square as one
    assert_true(is_seen(stage));
    fill(stage, 48, 48, 40, 40); // a dark tile
    assert_false(is_seen(stage));
    fill(stage, 96, 40, 40, 200); // a word
    assert_false(is_seen(stage));
    fill(stage, 300, 300, 40, 200); // leaves, a carpet
    assert_false(is_seen(stage));
    fill(stage, 48, 48, 40, 200); // a picture: half of it dark
    for (int y = 100; y < 124; y++) memset(stage->pixels + y * WIDTH_PX + 100, 40, 48);
    assert_false(is_seen(stage));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_patch__sees_symbols_too_small_for_finders, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_patch__takes_nothing_else_for_one, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
