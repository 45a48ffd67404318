#define LOG_MODULE "capture"

#include "frame/capture.h"

#include "base/log.h"
#include "base/mem.h"
#include "frame/sharpness.h"

#include <stdlib.h>

enum {
    RETRY_MS = 500,
    SILENT_MS = 1500,
    PATIENCE_MS = 60000, // a camera that died under us keeps each of its controls waiting for 5 s
};

struct capture {
    struct capture_config config;
    struct doorbell bell; // rung by nobody: it stops the thread
    struct worker worker;
    struct camera *camera; // NULL: none
    struct frame *askew;   // what the camera fills if its pictures have to be turned; NULL: they don't
    int64_t next_try_ms, opened_ms;
    bool has_told;            // the screen knows whether there is a camera
    enum status last_failure; // of open; OK: none since it last worked
    struct camera_state state;
    int64_t counted_from_ms; // since the picture then frame_count counts; 0: none yet
    int frame_count;
    uint64_t preview_digest; // of the picture the screen has; valid while state.is_present
};

enum status capture_open(const struct capture_config *config, struct capture **out)
{
    struct capture *capture = mem_zero(sizeof *capture);

    capture->config = *config;
    doorbell_init(&capture->bell);
    capture->worker = (struct worker){
        .name = "capture",
        .step = capture_step,
        .owner = capture,
        .bell = &capture->bell,
        .clock = config->clock,
        .watch = config->watch,
        .patience_ms = PATIENCE_MS,
    };
    capture->next_try_ms = INT64_MIN;
    if (turn_is_needed(&config->camera.turn)) capture->askew = mem_zero(sizeof *capture->askew);
    *out = capture;
    return STATUS_OK;
}

static void tell(struct capture *capture, struct camera_state state)
{
    capture->state = state;
    capture->has_told = true;
    *(struct camera_state *)mailbox_writable(capture->config.states) = state;
    mailbox_put(capture->config.states);
}

static enum status open_camera(struct capture *capture)
{
    struct camera_config config = capture->config.camera;
    enum status status;

    config.is_retry = capture->last_failure != STATUS_OK;
    status = capture->config.open(&config, &capture->camera);
    if (!config.is_retry || status == STATUS_OK || status == capture->last_failure) return status;
    config.is_retry = false; // it fails in another way now: once more, aloud
    return capture->config.open(&config, &capture->camera);
}

static void try_to_open(struct capture *capture, int64_t mono_ms)
{
    enum status status = open_camera(capture);

    capture->opened_ms = mono_ms;
    if (status == STATUS_OK) return;
    capture->camera = NULL;
    capture->next_try_ms = mono_ms + RETRY_MS;
    if (status == capture->last_failure) return;
    if (capture->last_failure == STATUS_OK) {
        log_warn("no camera, trying again every %d ms", RETRY_MS);
        tell(capture, (struct camera_state){0});
    }
    capture->last_failure = status;
}

// A device that opens and never sends a picture comes here every few seconds; only the first time is news.
static void drop_camera(struct capture *capture, int64_t mono_ms)
{
    if (capture->last_failure == STATUS_OK) {
        log_warn("the camera went away, trying again every %d ms", RETRY_MS);
        tell(capture, (struct camera_state){0});
    }
    camera_close(capture->camera);
    capture->camera = NULL;
    capture->last_failure = STATUS_GONE;
    capture->next_try_ms = mono_ms + RETRY_MS;
}

static void publish_preview(struct capture *capture, const struct frame *frame)
{
    struct mailbox *box = capture->config.preview_frames;

    if (!box || (capture->state.is_present && frame->digest == capture->preview_digest)) return;
    frame_copy(mailbox_writable(box), frame);
    mailbox_put(box);
    capture->preview_digest = frame->digest;
}

static void publish_vitals(struct capture *capture, const struct frame *frame, int64_t mono_ms)
{
    struct mailbox *box = capture->config.vitals;
    int64_t passed_ms = mono_ms - capture->counted_from_ms;

    if (!box) return;
    if (!capture->state.is_present || capture->counted_from_ms == 0) { // the first one begins to count
        capture->counted_from_ms = mono_ms;
        capture->frame_count = 0;
        return;
    }
    capture->frame_count++;
    if (passed_ms < CAPTURE_VITALS_MS) return;
    *(struct camera_vitals *)mailbox_writable(box) =
        (struct camera_vitals){mono_ms, capture->frame_count * 1000.0 / (double)passed_ms, sharpness_measure(frame)};
    mailbox_put(box);
    capture->counted_from_ms = mono_ms;
    capture->frame_count = 0;
}

static void publish(struct capture *capture, const struct frame *frame, int64_t mono_ms)
{
    struct camera_state state = {.is_present = true, .width_px = frame->width_px, .height_px = frame->height_px};

    publish_preview(capture, frame);
    publish_vitals(capture, frame, mono_ms);
    if (!capture->state.is_present || state.width_px != capture->state.width_px ||
        state.height_px != capture->state.height_px) {
        if (!capture->state.is_present) log_info("pictures arrive size=%dx%d", state.width_px, state.height_px);
        capture->last_failure = STATUS_OK;
        tell(capture, state);
    }
    mailbox_put(capture->config.scan_frames); // `frame` is the reader's from here on
}

// An empty folder, a device that opens and sends nothing: people should not wait in front of it.
static void tell_silence(struct capture *capture, int64_t mono_ms)
{
    if (capture->has_told || mono_ms - capture->opened_ms < SILENT_MS) return;
    log_warn("the camera sends no pictures");
    tell(capture, (struct camera_state){0});
}

// Everybody after this sees upright pictures: the reader, the screen, and whoever draws where a code is.
static enum status read_upright(struct capture *capture, struct frame *out)
{
    struct frame *frame = capture->askew ? capture->askew : out;
    enum status status = capture->camera->ops->read(capture->camera, frame);

    if (status == STATUS_OK && capture->askew) turn_frame(&capture->config.camera.turn, frame, out);
    return status;
}

int64_t capture_step(void *owner, int64_t mono_ms)
{
    struct capture *capture = owner;
    struct frame *frame = mailbox_writable(capture->config.scan_frames);

    if (!capture->camera) {
        if (mono_ms < capture->next_try_ms) return capture->next_try_ms - mono_ms;
        try_to_open(capture, mono_ms);
        return capture->camera ? 0 : RETRY_MS;
    }
    switch (read_upright(capture, frame)) {
    case STATUS_OK:
        publish(capture, frame, mono_ms);
        break;
    case STATUS_LATER:
        tell_silence(capture, mono_ms);
        break;
    case STATUS_GONE:
    case STATUS_INVALID:
    case STATUS_MISSING:
    case STATUS_CORRUPT:
        drop_camera(capture, mono_ms);
        return RETRY_MS;
    }
    return 0;
}

void capture_start(struct capture *capture)
{
    worker_start(&capture->worker);
}

void capture_stop(struct capture *capture)
{
    worker_stop(&capture->worker);
}

void capture_close(struct capture *capture)
{
    if (!capture) return;
    capture_stop(capture);
    camera_close(capture->camera);
    doorbell_destroy(&capture->bell);
    free(capture->askew);
    free(capture);
}
