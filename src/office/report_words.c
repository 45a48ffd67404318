// A conflict as an organiser would tell it (report.h).
#include "office/report.h"

#include "base/text.h"
#include "office/moment.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    ABOUT_MS = 60 * 1000, // less certain than the minutes that are shown
    TIME_SIZE = 96,
};

struct words {
    const char *whose, *ticket;       // "Ticket von …", "Ticket 0A1B…"
    const char *given, *given_ticket; // the same where things are handed out
    const char *twice, *both;         // at one gate, at two
    const char *at, *about, *unset;   // a time
    const char *day;                  // before a time
    const char *other_ticket;
    const char *kinds[3], *given_kinds[3];
};

static const struct words german = {
    .whose = "Ticket von %s",
    .ticket = "Ticket %s",
    .given = "Ausgegeben an %s",
    .given_ticket = "Ausgegeben auf Ticket %s",
    .twice = " zweimal an %s: %s und %s",
    .both = " %s an %s und %s an %s",
    .at = "um %s",
    .about = "ungefähr um %s",
    .unset = "um %s (die Uhr war nicht gestellt)",
    .day = "am %s %s",
    .other_ticket = ", mit zwei verschiedenen Tickets",
    .kinds = {[CONFLICT_KIND_CONCURRENT] = "; die Kioske wussten nichts voneinander, mindestens einer war ohne Netz",
              [CONFLICT_KIND_IGNORED] =
                  "; der zweite Kiosk wusste davon und hat trotzdem eingelassen: ein Fehler im Programm, bitte melden",
              [CONFLICT_KIND_FORCED] = "; das Personal hat trotzdem eingelassen"},
    .given_kinds = {[CONFLICT_KIND_CONCURRENT] =
                        "; die Kioske wussten nichts voneinander, mindestens einer war ohne Netz",
                    [CONFLICT_KIND_IGNORED] =
                        "; der zweite Kiosk wusste davon und hat trotzdem ausgegeben: ein Fehler im Programm, bitte "
                        "melden",
                    [CONFLICT_KIND_FORCED] = "; das Personal hat trotzdem ausgegeben"},
};

static const struct words english = {
    .whose = "Ticket of %s",
    .ticket = "Ticket %s",
    .given = "Given to %s",
    .given_ticket = "Given for ticket %s",
    .twice = " twice at %s: %s and %s",
    .both = " %s at %s and %s at %s",
    .at = "at %s",
    .about = "at about %s",
    .unset = "at %s (the clock was not set)",
    .day = "on %s %s",
    .other_ticket = ", with two different tickets",
    .kinds = {[CONFLICT_KIND_CONCURRENT] = "; the kiosks did not know of each other, at least one was offline",
              [CONFLICT_KIND_IGNORED] =
                  "; the second kiosk knew and let them in all the same: a fault of the program, please report it",
              [CONFLICT_KIND_FORCED] = "; staff let them in all the same"},
    .given_kinds = {[CONFLICT_KIND_CONCURRENT] = "; the kiosks did not know of each other, at least one was offline",
                    [CONFLICT_KIND_IGNORED] =
                        "; the second kiosk knew and gave it all the same: a fault of the program, please report it",
                    [CONFLICT_KIND_FORCED] = "; staff gave it all the same"},
};

__attribute__((format(printf, 3, 4))) static void add(char *to, size_t size, const char *format, ...)
{
    size_t length = strlen(to);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(to + length, size - length, format, arguments);
    va_end(arguments);
}

static void write_time(const struct words *words, const struct event *event, const struct conflict_entry *entry,
                       bool is_one_day, char out[TIME_SIZE])
{
    const char *form = entry->uncertainty_ms < 0           ? words->unset
                       : entry->uncertainty_ms >= ABOUT_MS ? words->about
                                                           : words->at;
    char moment[MOMENT_SIZE], day[MOMENT_SIZE], time[64];

    moment_write(entry->unix_ms, event->zone, MOMENT_CLOCK, moment);
    moment_write(entry->unix_ms, event->zone, MOMENT_DAY, day);
    snprintf(time, sizeof time, form, moment);
    if (is_one_day) snprintf(out, TIME_SIZE, "%s", time);
    else snprintf(out, TIME_SIZE, words->day, day, time);
}

static bool is_same_day(const struct event *event, const struct conflict *conflict)
{
    char first[MOMENT_SIZE], further[MOMENT_SIZE];

    moment_write(conflict->first.unix_ms, event->zone, MOMENT_FULL, first);
    moment_write(conflict->further.unix_ms, event->zone, MOMENT_FULL, further);
    return strncmp(first, further, strlen("2026-11-22")) == 0;
}

static bool is_hand_out(const struct event *event, const struct conflict *conflict)
{
    const struct list *list = event_list(event, conflict->list);

    return list && list->mode == LIST_MODE_HAND_OUT;
}

static void add_whose(const struct words *words, bool is_given, const struct conflict *conflict, const char *name,
                      char out[CONFLICT_WORDS_SIZE])
{
    bool is_named = name && *name;
    char who[GUEST_NAME_SIZE];

    if (is_named) text_make_showable(who, sizeof who, name, strlen(name));
    else ticket_number_write(conflict->further.ticket, who);
    if (is_given) add(out, CONFLICT_WORDS_SIZE, is_named ? words->given : words->given_ticket, who);
    else add(out, CONFLICT_WORDS_SIZE, is_named ? words->whose : words->ticket, who);
}

static void add_where(const struct words *words, const struct event *event, const struct conflict *conflict,
                      char out[CONFLICT_WORDS_SIZE])
{
    const struct conflict_entry *first = &conflict->first, *further = &conflict->further;
    char gate[GATE_SIZE], other[GATE_SIZE], time[TIME_SIZE], later[TIME_SIZE];
    bool is_one_day = is_same_day(event, conflict);

    text_make_showable(gate, sizeof gate, first->gate, strlen(first->gate));
    text_make_showable(other, sizeof other, further->gate, strlen(further->gate));
    write_time(words, event, first, is_one_day, time);
    write_time(words, event, further, is_one_day, later);
    if (strcmp(gate, other) == 0) add(out, CONFLICT_WORDS_SIZE, words->twice, gate, time, later);
    else add(out, CONFLICT_WORDS_SIZE, words->both, time, gate, later, other);
    if (first->ticket != further->ticket) add(out, CONFLICT_WORDS_SIZE, "%s", words->other_ticket);
}

enum status report_conflict_words(const struct event *event, const struct conflict *conflict, const char *name,
                                  bool is_german, char out[CONFLICT_WORDS_SIZE])
{
    const struct words *words = is_german ? &german : &english;
    char why[RECORD_WHY_SIZE];

    if ((size_t)conflict->kind >= sizeof words->kinds / sizeof *words->kinds) return STATUS_INVALID;
    struct moment_zone *zone = moment_hold(event->zone);
    bool is_given = is_hand_out(event, conflict);
    out[0] = '\0';
    add_whose(words, is_given, conflict, name, out);
    add_where(words, event, conflict, out);
    add(out, CONFLICT_WORDS_SIZE, "%s", is_given ? words->given_kinds[conflict->kind] : words->kinds[conflict->kind]);
    text_make_showable(why, sizeof why, conflict->further.why, strlen(conflict->further.why));
    if (conflict->kind == CONFLICT_KIND_FORCED && *why)
        add(out, CONFLICT_WORDS_SIZE, is_german ? ": „%s“" : ": “%s”", why);
    moment_let_go(zone);
    return STATUS_OK;
}
