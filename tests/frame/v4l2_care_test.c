// The controls of a V4L2 camera, set and steered while it streams: the stand-in behaves as the kernel's uvcvideo driver
// does, writes down what was set, and shows it in its picture (fakes/v4l2_standin.h).
#include "support/check.h"
#include "fakes/step_clock.h"
#include "support/folder.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "frame/brightness.h"
#include "frame/camera.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PICTURE_PX = 200, READS_MOST = 100, FRAME_MS = 33 };

struct stage {
    struct folder folder;
    struct frame *frame;
};

static const char *const settings[] = {
    "V4L2_STANDIN_REFUSES", "V4L2_STANDIN_MOST_EXPOSURE", "V4L2_STANDIN_FORGETS",
    "V4L2_STANDIN_LIGHT",   "V4L2_STANDIN_DELAY",         "V4L2_STANDIN_JOURNAL",
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);
    char path[128];

    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) unsetenv(settings[i]);
    folder_make(&stage->folder);
    stage->frame = mem_zero(sizeof *stage->frame);
    qr_image_clear(stage->frame, PICTURE_PX, PICTURE_PX, 230);
    qr_image_draw(stage->frame, &(struct qr_image){"KT1", 6, 4, 10, 10, false});
    folder_file(&stage->folder, "qr.pgm", path);
    qr_image_write_pgm(stage->frame, path);
    setenv("V4L2_STANDIN_PICTURE", path, 1);
    setenv("V4L2_STANDIN_SIZES", "320x240@100", 1);
    setenv("V4L2_STANDIN_CONTROLS", "uvc", 1);
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

static enum status read_one(struct camera *camera, struct frame *out)
{
    enum status status = STATUS_LATER;

    for (int i = 0; i < READS_MOST && status == STATUS_LATER; i++) status = camera->ops->read(camera, out);
    return status;
}

static const char *read_journal(const char *path)
{
    static char journal[4096];
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    journal[fread(journal, 1, sizeof journal - 1, file)] = '\0';
    fclose(file);
    return journal;
}

// Streams for so long with a camera that has controls; answers what it wrote down of them, one "name=value" a line.
static const char *stream_and_set(struct stage *stage, int64_t ms)
{
    struct step_clock clock;
    char path[128];
    struct camera *camera;

    step_clock_init(&clock, 0); // goes by the frames, so that a busy machine is no other test
    struct camera_config config = {.device = "/dev/video0", .clock = &clock.clock};
    folder_file(&stage->folder, "controls.txt", path);
    unlink(path);
    setenv("V4L2_STANDIN_JOURNAL", path, 1);
    assert_int_equal(camera_v4l2_open(&config, &camera), STATUS_OK);
    do {
        assert_int_equal(read_one(camera, stage->frame), STATUS_OK);
        clock.now_ms += FRAME_MS;
    } while (clock.now_ms < ms);
    const char *journal = read_journal(path);
    camera_close(camera);
    return journal;
}

static int last_value(const char *journal, const char *name)
{
    char line[64];
    const char *found = NULL;

    snprintf(line, sizeof line, "\n%s=", name);
    for (const char *at = journal; (at = strstr(at, line)); at++) found = at;
    if (!found) fail_msg("%s was not set:\n%s", name, journal);
    return atoi(found + strlen(line));
}

static void test_v4l2_care__sets_the_controls_in_their_order(void **state)
{
    assert_string_equal(stream_and_set(*state, 0),
                        "power_line=1\nslow_frames=0\nwhite_balance=0\nexposure_auto=1\nexposure=100\ngain=0\n"
                        "focus_auto=0\nfocus=85\n");
}

// In the wrong order a driver would refuse; what is refused for other reasons is left, and pictures go on.
static void test_v4l2_care__a_refused_control_never_stops_the_camera(void **state)
{
    setenv("V4L2_STANDIN_REFUSES", "exposure_auto,focus,power_line", 1);
    const char *journal = stream_and_set(*state, 100);
    assert_non_null(strstr(journal, "exposure_auto!1\nexposure!100\n")); // which depends on it
    assert_non_null(strstr(journal, "focus!"));
    assert_non_null(strstr(journal, "\nwhite_balance=0\n"));
    setenv("V4L2_STANDIN_REFUSES", "exposure,gain", 1);
    setenv("V4L2_STANDIN_LIGHT", "10", 1);
    journal = stream_and_set(*state, 1900);
    int tries = 0;
    for (const char *at = journal; (at = strstr(at, "\ngain!")); at++) tries++;
    assert_in_range(tries, 3, 6); // then it is left alone
}

