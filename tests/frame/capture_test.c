#include "support/check.h"
#include "fakes/camera_scripted.h"
#include "fakes/step_clock.h"

#include "base/mem.h"
#include "frame/capture.h"

#include <stdlib.h>

struct desk {
    struct step_clock clock;
    struct camera_script script;
    struct mailbox frames, preview, states;
    struct capture *capture;
};

static void start(struct desk *desk, const struct camera_line *lines, int count)
{
    *desk = (struct desk){.script = {.lines = lines, .count = count, .width_px = 640, .height_px = 480}};
    step_clock_init(&desk->clock, 1000);
    mailbox_init(&desk->frames, sizeof(struct frame), NULL);
    mailbox_init(&desk->preview, sizeof(struct frame), NULL);
    mailbox_init(&desk->states, sizeof(struct camera_state), NULL);
    struct capture_config config = {
        .open = camera_scripted_open,
        .clock = &desk->clock.clock,
        .scan_frames = &desk->frames,
        .preview_frames = &desk->preview,
        .states = &desk->states,
    };
    camera_scripted_config(&config.camera, &desk->script);
    assert_int_equal(capture_open(&config, &desk->capture), STATUS_OK);
}

static int64_t step(struct desk *desk)
{
    return capture_step(desk->capture, desk->clock.now_ms);
}

static void stop(struct desk *desk)
{
    capture_close(desk->capture);
    assert_int_equal(desk->script.opened, desk->script.closed);
    mailbox_destroy(&desk->states);
    mailbox_destroy(&desk->preview);
    mailbox_destroy(&desk->frames);
}

static void assert_grey(struct mailbox *box, int grey) // -1: nothing new
{
    const struct frame *frame = mailbox_take(box);

    if (grey < 0) {
        assert_null(frame);
    } else {
        assert_non_null(frame);
        assert_int_equal(frame->pixels[0], grey);
        assert_int_equal(frame->pixels[640 * 480 - 1], grey);
    }
}

static void test_capture__previews_only_what_changed(void **state)
{
    static const struct camera_line lines[] = {
        {true, STATUS_OK, 0},     {false, STATUS_OK, 10}, {false, STATUS_OK, 10},
        {false, STATUS_LATER, 0}, {false, STATUS_OK, 20},
    };
    struct desk desk;

    (void)state;
    start(&desk, lines, 5);
    assert_int_equal(step(&desk), 0);        // opens
    assert_null(mailbox_take(&desk.states)); // a device is no picture yet
    step(&desk);
    assert_grey(&desk.frames, 10);
    assert_grey(&desk.preview, 10);
    const struct camera_state *camera = mailbox_take(&desk.states);
    assert_true(camera && camera->is_present && camera->width_px == 640 && camera->height_px == 480);
    step(&desk);
    assert_grey(&desk.frames, 10); // scanning wants every frame
    assert_grey(&desk.preview, -1);
    step(&desk);
    assert_grey(&desk.frames, -1);
    step(&desk);
    assert_grey(&desk.frames, 20);
    assert_grey(&desk.preview, 20);
    assert_null(mailbox_take(&desk.states)); // told once
    stop(&desk);
}

