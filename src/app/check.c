#define LOG_MODULE "check"

#include "app/assemble.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "frame/camera.h"
#include "record/audit.h"
#include "record/event_file.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct report {
    FILE *to;
    int missing_count;
};

__attribute__((format(printf, 3, 4))) static void say_fact(struct report *report, const char *what, const char *format,
                                                           ...)
{
    va_list arguments;

    fprintf(report->to, "  %-12s ", what);
    va_start(arguments, format);
    vfprintf(report->to, format, arguments);
    va_end(arguments);
    fputc('\n', report->to);
}

__attribute__((format(printf, 3, 4))) static void say_missing(struct report *report, const char *what,
                                                              const char *format, ...)
{
    va_list arguments;

    report->missing_count++;
    fprintf(report->to, "! %-12s ", what);
    va_start(arguments, format);
    vfprintf(report->to, format, arguments);
    va_end(arguments);
    fputc('\n', report->to);
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
    if (clock_state_is_trusted(state)) say_fact(report, "clock", "%s, trusted (%s)", text, clock_state_word(state));
    else
        say_fact(report, "clock",
                 "%s, not trusted (%s): day limits admit with a warning until a network or a battery clock sets it",
                 text, clock_state_word(state));
}

static void check_camera(struct report *report, const struct settings *settings)
{
    struct camera_config config = {
        .most_width_px = settings->camera_width_px,
        .most_height_px = settings->camera_height_px,
        .clock = clock_system(),
    };
    struct camera_description found;

    if (settings->camera_pictures[0]) {
        bool is_there = access(settings->camera_pictures, R_OK | X_OK) == 0;
        if (is_there) say_fact(report, "camera", "pictures of the folder %s", settings->camera_pictures);
        else say_missing(report, "camera", "folder %s: %s", settings->camera_pictures, strerror(errno));
        return;
    }
    text_copy(config.device, sizeof config.device, settings->camera_device);
    if (camera_v4l2_describe(&config, &found) == STATUS_OK)
        say_fact(report, "camera", "%s (%s), %s %d x %d, %g frames/s", found.path, found.card, found.format,
                 found.width_px, found.height_px, found.frames_per_s);
    else
        say_missing(report, "camera", "%s found; plug one in (the kiosk goes on looking)%s",
                    config.device[0] ? config.device : "none", config.device[0] ? ", or set [camera] device" : "");
}

static void check_folder(struct report *report, const char *database)
{
    char copy[PATH_MAX];

    snprintf(copy, sizeof copy, "%s", database);
    const char *folder = dirname(copy);
    if (access(folder, W_OK | X_OK) == 0)
        say_fact(report, "database", "%s is not there yet and will be made", database);
    else say_missing(report, "database", "can't be made in the folder %s: %s", folder, strerror(errno));
}

static bool check_database(struct report *report, const char *database)
{
    struct audit audit;

    if (access(database, F_OK) != 0) {
        check_folder(report, database);
        return false;
    }
    enum status status = audit_sqlite(database, report->to, &audit);
    if (status != STATUS_OK) say_missing(report, "database", "%s: %s", database, status_words(status));
    else if (audit.difference_count > 0)
        say_missing(report, "database",
                    "%s is not what its log says (%u differences, see above); keep a copy and ask for help", database,
                    audit.difference_count);
    else
        say_fact(report, "database", "%s, %llu records, %llu entries, verified", database,
                 (unsigned long long)audit.record_count, (unsigned long long)audit.entry_count);
    if (status == STATUS_OK && access(database, W_OK) != 0)
        say_missing(report, "database", "can't be written: %s", strerror(errno));
    return status == STATUS_OK;
}

static enum status count_entry(void *owner, const struct roster_entry *entry)
{
    (void)entry;
    ++*(size_t *)owner;
    return STATUS_OK;
}

static void say_key(struct report *report, const char *what, const uint8_t *key, const char *more)
{
    char hex[2 * TICKET_PUBLIC_KEY_BYTES + 1];

    text_hex(key, TICKET_PUBLIC_KEY_BYTES, hex);
    say_fact(report, what, "%s%s", hex, more);
}

