// The camera that would be used: its picture, and what its controls will be.
#include "app/cameras.h"
#include "app/check_parts.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

// Each control a V4L2 camera has: what it is now, and what the kiosk makes of it.
static void tell_controls(struct report *report, const struct camera_description *camera)
{
    bool has_any = false;

    for (enum camera_control_kind kind = 0; kind < CAMERA_CONTROL_COUNT; kind++) {
        const struct camera_control *control = &camera->controls.of[kind];
        char now[CAMERA_CONTROL_TEXT_SIZE], then[CARE_WORDS_SIZE];
        if (!control->is_present) continue;
        camera_control_text(kind, control, control->now, now);
        care_plan_words(&camera->plan, &camera->controls, kind, then);
        report_fact(report, "", "%s: %s now, %s", camera_control_words(kind), now, then);
        has_any = true;
    }
    if (!has_any) report_fact(report, "", "it has no controls: exposure and focus are its own");
}

// libcamera takes a setting silently even if this camera has no such control (a lens that can't move); whether its
// element knows the word at all is what can be told.
static void tell_libcamera(struct report *report, const struct libcamera_care *care)
{
    size_t unknown_count = 0;

    for (size_t i = 0; i < care->count; i++) {
        const struct libcamera_setting *setting = &care->settings[i];
        if (setting->is_taken)
            report_fact(report, "", "%s: will be %s, if it has that", setting->property, setting->value);
        else unknown_count++;
    }
    if (care->count == 0) report_fact(report, "", "a pipeline of your own: exposure and focus are as it says");
    else if (unknown_count == care->count)
        report_fact(report, "", "libcamera here is too old to be told anything: exposure and focus are its own");
}

static void tell_turn(struct report *report, const struct turn *turn)
{
    if (!turn_is_needed(turn)) return;
    report_fact(report, "", "its picture is %s%s%s", turn->is_flipped ? "flipped" : "",
                turn->is_flipped && turn->degrees ? ", then " : "",
                turn->degrees == 90    ? "turned a quarter clockwise"
                : turn->degrees == 180 ? "turned upside down"
                : turn->degrees == 270 ? "turned a quarter anticlockwise"
                                       : "");
}

static void check_folder(struct report *report, const char *folder)
{
    if (access(folder, R_OK | X_OK) == 0) report_fact(report, "camera", "pictures of the folder %s", folder);
    else report_missing(report, "camera", "folder %s: %s", folder, strerror(errno));
}

static void tell_missing(struct report *report, const struct camera_config *config, enum status status)
{
    if (camera_is_gstreamer(config->device))
        report_missing(report, "camera", "\"%s\": %s", config->device,
                       status == STATUS_INVALID ? "GStreamer can't build that; the reason stands above"
                                                : "no picture; the reason may stand above");
    else
        report_missing(report, "camera", "%s found; plug one in (the kiosk goes on looking)%s",
                       config->device[0] ? config->device : "none",
                       config->device[0] ? ", or set [camera] device" : "");
}

void check_camera(struct report *report, const struct settings *settings)
{
    struct camera_config config;
    struct camera_description found;

    settings_camera(settings, &config);
    if (config.folder[0]) {
        check_folder(report, config.folder);
        return;
    }
    enum status status = cameras_describe(&config, &found);
    if (status != STATUS_OK) {
        tell_missing(report, &config, status);
        return;
    }
    report_fact(report, "camera", "%s (%s), %s %d x %d, %g frames/s", found.path, found.card, found.format,
                found.width_px, found.height_px, found.frames_per_s);
    if (camera_is_gstreamer(found.path)) tell_libcamera(report, &found.libcamera);
    else tell_controls(report, &found);
    tell_turn(report, &config.turn);
}
