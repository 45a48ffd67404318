// camera_gstreamer.c -- a camera through GStreamer: a Raspberry Pi's camera module by libcamera, or any pipeline.
// Why GStreamer: the modules speak only libcamera, whose own interface is C++ and changes with each release; both
// Raspberry Pi OS 12 and 13 ship its GStreamer element, with their libcamera. Its V4L2 imitation would have to be
// preloaded into the whole program. The pipeline has threads of its own; the newest picture waits in its sink.
// Starting and ending a pipeline may hang where a driver does, as an ioctl may; the watchdog ends that.
#define LOG_MODULE "camera"

#include "frame/camera.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "frame/picture_gstreamer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    READ_MOST_MS = 200,
    START_MOST_MS = 6000, // to the first picture; a Pi's takes a second, more after a cold start
    SILENCE_MOST_MS = 2000,
    DEFAULT_WIDTH_PX = 1280,
    DEFAULT_HEIGHT_PX = 720,
    COMPLAINT_SIZE = 256,
};

#define LIBCAMERA "libcamera"
#define PIPELINE "gstreamer:"

struct gstreamer_camera {
    struct camera camera;
    struct camera_config config;
    struct gstreamer_calls calls;
    struct picture_jpeg *jpeg;
    struct picture_form form; // of the last picture
    struct libcamera_care care;
    GstElement *pipeline, *sink;
    GstBus *bus;
    bool has_begun; // a picture came
    bool is_bad;    // the last one could not be used
    int64_t good_ms;
};

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static bool is_libcamera(const char *device)
{
    return begins_with(device, LIBCAMERA) && (device[strlen(LIBCAMERA)] == '\0' || device[strlen(LIBCAMERA)] == ':');
}

bool camera_is_gstreamer(const char *device)
{
    return is_libcamera(device) || begins_with(device, PIPELINE);
}

// For the log. A pipeline may hold a network camera's password.
static const char *kind_of(const struct gstreamer_camera *gstreamer)
{
    return is_libcamera(gstreamer->config.device) ? gstreamer->config.device : "gstreamer";
}

static int64_t now_ms(const struct gstreamer_camera *gstreamer)
{
    return gstreamer->config.clock->ops->mono_ms(gstreamer->config.clock);
}

// GStreamer's message, and the last line of what it adds for developers: there stands why a stream ended.
static void write_complaint(const GError *error, const char *more, char out[COMPLAINT_SIZE])
{
    const char *last = more ? strrchr(more, '\n') : NULL;
    char text[COMPLAINT_SIZE];

    snprintf(text, sizeof text, "%s%s%s%s", error->message, last ? " (" : "", last ? last + 1 : "", last ? ")" : "");
    text_make_showable(out, COMPLAINT_SIZE, text, strlen(text));
}

// Why the pipeline ended, if it did.
static bool find_complaint(const struct gstreamer_camera *gstreamer, char out[COMPLAINT_SIZE])
{
    const struct gstreamer_calls *calls = &gstreamer->calls;
    GstMessage *message = calls->gst_bus_pop_filtered(gstreamer->bus, GST_MESSAGE_ERROR);
    GError *error = NULL;
    char *more = NULL;

    if (!message) return false;
    calls->gst_message_parse_error(message, &error, &more);
    write_complaint(error, more, out);
    (calls->g_free)(more); // in brackets: newer GLib has a macro of that name
    calls->g_error_free(error);
    calls->gst_mini_object_unref((GstMiniObject *)message);
    return true;
}

static enum status build(struct gstreamer_camera *gstreamer)
{
    const struct gstreamer_calls *calls = &gstreamer->calls;
    const struct camera_config *config = &gstreamer->config;
    const char *source =
        is_libcamera(config->device) ? "libcamerasrc name=" LIBCAMERA : config->device + strlen(PIPELINE);
    char text[sizeof config->device + 128];
    GError *error = NULL;

