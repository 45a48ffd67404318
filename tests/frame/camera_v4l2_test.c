// The V4L2 camera against a stand-in that is linked in front of the C library (fakes/v4l2_standin.h).
#include "support/check.h"
#include "fakes/step_clock.h"
#include "support/folder.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "code/reader.h"
#include "frame/capture.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

enum { PICTURE_PX = 200, READS_MOST = 40, READ_MOST_MS = 200, STEPS_MOST = 100 };

struct stage {
    struct folder folder;
    char text[QR_IMAGE_TICKET_DIGITS + 1];
    struct frame *frame;
};

static const char *const settings[] = {
    "V4L2_STANDIN_PICTURE",      "V4L2_STANDIN_FORMATS",   "V4L2_STANDIN_SIZES", "V4L2_STANDIN_PADDING",
    "V4L2_STANDIN_UNPLUG_AFTER", "V4L2_STANDIN_REPLUG_MS", "V4L2_STANDIN_FAULT", "V4L2_STANDIN_FAULT_FRAMES",
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);
    char path[128];

    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) unsetenv(settings[i]);
    folder_make(&stage->folder);
    stage->frame = mem_zero(sizeof *stage->frame);
    qr_image_ticket_text(stage->text, 7);
    qr_image_clear(stage->frame, PICTURE_PX, PICTURE_PX, 230);
    qr_image_draw(stage->frame, &(struct qr_image){stage->text, 4, 4, 10, 10, false});
    folder_file(&stage->folder, "qr.pgm", path);
    qr_image_write_pgm(stage->frame, path);
    setenv("V4L2_STANDIN_PICTURE", path, 1);
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    folder_remove(&stage->folder);
    free(stage->frame);
    free(stage);
    return 0;
}

// The camera's time stands still, unless a test moves it: on a busy machine nothing is given up for being late.
static struct camera_config *config(void)
{
    static struct camera_config config = {.device = "/dev/video0", .most_width_px = 1280, .most_height_px = 720};
    static struct step_clock clock;

    step_clock_init(&clock, 100000);
    config.clock = &clock.clock;
    return &config;
}

static enum status read_one(struct camera *camera, struct frame *out)
{
    enum status status = STATUS_LATER;

    for (int i = 0; i < READS_MOST && status == STATUS_LATER; i++) status = camera->ops->read(camera, out);
    return status;
}

static void assert_decodes(const struct stage *stage)
{
    struct reading *reading = mem_zero(sizeof *reading);
    struct reader *reader;
    bool is_found = false;

    assert_int_equal(reader_local_open(&(struct reader_config){.clock = clock_system(), .budget_ms = 1000}, &reader),
                     STATUS_OK);
    while (!is_found && !reading->is_exhausted) {
        reader->ops->read(reader, stage->frame, reading);
        is_found = reading->count == 1 && reading->codes[0].length == QR_IMAGE_TICKET_DIGITS &&
                   memcmp(reading->codes[0].text, stage->text, QR_IMAGE_TICKET_DIGITS) == 0;
    }
    assert_true(is_found);
    reader_close(reader);
    free(reading);
}

// Streams with the given settings, expects this size, and reads the ticket out of the last of some frames.
static void assert_streams(struct stage *stage, const char *formats, const char *sizes, int width_px, int height_px)
{
    struct camera *camera;

    setenv("V4L2_STANDIN_FORMATS", formats, 1);
    setenv("V4L2_STANDIN_SIZES", sizes, 1);
    assert_int_equal(camera_v4l2_open(config(), &camera), STATUS_OK);
    for (int i = 0; i < 3; i++) assert_int_equal(read_one(camera, stage->frame), STATUS_OK);
    assert_int_equal(stage->frame->width_px, width_px);
    assert_int_equal(stage->frame->height_px, height_px);
    assert_decodes(stage);
    camera_close(camera);
}

