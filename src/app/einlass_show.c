// einlass event list, einlass event show
#include "app/einlass_command.h"

#include "base/mem.h"
#include "base/text.h"
#include "office/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option list_options[] = {OPTION_BOOK, {0}};

static int list(const struct arguments *arguments)
{
    struct event *event = mem_zero(sizeof *event);
    struct work work = {0};
    enum status status = STATUS_OK;
    int code = work_open(arguments, &work);

    for (uint32_t number = 0; code == EXIT_FINE && status == STATUS_OK;) {
        if ((status = book_next_event(work.book, number, &number)) != STATUS_OK) break;
        char starts[ZONE_TIME_SIZE];
        size_t count = 0;
        status = book_find_event(work.book, number, event);
        if (status == STATUS_OK) status = zone_use(event->zone);
        if (status == STATUS_OK) status = book_count_guests(work.book, number, &count);
        if (status != STATUS_OK) break;
        zone_write_time(event->starts_ms, starts);
        printf("%6u  %s  %-16s %6zu people  %s\n", number, starts, event->kind, count, event->name[LANGUAGE_DE]);
    }
    if (status != STATUS_OK && status != STATUS_MISSING) code = command_failed("can't read the book", status);
    work_close(&work);
    free(event);
    return code;
}

const struct command command_event_list = {
    .noun = "event",
    .verb = "list",
    .summary = "List the events of the book.",
    .options = list_options,
    .run = list,
};

static const struct option show_options[] = {OPTION_BOOK, OPTION_EVENT, {0}};

static void print_labels(const char *what, const struct event_label *labels, size_t count)
{
    for (size_t i = 0; i < count; i++)
        printf("%-10s %u = %s (%s)%s\n", what, labels[i].id, labels[i].name[LANGUAGE_DE], labels[i].name[LANGUAGE_EN],
               labels[i].is_staff ? ", opens the staff pages" : "");
}

// ", groups Bus 1, Bus 2"
static void print_ids(const char *what, const struct id_set *ids, const struct event *event,
                      const struct event_label *(*find)(const struct event *event, uint8_t id))
{
    const char *before = "";

    if (id_set_is_empty(ids)) return;
    printf(", %s ", what);
    for (int id = 0; id < 256; id++) {
        const struct event_label *label = find(event, (uint8_t)id);
        if (!id_set_has(ids, (uint8_t)id)) continue;
        if (label) printf("%s%s", before, label->name[LANGUAGE_DE]);
        else printf("%s%d", before, id);
        before = " + ";
    }
}

static void print_time(const char *what, int64_t unix_ms)
{
    char time[ZONE_TIME_SIZE];

    if (!unix_ms) return;
    zone_write_time(unix_ms, time);
    printf(", %s %s", what, time);
}

static void print_list(const struct event *event, const struct list *list_of)
{
    const struct list *after = list_of->after ? event_list(event, list_of->after) : NULL;

    printf("list       %u = %s, %s", list_of->id, list_of->name, list_mode_word(list_of->mode));
    if (list_of->capacity) printf(", at most %u inside", list_of->capacity);
    if (list_of->stock) printf(", %u things", list_of->stock);
    print_time("opens", list_of->opens_ms);
    print_time("closes", list_of->closes_ms);
    print_ids("for classes", &list_of->classes, event, event_class);
    print_ids("for groups", &list_of->groups, event, event_group);
    if (after) printf(", after %s", after->name);
    putchar('\n');
}

static void print_walk_ins(const struct event *event)
{
    const struct walk_in_rules *rules = &event->walk_ins;
    const struct event_label *label = event_class(event, rules->class_id);

    if (!rules->is_welcome) {
        puts("walk-ins   not registered at the door");
        return;
    }
    printf("walk-ins   class %u (%s), each with at most %u others\n", rules->class_id,
           label ? label->name[LANGUAGE_DE] : "without a name", rules->most_plus_ones);
    for (size_t i = 0; i < rules->field_count; i++) {
        const struct walk_in_field *field = &rules->fields[i];
        printf("  field    %s%s = %s (%s)\n", field->key, field->is_required ? "*" : "", field->label[LANGUAGE_DE],
               field->label[LANGUAGE_EN]);
    }
    for (size_t i = 0; i < rules->consent_count; i++) {
        const struct walk_in_consent *consent = &rules->consents[i];
        printf("  consent  %s%s@%s = %s (%s)\n", consent->key, consent->is_required ? "*" : "", consent->version,
               consent->text[LANGUAGE_DE], consent->text[LANGUAGE_EN]);
    }
}

static void print_event(const struct event *event, size_t guest_count)
{
    char starts[ZONE_TIME_SIZE], ends[ZONE_TIME_SIZE];

    zone_write_time(event->starts_ms, starts);
    zone_write_time(event->ends_ms, ends);
    printf("event      %u, version %u\nname       %s (%s)\nkind       %s\ntime       %s to %s, %s\npeople     %zu\n",
           event->number, event->version, event->name[LANGUAGE_DE], event->name[LANGUAGE_EN], event->kind, starts, ends,
           event->zone, guest_count);
    printf("screen     %s, %s\nstaff PINs %zu\n", event->shows_names ? "shows names" : "shows no names",
           event->shows_headcount ? "shows the headcount" : "shows no headcount", event->pin_count);
    for (size_t i = 0; i < event->list_count; i++) print_list(event, &event->lists[i]);
    for (size_t i = 0; i < event->stop_count; i++)
        printf("stop       %zu = %s (%s)\n", i + 1, event->stops[i].name[LANGUAGE_DE],
               event->stops[i].name[LANGUAGE_EN]);
    print_labels("class", event->classes, event->class_count);
    print_labels("group", event->groups, event->group_count);
    print_walk_ins(event);
}

static int show(const struct arguments *arguments)
{
    struct work work = {0};
    size_t count = 0;
    int code = work_open_event(arguments, &work);

    if (code == EXIT_FINE) {
        enum status status = book_count_guests(work.book, work.event->number, &count);
        if (status == STATUS_OK) {
            print_event(work.event, count);
            status = book_each_kiosk(work.book, work.event->number, command_print_kiosk, NULL);
        }
        if (status != STATUS_OK) code = command_failed("can't read the book", status);
    }
    work_close(&work);
    return code;
}

const struct command command_event_show = {
    .noun = "event",
    .verb = "show",
    .summary = "Show all of an event but its people.",
    .options = show_options,
    .run = show,
};