    // The newest picture when it is there, not when it would be due in a film; and no other is kept: cameras lend four.
    snprintf(text, sizeof text, "%s ! appsink name=einlass max-buffers=1 drop=true sync=false enable-last-sample=false",
             source);
    gstreamer->pipeline = calls->gst_parse_launch(text, &error);
    if (error) {
        if (!config->is_retry)
            log_error("GStreamer can't build the camera's pipeline: %s%s", error->message,
                      is_libcamera(config->device) ? "; apt install gstreamer1.0-libcamera" : "");
        calls->g_error_free(error);
        return STATUS_INVALID;
    }
    gstreamer->sink = calls->gst_bin_get_by_name((GstBin *)gstreamer->pipeline, "einlass");
    gstreamer->bus = calls->gst_element_get_bus(gstreamer->pipeline);
    return gstreamer->sink ? STATUS_OK : STATUS_INVALID;
}

static void limit(const struct gstreamer_camera *gstreamer)
{
    const struct gstreamer_calls *calls = &gstreamer->calls;
    const struct camera_config *config = &gstreamer->config;
    char text[PICTURE_GSTREAMER_CAPS_SIZE];

    picture_gstreamer_caps(config->most_width_px > 0 ? config->most_width_px : DEFAULT_WIDTH_PX,
                           config->most_height_px > 0 ? config->most_height_px : DEFAULT_HEIGHT_PX, text);
    GstCaps *caps = calls->gst_caps_from_string(text);
    calls->gst_app_sink_set_caps((GstAppSink *)gstreamer->sink, caps);
    calls->gst_mini_object_unref((GstMiniObject *)caps);
}

static void care(struct gstreamer_camera *gstreamer)
{
    const struct gstreamer_calls *calls = &gstreamer->calls;
    const char *device = gstreamer->config.device;
    GstElement *source;

    if (!is_libcamera(device)) return; // a pipeline of people's own is as they wrote it
    source = calls->gst_bin_get_by_name((GstBin *)gstreamer->pipeline, LIBCAMERA);
    if (device[strlen(LIBCAMERA)] == ':')
        calls->gst_util_set_object_arg((GObject *)source, "camera-name", device + strlen(LIBCAMERA) + 1);
    libcamera_care_make(&gstreamer->config.care, &gstreamer->care);
    for (size_t i = 0; i < gstreamer->care.count; i++) {
        struct libcamera_setting *setting = &gstreamer->care.settings[i];
        setting->is_taken = calls->g_object_class_find_property(G_OBJECT_GET_CLASS(source), setting->property) != NULL;
        if (setting->is_taken) calls->gst_util_set_object_arg((GObject *)source, setting->property, setting->value);
    }
    calls->gst_object_unref(source);
}

static enum status begin(struct gstreamer_camera *gstreamer)
{
    char complaint[COMPLAINT_SIZE] = "no reason given";

