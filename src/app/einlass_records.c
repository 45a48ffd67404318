// Where the office's records are, for every command that looks at them.
#include "app/einlass_command.h"

#include "office/inbox.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

void records_where(const struct arguments *arguments, char out[PATH_MAX])
{
    const char *named = argument(arguments, "database");

    if (named) snprintf(out, PATH_MAX, "%s", named);
    else snprintf(out, PATH_MAX, "%s.records", work_book_path(arguments));
}

const char *upstream_where(const struct arguments *arguments, char out[PATH_MAX])
{
    const char *named = argument(arguments, "upstream"), *database = argument(arguments, "database");

    if (named) snprintf(out, PATH_MAX, "%s", named);
    else snprintf(out, PATH_MAX, "%s.pairing.json", database ? database : work_book_path(arguments));
    return out;
}

bool records_are_there(const char *where)
{
    return strstr(where, "://") || access(where, F_OK) == 0;
}

int records_open(const struct arguments *arguments, struct inbox **out)
{
    char where[PATH_MAX];
    enum status status;

    records_where(arguments, where);
    status = inbox_open(where, clock_system(), out);
    if (status == STATUS_OK) return EXIT_FINE;
    if (status != STATUS_INVALID) return command_failed("can't open the records", status);
    fputs("einlass: --database names no records of this program, or a newer one made them\n", stderr);
    return EXIT_FAILED;
}
