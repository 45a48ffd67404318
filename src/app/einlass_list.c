// einlass roster list
#include "app/einlass_command.h"

#include "office/sheet_write.h"

#include <stdio.h>

static const struct option list_options[] = {
    OPTION_BOOK,
    OPTION_EVENT,
    {0},
};

static enum status list_guest(void *owner, const struct roster_entry *entry)
{
    const struct guest *guest = &entry->guest;
    char number[TICKET_NUMBER_TEXT_SIZE], person[16], class_id[16], group[16];
    const char *const fields[] = {
        number,      person,         guest->name, guest->company, class_id, group, guest_status_word(guest->status),
        guest->note, guest->language};

    ticket_number_write(guest->ticket, number);
    snprintf(person, sizeof person, "%u", guest->person);
    snprintf(class_id, sizeof class_id, "%u", guest->class_id);
    snprintf(group, sizeof group, "%u", guest->group);
    sheet_write_row(owner, fields, sizeof fields / sizeof *fields);
    return STATUS_OK;
}

static int list(const struct arguments *arguments)
{
    static const char *const heading[] = {"Ticketnummer", "Person", "Name",  "Firma",  "Klasse",
                                          "Gruppe",       "Status", "Notiz", "Sprache"};
    struct work work = {0};
    int code = work_open_event(arguments, &work);

    if (code == EXIT_FINE) {
        sheet_write_begin(stdout);
        sheet_write_row(stdout, heading, sizeof heading / sizeof *heading);
        enum status status = book_each_guest(work.book, work.event->number, list_guest, stdout);
        if (status != STATUS_OK && status != STATUS_MISSING) code = command_failed("can't list the roster", status);
    }
    work_close(&work);
    return code;
}

const struct command command_roster_list = {
    .noun = "roster",
    .verb = "list",
    .summary = "Print the people of an event as CSV, e.g. > people.csv",
    .options = list_options,
    .run = list,
};
