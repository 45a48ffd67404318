// Phones held before the real reader for ten seconds, by a webcam in dim light: 5 frames a second, each with other
// noise, so that no frame equals the one before. Each phone is one scan.
#include "support/check.h"
#include "fakes/step_clock.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "code/scan.h"

#include <stdlib.h>

enum { FRAME_MS = 200, FRAMES = 50, QUIET_MS = 1500, NOISE = 16, MODULE_PX = 3, TICKETS_MOST = 2 };

struct view {
    struct step_clock clock;
    struct reader *reader;
    struct queue codes;
    struct scan *scan;
    struct frame *picture; // without noise
    uint32_t random;
    char tickets[TICKETS_MOST][QR_IMAGE_TICKET_DIGITS + 1];
    int scans[TICKETS_MOST];
};

static int set_up(void **state)
{
    struct view *view = mem_zero(sizeof *view);

    step_clock_init(&view->clock, 0);
    assert_int_equal(
        reader_local_open(&(struct reader_config){.clock = &view->clock.clock, .budget_ms = 150}, &view->reader),
        STATUS_OK);
    queue_init(&view->codes, sizeof(struct code), 8, NULL);
    struct scan_config config = {view->reader, &view->clock.clock, QUIET_MS, &view->codes, NULL, NULL};
    assert_int_equal(scan_open(&config, &view->scan), STATUS_OK);
    view->picture = mem_zero(sizeof *view->picture);
    for (unsigned i = 0; i < TICKETS_MOST; i++) qr_image_ticket_text(view->tickets[i], i);
    qr_image_clear(view->picture, 640, 480, 120);
    *state = view;
    return 0;
}

static int tear_down(void **state)
{
    struct view *view = *state;

    scan_close(view->scan);
    reader_close(view->reader);
    queue_destroy(&view->codes);
    free(view->picture);
    free(view);
    return 0;
}

static void add_noise(struct view *view, struct frame *frame)
{
    for (int i = 0; i < frame->width_px * frame->height_px; i++) {
        view->random = view->random * 1664525U + 1013904223U;
        int grey = frame->pixels[i] + (int)((view->random >> 16) % (2 * NOISE + 1)) - NOISE;
        frame->pixels[i] = (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
    }
    frame_seal(frame);
}

static void count_codes(struct view *view)
{
    struct code code;

    while (queue_take(&view->codes, &code))
        for (int i = 0; i < TICKETS_MOST; i++)
            view->scans[i] += code.length == QR_IMAGE_TICKET_DIGITS &&
                              memcmp(code.text, view->tickets[i], QR_IMAGE_TICKET_DIGITS) == 0;
}

static void hold(struct view *view)
{
    for (int i = 0; i < FRAMES; i++) {
        struct frame *frame = mailbox_writable(scan_frames(view->scan));
        view->clock.now_ms += FRAME_MS;
        frame_copy(frame, view->picture);
        frame->mono_ms = view->clock.now_ms;
        add_noise(view, frame);
        mailbox_put(scan_frames(view->scan));
        (void)scan_step(view->scan, view->clock.now_ms);
        count_codes(view);
    }
}

// So small and inverted that one way only reads it.
static void test_scan__a_phone_in_dark_mode_held_in_view_is_one_scan(void **state)
{
    struct view *view = *state;

    qr_image_draw(view->picture, &(struct qr_image){view->tickets[0], MODULE_PX, 4, 31, 17, true});
    hold(view);
    assert_int_equal(view->scans[0], 1);
}

static void test_scan__two_phones_in_different_modes_are_two_scans(void **state)
{
    struct view *view = *state;

    qr_image_draw(view->picture, &(struct qr_image){view->tickets[0], MODULE_PX, 4, 31, 17, true});
    qr_image_draw(view->picture, &(struct qr_image){view->tickets[1], 2 * MODULE_PX, 4, 251, 117, false});
    hold(view);
    assert_int_equal(view->scans[0], 1);
    assert_int_equal(view->scans[1], 1);
}

#define WITH_VIEW(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_VIEW(test_scan__a_phone_in_dark_mode_held_in_view_is_one_scan),
        WITH_VIEW(test_scan__two_phones_in_different_modes_are_two_scans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
