#define LOG_MODULE "check"

#include "app/check_parts.h"

#include "base/mem.h"
#include "base/text.h"
#include "record/audit.h"
#include "record/device_key.h"
#include "record/look.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check_folder(struct report *report, const char *database)
{
    char copy[PATH_MAX];

    snprintf(copy, sizeof copy, "%s", database);
    const char *folder = dirname(copy);
    if (access(folder, W_OK | X_OK) == 0)
        report_fact(report, "database", "%s is not there yet and will be made", database);
    else report_missing(report, "database", "can't be made in the folder %s: %s", folder, strerror(errno));
}

// For whoever stands before the machine.
static const char *why_unreadable(enum status status)
{
    if (status != STATUS_LATER) return status_words(status);
    return "can't be read now. Is it a file, and this user's? Is the disk full or write-protected?";
}

static bool check_records(struct report *report, const char *database)
{
    struct audit audit;

    enum status status = audit_sqlite(database, report->to, &audit);
    if (status == STATUS_INVALID)
        report_missing(report, "database", "%s is no kiosk database of this version", database);
    else if (status != STATUS_OK) report_missing(report, "database", "%s: %s", database, why_unreadable(status));
    else if (audit.difference_count > 0)
        report_missing(report, "database",
                       "%s is not what its log says (%u differences, see above); keep a copy and ask for help",
                       database, audit.difference_count);
    else
        report_fact(report, "database", "%s, %llu records, %llu entries, %s", database,
                    (unsigned long long)audit.record_count, (unsigned long long)audit.entry_count,
                    audit.is_outdated ? "of an older version: brought up to date at the next start" : "verified");
    if (status == STATUS_OK && access(database, W_OK) != 0)
        report_missing(report, "database", "can't be written: %s", strerror(errno));
    return status == STATUS_OK;
}

// A kiosk makes its key at the first start, and refuses a log that was begun with another one.
static void check_device_key(struct report *report, const char *database, const struct look *look)
{
    struct device_key key;
    enum status status = device_key_read(database, &key);
    bool has_log = look && look->has_log;

    if (status == STATUS_MISSING && has_log)
        report_missing(report, "device key",
                       "the log was begun with one and it is lost: bring back device.key beside the database, or move "
                       "the database away to start a new log");
    else if (status == STATUS_MISSING) report_fact(report, "device key", "is not there yet and will be made");
    else if (status != STATUS_OK)
        report_missing(report, "device key", "device.key beside the database: %s", why_unreadable(status));
    else if (has_log && memcmp(key.public_key, look->device_public_key, DEVICE_KEY_BYTES) != 0)
        report_missing(report, "device key",
                       "is another one than the log was begun with: bring back the right device.key, or move the "
                       "database away to start a new log");
    else report_hex(report, "device key", key.public_key, DEVICE_KEY_BYTES, "");
}

bool check_database(struct report *report, const struct settings *settings)
{
    const char *database = settings->database;
    struct look *look = NULL;
    bool is_there = access(database, F_OK) == 0, is_readable = false;

    if (!is_there) check_folder(report, database);
    else if (check_records(report, database)) {
        look = mem_zero(sizeof *look);
        is_readable = look_sqlite(database, 0, look) == STATUS_OK;
        if (!is_readable) report_missing(report, "log", "can't be read");
        else if (look->has_log) report_hex(report, "log", look->log, LOG_ID_BYTES, "");
    }
    if (!is_there || is_readable) check_device_key(report, database, look);
    free(look);
    return is_readable;
}
