// einlass log …
#include "app/einlass_command.h"

#include "record/audit.h"

#include <inttypes.h>
#include <stdio.h>

static const struct option verify_options[] = {{0}};

static int verify(const struct arguments *arguments)
{
    struct audit found = {0};
    enum status status = audit_sqlite(arguments->operand, stdout, &found);

    if (status == STATUS_MISSING) fprintf(stderr, "einlass: there is no file %s\n", arguments->operand);
    else if (status == STATUS_INVALID) fprintf(stderr, "einlass: %s is no kiosk database\n", arguments->operand);
    else if (status != STATUS_OK) return command_failed("can't read the log to its end", status);
    if (status != STATUS_OK) return EXIT_FAILED;
    printf("%" PRIu64 " records, %" PRIu64 " entries, %" PRIu64 " refused: ", found.record_count, found.entry_count,
           found.refused_count);
    if (found.difference_count) printf("%" PRIu32 " differences\n", found.difference_count);
    else if (found.is_outdated)
        puts("the log is whole (its tables are of an older version: the kiosk brings them up to date when it starts)");
    else puts("everything agrees with the log");
    return found.difference_count ? EXIT_FAILED : EXIT_FINE;
}

const struct command command_log_verify = {
    .noun = "log",
    .verb = "verify",
    .operand = "KIOSK.db",
    .summary = "Recompute a kiosk's log, its tables and its headcount.",
    .options = verify_options,
    .run = verify,
};
