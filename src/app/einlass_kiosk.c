// einlass kiosk …: which kiosks there are, and which may sign the tickets of walk-ins.
#include "app/einlass_command.h"

#include "base/mem.h"
#include "base/text.h"
#include "office/inbox.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define OPTION_NAME                                                                                                    \
    {                                                                                                                  \
        .name = "name", .value = "NAME", .help = "what you call it, e.g. \"Tür Nord\"", .is_required = true            \
    }

static const struct option add_options[] = {OPTION_BOOK, OPTION_EVENT, OPTION_NAME, {0}};
static const struct option list_options[] = {
    OPTION_BOOK,
    OPTION_DATABASE,
    OPTION_EVENT,
    {.name = "brief", .help = "for programs: of each paired one how many s ago it was heard, and its name"},
    {0},
};

// 64 hex digits, however they were copied: in groups, in capitals.
static bool read_key(const char *typed, uint8_t out[TICKET_PUBLIC_KEY_BYTES])
{
    char hex[2 * TICKET_PUBLIC_KEY_BYTES + 1];
    size_t length = 0;

    for (; *typed; typed++) {
        if (strchr(" :-\t\r\n", *typed)) continue;
        if (length == sizeof hex - 1) return false;
        hex[length++] = (char)tolower((unsigned char)*typed);
    }
    hex[length] = '\0';
    return text_unhex(hex, out, TICKET_PUBLIC_KEY_BYTES) == STATUS_OK;
}

static int refuse(enum kiosk_flaw flaw, uint32_t event, enum status status)
{
    switch (flaw) {
    case KIOSK_FLAW_NONE:
        return command_failed("can't keep the kiosk", status);
    case KIOSK_FLAW_NO_WALK_INS:
        fprintf(stderr, "einlass: event %u registers nobody at the door; make it with --walk-ins\n", event);
        break;
    case KIOSK_FLAW_KEY_TAKEN:
        fputs("einlass: the event has this key already (see: einlass kiosk list)\n", stderr);
        break;
    case KIOSK_FLAW_NAME_TAKEN:
        fputs("einlass: another kiosk of the event has this --name; choose another one, or take that one out: einlass "
              "kiosk remove\n",
              stderr);
        break;
    case KIOSK_FLAW_TOO_MANY:
        fprintf(stderr, "einlass: an event has room for %d keys; take a kiosk out: einlass kiosk remove\n",
                KEYSET_MAX_KEYS);
        break;
    }
    return EXIT_FAILED;
}

static int add(const struct arguments *arguments)
{
    const char *name = argument(arguments, "name");
    uint8_t key[TICKET_PUBLIC_KEY_BYTES];
    struct work work = {0};
    enum kiosk_flaw flaw;
    int code;

    if (!read_key(arguments->operand, key)) {
        fputs("einlass: a kiosk's key has 64 digits and letters from a to f; einlass-kiosk --check prints it\n",
              stderr);
        return EXIT_USAGE;
    }
    if (!text_is_name(name, KIOSK_NAME_SIZE)) {
        fprintf(stderr, "einlass: --name must be a text of 1 to %d bytes\n", KIOSK_NAME_SIZE - 1);
        return EXIT_USAGE;
    }
    if ((code = work_open_event(arguments, &work)) == EXIT_FINE) {
        enum status status = book_add_kiosk(work.book, work.event, name, key, &flaw);
        if (status != STATUS_OK) code = refuse(flaw, work.event->number, status);
        else
            printf("%s may sign tickets of walk-ins, once the kiosks have the new event file: einlass event export\n",
                   name);
    }
    work_close(&work);
    return code;
}

const struct command command_kiosk_add = {
    .noun = "kiosk",
    .verb = "add",
    .operand = "KEY",
    .summary = "Let a kiosk sign walk-ins' tickets (einlass-kiosk --check prints its key).",
    .options = add_options,
    .run = add,
};

void command_print_kiosk(void *owner, uint8_t kid, const uint8_t public_key[TICKET_PUBLIC_KEY_BYTES], const char *name)
{
    char hex[2 * TICKET_PUBLIC_KEY_BYTES + 1];

    (void)owner;
    text_hex(public_key, TICKET_PUBLIC_KEY_BYTES, hex);
    printf("kiosk      %u = %s, %s\n", kid, name, hex);
}

static void write_time(int64_t unix_ms, char out[32])
{
    time_t seconds = (time_t)(unix_ms / 1000);
    struct tm local;

    if (unix_ms == 0 || !localtime_r(&seconds, &local) || strftime(out, 32, "%Y-%m-%d %H:%M", &local) == 0)
        snprintf(out, 32, "never");
}

static enum status print_device(void *owner, const struct device *device)
{
    char heard[32];
    bool *has_any = owner;

