// Our reader on pictures drawn here. Photographs: photos_test.c.
#include "support/check.h"
#include "fakes/step_clock.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "code/reader.h"
#include "frame/shrink.h"

#include <stdlib.h>

enum { CALLS_MOST = 20 };

struct stage {
    struct step_clock clock;
    struct frame *frame;
    struct reading *reading;
    struct reader *reader;
    char ticket[QR_IMAGE_TICKET_DIGITS + 1];
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);

    step_clock_init(&stage->clock, 0);
    stage->frame = mem_zero(sizeof *stage->frame);
    stage->reading = mem_zero(sizeof *stage->reading);
    assert_int_equal(
        reader_local_open(&(struct reader_config){.clock = &stage->clock.clock, .budget_ms = 100}, &stage->reader),
        STATUS_OK);
    qr_image_ticket_text(stage->ticket, 3);
    qr_image_clear(stage->frame, 1280, 720, 128);
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    reader_close(stage->reader);
    free(stage->reading);
    free(stage->frame);
    free(stage);
    return 0;
}

static void read_once(struct stage *stage)
{
    stage->reader->ops->read(stage->reader, stage->frame, stage->reading);
}

static bool has(const struct stage *stage, size_t at, const char *text)
{
    const struct code *code = &stage->reading->codes[at];
    return at < stage->reading->count && code->length == strlen(text) && memcmp(code->text, text, code->length) == 0;
}

static bool reads(struct stage *stage, const char *text)
{
    do {
        read_once(stage);
        for (size_t i = 0; i < stage->reading->count; i++)
            if (has(stage, i, text)) return true;
    } while (!stage->reading->is_exhausted);
    return false;
}

static void test_reader_local__reads_a_ticket_in_any_size_and_in_dark_mode(void **state)
{
    struct stage *stage = *state;

    for (int module_px = 3; module_px <= 15; module_px++) {
        for (int inverted = 0; inverted < 2; inverted++) {
            qr_image_clear(stage->frame, 1280, 720, inverted ? 20 : 230);
            qr_image_draw(stage->frame, &(struct qr_image){stage->ticket, module_px, 4, 31, 17, inverted});
            if (!reads(stage, stage->ticket)) fail_msg("module %d px, inverted %d", module_px, inverted);
        }
    }
}

static void test_reader_local__gives_bytes_as_they_are(void **state)
{
    struct stage *stage = *state;
    static const char *const texts[] = {"Müller & Jörg, Straße 5", "Ł ğ ẞ 你好 🎫", "HTTPS://EXAMPLE.ORG/A-1", "x",
                                        "%s%n\\000026"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        qr_image_clear(stage->frame, 640, 480, 230);
        qr_image_draw(stage->frame, &(struct qr_image){texts[i], 6, 4, 50, 50, false});
        if (!reads(stage, texts[i])) fail_msg("%s", texts[i]);
    }
}

static void test_reader_local__says_where_with_the_largest_first(void **state)
{
    struct stage *stage = *state;

    qr_image_draw(stage->frame, &(struct qr_image){"small", 5, 4, 40, 40, false});
    qr_image_draw(stage->frame, &(struct qr_image){"large", 12, 4, 640, 200, false});
    do read_once(stage);
    while (stage->reading->count != 2 && !stage->reading->is_exhausted);
    assert_true(has(stage, 0, "large"));
    assert_true(has(stage, 1, "small"));
    for (int i = 0; i < 4; i++) { // a version 1 code is 21 modules wide, behind a border of 4
        float x = stage->reading->sightings[0].x[i] * 1280, y = stage->reading->sightings[0].y[i] * 720;
        assert_true(x > 640 + 40 && x < 640 + 29 * 12 - 40 && y > 200 + 40 && y < 200 + 29 * 12 - 40);
    }
}

static void test_reader_local__is_exhausted_after_every_way_and_then_costs_nothing(void **state)
{
    struct stage *stage = *state;
    int calls = 0;

    do {
        read_once(stage);
        assert_int_equal(stage->reading->count, 0);
    } while (!stage->reading->is_exhausted && ++calls < CALLS_MOST);
    assert_in_range(calls, 2, 10); // three levels at least
    int64_t looked_ms = stage->clock.now_ms;
    read_once(stage);
    assert_true(stage->reading->is_exhausted);
    assert_int_equal(stage->reading->count, 0);
    assert_int_equal(stage->clock.now_ms, looked_ms);
    stage->frame->pixels[0] ^= 1;
    frame_seal(stage->frame);
    read_once(stage);
    assert_false(stage->reading->is_exhausted); // another picture
}

static void test_reader_local__refuses_a_part_of_a_longer_text(void **state)
{
    struct stage *stage = *state;

    qr_image_draw_part(stage->frame, &(struct qr_image){stage->ticket, 6, 4, 100, 100, false});
    do {
        read_once(stage);
        assert_int_equal(stage->reading->count, 0);
    } while (!stage->reading->is_exhausted);
}

