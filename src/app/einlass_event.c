// einlass event …
#include "app/einlass_command.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "office/draft.h"
#include "office/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option create_options[] = {
    OPTION_BOOK,
    {.name = "name", .value = "NAME", .help = "what it is called, in German", .is_required = true},
    {.name = "name-en", .value = "NAME", .help = "in English, if different"},
    {.name = "kind", .value = "KIND", .help = "studitour, netzwerktreffen or boxes", .is_required = true},
    {.name = "starts", .value = "TIME", .help = "local time, e.g. 2026-11-22T09:00", .is_required = true},
    {.name = "ends", .value = "TIME", .help = "local time, e.g. 2026-11-22T17:00", .is_required = true},
    {.name = "zone", .value = "ZONE", .help = "time zone; usually Europe/Berlin"},
    {.name = "number", .value = "N", .help = "usually the next free one"},
    {.name = "list", .value = "NAME", .help = "a check-in list; usually one, \"Einlass\"", .is_repeatable = true},
    {.name = "capacity", .value = "N", .help = "most people inside; usually no limit"},
    {.name = "class", .value = "N=NAME", .help = "a class of people, N=NAME|ENGLISH", .is_repeatable = true},
    {.name = "group",
     .value = "N=NAME",
     .help = "a bus, tour or session, N=NAME|ENGLISH|WHERE|WHERE IN ENGLISH",
     .is_repeatable = true},
    {.name = "pin", .value = "DIGITS", .help = "a staff PIN of the kiosks, 4 to 32 digits", .is_repeatable = true},
    {.name = "hide-names", .help = "the kiosk greets without a name"},
    {.name = "hide-headcount", .help = "the kiosk doesn't show how many are inside"},
    {.name = "welcome", .value = "TEXT", .help = "a line under the welcome"},
    {.name = "welcome-en", .value = "TEXT", .help = "in English, if different"},
    {.name = "privacy", .value = "FILE", .help = "the privacy notice, a UTF-8 text of at most 4095 bytes"},
    {.name = "privacy-en", .value = "FILE", .help = "in English, if different"},
    {0},
};

static bool collect(const struct arguments *arguments, struct draft *out)
{
    *out = (struct draft){
        .number = argument(arguments, "number"),
        .name = argument(arguments, "name"),
        .name_en = argument(arguments, "name-en"),
        .kind = argument(arguments, "kind"),
        .starts = argument(arguments, "starts"),
        .ends = argument(arguments, "ends"),
        .zone = argument(arguments, "zone"),
        .capacity = argument(arguments, "capacity"),
        .welcome = argument(arguments, "welcome"),
        .welcome_en = argument(arguments, "welcome-en"),
        .hides_names = argument(arguments, "hide-names"),
        .hides_headcount = argument(arguments, "hide-headcount"),
    };
    return arguments_all(arguments, "list", out->lists, EVENT_MAX_LISTS, &out->list_count) &&
           arguments_all(arguments, "class", out->classes, EVENT_MAX_LABELS, &out->class_count) &&
           arguments_all(arguments, "group", out->groups, EVENT_MAX_LABELS, &out->group_count) &&
           arguments_all(arguments, "pin", out->pins, EVENT_MAX_PINS, &out->pin_count);
}

// "" where there is no such option; NULL where the file can't be used.
static char *read_notice(const struct arguments *arguments, const char *name)
{
    const char *path = argument(arguments, name);
    uint8_t *bytes;
    size_t length;

    if (!path) return mem_zero(1);
    if (file_read(path, EVENT_TEXT_SIZE - 1, &bytes, &length) == STATUS_OK) {
        if (text_is_utf8((char *)bytes, length)) return (char *)bytes;
        free(bytes);
    }
    fprintf(stderr, "einlass: --%s %s must be a UTF-8 text of at most %d bytes\n", name, path, EVENT_TEXT_SIZE - 1);
    return NULL;
}

static int open_or_create(const struct arguments *arguments, struct work *work)
{
    const char *path = work_book_path(arguments);
    int code = work_try_open(arguments, work);
    enum status status;

    if (code != EXIT_FINE || work->book) return code;
    status = book_create(path, &work->book);
    if (status == STATUS_INVALID) return work_open(arguments, work); // another program was quicker
    if (status != STATUS_OK) return command_failed("can't make the book", status);
    printf("Made the book %s. It holds the keys that sign tickets: keep it safe, and keep a copy.\n", path);
    return EXIT_FINE;
}

static enum status choose_number(struct book *book, struct event *event)
{
    uint32_t last = 0, next;
    enum status status = STATUS_OK;

    if (event->number) return STATUS_OK;
    while ((status = book_next_event(book, last, &next)) == STATUS_OK) last = next;
    event->number = last + 1;
    return status == STATUS_MISSING && event->number ? STATUS_OK : status;
}

static int keep(const struct arguments *arguments, struct event *event)
{
    struct work work = {0};
    int code = open_or_create(arguments, &work);

    if (code == EXIT_FINE) {
        enum status status = choose_number(work.book, event);
        if (status == STATUS_OK) status = book_add_event(work.book, event);
        if (status == STATUS_INVALID) {
            fprintf(stderr, "einlass: the book already has an event %u; leave out --number\n", event->number);
            code = EXIT_FAILED;
        } else if (status != STATUS_OK) code = command_failed("can't keep the event", status);
        else printf("Event %u: %s\n", event->number, event->name[LANGUAGE_DE]);
        if (code == EXIT_FINE && event->pin_count == 0)
            puts("It has no staff PIN (--pin): at the door nobody can be let in by hand.");
    }
    work_close(&work);
    return code;
}

static int create(const struct arguments *arguments)
{
    struct event *event = mem_zero(sizeof *event);
    struct draft draft;
    struct draft_flaw flaw;
    char *privacy = read_notice(arguments, "privacy"), *privacy_en = read_notice(arguments, "privacy-en");
    int code = EXIT_USAGE;

    if (privacy && privacy_en && collect(arguments, &draft)) {
        draft.privacy = privacy;
        draft.privacy_en = argument(arguments, "privacy-en") ? privacy_en : NULL;
        if (draft_event(&draft, event, &flaw) == STATUS_OK) code = keep(arguments, event);
        else fprintf(stderr, "einlass: %s\n", flaw.words);
    }
    free(privacy);
    free(privacy_en);
    free(event);
    return code;
}

const struct command command_event_create = {
    .noun = "event",
    .verb = "create",
    .summary = "Make an event, and the book if there is none.",
    .options = create_options,
    .run = create,
};

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
        printf("%-10s %u = %s (%s)\n", what, labels[i].id, labels[i].name[LANGUAGE_DE], labels[i].name[LANGUAGE_EN]);
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
    for (size_t i = 0; i < event->list_count; i++) {
        const struct list *list_of = &event->lists[i];
        printf("list       %u = %s, %s", list_of->id, list_of->name, list_mode_word(list_of->mode));
        if (list_of->capacity) printf(", at most %u inside", list_of->capacity);
        putchar('\n');
    }
    print_labels("class", event->classes, event->class_count);
    print_labels("group", event->groups, event->group_count);
}

static int show(const struct arguments *arguments)
{
    struct work work = {0};
    size_t count = 0;
    int code = work_open_event(arguments, &work);

    if (code == EXIT_FINE) {
        enum status status = book_count_guests(work.book, work.event->number, &count);
        if (status == STATUS_OK) print_event(work.event, count);
        else code = command_failed("can't read the book", status);
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
