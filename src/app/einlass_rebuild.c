// `einlass log rebuild`: what an older version of this program made nothing of, the present one may understand.
#include "app/einlass_command.h"

#include "office/inbox.h"

#include <stdio.h>

static const struct option rebuild_options[] = {OPTION_BOOK, OPTION_DATABASE, {0}};

static int rebuild(const struct arguments *arguments)
{
    struct inbox *inbox = NULL;
    char where[PATH_MAX];
    int code;

    records_where(arguments, where);
    if (!records_are_there(where)) {
        fprintf(stderr, "einlass: there are no records at %s (see --database)\n", where);
        return EXIT_FAILED;
    }
    if ((code = records_open(arguments, &inbox)) == EXIT_FINE) {
        enum status status = inbox_rebuild(inbox);
        if (status == STATUS_OK) puts("Everything is counted anew from the records.");
        else code = command_failed("can't count anew, all is as it was", status);
    }
    inbox_close(inbox);
    return code;
}

const struct command command_log_rebuild = {
    .noun = "log",
    .verb = "rebuild",
    .summary = "Count everything anew from the records: after an update that knows more.",
    .options = rebuild_options,
    .run = rebuild,
};