    if (!*has_any) puts("Paired:");
    *has_any = true;
    write_time(device->heard_ms, heard);
    printf("%-10s %s, event %u, %" PRIu64 " records, last heard %s%s%s", device->is_hub ? "hub" : "kiosk", device->name,
           device->event, device->record_count, heard, device->version[0] ? ", version " : "", device->version);
    if (device->alarm_count) printf(", %" PRIu64 " alarms", device->alarm_count);
    puts(device->is_revoked ? ", REVOKED" : "");
    return STATUS_OK;
}

// Who has never brought anything was heard when it was paired.
static enum status print_brief(void *owner, const struct device *device)
{
    int64_t now_ms = clock_system()->ops->unix_ms(clock_system());
    int64_t heard_ms = device->heard_ms > device->paired_ms ? device->heard_ms : device->paired_ms;

    (void)owner;
    if (!device->is_revoked)
        printf("%" PRId64 " %s\n", now_ms > heard_ms ? (now_ms - heard_ms) / 1000 : 0, device->name);
    return STATUS_OK;
}

// Those that were paired, if the office has run here.
static int list_paired(const struct arguments *arguments)
{
    struct inbox *inbox = NULL;
    char where[PATH_MAX];
    bool has_any = false;
    int code;

    records_where(arguments, where);
    if (!records_are_there(where)) return EXIT_FINE;
    if ((code = records_open(arguments, &inbox)) == EXIT_FINE) {
        bool is_brief = argument(arguments, "brief");
        enum status status = inbox_each_device(inbox, is_brief ? print_brief : print_device, &has_any);
        if (status == STATUS_OK && !has_any && !is_brief)
            puts("No kiosk is paired yet (see: einlass kiosk pair --help)");
        if (status != STATUS_OK) code = command_failed("can't read the records", status);
    }
    inbox_close(inbox);
    return code;
}

struct heading {
    uint32_t event; // 0: it was written
};

static void print_key(void *owner, uint8_t kid, const uint8_t public_key[TICKET_PUBLIC_KEY_BYTES], const char *name)
{
    struct heading *heading = owner;

    if (heading->event) printf("Sign walk-ins' tickets of event %u:\n", heading->event);
    heading->event = 0;
    command_print_kiosk(NULL, kid, public_key, name);
}

static enum status list_keys(struct book *book, uint32_t number)
{
    struct event *event = mem_zero(sizeof *event);
    struct heading heading = {number};
    enum status status = book_find_event(book, number, event);

    if (status == STATUS_OK) status = book_each_kiosk(book, number, print_key, &heading);
    free(event);
    return status;
}

// Below them: the keys of walk-ins, as they are in the book, of one event or of all.
static int list_signing(const struct arguments *arguments, struct work *work)
{
    enum status status = STATUS_OK;
    uint32_t number;

    if (!argument_number(arguments, "event", 1, UINT32_MAX, 0, &number)) return EXIT_USAGE;
    if (number) status = list_keys(work->book, number);
    else
        while (status == STATUS_OK && (status = book_next_event(work->book, number, &number)) == STATUS_OK)
            status = list_keys(work->book, number);
    if (status == STATUS_MISSING && number && argument(arguments, "event")) {
        fprintf(stderr, "einlass: the book has no event %u (see: einlass event list)\n", number);
        return EXIT_FAILED;
    }
    return status == STATUS_OK || status == STATUS_MISSING ? EXIT_FINE : command_failed("can't read the book", status);
}

static int list(const struct arguments *arguments)
{
    struct work work = {0};

    if (argument(arguments, "brief")) return list_paired(arguments);
    int code = argument(arguments, "database") ? work_try_open(arguments, &work) : work_open(arguments, &work);

    if (code == EXIT_FINE) code = list_paired(arguments);
    if (code == EXIT_FINE && work.book) code = list_signing(arguments, &work); // a hub has no book
    work_close(&work);
    return code;
}

const struct command command_kiosk_list = {
    .noun = "kiosk",
    .verb = "list",
    .summary = "List the kiosks: paired ones, and those that sign walk-ins' tickets.",
    .options = list_options,
    .run = list,
};

static int remove_kiosk(const struct arguments *arguments)
{
    const char *name = argument(arguments, "name");
    struct work work = {0};
    int code = work_open_event(arguments, &work);

    if (code == EXIT_FINE) {
        enum status status = book_remove_kiosk(work.book, work.event->number, name);
        if (status == STATUS_OK)
            printf(
                "Tickets that %s gave to walk-ins are refused, once the kiosks have the new event file: einlass event "
                "export\n",
                name);
        else if (status == STATUS_MISSING) {
            fprintf(stderr, "einlass: the event has no kiosk '%s' (see: einlass kiosk list)\n", name);
            code = EXIT_FAILED;
        } else code = command_failed("can't take the kiosk out", status);
    }
    work_close(&work);
    return code;
}

const struct command command_kiosk_remove = {
    .noun = "kiosk",
    .verb = "remove",
    .summary = "Take a kiosk's key out, e.g. because it was stolen.",
    .options = add_options,
    .run = remove_kiosk,
};
