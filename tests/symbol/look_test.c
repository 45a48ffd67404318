// One look, before the real decoder and before one that counts.
#include "support/check.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "symbol/attempt.h"
#include "symbol/look.h"

#include <math.h>
#include <stdlib.h>

enum { WIDTH_PX = 1280, HEIGHT_PX = 720 };

// Hands on to zbar and counts.
struct counting_decoder {
    struct decoder decoder;
    struct decoder *zbar;
    int calls;
};

struct stage {
    struct counting_decoder counting;
    struct frame *frame;
    struct look *look;
    struct look_result *result;
    char ticket[QR_IMAGE_TICKET_DIGITS + 1];
};

static void count_decode(struct decoder *self, const struct grey_picture *picture, struct decoding *out)
{
    struct counting_decoder *counting = (struct counting_decoder *)self;

    counting->calls++;
    counting->zbar->ops->decode(counting->zbar, picture, out);
}

static int set_up(void **state)
{
    static const struct decoder_ops ops = {.decode = count_decode};
    struct stage *stage = mem_zero(sizeof *stage);

    stage->counting.decoder.ops = &ops;
    assert_int_equal(decoder_zbar_open(&stage->counting.zbar), STATUS_OK);
    assert_int_equal(look_open(&stage->counting.decoder, &stage->look), STATUS_OK);
    stage->frame = mem_zero(sizeof *stage->frame);
    stage->result = mem_zero(sizeof *stage->result);
    qr_image_clear(stage->frame, WIDTH_PX, HEIGHT_PX, 230);
    qr_image_ticket_text(stage->ticket, 3);
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    look_close(stage->look);
    decoder_close(stage->counting.zbar);
    free(stage->result);
    free(stage->frame);
    free(stage);
    return 0;
}

static void look(struct stage *stage, enum look_level level)
{
    struct box whole = box_of_frame(stage->frame);

    stage->counting.calls = 0;
    look_at(stage->look, stage->frame, level, &whole, stage->result);
}

static bool has_read(const struct stage *stage, const char *text)
{
    const struct decoding *read = &stage->result->read;

    for (size_t i = 0; i < read->count; i++)
        if (read->symbols[i].length == strlen(text) && memcmp(read->symbols[i].text, text, strlen(text)) == 0)
            return true;
    return false;
}

// Wherever the code is and at any level: its corners are those in the frame, within a module.
static void test_look__gives_corners_in_the_frame(void **state)
{
    struct stage *stage = *state;
    const int left_px = 311, top_px = 97, module_px = 9, side = 37; // a ticket is version 5 at level M
    const float x_px[4] = {0, 1, 1, 0}, y_px[4] = {0, 0, 1, 1};

    qr_image_draw(stage->frame, &(struct qr_image){stage->ticket, module_px, 4, left_px, top_px, false});
    for (enum look_level level = LOOK_FULL; level <= LOOK_THIRD; level++) {
        look(stage, level);
        assert_int_equal(stage->result->read.count, 1);
        assert_true(has_read(stage, stage->ticket));
        for (int i = 0; i < 4; i++) {
            const struct symbol *symbol = &stage->result->read.symbols[0];
            float expected_x_px = (float)(left_px + 4 * module_px) + x_px[i] * (float)(side * module_px);
            float expected_y_px = (float)(top_px + 4 * module_px) + y_px[i] * (float)(side * module_px);
            assert_true(fabsf(symbol->x_px[i] - expected_x_px) < (float)module_px);
            assert_true(fabsf(symbol->y_px[i] - expected_y_px) < (float)module_px);
        }
    }
}

static void test_look__reads_only_the_part_it_is_shown(void **state)
{
    struct stage *stage = *state;
    struct box right = {640, 0, 640, 720};

    qr_image_draw(stage->frame, &(struct qr_image){"left", 6, 4, 100, 100, false});
    qr_image_draw(stage->frame, &(struct qr_image){"right", 6, 4, 801, 203, true});
    look_at(stage->look, stage->frame, LOOK_HALF, &right, stage->result);
    assert_int_equal(stage->result->read.count, 1);
    assert_true(has_read(stage, "right"));
    assert_true(fabsf(stage->result->read.symbols[0].x_px[0] - (801 + 24)) < 6);
    look(stage, LOOK_HALF);
    assert_int_equal(stage->result->read.count, 2);
}

