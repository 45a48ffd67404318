#include "office/report_kinds.h"

#include "office/moment.h"

#include <inttypes.h>

static const struct report_column columns[] = {
    {"kind", "Art", false},
    {"list", "Liste", false},
    {"name", "Name", false},
    {"ticket", "Ticket", false},
    {"first_time", "Erster Einlass", false},
    {"first_gate", "Tor", false},
    {"first_uncertainty_s", "± Sekunden", true},
    {"further_time", "Weiterer Einlass", false},
    {"further_gate", "Tor des weiteren", false},
    {"further_uncertainty_s", "± Sekunden des weiteren", true},
    {"why", "Grund", false},
    {"words", "In Worten", false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

struct page {
    const struct report_people *people;
    struct report_table *table;
};

static const char *german_kind(enum conflict_kind kind)
{
    static const char *const words[] = {[CONFLICT_KIND_CONCURRENT] = "gleichzeitig",
                                        [CONFLICT_KIND_IGNORED] = "Fehler",
                                        [CONFLICT_KIND_FORCED] = "trotzdem eingelassen"};

    return words[kind];
}

struct when {
    char time[MOMENT_SIZE], uncertainty_s[24]; // "": nobody knows
};

static struct when tell_when(const struct event *event, const struct conflict_entry *entry)
{
    struct when when = {0};

    moment_write(entry->unix_ms, event->zone, MOMENT_FULL, when.time);
    if (entry->uncertainty_ms >= 0)
        snprintf(when.uncertainty_s, sizeof when.uncertainty_s, "%" PRId64, (entry->uncertainty_ms + 999) / 1000);
    return when;
}

static enum status write_conflict(void *owner, const struct conflict *conflict)
{
    const struct page *page = owner;
    const struct event *event = &page->people->event;
    const struct list *list = event_list(event, conflict->list);
    const struct report_person *person = report_people_find(page->people, conflict->further.ticket);
    struct when first = tell_when(event, &conflict->first), further = tell_when(event, &conflict->further);
    const char *name = person ? person->name : "";
    char words[CONFLICT_WORDS_SIZE], ticket[TICKET_NUMBER_TEXT_SIZE];
    enum status status = report_conflict_words(event, conflict, name, true, words);

    if (status != STATUS_OK) return status;
    ticket_number_write(conflict->further.ticket, ticket);
    const char *const fields[COLUMNS] = {
        report_table_term(page->table, conflict_kind_word(conflict->kind), german_kind(conflict->kind)),
        list ? list->name : "",
        name,
        ticket,
        first.time,
        conflict->first.gate,
        first.uncertainty_s,
        further.time,
        conflict->further.gate,
        further.uncertainty_s,
        conflict->further.why,
        words};
    return report_table_row(page->table, fields, words);
}

enum status report_conflicts(struct inbox *inbox, const struct report_people *people, struct report_table *table)
{
    struct page page = {people, table};
    uint64_t total;
    enum status status;

    report_table_columns(table, columns, COLUMNS);
    if ((status = report_table_heading(table, "")) != STATUS_OK) return status;
    return inbox_conflicts(inbox, people->event.number, 0, SIZE_MAX, &total, write_conflict, &page);
}
