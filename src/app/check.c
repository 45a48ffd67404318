#define LOG_MODULE "check"

#include "app/assemble.h"

#include "app/check_parts.h"
#include "base/clock.h"
#include "base/text.h"
#include "frame/camera.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void report_fact(struct report *report, const char *what, const char *format, ...)
{
    va_list arguments;

    fprintf(report->to, "  %-12s ", what);
    va_start(arguments, format);
    vfprintf(report->to, format, arguments);
    va_end(arguments);
    fputc('\n', report->to);
}

void report_missing(struct report *report, const char *what, const char *format, ...)
{
    va_list arguments;

    report->missing_count++;
    fprintf(report->to, "! %-12s ", what);
    va_start(arguments, format);
    vfprintf(report->to, format, arguments);
    va_end(arguments);
    fputc('\n', report->to);
}

void report_hex(struct report *report, const char *what, const uint8_t *bytes, size_t length, const char *more)
{
    char hex[2 * 64 + 1];

    assert(2 * length < sizeof hex);
    text_hex(bytes, length, hex);
    report_fact(report, what, "%s%s", hex, more);
}

static void check_clock(struct report *report)
{
    struct clock *clock = clock_system();
    enum clock_state state = clock->ops->state(clock);
    time_t now = (time_t)(clock->ops->unix_ms(clock) / 1000);
    struct tm local = {0};
    char text[64];

    localtime_r(&now, &local);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %Z", &local);
    if (clock_state_is_trusted(state)) report_fact(report, "clock", "%s, trusted (%s)", text, clock_state_word(state));
    else
        report_fact(report, "clock",
                    "%s, not trusted (%s): day limits admit with a warning until a network or a battery clock sets it",
                    text, clock_state_word(state));
}

// Each control the camera has: what it is now, and what the kiosk makes of it.
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

static void check_camera(struct report *report, const struct settings *settings)
{
    struct camera_config config;
    struct camera_description found;

    settings_camera(settings, &config);
    if (settings->camera_pictures[0]) {
        bool is_there = access(settings->camera_pictures, R_OK | X_OK) == 0;
        if (is_there) report_fact(report, "camera", "pictures of the folder %s", settings->camera_pictures);
        else report_missing(report, "camera", "folder %s: %s", settings->camera_pictures, strerror(errno));
        return;
    }
    if (camera_v4l2_describe(&config, &found) == STATUS_OK) {
        report_fact(report, "camera", "%s (%s), %s %d x %d, %g frames/s", found.path, found.card, found.format,
                    found.width_px, found.height_px, found.frames_per_s);
        tell_controls(report, &found);
    } else
        report_missing(report, "camera", "%s found; plug one in (the kiosk goes on looking)%s",
                       config.device[0] ? config.device : "none", config.device[0] ? ", or set [camera] device" : "");
}

static void check_file(struct report *report, const char *what, const char *path)
{
    if (access(path, R_OK) == 0) report_fact(report, what, "%s", path);
    else report_missing(report, what, "%s: %s", path, strerror(errno));
}

enum status kiosk_check(const struct settings *settings, const char *config_path, FILE *to)
{
    struct report report = {.to = to};

    fprintf(to, "einlass-kiosk %s would use:\n", EINLASS_VERSION);
    report_fact(&report, "settings", "%s",
                config_path[0] ? config_path : "no configuration file; defaults and the command line");
    check_gate(&report, settings);
    bool has_database = check_database(&report, settings);
    check_event(&report, settings, has_database);
    check_clock(&report); // after the event, whose zone it is shown in
    check_camera(&report, settings);
    check_reader(&report, settings);
    check_scanners(&report, settings);
    check_office(&report, settings);
    check_board(&report, settings);
    check_display(&report, settings);
    check_machine(&report, "");
    check_file(&report, "fonts", settings->fonts);
    check_file(&report, "texts", settings->texts);
    if (report.missing_count == 0) fprintf(to, "Ready: nothing is missing.\n");
    else
        fprintf(to, "%d thing%s to look at, marked with '!'.\n", report.missing_count,
                report.missing_count == 1 ? "" : "s");
    return report.missing_count == 0 ? STATUS_OK : STATUS_MISSING;
}
