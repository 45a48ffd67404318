// einlass event create
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
    {.name = "list", .value = "NAME;RULES", .help = "a check-in list, see below", .is_repeatable = true},
    {.name = "capacity", .value = "N", .help = "most people inside of each list; usually no limit"},
    {.name = "stop", .value = "NAME", .help = "where a tour stops, in its order, NAME|ENGLISH", .is_repeatable = true},
    {.name = "class", .value = "N=NAME", .help = "a class of people, N=NAME|ENGLISH", .is_repeatable = true},
    {.name = "group",
     .value = "N=NAME",
     .help = "a bus, tour or session, N=NAME|ENGLISH|WHERE|WHERE IN ENGLISH",
     .is_repeatable = true},
    {.name = "walk-ins", .help = "people may register at the door"},
    {.name = "walk-in-class", .value = "CLASS", .help = "theirs; usually 6"},
    {.name = "plus-ones", .value = "N", .help = "how many each may bring along, 0 to 9; usually 3"},
    {.name = "walk-in-field",
     .value = "KEY=LABEL",
     .help = "what they are asked, see below; usually name, company and e-mail",
     .is_repeatable = true},
    {.name = "consent",
     .value = "KEY@VERSION=TEXT",
     .help = "what they may agree to, see below",
     .is_repeatable = true},
    {.name = "staff", .value = "CLASS", .help = "a class whose tickets open the staff pages", .is_repeatable = true},
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
        .welcomes_walk_ins = argument(arguments, "walk-ins"),
        .walk_in_class = argument(arguments, "walk-in-class"),
        .plus_ones = argument(arguments, "plus-ones"),
    };
    return arguments_all(arguments, "list", out->lists, EVENT_MAX_LISTS, &out->list_count) &&
           arguments_all(arguments, "class", out->classes, EVENT_MAX_LABELS, &out->class_count) &&
           arguments_all(arguments, "group", out->groups, EVENT_MAX_LABELS, &out->group_count) &&
           arguments_all(arguments, "stop", out->stops, EVENT_MAX_STOPS, &out->stop_count) &&
           arguments_all(arguments, "staff", out->staff, EVENT_MAX_LABELS, &out->staff_count) &&
           arguments_all(arguments, "walk-in-field", out->fields, EVENT_MAX_FIELDS, &out->field_count) &&
           arguments_all(arguments, "consent", out->consents, EVENT_MAX_CONSENTS, &out->consent_count) &&
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

static void explain(void)
{
    puts("\nLists: a name, then rules, with ; between; put it in quotation marks. Without --list there is one, "
         "Einlass.\n"
         "  mode=once        a second scan of a ticket is refused (usual)\n"
         "  mode=in_out      in and out, by one kiosk or several; counts who is inside\n"
         "  mode=roll_call   who is aboard, and who is missing, at each stop of a tour\n"
         "  mode=hand_out    one thing for each person; stock=N things are there\n"
         "  capacity=N       most people inside\n"
         "  opens=, closes=  local times, e.g. opens=2026-11-22 18:00\n"
         "  classes=, groups=  only these, by number or name, with , between\n"
         "  after=NAME       only who has passed that other list\n"
         "  e.g.  --list \"Tür; mode=in_out; capacity=300\" --list \"Essen; mode=hand_out; after=Tür; "
         "classes=1,Presse\"\n\n"
         "Classes, unless --class names others: 1 participants, 2 companies, 3 speakers, 4 staff, 5 press, 6 "
         "walk-ins.\n\n"
         "Walk-ins: the key of a field is a word for lists; \"name\" is the person's name, \"email\" an address. A "
         "star\n"
         "behind a key: it must be given. A consent is never ticked beforehand; raise its version with its text.\n"
         "  e.g.  --walk-in-field \"name=Vor- und Nachname|Name\" --walk-in-field \"school*=Schule|School\"\n"
         "        --consent \"photos@2026-11=Fotos von mir sind in Ordnung.|Photos of me are fine.\"\n"
         "For tickets that kiosks give to walk-ins, add their keys: einlass kiosk add");
}

const struct command command_event_create = {
    .noun = "event",
    .verb = "create",
    .summary = "Make an event, and the book if there is none.",
    .options = create_options,
    .run = create,
    .explain = explain,
};
