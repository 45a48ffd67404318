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
    if (status == STATUS_LATER && strstr(where, "://")) {
        fputs("einlass: the database can't be used, the line above says why: does its server run, is --database right, "
              "and was it made (createdb)?\n",
              stderr);
        return EXIT_FAILED;
    }
    if (status != STATUS_INVALID) return command_failed("can't open the records", status);
    fputs("einlass: --database names no records of this program, or a newer one made them\n", stderr);
    return EXIT_FAILED;
}

int records_choose_event(const struct arguments *arguments, struct inbox *inbox, uint32_t *out)
{
    uint32_t second;

    if (!argument_number(arguments, "event", 1, UINT32_MAX, 0, out)) return EXIT_USAGE;
    if (*out) return EXIT_FINE;
    enum status status = inbox_next_event(inbox, 0, out);
    if (status == STATUS_MISSING) {
        fputs(
            "einlass: no event was published yet (see: einlass event publish --help); a hub gets it from its office\n",
            stderr);
        return EXIT_FAILED;
    }
    if (status == STATUS_OK) status = inbox_next_event(inbox, *out, &second);
    if (status == STATUS_MISSING) return EXIT_FINE;
    if (status != STATUS_OK) return command_failed("can't read the records", status);
    fputs("einlass: several events were published; choose one with --event N (see: einlass event list)\n", stderr);
    return EXIT_USAGE;
}