static void test_camera_v4l2__reads_a_ticket_in_every_format(void **state)
{
    assert_streams(*state, "YUYV", "640x480,1280x720", 1280, 720);
    assert_streams(*state, "GREY", "640x480", 640, 480);
    assert_streams(*state, "NV12", "640x480", 640, 480);
    assert_streams(*state, "MJPG", "1280x720,1920x1080", 1280, 720);
}

static void test_camera_v4l2__knows_padded_rows(void **state)
{
    setenv("V4L2_STANDIN_PADDING", "62", 1);
    assert_streams(*state, "YUYV", "640x480", 640, 480);
    assert_streams(*state, "GREY", "640x480", 640, 480);
    assert_streams(*state, "NV12", "640x480", 640, 480);
}

static void test_camera_v4l2__copes_with_ranges_and_with_drivers_that_list_nothing(void **state)
{
    assert_streams(*state, "YUYV", "range", 1280, 720);
    assert_streams(*state, "NV12", "none", 1280, 720);
    assert_streams(*state, "MJPG", "none", 1280, 720);
}

static void test_camera_v4l2__says_what_it_would_use(void **state)
{
    struct camera_description about;

    (void)state;
    setenv("V4L2_STANDIN_FORMATS", "YUYV,MJPG", 1);
    setenv("V4L2_STANDIN_SIZES", "640x480,1280x720@10", 1);
    assert_int_equal(camera_v4l2_describe(config(), &about), STATUS_OK);
    assert_string_equal(about.path, "/dev/video0");
    assert_string_equal(about.card, "Stand-in camera");
    assert_string_equal(about.format, "YUYV");
    assert_int_equal(about.width_px, 640); // the large one is not fluent
    assert_true(about.frames_per_s > 29 && about.frames_per_s < 31);
    struct camera_config any = *config();
    any.device[0] = '\0';
    assert_int_equal(camera_v4l2_describe(&any, &about), STATUS_OK);
    assert_string_equal(about.path, "/dev/video0");
}

static void test_camera_v4l2__refuses_what_is_no_camera(void **state)
{
    struct camera_config other = *config();
    struct camera *camera;

    (void)state;
    setenv("V4L2_STANDIN_FORMATS", "BA81", 1); // raw colours of a sensor
    assert_int_equal(camera_v4l2_open(config(), &camera), STATUS_INVALID);
    strcpy(other.device, "/dev/null");
    assert_int_equal(camera_v4l2_open(&other, &camera), STATUS_INVALID);
    setenv("V4L2_STANDIN_FORMATS", "GREY", 1);
    struct camera *second;
    assert_int_equal(camera_v4l2_open(config(), &camera), STATUS_OK);
    assert_int_equal(camera_v4l2_open(config(), &second), STATUS_LATER); // somebody else has it
    camera_close(camera);
    strcpy(other.device, "/dev/video63");
    assert_int_equal(camera_v4l2_open(&other, &camera), STATUS_MISSING);
}

// Some frames are damaged, then good ones come.
static void assert_survives(struct stage *stage, const char *fault, const char *formats)
{
    setenv("V4L2_STANDIN_FAULT", fault, 1);
    setenv("V4L2_STANDIN_FAULT_FRAMES", "5", 1);
    assert_streams(stage, formats, "640x480", 640, 480);
}

static void test_camera_v4l2__passes_over_damaged_frames(void **state)
{
    assert_survives(*state, "short", "YUYV");
    assert_survives(*state, "short", "NV12");
    assert_survives(*state, "flag", "GREY");
    assert_survives(*state, "io", "GREY");
}

// Whatever can be unpacked of a damaged JPEG is shown, so the first frames may be anything; the camera goes on.
static void test_camera_v4l2__survives_garbage_in_mjpeg(void **state)
{
    struct stage *stage = *state;
    struct camera *camera;

    setenv("V4L2_STANDIN_FORMATS", "MJPG", 1);
    setenv("V4L2_STANDIN_SIZES", "640x480", 1);
    setenv("V4L2_STANDIN_FAULT_FRAMES", "8", 1);
    for (int i = 0; i < 2; i++) {
        setenv("V4L2_STANDIN_FAULT", i ? "garbage" : "short", 1);
        assert_int_equal(camera_v4l2_open(config(), &camera), STATUS_OK);
        for (int n = 0; n < 15; n++) assert_int_equal(read_one(camera, stage->frame), STATUS_OK);
        assert_decodes(stage);
        camera_close(camera);
    }
}

