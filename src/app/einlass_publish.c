// einlass event publish
#include "app/einlass_command.h"

#include "office/publish.h"

#include <stdio.h>

static const struct option publish_options[] = {OPTION_BOOK, OPTION_EVENT, OPTION_DATABASE, {0}};

static int publish_event_now(const struct work *work, struct inbox *inbox)
{
    struct publication made;
    enum status status = publish_to_inbox(work->book, work->event, inbox, &made);

    if (status == STATUS_INVALID) {
        fputs("einlass: no kiosk would take it, or the records have a newer version than the book: was the book put "
              "back from a copy?\n",
              stderr);
        return EXIT_FAILED;
    }
    if (status != STATUS_OK) return command_failed("can't publish the event", status);
    printf("Event %u: version %u%s, %zu people. Kiosks that are paired take it from the office by themselves.\n",
           work->event->number, made.version, made.is_new ? "" : " (unchanged)", made.guest_count);
    return EXIT_FINE;
}

static int publish(const struct arguments *arguments)
{
    struct work work = {0};
    struct inbox *inbox = NULL;
    int code = work_open_event(arguments, &work);

    if (code == EXIT_FINE && (code = records_open(arguments, &inbox)) == EXIT_FINE)
        code = publish_event_now(&work, inbox);
    inbox_close(inbox);
    work_close(&work);
    return code;
}

const struct command command_event_publish = {
    .noun = "event",
    .verb = "publish",
    .summary = "Give the event, as it is now, to the kiosks that are paired.",
    .options = publish_options,
    .run = publish,
};
