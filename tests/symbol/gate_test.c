// What a classic pass may get to see: pictures with codes, large versions too; no carpets.
#include "support/check.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "symbol/gate.h"

#include <stdlib.h>

enum { WIDTH_PX = 1280, HEIGHT_PX = 1024 };

struct stage {
    struct frame *frame;
    struct gate *gate;
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);

    stage->frame = mem_zero(sizeof *stage->frame);
    assert_int_equal(gate_open(&stage->gate), STATUS_OK);
    qr_image_clear(stage->frame, WIDTH_PX, HEIGHT_PX, 230);
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    gate_close(stage->gate);
    free(stage->frame);
    free(stage);
    return 0;
}

static bool lets_through(struct stage *stage)
{
    struct grey_picture picture = {stage->frame->pixels, stage->frame->width_px, stage->frame->height_px,
                                   stage->frame->width_px};

    return gate_lets_through(stage->gate, &picture);
}

static void test_gate__is_open_for_codes(void **state)
{
    struct stage *stage = *state;
    char ticket[QR_IMAGE_TICKET_DIGITS + 1];

    assert_true(lets_through(stage)); // nothing there
    qr_image_ticket_text(ticket, 5);
    for (int i = 0; i < 4; i++)
        qr_image_draw(stage->frame, &(struct qr_image){ticket, 4, 4, 60 + i % 2 * 500, 40 + i / 2 * 400, false});
    assert_true(lets_through(stage));
}

static void test_gate__is_open_for_the_largest_code(void **state)
{
    struct stage *stage = *state;
    static char text[2901];
    uint32_t random = 7;

    for (int i = 0; i < 2900; i++) {
        random = random * 1664525U + 1013904223U;
        text[i] = (char)(1 + (random >> 16) % 255);
    }
    for (int module_px = 3; module_px <= 5; module_px++) {
        qr_image_clear(stage->frame, WIDTH_PX, HEIGHT_PX, 230);
        qr_image_draw_full(stage->frame, &(struct qr_image){text, module_px, 4, 101, 3, false});
        if (!lets_through(stage)) fail_msg("module %d px", module_px);
    }
}

// Patterns side by side; without their corners they are patterns in rows and columns only.
static void draw_carpet(struct stage *stage, int module_px, bool has_corners)
{
    for (int y = 0; y < HEIGHT_PX; y++) {
        for (int x = 0; x < WIDTH_PX; x++) {
            int column = abs(x / module_px % 9 - 3), row = abs(y / module_px % 9 - 3);
            int ring = column > row ? column : row;
            bool is_dark = ring < 2 || (ring == 3 && (has_corners || column != 3 || row != 3));
            stage->frame->pixels[y * WIDTH_PX + x] = is_dark ? 20 : 230;
        }
    }
}

static void test_gate__is_closed_for_carpets(void **state)
{
    struct stage *stage = *state;

    for (int module_px = 2; module_px <= 12; module_px++) {
        for (int light = 0; light < 2; light++) {
            draw_carpet(stage, module_px, true);
            for (int i = 0; light && i < WIDTH_PX * HEIGHT_PX; i++) stage->frame->pixels[i] ^= 255;
            if (lets_through(stage)) fail_msg("module %d px, light %d", module_px, light);
        }
    }
    draw_carpet(stage, 4, false);
    assert_false(lets_through(stage));
}

static void test_gate__is_closed_for_noise_and_slivers(void **state)
{
    struct stage *stage = *state;
    uint32_t random = 1;

    for (int i = 0; i < WIDTH_PX * HEIGHT_PX; i++) {
        random = random * 1664525U + 1013904223U;
        stage->frame->pixels[i] = (uint8_t)(random >> 24);
    }
    assert_false(lets_through(stage));
    qr_image_clear(stage->frame, 39, 400, 200);
    assert_false(lets_through(stage));
}

#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(test_gate__is_open_for_codes),
        WITH_STAGE(test_gate__is_open_for_the_largest_code),
        WITH_STAGE(test_gate__is_closed_for_carpets),
        WITH_STAGE(test_gate__is_closed_for_noise_and_slivers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
