// einlass report …: what the records say, to read, for a spreadsheet, or for a program.
#include "app/einlass_command.h"

#include "office/report.h"

#include <stdio.h>

static const struct option report_options[] = {
    OPTION_BOOK,
    {.name = "event", .value = "N", .help = "the event's number; needed when several were published"},
    {.name = "format", .value = "FORM", .help = "text, csv or json; usually text"},
    OPTION_DATABASE,
    {0},
};

static int write_report(const struct arguments *arguments, struct inbox *inbox, enum report_format format)
{
    enum report_kind kind;
    uint32_t event;
    int code = records_choose_event(arguments, inbox, &event);

    if (code != EXIT_FINE) return code;
    enum status status = report_kind_of_word(arguments->command->verb, &kind);
    if (status == STATUS_OK) status = report_write(inbox, event, kind, format, stdout);
    if (status == STATUS_OK) return EXIT_FINE;
    if (status != STATUS_MISSING) return command_failed("can't write the report", status);
    fprintf(stderr, "einlass: event %u was not published yet (see: einlass event publish --help)\n", event);
    return EXIT_FAILED;
}

static int report(const struct arguments *arguments)
{
    const char *word = argument(arguments, "format");
    char where[PATH_MAX];
    enum report_format format;
    struct inbox *inbox = NULL;

    if (report_format_of_word(word ? word : "text", &format) != STATUS_OK) {
        fprintf(stderr, "einlass: --format is text, csv or json, not '%s'\n", word);
        return EXIT_USAGE;
    }
    records_where(arguments, where);
    if (!records_are_there(where)) {
        fprintf(stderr, "einlass: there are no records at %s (see --database)\n", where);
        return EXIT_FAILED;
    }
    int code = records_open(arguments, &inbox);
    if (code == EXIT_FINE) code = write_report(arguments, inbox, format);
    inbox_close(inbox);
    return code;
}

const struct command command_report_headcount = {
    .noun = "report",
    .verb = "headcount",
    .summary = "Print how many are there, and of how many.",
    .options = report_options,
    .run = report,
};

const struct command command_report_attendance = {
    .noun = "report",
    .verb = "attendance",
    .summary = "Print who came, who left and who is missing, by name.",
    .options = report_options,
    .run = report,
};

const struct command command_report_conflicts = {
    .noun = "report",
    .verb = "conflicts",
    .summary = "Print who was let in twice, and how that came about.",
    .options = report_options,
    .run = report,
};

const struct command command_report_walk_ins = {
    .noun = "report",
    .verb = "walk-ins",
    .summary = "Print who came without a ticket, and what they said.",
    .options = report_options,
    .run = report,
};