// Each pixel becomes the mean of those above and below it, as while a hand moves up.
static void smear_upright(struct frame *frame, int length_px)
{
    static uint8_t column[HEIGHT_PX];

    for (int x = 0; x < WIDTH_PX; x++) {
        for (int y = 0; y < HEIGHT_PX; y++) column[y] = frame->pixels[y * WIDTH_PX + x];
        for (int y = length_px / 2; y < HEIGHT_PX - length_px / 2; y++) {
            int sum = 0;
            for (int i = -length_px / 2; i <= length_px / 2; i++) sum += column[y + i];
            frame->pixels[y * WIDTH_PX + x] = (uint8_t)(sum / (length_px / 2 * 2 + 1));
        }
    }
}

// Over more than two modules: no column shows a finder any more.
static void test_look__reads_a_ticket_in_motion(void **state)
{
    struct stage *stage = *state;

    for (int is_light = 0; is_light < 2; is_light++) {
        qr_image_clear(stage->frame, WIDTH_PX, HEIGHT_PX, 230);
        qr_image_draw(stage->frame, &(struct qr_image){stage->ticket, 7, 4, 311, 97, is_light});
        smear_upright(stage->frame, 14);
        look(stage, LOOK_HALF);
        assert_true(has_read(stage, stage->ticket));
        assert_int_equal(stage->result->finder_count, 0);
    }
}

static void test_look__calls_no_decoder_where_no_code_is(void **state)
{
    struct stage *stage = *state;
    uint32_t random = 1;

    look(stage, LOOK_FULL);
    assert_int_equal(stage->counting.calls, 0);
    assert_true(stage->result->is_flat);
    for (int i = 0; i < 400; i++) { // boxes of any size and grey, as clutter
        random = random * 1664525U + 1013904223U;
        int x = (int)(random >> 8 & 1023), y = (int)(random >> 20 & 511), size = 8 + (int)(random >> 3 & 127);
        for (int row = y; row < y + size && row < HEIGHT_PX; row++)
            memset(stage->frame->pixels + (ptrdiff_t)row * WIDTH_PX + x, (int)(random >> 24), (size_t)size);
    }
    for (enum look_level level = LOOK_FULL; level <= LOOK_THIRD; level++) {
        look(stage, level);
        assert_int_equal(stage->counting.calls, 0);
        assert_false(stage->result->located.is_there);
        assert_false(stage->result->is_flat);
    }
}

static void kill_middle(struct stage *stage, int left_px, int top_px, int width_px, int height_px)
{
    for (int y = top_px; y < top_px + height_px; y++)
        memset(stage->frame->pixels + (ptrdiff_t)y * WIDTH_PX + left_px, 230, (size_t)width_px);
}

static void test_look__says_where_an_unreadable_code_is(void **state)
{
    struct stage *stage = *state;
    const struct located *located = &stage->result->located;

    qr_image_draw(stage->frame, &(struct qr_image){stage->ticket, 8, 4, 200, 100, false});
    kill_middle(stage, 200 + 13 * 8, 100 + 13 * 8, 20 * 8, 20 * 8);
    look(stage, LOOK_HALF);
    assert_int_equal(stage->result->read.count, 0);
    assert_true(located->is_there && !located->is_dense && !located->is_light);
    assert_true(fabsf(located->module_px - 8) < 0.5f);
    assert_true(located->contrast > 150 && located->contrast <= 210);
    assert_true(fabsf(located->x_px[0] - 232) < 8 && fabsf(located->y_px[2] - (132 + 37 * 8)) < 8);
}

