// The GStreamer camera, with GStreamer's own sources, and with a stand-in for libcamera's (fakes/libcamera_standin.h).
#include "support/check.h"
#include "fakes/libcamera_standin.h"
#include "fakes/step_clock.h"
#include "support/folder.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "code/reader.h"
#include "frame/camera.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <turbojpeg.h>

enum { PICTURE_PX = 200, READS_MOST = 100 };

struct stage {
    struct folder folder;
    char text[QR_IMAGE_TICKET_DIGITS + 1];
    struct frame *frame;
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);

    folder_make(&stage->folder);
    stage->frame = mem_zero(sizeof *stage->frame);
    qr_image_ticket_text(stage->text, 7);
    libcamera_standin_forget();
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

static struct camera_config config(const char *device)
{
    struct camera_config config = {.most_width_px = 1280, .most_height_px = 720, .clock = clock_system()};

    assert_true(strlen(device) < sizeof config.device);
    strcpy(config.device, device);
    return config;
}

static struct camera *opened(const char *device)
{
    struct camera_config wanted = config(device);
    struct camera *camera = NULL;

    assert_int_equal(camera_gstreamer_open(&wanted, &camera), STATUS_OK);
    return camera;
}

// Until there is something else than "not yet".
static enum status read_one(struct camera *camera, struct frame *out)
{
    enum status status = STATUS_LATER;

    for (int i = 0; i < READS_MOST && status == STATUS_LATER; i++) status = camera->ops->read(camera, out);
    return status;
}

static void assert_ends(struct camera *camera, struct frame *frame)
{
    enum status status = STATUS_OK;

    for (int i = 0; i < READS_MOST && status != STATUS_GONE; i++) status = camera->ops->read(camera, frame);
    assert_int_equal(status, STATUS_GONE);
    camera_close(camera);
}

static void draw_ticket(struct stage *stage)
{
    qr_image_clear(stage->frame, PICTURE_PX, PICTURE_PX, 230);
    qr_image_draw(stage->frame, &(struct qr_image){stage->text, 4, 4, 10, 10, false});
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

// How a form lays out the brightness; the colours' part is left grey.
struct layout {
    const char *name;
    int bytes_per_pixel, row_px; // row_px: with padding
    int more_bytes;              // after the brightness
};

static void write_raw(const struct stage *stage, const struct layout *layout, const char *path)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    for (int y = 0; y < PICTURE_PX; y++)
        for (int x = 0; x < layout->row_px; x++) {
            fputc(x < PICTURE_PX ? stage->frame->pixels[y * PICTURE_PX + x] : 0, file);
            if (layout->bytes_per_pixel == 2) fputc(128, file);
        }
    for (int i = 0; i < layout->more_bytes; i++) fputc(128, file);
    fclose(file);
}

static void assert_reads_raw(struct stage *stage, const struct layout *layout)
{
    char path[128], device[256];

    draw_ticket(stage);
    folder_file(&stage->folder, "ticket.raw", path);
    write_raw(stage, layout, path);
    snprintf(device, sizeof device,
             "gstreamer:filesrc location=%s ! rawvideoparse format=%s width=%d height=%d plane-strides=\"<%d%s>\"",
             path, layout->name, PICTURE_PX, PICTURE_PX, layout->row_px * layout->bytes_per_pixel,
             layout->more_bytes ? ",200" : "");
    struct camera *camera = opened(device);
    memset(stage->frame->pixels, 0, sizeof stage->frame->pixels);
    assert_int_equal(read_one(camera, stage->frame), STATUS_OK);
    assert_int_equal(stage->frame->width_px, PICTURE_PX);
    assert_int_equal(stage->frame->height_px, PICTURE_PX);
    assert_decodes(stage);
    assert_ends(camera, stage->frame);
}

static void test_camera_gstreamer__reads_a_ticket_in_every_form(void **state)
{
    assert_reads_raw(*state, &(struct layout){"gray8", 1, PICTURE_PX, 0});
    assert_reads_raw(*state, &(struct layout){"nv12", 1, PICTURE_PX, PICTURE_PX * PICTURE_PX / 2});
    assert_reads_raw(*state, &(struct layout){"yuy2", 2, PICTURE_PX, 0});
}

static void test_camera_gstreamer__knows_padded_rows(void **state)
{
    assert_reads_raw(*state, &(struct layout){"gray8", 1, 256, 0});
    assert_reads_raw(*state, &(struct layout){"yuy2", 2, 256, 0});
}