static void check_list(struct report *report, const struct event *event, int id)
{
    const struct list *list = id > 0                  ? event_list(event, (uint16_t)id)
                              : event->list_count > 0 ? &event->lists[0]
                                                      : NULL;

    if (!list) say_missing(report, "list", "the event has no list %d", id);
    else if (list->mode != LIST_MODE_ONCE)
        say_missing(report, "list", "%u \"%s\" has the mode %s; this version serves only lists of the mode once",
                    list->id, list->name, list_mode_word(list->mode));
    else say_fact(report, "list", "%u \"%s\"", list->id, list->name);
}

static void say_event(struct report *report, const struct event *event, size_t roster_count, int list)
{
    if (!clock_use_zone(event->zone))
        say_missing(report, "zone", "%s is not known here: install the package tzdata", event->zone);
    say_fact(report, "event", "%u \"%s\", version %u, %zu on the roster, zone %s", event->number,
             event->name[LANGUAGE_DE], event->version, roster_count, event->zone);
    for (size_t i = 0; i < event->keyset.count; i++) {
        const struct ticket_key *key = &event->keyset.keys[i];
        char what[16];
        snprintf(what, sizeof what, "ticket key %u", key->kid);
        say_key(report, what, key->public_key, key->is_walk_in_only ? " (walk-ins only)" : "");
    }
    check_list(report, event, list);
}

static void check_event_file(struct report *report, const struct settings *settings)
{
    struct event *event = mem_zero(sizeof *event);
    struct event_flaw flaw = {""};
    uint8_t signature[TICKET_SIGNATURE_BYTES];
    uint8_t *bytes = NULL;
    size_t length = 0, roster_count = 0;

    enum status status = event_file_load(settings->event, &bytes, &length, signature);
    if (status == STATUS_OK)
        status =
            event_file_decode(bytes, length, signature, settings->root_key, event, count_entry, &roster_count, &flaw);
    if (status == STATUS_OK) say_event(report, event, roster_count, settings->list);
    else say_missing(report, "event", "%s: %s", settings->event, flaw.words[0] ? flaw.words : status_words(status));
    free(bytes);
    free(event);
}

static void check_event(struct report *report, const struct settings *settings, bool has_database)
{
    if (!settings->has_root_key && settings->event[0])
        say_missing(report, "office key", "not set: event files can't be checked (root_key)");
    else if (settings->has_root_key) say_key(report, "office key", settings->root_key, "");
    if (settings->event[0] && settings->has_root_key) check_event_file(report, settings);
    else if (!settings->event[0] && has_database) say_fact(report, "event", "the one stored in the database");
    else if (!settings->event[0])
        say_missing(report, "event", "none: set event to a file made by 'einlass event export'");
}

static void check_file(struct report *report, const char *what, const char *path)
{
    if (access(path, R_OK) == 0) say_fact(report, what, "%s", path);
    else say_missing(report, what, "%s: %s", path, strerror(errno));
}

enum status kiosk_check(const struct settings *settings, const char *config_path, FILE *to)
{
    struct report report = {.to = to};

    fprintf(to, "einlass-kiosk %s would use:\n", EINLASS_VERSION);
    say_fact(&report, "settings", "%s",
             config_path[0] ? config_path : "no configuration file; defaults and the command line");
    say_fact(&report, "gate", "%s", settings->gate);
    bool has_database = check_database(&report, settings->database);
    check_event(&report, settings, has_database);
    check_clock(&report); // after the event, whose zone it is shown in
    check_camera(&report, settings);
    if (settings->is_fullscreen) say_fact(&report, "screen", "fullscreen");
    else say_fact(&report, "screen", "a window of %d x %d pixels", settings->width_px, settings->height_px);
    check_file(&report, "fonts", settings->fonts);
    check_file(&report, "texts", settings->texts);
    if (report.missing_count == 0) fprintf(to, "Ready: nothing is missing.\n");
    else
        fprintf(to, "%d thing%s to look at, marked with '!'.\n", report.missing_count,
                report.missing_count == 1 ? "" : "s");
    return report.missing_count == 0 ? STATUS_OK : STATUS_MISSING;
}