// So many modules wrong that no correction helps; yet it looks like a symbol all over.
static void kill_middle(struct stage *stage, const struct qr_image *image)
{
    int begin_px = (image->quiet_modules + 12) * image->module_px, side_px = 20 * image->module_px;

    for (int y = 0; y < side_px; y++) {
        uint8_t *row = stage->frame->pixels + (ptrdiff_t)(image->top_px + begin_px + y) * stage->frame->width_px +
                       image->left_px + begin_px;
        for (int x = 0; x < side_px; x++) row[x] = (uint8_t)(255 - row[x]);
    }
    frame_seal(stage->frame);
}

// Within a round of levels: not every one shows why (hint_hold.h).
static enum hint next_hint(struct stage *stage)
{
    enum hint hint = HINT_NONE;

    for (int i = 0; i < 4 && hint == HINT_NONE; i++) {
        stage->frame->pixels[0] ^= 1;
        frame_seal(stage->frame);
        read_once(stage);
        assert_int_equal(stage->reading->count, 0);
        hint = stage->reading->hint;
    }
    return hint;
}

static enum hint hint_for(struct stage *stage, const struct qr_image *image)
{
    qr_image_clear(stage->frame, 1280, 720, 128);
    qr_image_draw(stage->frame, image);
    kill_middle(stage, image);
    return next_hint(stage);
}

static void test_reader_local__hints_at_what_would_help(void **state)
{
    struct stage *stage = *state;
    int width_px = 1280, height_px = 720;

    assert_int_equal(hint_for(stage, &(struct qr_image){stage->ticket, 6, 4, 200, 100, false}), HINT_NONE);
    for (int i = 0; i < width_px * height_px; i++) // a phone's display in the dark
        stage->frame->pixels[i] = (uint8_t)(30 + stage->frame->pixels[i] / 14);
    assert_int_equal(next_hint(stage), HINT_BRIGHTER);

    enum hint hint = hint_for(stage, &(struct qr_image){"x", 24, 4, 100, 0, false}); // 21 modules
    assert_int_equal(hint, HINT_FARTHER);
    qr_image_clear(stage->frame, width_px, height_px, 12);
    assert_int_equal(next_hint(stage), HINT_COVERED);
    qr_image_draw(stage->frame, &(struct qr_image){stage->ticket, 6, 4, 100, 100, false});
    assert_true(reads(stage, stage->ticket));
    assert_int_equal(stage->reading->hint, HINT_NONE);
}

static void test_reader_local__says_nearer_when_modules_are_too_small(void **state)
{
    struct stage *stage = *state;
    bool is_said = false;

    qr_image_clear(stage->frame, 640, 480, 128);
    struct qr_image image = {stage->ticket, 3, 4, 60, 60, false};
    qr_image_draw(stage->frame, &image);
    kill_middle(stage, &image);
    // From twice as far: modules of 1.5 px.
    struct grey_picture whole = {stage->frame->pixels, 640, 480, 640};
    static uint8_t far[320 * 240];
    shrink_half(&whole, far);
    qr_image_clear(stage->frame, 640, 480, 128);
    for (ptrdiff_t y = 0; y < 240; y++) memcpy(stage->frame->pixels + y * 640, far + y * 320, 320);
    frame_seal(stage->frame);
    do {
        read_once(stage);
        assert_int_equal(stage->reading->count, 0);
        assert_true(stage->reading->hint == HINT_NONE || stage->reading->hint == HINT_NEARER);
        is_said |= stage->reading->hint == HINT_NEARER;
    } while (!stage->reading->is_exhausted);
    assert_true(is_said);
}

static void test_reader_local__survives_tiny_frames(void **state)
{
    struct stage *stage = *state;

    for (int width = 1; width < 8; width++) {
        qr_image_clear(stage->frame, width, 9 - width, 200);
        assert_false(reads(stage, "x"));
    }
}

static void test_reader_local__survives_noise(void **state)
{
    struct stage *stage = *state;
    uint32_t random = 1;

    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 1280 * 720; i++) {
            random = random * 1664525U + 1013904223U;
            stage->frame->pixels[i] = (uint8_t)(random >> 24);
        }
        frame_seal(stage->frame);
        assert_false(reads(stage, "x"));
    }
}

#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(test_reader_local__reads_a_ticket_in_any_size_and_in_dark_mode),
        WITH_STAGE(test_reader_local__gives_bytes_as_they_are),
        WITH_STAGE(test_reader_local__says_where_with_the_largest_first),
        WITH_STAGE(test_reader_local__is_exhausted_after_every_way_and_then_costs_nothing),
        WITH_STAGE(test_reader_local__refuses_a_part_of_a_longer_text),
        WITH_STAGE(test_reader_local__hints_at_what_would_help),
        WITH_STAGE(test_reader_local__says_nearer_when_modules_are_too_small),
        WITH_STAGE(test_reader_local__survives_tiny_frames),
        WITH_STAGE(test_reader_local__survives_noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