static void test_capture__tells_when_the_camera_goes_and_tries_every_500_ms(void **state)
{
    static const struct camera_line lines[] = {
        {true, STATUS_OK, 0},      {false, STATUS_OK, 10},    {false, STATUS_GONE, 0}, {true, STATUS_MISSING, 0},
        {true, STATUS_MISSING, 0}, {true, STATUS_MISSING, 0}, {true, STATUS_OK, 0},    {false, STATUS_OK, 10},
    };
    struct desk desk;

    (void)state;
    start(&desk, lines, 8);
    step(&desk);
    step(&desk);
    (void)mailbox_take(&desk.states);
    assert_grey(&desk.preview, 10);
    assert_int_equal(step(&desk), 500); // it vanishes
    assert_false(((const struct camera_state *)mailbox_take(&desk.states))->is_present);
    assert_int_equal(desk.script.closed, 1);
    desk.clock.now_ms += 200;
    assert_int_equal(step(&desk), 300); // woken too early: nothing is tried
    assert_int_equal(desk.script.at, 3);
    desk.clock.now_ms += 300;
    assert_int_equal(step(&desk), 500); // fails in a new way: asked again, aloud
    assert_int_equal(desk.script.at, 5);
    desk.clock.now_ms += 500;
    assert_int_equal(step(&desk), 500);
    assert_null(mailbox_take(&desk.states)); // still away is no news
    desk.clock.now_ms += 500;
    assert_int_equal(step(&desk), 0);
    step(&desk);
    assert_true(((const struct camera_state *)mailbox_take(&desk.states))->is_present);
    assert_grey(&desk.preview, 10); // the same picture as before is shown again
    stop(&desk);
}

static void test_capture__says_that_there_is_no_camera_at_start(void **state)
{
    static const struct camera_line lines[] = {
        {true, STATUS_INVALID, 0}, {true, STATUS_INVALID, 0}, {true, STATUS_INVALID, 0}};
    struct desk desk;

    (void)state;
    start(&desk, lines, 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(step(&desk), 500);
        const struct camera_state *camera = mailbox_take(&desk.states);
        if (i == 0) assert_true(camera && !camera->is_present);
        else assert_null(camera);
        desk.clock.now_ms += 500;
    }
    assert_int_equal(desk.script.retries, 2);
    stop(&desk);
}

static void test_capture__a_camera_that_sends_nothing_is_no_camera(void **state)
{
    static const struct camera_line lines[] = {{true, STATUS_OK, 0}};
    struct desk desk;

    (void)state;
    start(&desk, lines, 1);
    step(&desk); // opens; from here on the script says LATER
    step(&desk);
    assert_null(mailbox_take(&desk.states));
    desk.clock.now_ms += 1500;
    step(&desk);
    const struct camera_state *camera = mailbox_take(&desk.states);
    assert_true(camera && !camera->is_present);
    desk.clock.now_ms += 1500;
    step(&desk);
    assert_null(mailbox_take(&desk.states)); // told once
    stop(&desk);
}

static void test_capture__tells_how_many_pictures_arrive(void **state)
{
    static struct camera_line lines[200] = {{true, STATUS_OK, 0}};
    const struct camera_vitals *vitals;
    struct mailbox box;
    struct desk desk;

    (void)state;
    for (int i = 1; i < 200; i++) lines[i] = (struct camera_line){false, STATUS_OK, 10};
    lines[100].status = STATUS_GONE;
    lines[101].is_open = true;
    mailbox_init(&box, sizeof(struct camera_vitals), NULL);
    start(&desk, lines, 200);
    capture_close(desk.capture);
    struct capture_config config = {
        .open = camera_scripted_open,
        .clock = &desk.clock.clock,
        .scan_frames = &desk.frames,
        .states = &desk.states,
        .vitals = &box,
    };
    camera_scripted_config(&config.camera, &desk.script);
    assert_int_equal(capture_open(&config, &desk.capture), STATUS_OK);
    step(&desk); // opens
    for (int i = 0; i < 60; i++, desk.clock.now_ms += 40) step(&desk);
    vitals = mailbox_take(&box);
    assert_non_null(vitals);
    assert_true(vitals->frames_per_s > 24.9 && vitals->frames_per_s < 25.1);
    assert_int_equal(vitals->sharpness, 0); // plain grey
    while (desk.script.at < 102) {
        step(&desk);
        desk.clock.now_ms += 500;
    }
    (void)mailbox_take(&box);
    for (int i = 0; i < 20; i++, desk.clock.now_ms += 100) step(&desk);
    assert_null(mailbox_take(&box)); // two seconds since it came back are not over
    for (int i = 0; i < 2; i++, desk.clock.now_ms += 100) step(&desk);
    vitals = mailbox_take(&box);
    assert_true(vitals && vitals->frames_per_s > 9.9 && vitals->frames_per_s < 10.1); // the pause doesn't count
    stop(&desk);
    mailbox_destroy(&box);
}