    gstreamer->good_ms = now_ms(gstreamer);
    if (gstreamer->calls.gst_element_set_state(gstreamer->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
        return STATUS_OK;
    (void)find_complaint(gstreamer, complaint);
    if (!gstreamer->config.is_retry) log_warn("no camera device=%s: %s", kind_of(gstreamer), complaint);
    return STATUS_MISSING;
}

// No usable picture this time. It is over when the pipeline says so, or after a while of that.
static enum status miss(struct gstreamer_camera *gstreamer)
{
    char complaint[COMPLAINT_SIZE];

    if (find_complaint(gstreamer, complaint)) {
        if (!gstreamer->config.is_retry || gstreamer->has_begun) log_warn("the camera ended: %s", complaint);
        return STATUS_GONE;
    }
    if (gstreamer->calls.gst_app_sink_is_eos((GstAppSink *)gstreamer->sink)) return STATUS_GONE;
    int most_ms = gstreamer->has_begun ? SILENCE_MOST_MS : START_MOST_MS;
    return now_ms(gstreamer) - gstreamer->good_ms >= most_ms ? STATUS_GONE : STATUS_LATER;
}

static enum status gstreamer_read(struct camera *self, struct frame *out)
{
    struct gstreamer_camera *gstreamer = (struct gstreamer_camera *)self;
    const struct gstreamer_calls *calls = &gstreamer->calls;
    GstSample *sample = calls->gst_app_sink_try_pull_sample((GstAppSink *)gstreamer->sink, READ_MOST_MS * GST_MSECOND);

    if (!sample) return miss(gstreamer);
    bool is_bad = picture_gstreamer_to_frame(calls, gstreamer->jpeg, sample, out, &gstreamer->form) != STATUS_OK;
    calls->gst_mini_object_unref((GstMiniObject *)sample);
    if (is_bad && !gstreamer->is_bad) log_warn("the camera sends damaged pictures");
    gstreamer->is_bad = is_bad;
    if (is_bad) return miss(gstreamer);
    gstreamer->has_begun = true;
    gstreamer->good_ms = out->mono_ms = now_ms(gstreamer);
    frame_seal(out);
    return STATUS_OK;
}

static void gstreamer_close(struct camera *self)
{
    struct gstreamer_camera *gstreamer = (struct gstreamer_camera *)self;
    const struct gstreamer_calls *calls = &gstreamer->calls;

    if (gstreamer->pipeline) (void)calls->gst_element_set_state(gstreamer->pipeline, GST_STATE_NULL);
    if (gstreamer->bus) calls->gst_object_unref(gstreamer->bus);
    if (gstreamer->sink) calls->gst_object_unref(gstreamer->sink);
    if (gstreamer->pipeline) calls->gst_object_unref(gstreamer->pipeline);
    picture_jpeg_close(gstreamer->jpeg);
    free(gstreamer);
}

static enum status find_calls(struct gstreamer_camera *gstreamer)
{
    char complaint[GSTREAMER_COMPLAINT_SIZE];
    enum status status = gstreamer_calls_find(&gstreamer->calls, complaint);

    if (status != STATUS_OK && !gstreamer->config.is_retry)
        log_error("no camera device=%s: %s", kind_of(gstreamer), complaint);
    return status;
}

enum status camera_gstreamer_open(const struct camera_config *config, struct camera **out)
{
    static const struct camera_ops ops = {.read = gstreamer_read, .close = gstreamer_close};
    struct gstreamer_camera *gstreamer = mem_zero(sizeof *gstreamer);
    enum status status;

    gstreamer->camera.ops = &ops;
    gstreamer->config = *config;
    if ((status = find_calls(gstreamer)) != STATUS_OK) goto fail;
    if ((status = picture_jpeg_open(&gstreamer->jpeg)) != STATUS_OK) goto fail;
    if ((status = build(gstreamer)) != STATUS_OK) goto fail;
    limit(gstreamer);
    care(gstreamer);
    if ((status = begin(gstreamer)) != STATUS_OK) goto fail;
    if (!config->is_retry) log_info("camera device=%s", kind_of(gstreamer));
    *out = &gstreamer->camera;
    return STATUS_OK;
fail:
    gstreamer_close(&gstreamer->camera);
    return status;
}

static enum status read_first(struct camera *camera, struct frame *out)
{
    enum status status;

    do status = camera->ops->read(camera, out);
    while (status == STATUS_LATER);
    return status;
}

enum status camera_gstreamer_describe(const struct camera_config *config, struct camera_description *out)
{
    struct frame *frame = mem_zero(sizeof *frame);
    struct camera *camera = NULL;
    enum status status = camera_gstreamer_open(config, &camera);

    if (status == STATUS_OK && (status = read_first(camera, frame)) == STATUS_OK) {
        const struct gstreamer_camera *gstreamer = (struct gstreamer_camera *)camera;
        *out = (struct camera_description){
            .width_px = frame->width_px,
            .height_px = frame->height_px,
            .frames_per_s = gstreamer->form.frames_per_s,
            .libcamera = gstreamer->care,
        };
        text_copy(out->path, sizeof out->path, config->device);
        text_copy(out->format, sizeof out->format, gstreamer->form.format);
        text_copy(out->card, sizeof out->card, "GStreamer");
    }
    camera_close(camera);
    free(frame);
    return status;
}
