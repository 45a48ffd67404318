#define LOG_MODULE "check"

#include "app/check_parts.h"
#include "app/paired.h"

#include "base/clock.h"
#include "base/mem.h"
#include "record/look.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

// An event and where it comes from: the file that is offered, or the database. About 40 kB.
struct source {
    bool is_good;
    struct event event;
    struct event_edition edition;
    size_t roster_count;
};

static enum status count_entry(void *owner, const struct roster_entry *entry)
{
    (void)entry;
    ++*(size_t *)owner;
    return STATUS_OK;
}

static void check_end(struct report *report, const struct event *event)
{
    struct clock *clock = clock_system();
    time_t ends = (time_t)(event->ends_ms / 1000);
    struct tm local = {0};
    char text[64];

    if (clock->ops->unix_ms(clock) < event->ends_ms) return;
    localtime_r(&ends, &local);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local);
    report_missing(report, "event", "it ended on %s: is this the right event file?", text);
}

static void say_event(struct report *report, const struct source *source, const char *from)
{
    const struct event *event = &source->event;

    if (!clock_use_zone(event->zone))
        report_missing(report, "zone", "%s is not known here: install the package tzdata", event->zone);
    report_fact(report, "event", "%u \"%s\", version %u, %zu on the roster, zone %s, from the %s", event->number,
                event->name[LANGUAGE_DE], event->version, source->roster_count, event->zone, from);
    check_end(report, event);
    if (event->pin_count == 0)
        report_missing(report, "staff PIN", "none: nobody can be let in by hand (einlass event create --pin)");
    for (size_t i = 0; i < event->keyset.count; i++) {
        const struct ticket_key *key = &event->keyset.keys[i];
        char what[16];
        snprintf(what, sizeof what, "ticket key %u", key->kid);
        report_hex(report, what, key->public_key, TICKET_PUBLIC_KEY_BYTES,
                   key->is_walk_in_only ? " (walk-ins only)" : "");
    }
}

static void read_file(struct report *report, const struct settings *settings, struct source *file)
{
    struct event_flaw flaw = {0};
    uint8_t signature[TICKET_SIGNATURE_BYTES];
    uint8_t *bytes = NULL;
    size_t length = 0;

    enum status status = event_file_load(settings->event, &bytes, &length, signature);
    if (status == STATUS_OK)
        status = event_file_decode(bytes, length, signature, settings->root_key, &file->event, count_entry,
                                   &file->roster_count, &flaw);
    else event_file_explain(settings->event, status, &flaw);
    file->is_good = status == STATUS_OK;
    if (file->is_good) {
        file->edition.event = file->event.number;
        file->edition.version = file->event.version;
        memcpy(file->edition.organisation, file->event.keyset.organisation, ORGANISATION_BYTES);
        memcpy(file->edition.root_key, settings->root_key, ROOT_KEY_BYTES);
        event_file_digest(bytes, length, file->edition.digest);
    } else {
        report_missing(report, "event file", "%s: %s", settings->event,
                       flaw.words[0] ? flaw.words : status_words(status));
    }
    free(bytes);
}

static void read_database(const struct settings *settings, uint32_t number, struct source *stored)
{
    struct look *look = mem_zero(sizeof *look);

    if (look_sqlite(settings->database, number, look) == STATUS_OK && look->has_event) {
        stored->is_good = true;
        stored->event = look->event;
        stored->edition = look->edition;
        stored->roster_count = look->roster_count;
    }
    free(look);
}

static void check_office_key(struct report *report, const struct settings *settings)
{
    if (settings->has_root_key) report_hex(report, "office key", settings->root_key, ROOT_KEY_BYTES, "");
    else if (settings->event[0])
        report_missing(report, "office key", "not set: event files can't be checked (root_key)");
}

// The same choice as at start: what the office named; the file, unless the database has its event in a version that
// stays.
void check_event(struct report *report, const struct settings *settings, bool has_database)
{
    struct source *file = mem_zero(sizeof *file), *stored = mem_zero(sizeof *stored);
    struct event_flaw flaw = {0};
    bool is_refused = false;

    check_office_key(report, settings);
    if (settings->event[0] && settings->has_root_key) read_file(report, settings, file);
    if (has_database && paired_event(settings)) read_database(settings, paired_event(settings), stored);
    if (has_database && !stored->is_good) read_database(settings, file->event.number, stored);
    bool is_same = file->is_good && (!stored->is_good || file->event.number == stored->event.number);
    if (is_same && stored->is_good)
        is_refused = event_edition_follows(&file->edition, &stored->edition, &flaw) != STATUS_OK;
    if (flaw.is_other_office) {
        report_missing(report, "event file", "%s is refused, neither is served: %s", settings->event, flaw.words);
        goto done;
    }
    if (is_refused)
        report_missing(report, "event file", "%s is refused, the stored one stays in use: %s (version %u)",
                       settings->event, flaw.words, file->edition.version);
    bool is_files = is_same && !is_refused; // another one, that the office named, comes before a file
    const struct source *served = is_files ? file : stored;
    if (served->is_good) {
        say_event(report, served, is_files ? "file" : "database");
        check_door(report, settings, &served->event, has_database);
    } else if (!settings->event[0]) {
        report_missing(report, "event",
                       "none yet: pair this kiosk with the office on its screen, or set event to a file made by "
                       "'einlass event export'");
    }
done:
    free(file);
    free(stored);
}