// A camera that sends one small picture: 0 1 2 in the first row, 3 4 5 in the second.
static enum status small_read(struct camera *camera, struct frame *out)
{
    (void)camera;
    out->width_px = 3;
    out->height_px = 2;
    for (uint8_t i = 0; i < 6; i++) out->pixels[i] = i;
    frame_seal(out);
    return STATUS_OK;
}

static void small_close(struct camera *camera)
{
    free(camera);
}

static enum status small_open(const struct camera_config *config, struct camera **out)
{
    static const struct camera_ops ops = {.read = small_read, .close = small_close};

    (void)config;
    *out = mem_zero(sizeof **out);
    (*out)->ops = &ops;
    return STATUS_OK;
}

static void assert_small(struct mailbox *box, const uint8_t pixels[6])
{
    const struct frame *frame = mailbox_take(box);

    assert_non_null(frame);
    assert_int_equal(frame->width_px, 2);
    assert_int_equal(frame->height_px, 3);
    assert_memory_equal(frame->pixels, pixels, 6);
}

static void test_capture__sets_upright_for_reader_and_screen(void **state)
{
    static const uint8_t upright[] = {3, 0, 4, 1, 5, 2};
    struct step_clock clock;
    struct mailbox frames, previews, states;
    struct capture *capture;

    (void)state;
    step_clock_init(&clock, 1000);
    mailbox_init(&frames, sizeof(struct frame), NULL);
    mailbox_init(&previews, sizeof(struct frame), NULL);
    mailbox_init(&states, sizeof(struct camera_state), NULL);
    struct capture_config config = {.open = small_open,
                                    .camera = {.turn = {.degrees = 90}},
                                    .clock = &clock.clock,
                                    .scan_frames = &frames,
                                    .preview_frames = &previews,
                                    .states = &states};
    assert_int_equal(capture_open(&config, &capture), STATUS_OK);
    for (int i = 0; i < 3; i++) capture_step(capture, clock.now_ms);
    assert_small(&frames, upright);
    assert_small(&previews, upright);
    const struct camera_state *camera = mailbox_take(&states);
    assert_true(camera && camera->is_present && camera->width_px == 2 && camera->height_px == 3);
    capture_close(capture);
    mailbox_destroy(&states);
    mailbox_destroy(&previews);
    mailbox_destroy(&frames);
}

static void test_capture__runs_and_stops_as_a_thread(void **state)
{
    static const struct camera_line lines[] = {{true, STATUS_OK, 0}, {false, STATUS_OK, 10}};
    struct doorbell bell;
    struct desk desk;

    (void)state;
    start(&desk, lines, 2);
    doorbell_init(&bell);
    desk.states.bell = &bell;
    capture_start(desk.capture);
    assert_true(doorbell_wait(&bell, DOORBELL_FOREVER));
    assert_true(((const struct camera_state *)mailbox_take(&desk.states))->is_present);
    capture_stop(desk.capture);
    capture_stop(desk.capture);
    stop(&desk);
    doorbell_destroy(&bell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_capture__previews_only_what_changed),
        cmocka_unit_test(test_capture__tells_when_the_camera_goes_and_tries_every_500_ms),
        cmocka_unit_test(test_capture__says_that_there_is_no_camera_at_start),
        cmocka_unit_test(test_capture__a_camera_that_sends_nothing_is_no_camera),
        cmocka_unit_test(test_capture__tells_how_many_pictures_arrive),
        cmocka_unit_test(test_capture__sets_upright_for_reader_and_screen),
        cmocka_unit_test(test_capture__runs_and_stops_as_a_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
