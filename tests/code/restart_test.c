// A phone held before the camera for half a minute, each frame with other noise, while the processes that read are
// killed and stopped: it stays one scan, and who comes next is read.
#include "support/check.h"
#include "code/visitor.h"
#include "fakes/step_clock.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "code/cage.h"
#include "code/scan.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BUDGET_MS = 80, FRAME_MS = 100, FRAMES = 300, FRAMES_PER_HARM = 8, QUIET_MS = 1500, NOISE = 16 };

struct view {
    struct step_clock clock;
    struct reader *reader;
    struct queue codes;
    struct scan *scan;
    struct frame *picture; // without noise
    uint32_t random;
    int harmed_count;
};

static int set_up(void **state)
{
    struct view *view = mem_zero(sizeof *view);
    struct reader_config reader = {&view->clock.clock, BUDGET_MS, READER_PROGRAM};

    step_clock_init(&view->clock, 0);
    assert_int_equal(reader_child_open(&reader, &view->reader), STATUS_OK);
    queue_init(&view->codes, sizeof(struct code), 8, NULL);
    struct scan_config config = {
        .reader = view->reader, .clock = &view->clock.clock, .quiet_ms = QUIET_MS, .codes = &view->codes};
    assert_int_equal(scan_open(&config, &view->scan), STATUS_OK);
    view->picture = mem_zero(sizeof *view->picture);
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

static unsigned next_random(struct view *view)
{
    view->random = view->random * 1664525U + 1013904223U;
    return view->random >> 16;
}

static void show_with_noise(struct view *view)
{
    struct frame *frame = mailbox_writable(scan_frames(view->scan));

    view->clock.now_ms += FRAME_MS;
    frame_copy(frame, view->picture);
    frame->mono_ms = view->clock.now_ms;
    for (int i = 0; i < frame->width_px * frame->height_px; i++) {
        int grey = frame->pixels[i] + (int)(next_random(view) % (2 * NOISE + 1)) - NOISE;
        frame->pixels[i] = (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
    }
    frame_seal(frame);
    mailbox_put(scan_frames(view->scan));
    (void)scan_step(view->scan, view->clock.now_ms);
}

// One of our processes, if there is any, is killed or stopped.
static void harm_one(struct view *view)
{
    char path[64];
    int pids[4], count = 0;

    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "re");
    if (!file) skip(); // a kernel that doesn't tell
    while (count < 4 && fscanf(file, "%d", &pids[count]) == 1) count++;
    fclose(file);
    if (count == 0) return;
    kill(pids[next_random(view) % (unsigned)count], next_random(view) % 3 ? SIGKILL : SIGSTOP);
    view->harmed_count++;
}

static void test_scan__a_killed_process_makes_no_code_new(void **state)
{
    struct view *view = *state;
    struct code code;

    for (unsigned person = 1; person <= 2; person++) {
        char text[QR_IMAGE_TICKET_DIGITS + 1];
        qr_image_ticket_text(text, person);
        qr_image_clear(view->picture, 320, 240, 120);
        qr_image_draw(view->picture, &(struct qr_image){text, 4, 4, 20, 10, false});
        for (int i = 0; i < FRAMES; i++) {
            if (next_random(view) % FRAMES_PER_HARM == 0) harm_one(view);
            show_with_noise(view);
            visitor_let_settle(); // the clock of the frames stands still while a process begins
        }
        assert_true(queue_take(&view->codes, &code));
        assert_int_equal(code.length, QR_IMAGE_TICKET_DIGITS);
        assert_memory_equal(code.text, text, QR_IMAGE_TICKET_DIGITS);
        assert_false(queue_take(&view->codes, &code));
    }
    assert_in_range(view->harmed_count, FRAMES / FRAMES_PER_HARM, FRAMES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_scan__a_killed_process_makes_no_code_new, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
