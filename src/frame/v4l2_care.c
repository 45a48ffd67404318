#define LOG_MODULE "camera"

#include "frame/v4l2_care.h"

#include "base/log.h"
#include "frame/v4l2_controls.h"

#include <errno.h>
#include <string.h>

enum { BEGIN_MS = 700, FAILURES_MOST = 3, BLACK = 10, DARK = 40, DARK_MS = 2000 };

static void set_one(const struct v4l2_care *care, enum camera_control_kind kind, int value, bool is_loud)
{
    char text[CAMERA_CONTROL_TEXT_SIZE];

    if (v4l2_control_set(care->fd, kind, value) == STATUS_OK || !is_loud) return;
    int error = errno;
    camera_control_text(kind, &care->controls.of[kind], value, text);
    log_warn("the camera refuses a setting control=\"%s\" value=\"%s\": %s", camera_control_words(kind), text,
             strerror(error));
}

static void set_all(const struct v4l2_care *care, bool is_loud)
{
    for (int kind = 0; kind < CAMERA_CONTROL_COUNT; kind++)
        if (care->plan.of[kind].is_set)
            set_one(care, (enum camera_control_kind)kind, care->plan.of[kind].value, is_loud);
}

// What the camera made of it, else what was planned.
static int actual(const struct v4l2_care *care, enum camera_control_kind kind)
{
    int value;

    if (v4l2_control_get(care->fd, kind, &value) == STATUS_OK) return value;
    return care->plan.of[kind].is_set ? care->plan.of[kind].value : care->controls.of[kind].now;
}

static void begin(struct v4l2_care *care, int64_t mono_ms)
{
    set_all(care, false);
    struct servo_setting now = {actual(care, CAMERA_CONTROL_EXPOSURE), actual(care, CAMERA_CONTROL_GAIN)};
    care->has_begun = true;
    care->is_steering = servo_is_needed(&care->plan.servo);
    servo_init(&care->servo, &care->plan.servo, now, mono_ms);
}

void v4l2_care_start(struct v4l2_care *care, int fd, const struct camera_config *config, int64_t mono_ms)
{
    *care = (struct v4l2_care){.fd = fd, .wish = config->care, .begin_ms = mono_ms + BEGIN_MS};
    v4l2_controls_query(fd, &care->controls);
    care_plan_make(&care->controls, &config->care, &care->plan);
    set_all(care, !config->is_retry);
}

// A camera that no longer takes values (or takes its time to refuse them) is left alone.
static void steer(struct v4l2_care *care, const struct servo_setting *wanted)
{
    bool is_refused = false;

    if (care->plan.servo.exposure.step > 0)
        is_refused = v4l2_control_set(care->fd, CAMERA_CONTROL_EXPOSURE, wanted->exposure) != STATUS_OK;
    if (care->plan.servo.gain.step > 0)
        is_refused |= v4l2_control_set(care->fd, CAMERA_CONTROL_GAIN, wanted->gain) != STATUS_OK;
    log_debug("brightness exposure_ms=%.1f gain=%d", wanted->exposure / 10.0, wanted->gain);
    care->failed_count = is_refused ? care->failed_count + 1 : 0;
    if (care->failed_count < FAILURES_MOST) return;
    care->is_steering = false;
    log_warn("the camera takes no exposure and gain any more; its picture stays as bright as it is");
}

static bool is_too_dark(struct v4l2_care *care, const struct brightness *brightness, int64_t mono_ms)
{
    bool was_dark = care->is_dark;

    // Black is a cap on the lens, which no automatic sees through.
    care->is_dark = servo_is_at_top(&care->servo) && brightness->mean >= BLACK && brightness->mean < DARK;
    if (care->is_dark && !was_dark) care->dark_ms = mono_ms;
    return care->is_dark && mono_ms - care->dark_ms >= DARK_MS;
}

static void give_way(struct v4l2_care *care)
{
    struct care_wish wish = care->wish;

    if (wish.exposure.way != CARE_OURS) return; // as people wanted it
    wish.exposure.way = CARE_CAMERA;
    care->wish = wish; // once
    care_plan_make(&care->controls, &wish, &care->plan);
    care->is_steering = servo_is_needed(&care->plan.servo);
    if (care->is_steering) return; // it has no automatic
    log_info("too dark for short exposures here; the camera exposes by itself");
    set_all(care, true);
}

void v4l2_care_step(struct v4l2_care *care, const struct frame *frame, int64_t mono_ms)
{
    struct brightness brightness;
    struct servo_setting wanted;

    if (!care->has_begun && mono_ms >= care->begin_ms) begin(care, mono_ms);
    if (!care->is_steering) return;
    brightness_measure(frame, &brightness);
    if (is_too_dark(care, &brightness, mono_ms)) {
        give_way(care);
        return;
    }
    if (servo_step(&care->servo, &brightness, mono_ms, &wanted)) steer(care, &wanted);
}

// The automatics come first; what one of them holds is refused then, and needs no value.
void v4l2_care_end(const struct v4l2_care *care)
{
    for (int kind = 0; kind < CAMERA_CONTROL_COUNT; kind++) {
        if (!care->plan.of[kind].is_set) continue;
        if (v4l2_control_set(care->fd, (enum camera_control_kind)kind, care->controls.of[kind].now) == STATUS_OK)
            continue;
        if (errno == ENODEV || errno == ETIMEDOUT) return; // it is gone, or hangs: every further one would take seconds
    }
}