static void test_camera_gstreamer__unpacks_jpeg(void **state)
{
    struct stage *stage = *state;
    char path[128], device[256];
    unsigned char *bytes = NULL;
    unsigned long length = 0;

    draw_ticket(stage);
    tjhandle packer = tjInitCompress();
    assert_int_equal(tjCompress2(packer, stage->frame->pixels, PICTURE_PX, 0, PICTURE_PX, TJPF_GRAY, &bytes, &length,
                                 TJSAMP_GRAY, 90, 0),
                     0);
    folder_file(&stage->folder, "ticket.jpg", path);
    FILE *file = fopen(path, "wb");
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
    tjFree(bytes);
    tjDestroy(packer);
    snprintf(device, sizeof device, "gstreamer:filesrc location=%s blocksize=%lu ! image/jpeg,width=%d,height=%d", path,
             length, PICTURE_PX, PICTURE_PX);
    struct camera *camera = opened(device);
    memset(stage->frame->pixels, 0, sizeof stage->frame->pixels);
    assert_int_equal(read_one(camera, stage->frame), STATUS_OK);
    assert_decodes(stage);
    camera_close(camera);
}

static void test_camera_gstreamer__gives_time_and_digest(void **state)
{
    struct stage *stage = *state;
    struct camera *camera = opened("gstreamer:videotestsrc is-live=true ! video/x-raw,width=320,height=240");
    struct clock *clock = clock_system();
    int64_t before_ms = clock->ops->mono_ms(clock);

    assert_int_equal(read_one(camera, stage->frame), STATUS_OK);
    assert_in_range(stage->frame->mono_ms, before_ms, clock->ops->mono_ms(clock));
    uint64_t digest = stage->frame->digest;
    frame_seal(stage->frame);
    assert_int_equal(stage->frame->digest, digest);
    camera_close(camera);
}

static void test_camera_gstreamer__ends_with_its_pipeline(void **state)
{
    struct stage *stage = *state;

    assert_ends(opened("gstreamer:videotestsrc num-buffers=3"), stage->frame);
    assert_ends(opened("gstreamer:videotestsrc ! identity error-after=3"), stage->frame);
}

// Colours that have no brightness of their own, and pictures larger than they may be.
static void test_camera_gstreamer__refuses_what_it_could_not_use(void **state)
{
    struct stage *stage = *state;
    struct camera_config none = config("gstreamer:there-is-no-such-element"), broken = config("gstreamer:! !"),
                         nowhere = config("gstreamer:filesrc location=/nowhere");
    struct camera *camera = NULL;

    assert_ends(opened("gstreamer:videotestsrc ! video/x-raw,format=RGB"), stage->frame);
    assert_ends(opened("gstreamer:videotestsrc ! video/x-raw,width=1920,height=1080"), stage->frame);
    assert_int_equal(camera_gstreamer_open(&none, &camera), STATUS_INVALID);
    assert_int_equal(camera_gstreamer_open(&broken, &camera), STATUS_INVALID);
    assert_int_equal(camera_gstreamer_open(&nowhere, &camera), STATUS_MISSING);
    assert_null(camera);
}

static enum status read_at(struct camera *camera, struct step_clock *clock, int64_t now_ms, struct frame *frame)
{
    clock->now_ms = now_ms;
    return camera->ops->read(camera, frame);
}

static void test_camera_gstreamer__gives_up_a_camera_that_stays_silent(void **state)
{
    struct stage *stage = *state;
    struct camera_config wanted = config("gstreamer:videotestsrc is-live=true ! valve drop=true");
    struct step_clock clock;
    struct camera *camera;

    step_clock_init(&clock, 1000);
    wanted.clock = &clock.clock;
    assert_int_equal(camera_gstreamer_open(&wanted, &camera), STATUS_OK);
    assert_int_equal(read_at(camera, &clock, 1000 + 5999, stage->frame), STATUS_LATER); // it may take its time to begin
    assert_int_equal(read_at(camera, &clock, 1000 + 6000, stage->frame), STATUS_GONE);
    camera_close(camera);
}

static void test_camera_gstreamer__leaves_the_programs_language_alone(void **state)
{
    char before[256];

    (void)state;
    snprintf(before, sizeof before, "%s", setlocale(LC_ALL, NULL));
    camera_close(opened("gstreamer:videotestsrc num-buffers=1"));
    assert_string_equal(setlocale(LC_ALL, NULL), before);
}

static void test_camera_gstreamer__is_told_by_its_name(void **state)
{
    (void)state;
    assert_true(camera_is_gstreamer("libcamera"));
    assert_true(camera_is_gstreamer("libcamera:" LIBCAMERA_STANDIN_CAMERA));
    assert_true(camera_is_gstreamer("gstreamer:videotestsrc"));
    assert_false(camera_is_gstreamer("libcameras"));
    assert_false(camera_is_gstreamer("/dev/v4l/by-id/usb-libcamera"));
    assert_false(camera_is_gstreamer(""));
}