// Time passes with each look at it, as much as a read may take.
static void assert_gone(struct stage *stage, const char *fault)
{
    struct camera_config *by_hand = config();
    struct step_clock *clock = (struct step_clock *)by_hand->clock;
    struct camera *camera;

    setenv("V4L2_STANDIN_FAULT", fault, 1);
    assert_int_equal(camera_v4l2_open(by_hand, &camera), STATUS_OK);
    clock->step_ms = READ_MOST_MS;
    int64_t began_ms = clock->now_ms;
    enum status status = STATUS_LATER;
    while (status == STATUS_LATER) status = camera->ops->read(camera, stage->frame);
    camera_close(camera);
    assert_int_equal(status, STATUS_GONE);
    assert_true(clock->now_ms - began_ms < 3000);
}

static void test_camera_v4l2__gives_up_a_camera_that_sends_nothing_usable(void **state)
{
    assert_gone(*state, "silent");
    assert_gone(*state, "index");
    assert_gone(*state, "stride");
}

// Waits as long as the capture asks to, and counts only that: what the machine is late is not its fault.
static void step_until(struct capture *capture, struct mailbox *states, int64_t *now_ms, bool is_present)
{
    for (int i = 0; i < STEPS_MOST; i++) {
        int64_t wait_ms = capture_step(capture, *now_ms);
        const struct camera_state *now = mailbox_take(states);
        if (now && now->is_present == is_present) return;
        if (wait_ms > 0) poll(NULL, 0, (int)wait_ms);
        *now_ms += wait_ms;
    }
    fail_msg("the camera did not %s", is_present ? "appear" : "vanish");
}

static void test_camera_v4l2__is_back_within_2_s_of_replugging(void **state)
{
    struct mailbox frames, states;
    struct capture *capture;
    int64_t now_ms = 100000;

    (void)state;
    setenv("V4L2_STANDIN_UNPLUG_AFTER", "10", 1);
    setenv("V4L2_STANDIN_REPLUG_MS", "800", 1);
    mailbox_init(&frames, sizeof(struct frame), NULL);
    mailbox_init(&states, sizeof(struct camera_state), NULL);
    struct capture_config capture_config = {camera_v4l2_open, *config(), clock_system(), NULL,
                                            &frames,          NULL,      &states,        NULL};
    assert_int_equal(capture_open(&capture_config, &capture), STATUS_OK);
    step_until(capture, &states, &now_ms, false); // on a busy machine before the first picture
    int64_t pulled_ms = now_ms;
    step_until(capture, &states, &now_ms, true);
    print_message("unplugged for 800 ms, pictures again after %lld ms\n", (long long)(now_ms - pulled_ms));
    assert_true(now_ms - pulled_ms <= 800 + 2000);
    capture_close(capture);
    mailbox_destroy(&states);
    mailbox_destroy(&frames);
}

#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(test_camera_v4l2__reads_a_ticket_in_every_format),
        WITH_STAGE(test_camera_v4l2__knows_padded_rows),
        WITH_STAGE(test_camera_v4l2__copes_with_ranges_and_with_drivers_that_list_nothing),
        WITH_STAGE(test_camera_v4l2__says_what_it_would_use),
        WITH_STAGE(test_camera_v4l2__refuses_what_is_no_camera),
        WITH_STAGE(test_camera_v4l2__passes_over_damaged_frames),
        WITH_STAGE(test_camera_v4l2__survives_garbage_in_mjpeg),
        WITH_STAGE(test_camera_v4l2__gives_up_a_camera_that_sends_nothing_usable),
        WITH_STAGE(test_camera_v4l2__is_back_within_2_s_of_replugging),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
