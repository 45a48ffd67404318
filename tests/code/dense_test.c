// Codes so full that their data holds many places that look like a finder pattern, before the real reader: still, and
// with other noise in each frame, as from a camera.
#include "support/check.h"
#include "fakes/step_clock.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "code/reader.h"
#include "code/policy.h"

#include <stdlib.h>

enum { WIDTH_PX = 1280, HEIGHT_PX = 1024, FRAMES_MOST = 20, NOISE = 12, FRAME_MS = 66, BUDGET_MS = 150 };
enum { DEAD_ROUNDS = 3 };

struct view {
    struct step_clock clock;
    struct reader *reader;
    struct frame *picture; // without noise
    struct frame *frame;
    struct reading *reading;
    uint32_t random;
    char text[CODE_MAX_BYTES + 1];
};

static int set_up(void **state)
{
    struct view *view = mem_zero(sizeof *view);

    step_clock_init(&view->clock, 0);
    assert_int_equal(
        reader_local_open(&(struct reader_config){.clock = &view->clock.clock, .budget_ms = BUDGET_MS}, &view->reader),
        STATUS_OK);
    view->picture = mem_zero(sizeof *view->picture);
    view->frame = mem_zero(sizeof *view->frame);
    view->reading = mem_zero(sizeof *view->reading);
    *state = view;
    return 0;
}

static int tear_down(void **state)
{
    struct view *view = *state;

    reader_close(view->reader);
    free(view->reading);
    free(view->frame);
    free(view->picture);
    free(view);
    return 0;
}

static int draw_number(struct view *view, int least, int most)
{
    view->random = view->random * 1664525U + 1013904223U;
    return least + (int)((view->random >> 16) % (unsigned)(most - least + 1));
}

static void show(struct view *view, int noise)
{
    frame_copy(view->frame, view->picture);
    for (int i = 0; i < WIDTH_PX * HEIGHT_PX && noise > 0; i++) {
        int grey = view->picture->pixels[i] + draw_number(view, -noise, noise);
        view->frame->pixels[i] = (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
    }
    frame_seal(view->frame);
}

static bool has_text(const struct view *view)
{
    const struct reading *reading = view->reading;
    size_t length = strlen(view->text);

    for (size_t i = 0; i < reading->count; i++)
        if (reading->codes[i].length == length && memcmp(reading->codes[i].text, view->text, length) == 0) return true;
    return false;
}

// The code held in view: which frame it is read from, or 0 if from none.
static int read_after(struct view *view, int noise)
{
    for (int i = 1; i <= FRAMES_MOST; i++) {
        view->clock.now_ms += FRAME_MS;
        if (i == 1 || noise > 0) show(view, noise);
        view->reader->ops->read(view->reader, view->frame, view->reading);
        if (has_text(view)) return i;
    }
    return 0;
}

static void write_text(struct view *view, int length, int least, int most)
{
    for (int i = 0; i < length; i++) view->text[i] = (char)draw_number(view, least, most);
    view->text[length] = '\0';
}

static void draw(struct view *view, int module_px, bool is_inverted)
{
    qr_image_clear(view->picture, WIDTH_PX, HEIGHT_PX, is_inverted ? 20 : 230);
    qr_image_draw_full(view->picture, &(struct qr_image){view->text, module_px, 4, 101, 3, is_inverted});
}

static void assert_read(struct view *view, int module_px, bool is_inverted)
{
    draw(view, module_px, is_inverted);
    if (!read_after(view, 0)) fail_msg("still, %d px, inverted %d", module_px, is_inverted);
    if (!read_after(view, NOISE)) fail_msg("changing, %d px, inverted %d", module_px, is_inverted);
}

static void test_reader__reads_2000_bytes(void **state)
{
    struct view *view = *state;

    write_text(view, 2000, 1, 255);
    assert_read(view, 3, false);
    assert_read(view, 4, false);
    assert_read(view, 6, false);
    assert_read(view, 4, true);
}

static void test_reader__reads_2900_bytes(void **state)
{
    struct view *view = *state;

    write_text(view, 2900, 1, 255);
    assert_read(view, 3, false); // 6 px would not fit
    assert_read(view, 4, false);
    assert_read(view, 5, false);
}

static void test_reader__reads_7000_digits(void **state)
{
    struct view *view = *state;

    write_text(view, 7000, '0', '9');
    assert_read(view, 3, false);
    assert_read(view, 4, false);
    assert_read(view, 5, false);
}

// So much of it that no correction helps; its patterns stay.
static void kill_code(struct view *view)
{
    for (int y = 300; y < 500; y++) memset(view->picture->pixels + (ptrdiff_t)y * WIDTH_PX + 250, 230, 250);
}

// What could not be read was perhaps hostile, and is looked at as a whole less often; the next code must not suffer.
static void test_reader__reads_a_dense_code_after_one_that_is_none(void **state)
{
    struct view *view = *state;

    write_text(view, 2000, 1, 255);
    draw(view, 4, false);
    kill_code(view);
    for (int i = 0; i < DEAD_ROUNDS; i++) assert_false(read_after(view, NOISE));
    draw(view, 4, false);
    assert_int_not_equal(read_after(view, NOISE), 0);
}

// Every look takes longer than the budget. The longest rest goes by, and the code is read.
static void test_reader__reads_a_dense_code_on_a_slow_machine(void **state)
{
    struct view *view = *state;

    write_text(view, 2000, 1, 255);
    view->clock.step_ms = 2 * BUDGET_MS;
    draw(view, 4, false);
    assert_int_not_equal(read_after(view, NOISE), 0);
    kill_code(view);
    for (int i = 0; i < DEAD_ROUNDS; i++) assert_false(read_after(view, NOISE));
    view->clock.now_ms += POLICY_PASS_MOST_REST_MS;
    draw(view, 4, false);
    assert_int_not_equal(read_after(view, NOISE), 0);
}

#define WITH_VIEW(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_VIEW(test_reader__reads_2000_bytes),
        WITH_VIEW(test_reader__reads_2900_bytes),
        WITH_VIEW(test_reader__reads_7000_digits),
        WITH_VIEW(test_reader__reads_a_dense_code_after_one_that_is_none),
        WITH_VIEW(test_reader__reads_a_dense_code_on_a_slow_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