static void test_camera_gstreamer__asks_libcamera_for_what_a_door_wants(void **state)
{
    struct stage *stage = *state;
    struct camera *camera = opened("libcamera");

    assert_int_equal(read_one(camera, stage->frame), STATUS_OK);
    assert_int_equal(stage->frame->width_px, 1280);
    assert_int_equal(stage->frame->height_px, 720);
    assert_string_equal(libcamera_standin_setting("camera-name"), "");
    assert_string_equal(libcamera_standin_setting("ae-exposure-mode"), "short");
    assert_string_equal(libcamera_standin_setting("ae-flicker-mode"), "manual");
    assert_string_equal(libcamera_standin_setting("ae-flicker-period"), "10000");
    assert_string_equal(libcamera_standin_setting("af-mode"), "manual");
    assert_true(strncmp(libcamera_standin_setting("lens-position"), "3.", 2) == 0);
    camera_close(camera);
}

static void test_camera_gstreamer__hands_on_values_and_the_cameras_name(void **state)
{
    struct stage *stage = *state;
    struct camera_config wanted = config("libcamera:" LIBCAMERA_STANDIN_CAMERA), other = config("libcamera:/base/no");
    struct camera *camera;

    wanted.care.exposure = (struct care_want){CARE_VALUE, 4000};
    wanted.care.white_balance = (struct care_want){CARE_VALUE, 5600};
    assert_int_equal(camera_gstreamer_open(&wanted, &camera), STATUS_OK);
    assert_int_equal(read_one(camera, stage->frame), STATUS_OK);
    camera_close(camera);
    assert_string_equal(libcamera_standin_setting("camera-name"), LIBCAMERA_STANDIN_CAMERA);
    assert_string_equal(libcamera_standin_setting("exposure-time-mode"), "manual");
    assert_string_equal(libcamera_standin_setting("exposure-time"), "4000");
    assert_string_equal(libcamera_standin_setting("awb-enable"), "false");
    assert_string_equal(libcamera_standin_setting("colour-temperature"), "5600");
    assert_int_equal(camera_gstreamer_open(&other, &camera), STATUS_MISSING);
}

static void test_camera_gstreamer__says_what_it_uses(void **state)
{
    struct camera_config wanted = config("libcamera"),
                         own = config("gstreamer:videotestsrc ! video/x-raw,format=YUY2,width=320,height=240");
    struct camera_description about;

    (void)state;
    assert_int_equal(camera_gstreamer_describe(&wanted, &about), STATUS_OK);
    assert_string_equal(about.path, "libcamera");
    assert_string_equal(about.format, "NV12");
    assert_int_equal(about.width_px, 1280);
    assert_int_equal(about.frames_per_s, 30);
    assert_true(about.libcamera.count > 0);
    for (size_t i = 0; i < about.libcamera.count; i++) assert_true(about.libcamera.settings[i].is_taken);
    assert_int_equal(camera_gstreamer_describe(&own, &about), STATUS_OK);
    assert_string_equal(about.format, "YUY2");
    assert_int_equal(about.libcamera.count, 0);
}

// Last: from here on the stand-in is old.
static void test_camera_gstreamer__goes_on_where_libcamera_is_too_old(void **state)
{
    struct camera_config wanted = config("libcamera");
    struct camera_description about;

    (void)state;
    libcamera_standin_age();
    assert_int_equal(camera_gstreamer_describe(&wanted, &about), STATUS_OK);
    assert_true(about.libcamera.count > 0);
    for (size_t i = 0; i < about.libcamera.count; i++) assert_false(about.libcamera.settings[i].is_taken);
    assert_string_equal(libcamera_standin_setting("ae-exposure-mode"), "");
}

static int register_standin(void **state)
{
    (void)state;
    libcamera_standin_register();
    return 0;
}

#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(test_camera_gstreamer__reads_a_ticket_in_every_form),
        WITH_STAGE(test_camera_gstreamer__knows_padded_rows),
        WITH_STAGE(test_camera_gstreamer__unpacks_jpeg),
        WITH_STAGE(test_camera_gstreamer__gives_time_and_digest),
        WITH_STAGE(test_camera_gstreamer__ends_with_its_pipeline),
        WITH_STAGE(test_camera_gstreamer__refuses_what_it_could_not_use),
        WITH_STAGE(test_camera_gstreamer__gives_up_a_camera_that_stays_silent),
        WITH_STAGE(test_camera_gstreamer__leaves_the_programs_language_alone),
        WITH_STAGE(test_camera_gstreamer__is_told_by_its_name),
        WITH_STAGE(test_camera_gstreamer__asks_libcamera_for_what_a_door_wants),
        WITH_STAGE(test_camera_gstreamer__hands_on_values_and_the_cameras_name),
        WITH_STAGE(test_camera_gstreamer__says_what_it_uses),
        WITH_STAGE(test_camera_gstreamer__goes_on_where_libcamera_is_too_old),
    };
    return cmocka_run_group_tests(tests, register_standin, NULL);
}