static void test_look__knows_a_version_too_large_for_it(void **state)
{
    struct stage *stage = *state;
    static char text[1201];

    memset(text, 'x', 1200);
    for (int i = 0; i < 1200; i++) text[i] = (char)('a' + i * 7 % 26);
    qr_image_draw_full(stage->frame, &(struct qr_image){text, 5, 4, 300, 60, false});
    look(stage, LOOK_FULL);
    assert_int_equal(stage->result->read.count, 0);
    assert_true(stage->result->located.is_there && stage->result->located.is_dense);
}

static void test_look__refuses_parts_of_a_longer_text(void **state)
{
    struct stage *stage = *state;

    qr_image_draw_part(stage->frame, &(struct qr_image){stage->ticket, 8, 4, 200, 100, false});
    for (enum look_level level = LOOK_FULL; level <= LOOK_THIRD; level++) {
        look(stage, level);
        assert_int_equal(stage->counting.calls, 0);
        assert_int_equal(stage->result->read.count, 0);
        assert_false(stage->result->located.is_there); // nor is it worth a classic pass
    }
}

// A sheet of codes, all of them dead: whatever it costs is bounded.
static void test_look__is_bounded_by_its_effort(void **state)
{
    struct stage *stage = *state;

    for (int i = 0; i < 24; i++) {
        int left_px = 10 + i % 6 * 205, top_px = 10 + i / 6 * 175;
        qr_image_draw(stage->frame, &(struct qr_image){"dead", 6, 4, left_px, top_px, false});
        kill_middle(stage, left_px + 11 * 6, top_px + 11 * 6, 14 * 6, 14 * 6);
    }
    for (enum look_level level = LOOK_FULL; level <= LOOK_THIRD; level++) {
        look(stage, level);
        assert_int_equal(stage->result->read.count, 0);
        assert_in_range(stage->counting.calls, 0, EFFORT_DECODES);
    }
}

static void test_look__sees_nothing_in_slivers(void **state)
{
    struct stage *stage = *state;

    for (int side = 0; side < 130; side += 13) {
        struct box sliver = {20, 30, side, 60};
        for (enum look_level level = LOOK_FULL; level <= LOOK_THIRD; level++) {
            look_at(stage->look, stage->frame, level, &sliver, stage->result);
            assert_int_equal(stage->result->read.count, 0);
        }
    }
}

// Corners may be anything that a grid gone wrong says; whoever takes the box trusts it to lie in the frame.
static void test_look__a_box_lies_in_the_frame_whatever_its_corners_are(void **state)
{
    static const float wild[] = {NAN, INFINITY, -INFINITY, 1e30F, -1e30F, 640, -1};
    enum { COUNT = sizeof wild / sizeof *wild };
    struct stage *stage = *state;

    for (int i = 0; i < COUNT * COUNT; i++) {
        float x_px[4] = {wild[i % COUNT], wild[i / COUNT], wild[i % COUNT], wild[i / COUNT]};
        float y_px[4] = {wild[i / COUNT], wild[i % COUNT], wild[i % COUNT], wild[i / COUNT]};
        struct box box = box_around(x_px, y_px, 1.8F, stage->frame);
        assert_in_range(box.left_px, 0, WIDTH_PX);
        assert_in_range(box.top_px, 0, HEIGHT_PX);
        assert_in_range(box.width_px, 0, WIDTH_PX - box.left_px);
        assert_in_range(box.height_px, 0, HEIGHT_PX - box.top_px);
    }
}

#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(test_look__gives_corners_in_the_frame),
        WITH_STAGE(test_look__reads_only_the_part_it_is_shown),
        WITH_STAGE(test_look__reads_a_ticket_in_motion),
        WITH_STAGE(test_look__calls_no_decoder_where_no_code_is),
        WITH_STAGE(test_look__says_where_an_unreadable_code_is),
        WITH_STAGE(test_look__knows_a_version_too_large_for_it),
        WITH_STAGE(test_look__refuses_parts_of_a_longer_text),
        WITH_STAGE(test_look__is_bounded_by_its_effort),
        WITH_STAGE(test_look__sees_nothing_in_slivers),
        WITH_STAGE(test_look__a_box_lies_in_the_frame_whatever_its_corners_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
