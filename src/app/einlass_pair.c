// einlass kiosk pair, einlass kiosk revoke
#include "app/einlass_command.h"

#include "app/terminal_qr.h"
#include "base/mem.h"
#include "office/inbox.h"
#include "service/offer.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct option pair_options[] = {
    OPTION_BOOK,  OPTION_DATABASE,
    OPTION_EVENT, {.name = "hub", .help = "it gathers the records of other kiosks where there is no internet"},
    {0},
};

static int explain(enum status status, const char *name)
{
    if (status == STATUS_MISSING)
        fputs("einlass: kiosks must know where the office is: start it once with these records (einlass office)\n",
              stderr);
    else if (status == STATUS_INVALID)
        fprintf(stderr,
                "einlass: a kiosk is called '%s' already (then first: einlass kiosk revoke), or this is no name of 1 "
                "to %d bytes\n",
                name, PAIRING_NAME_SIZE - 1);
    else return command_failed("can't make a code", status);
    return EXIT_FAILED;
}

static void show(const char *text)
{
    struct picture *picture = mem_zero(sizeof *picture);

    if (picture_of_text(text, picture) == STATUS_OK) terminal_qr_write(picture, isatty(STDOUT_FILENO), stdout);
    free(picture);
    printf("\n%s\n\nLet the kiosk's camera read this code, or type the text. Good once, for %d minutes.\n", text,
           OFFER_GOOD_MINUTES);
}

// A hub's own records have no book, only the events that its office gave it.
static bool is_at_hub(const struct arguments *arguments)
{
    return access(work_book_path(arguments), F_OK) != 0 && argument(arguments, "database");
}

// A laptop need not serve one itself, but a kiosk that is a hub does: the book's only one, if there is just one.
static int choose_hub_event(const struct arguments *arguments, struct work *work, uint32_t *out)
{
    uint32_t first, second;
    int code = work_try_open(arguments, work);

    if (code != EXIT_FINE || !work->book || book_next_event(work->book, 0, &first) != STATUS_OK) return code;
    if (book_next_event(work->book, first, &second) == STATUS_MISSING) *out = first;
    else puts("A kiosk that is a hub, and lets people in too, needs one of the events: --event N.");
    return EXIT_FINE;
}

static int choose_event(const struct arguments *arguments, struct work *work, struct inbox **inbox, uint32_t *out)
{
    bool is_free = argument(arguments, "hub") && !argument(arguments, "event");
    int code = EXIT_FINE;

    *out = 0;
    if (is_free) code = choose_hub_event(arguments, work, out);
    else if (!is_at_hub(arguments) && (code = work_open_event(arguments, work)) == EXIT_FINE)
        *out = work->event->number;
    if (code == EXIT_FINE) code = records_open(arguments, inbox);
    return code == EXIT_FINE && !is_free && *out == 0 ? records_choose_event(arguments, *inbox, out) : code;
}

static int pair(const struct arguments *arguments)
{
    char text[PAIRING_TEXT_SIZE];
    struct inbox_event found = {0};
    struct inbox *inbox = NULL;
    struct work work = {0};
    uint32_t event;
    int code = choose_event(arguments, &work, &inbox, &event);

    if (code == EXIT_FINE) {
        enum status status = offer_make(inbox, arguments->operand, event, argument(arguments, "hub"), text);
        if (status == STATUS_OK) show(text);
        else code = explain(status, arguments->operand);
        if (status == STATUS_OK && event && inbox_event(inbox, event, false, &found) == STATUS_MISSING)
            printf("Event %u is not published yet, so the kiosk has nothing to serve: einlass event publish\n", event);
    }
    inbox_close(inbox);
    work_close(&work);
    return code;
}

const struct command command_kiosk_pair = {
    .noun = "kiosk",
    .verb = "pair",
    .operand = "NAME",
    .summary = "Show a code; the kiosk that reads it belongs to this office.",
    .options = pair_options,
    .run = pair,
};

static const struct option revoke_options[] = {OPTION_BOOK, OPTION_DATABASE, {0}};

static int revoke_kiosk(const struct arguments *arguments)
{
    struct inbox *inbox = NULL;
    int code = records_open(arguments, &inbox);

    if (code == EXIT_FINE) {
        enum status status = inbox_revoke(inbox, arguments->operand);
        if (status == STATUS_OK)
            printf("%s may bring nothing any more. Its records stay. Did it register walk-ins, and was it stolen? Then "
                   "also: einlass kiosk remove\n",
                   arguments->operand);
        else if (status == STATUS_MISSING) {
            fprintf(stderr, "einlass: no kiosk is called '%s' (see: einlass kiosk list)\n", arguments->operand);
            code = EXIT_FAILED;
        } else code = command_failed("can't revoke the kiosk", status);
    }
    inbox_close(inbox);
    return code;
}

const struct command command_kiosk_revoke = {
    .noun = "kiosk",
    .verb = "revoke",
    .operand = "NAME",
    .summary = "Let a kiosk bring and fetch nothing any more; its records stay.",
    .options = revoke_options,
    .run = revoke_kiosk,
};
