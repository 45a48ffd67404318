#define LOG_MODULE "check"

#include "app/assemble.h"

#include "app/check_parts.h"
#include "base/clock.h"
#include "base/text.h"

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
