// Who came, who left, and who is missing, by name (report.h): a row for each person of each list who was expected
// there or came all the same. Who has two tickets and came with one isn't missing with the other.
#include "office/report_kinds.h"

#include "office/moment.h"
#include "office/report_when.h"

#include <string.h>

static const struct report_column columns[] = {
    {"list", "Liste", false},     {"state", "Stand", false},       {"name", "Name", false},
    {"company", "Firma", false},  {"class", "Klasse", false},      {"group", "Gruppe", false},
    {"person", "Person", true},   {"ticket", "Ticket", false},     {"first_time", "Gekommen", false},
    {"first_gate", "Tor", false}, {"last_time", "Zuletzt", false}, {"last_gate", "Tor zuletzt", false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

struct view { // of one list
    const struct report_people *people;
    struct report_table *table;
    const struct report_when *when;
    const struct ledger *ledger;
    const struct list *list;
    const struct ledger_round *round; // roll_call: the newest; NULL: none
};

struct stay {                               // NULL: never
    const struct ledger_deed *first, *last; // check-ins that stand
};

static bool stands(const struct ledger_deed *deed)
{
    return !deed->is_annulled && (deed->kind == RECORD_KIND_ENTRY || deed->kind == RECORD_KIND_EXIT);
}

static struct stay stay_of(const struct view *view, uint64_t ticket)
{
    struct stay stay = {0};

    for (const struct ledger_deed *deed = ledger_of_ticket(view->ledger, view->list->id, ticket); deed;
         deed = ledger_older(view->ledger, deed)) {
        if (!stands(deed)) continue;
        if (!stay.last) stay.last = deed;
        stay.first = deed;
    }
    return stay;
}

static bool came_with_any(const struct view *view, uint32_t person)
{
    for (const struct ledger_deed *deed = ledger_of_person(view->ledger, view->list->id, person); deed;
         deed = ledger_next(view->ledger, deed))
        if (stands(deed)) return true;
    return false;
}

struct state {
    const char *fixed, *german;
};

static struct state state_of(const struct view *view, const struct ledger_deed *last)
{
    bool is_tour = view->list->mode == LIST_MODE_ROLL_CALL;

    if (!last) return (struct state){"absent", "nicht gekommen"};
    if (last->kind == RECORD_KIND_EXIT && is_tour) return (struct state){"signed_off", "abgemeldet"};
    if (last->kind == RECORD_KIND_EXIT) return (struct state){"left", "gegangen"};
    if (view->round && !ledger_is_after(view->ledger, last, &view->round->deed))
        return (struct state){"missing", "fehlt in dieser Runde"};
    return (struct state){"in", "da"};
}

struct where {
    char time[MOMENT_SIZE], gate[GATE_SIZE];
};

static struct where find_where(const struct view *view, const struct ledger_deed *deed)
{
    const struct report_moment *moment = deed ? report_when_find(view->when, deed->n) : NULL;
    struct where where = {0};

    if (!moment) return where;
    moment_write(moment->unix_ms, view->people->event.zone, MOMENT_FULL, where.time);
    memcpy(where.gate, moment->gate, sizeof where.gate);
    return where;
}

static const char *label(const struct event_label *found)
{
    return found ? found->name[LANGUAGE_DE] : "";
}

static enum status write_row(const struct view *view, const struct report_person *person, const struct stay *stay)
{
    const struct event *event = &view->people->event;
    struct state state = state_of(view, stay->last);
    char number[16] = "", ticket[TICKET_NUMBER_TEXT_SIZE], words[REPORT_FIELD_SIZE];
    struct where first = find_where(view, stay->first);
    struct where last = stay->last == stay->first ? first : find_where(view, stay->last);

    if (person->person) snprintf(number, sizeof number, "%u", person->person);
    ticket_number_write(person->ticket, ticket);
    snprintf(words, sizeof words, "%s: %s%s%s%s%s%s%s", state.german, *person->name ? person->name : ticket,
             *person->company ? ", " : "", person->company, stay->first ? ", " : "", first.time, stay->first ? " " : "",
             first.gate);
    const char *const fields[COLUMNS] = {view->list->name,
                                         report_table_term(view->table, state.fixed, state.german),
                                         person->name,
                                         person->company,
                                         label(event_class(event, person->class_id)),
                                         label(event_group(event, person->group)),
                                         number,
                                         ticket,
                                         first.time,
                                         first.gate,
                                         last.time,
                                         last.gate};
    return report_table_row(view->table, fields, words);
}

// The first of a person's tickets speaks for those who came with none. The roster has them side by side.
static bool speaks(const struct view *view, size_t place)
{
    const struct report_person *person = &view->people->list[place];

    if (person->is_walk_in || !person->may_come || !list_takes(view->list, person->class_id, person->group))
        return false;
    if (person->person == 0) return true;
    for (size_t i = place; i-- > 0 && view->people->list[i].person == person->person;)
        if (view->people->list[i].may_come) return false;
    return !came_with_any(view, person->person);
}

static enum status write_known(const struct view *view)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < view->people->count && status == STATUS_OK; i++) {
        struct stay stay = stay_of(view, view->people->list[i].ticket);
        if (stay.last || speaks(view, i)) status = write_row(view, &view->people->list[i], &stay);
    }
    return status;
}

// Tickets that are on no roster: genuine all the same.
static enum status write_strangers(const struct view *view)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < ledger_count(view->ledger); i++) {
        const struct ledger_deed *deed = ledger_at(view->ledger, (uint32_t)i);
        if (!deed->is_last || deed->list != view->list->id || report_people_find(view->people, deed->ticket)) continue;
        struct report_person stranger = {.ticket = deed->ticket, .person = deed->person, .name = "", .company = ""};
        struct stay stay = stay_of(view, deed->ticket);
        status = write_row(view, &stranger, &stay);
    }
    return status;
}

static const struct ledger_round *newest_round(const struct ledger *ledger, const struct list *list)
{
    const struct ledger_round *newest = NULL;
    size_t count;
    const struct ledger_round *rounds = ledger_rounds(ledger, &count);

    for (size_t i = 0; list->mode == LIST_MODE_ROLL_CALL && i < count; i++)
        if (rounds[i].list == list->id && (!newest || ledger_is_after(ledger, &rounds[i].deed, &newest->deed)))
            newest = &rounds[i];
    return newest;
}

enum status report_attendance(struct inbox *inbox, const struct report_people *people, struct report_table *table)
{
    const struct event *event = &people->event;
    struct report_when *when = NULL;
    struct inbox_shelf *shelf;
    enum status status = inbox_shelf(inbox, event->number, &shelf);

    if (status == STATUS_OK) status = report_when_open(inbox, shelf, &when);
    report_table_columns(table, columns, COLUMNS);
    for (size_t i = 0; i < event->list_count && status == STATUS_OK; i++) {
        const struct list *list = &event->lists[i];
        struct view view = {people, table, when, shelf->ledger, list, newest_round(shelf->ledger, list)};
        status = report_table_heading(table, list->name);
        if (status == STATUS_OK) status = write_known(&view);
        if (status == STATUS_OK) status = write_strangers(&view);
    }
    report_when_close(when);
    return status;
}