static void test_v4l2_care__sets_again_what_the_camera_forgot(void **state)
{
    struct stage *stage = *state;

    setenv("V4L2_STANDIN_FORGETS", "12", 1); // half a second into the stream
    setenv("V4L2_STANDIN_LIGHT", "25", 1);
    const char *journal = stream_and_set(stage, 2000);
    const char *second = strstr(journal + 1, "power_line=1\n");
    assert_non_null(second);
    assert_non_null(strstr(second, "exposure_auto=1\nexposure=100\n"));
    assert_non_null(strstr(second, "focus_auto=0\nfocus=85\n"));
    assert_in_range(last_value(journal, "gain"), 60, 200); // and the servo goes on
}

static void test_v4l2_care__goes_on_from_what_the_camera_made_of_it(void **state)
{
    setenv("V4L2_STANDIN_MOST_EXPOSURE", "60", 1);
    setenv("V4L2_STANDIN_LIGHT", "400", 1);
    const char *journal = stream_and_set(*state, 1400);
    const char *at = strstr(journal, "\nexposure=60\n"); // twice, as all is set, and then the servo's first
    assert_non_null(at);
    assert_non_null(at = strstr(at + 1, "\nexposure=60\n"));
    assert_in_range(last_value(at + 1, "exposure"), 10, 45);
    int value = 0;
    assert_int_equal(sscanf(strstr(at + 1, "\nexposure=") + 1, "exposure=%d", &value), 1);
    assert_in_range(value, 25, 45); // from 6 ms, not from the 10 that were asked for
}

static int mean_of(const struct frame *frame)
{
    struct brightness brightness;

    brightness_measure(frame, &brightness);
    return brightness.mean;
}

static void test_v4l2_care__keeps_the_brightness_of_a_camera_that_does_not(void **state)
{
    struct stage *stage = *state;

    setenv("V4L2_STANDIN_CONTROLS", "exposure,gain", 1);
    setenv("V4L2_STANDIN_LIGHT", "25", 1); // a hall in the evening
    const char *journal = stream_and_set(stage, 4000);
    assert_in_range(mean_of(stage->frame), 80, 170);
    assert_int_equal(last_value(journal, "exposure"), 100); // gain first
    assert_in_range(last_value(journal, "gain"), 60, 200);
    setenv("V4L2_STANDIN_LIGHT", "800", 1); // a bus in the sun
    journal = stream_and_set(stage, 4000);
    assert_in_range(mean_of(stage->frame), 80, 170);
    assert_in_range(last_value(journal, "exposure"), 5, 30);
}

static void test_v4l2_care__too_dark_for_short_exposures_is_left_to_the_camera(void **state)
{
    struct stage *stage = *state;

    setenv("V4L2_STANDIN_CONTROLS", "exposure", 1); // no gain to raise
    setenv("V4L2_STANDIN_LIGHT", "8", 1);
    const char *journal = stream_and_set(stage, 5000);
    assert_int_equal(last_value(journal, "exposure"), 200);
    assert_int_equal(last_value(journal, "exposure_auto"), 3);
    assert_in_range(mean_of(stage->frame), 100, 180);
}

static void test_v4l2_care__gives_the_camera_back_as_it_was_found(void **state)
{
    struct stage *stage = *state;
    char path[128];

    setenv("V4L2_STANDIN_LIGHT", "25", 1);
    size_t set_length = strlen(stream_and_set(stage, 2000));
    folder_file(&stage->folder, "controls.txt", path);
    assert_string_equal(read_journal(path) + set_length, // its automatics hold the values they had
                        "power_line=2\nslow_frames=1\nwhite_balance=1\nexposure_auto=3\nexposure!250\ngain=0\n"
                        "focus_auto=1\nfocus!0\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_v4l2_care__sets_the_controls_in_their_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_v4l2_care__a_refused_control_never_stops_the_camera, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_v4l2_care__sets_again_what_the_camera_forgot, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_v4l2_care__goes_on_from_what_the_camera_made_of_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_v4l2_care__keeps_the_brightness_of_a_camera_that_does_not, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_v4l2_care__too_dark_for_short_exposures_is_left_to_the_camera, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_v4l2_care__gives_the_camera_back_as_it_was_found, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
