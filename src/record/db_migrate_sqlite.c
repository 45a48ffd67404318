// db_migrate_sqlite.c -- a database of an older version of this program, brought up to date: a copy of it is kept, then
// its tables are made what schema.sql and projection.sql say. What they hold is filled in by the store, in the same
// transaction: a power cut at any point leaves the old database as it was.
#define LOG_MODULE "database"

#include "record/db_migrate_sqlite.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// What version 1 counted is counted afresh, by other rules: a person is inside by their last check-in.
static const char from_version_1[] = "DROP TABLE check_in; DROP TABLE headcount; DROP TABLE expected;"
                                     "ALTER TABLE roster ADD COLUMN language TEXT NOT NULL DEFAULT '';"
                                     "ALTER TABLE roster ADD COLUMN lists INTEGER NOT NULL DEFAULT 0;";

// Check-ins of several kiosks stand in an order that is none of seq.
static const char from_version_2[] = "DROP TABLE check_in; DROP TABLE headcount; DROP TABLE round;"
                                     "ALTER TABLE walk_in ADD COLUMN at BLOB NOT NULL DEFAULT x'';"
                                     "ALTER TABLE walk_in ADD COLUMN hash BLOB CHECK (length(hash) = 32);"
                                     "ALTER TABLE walk_in ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;"
                                     "UPDATE walk_in SET turn = seq; ALTER TABLE walk_in DROP COLUMN seq;";
static const char from_either[] = "ALTER TABLE event DROP COLUMN seq;"
                                  "ALTER TABLE event ADD COLUMN at BLOB NOT NULL DEFAULT x'';";

struct copy_path {
    char text[PATH_MAX + 64];
};

static enum status no_copy(const char *path)
{
    log_error("can't keep a copy of the old database file=%s: %s", path, strerror(errno));
    return STATUS_LATER;
}

static enum status sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);

    if (fd < 0) return no_copy(path);
    int failed = fsync(fd);
    if (failed) (void)no_copy(path);
    close(fd);
    return failed ? STATUS_LATER : STATUS_OK;
}

// The name tells that the copy is whole: a half one, of a try that failed, has another.
static enum status keep_name(const struct copy_path *unfinished, const struct copy_path *whole)
{
    struct copy_path folder = *whole;
    char *slash = strrchr(folder.text, '/');
    enum status status = sync_path(unfinished->text, O_RDONLY);

    if (status != STATUS_OK) return status;
    if (rename(unfinished->text, whole->text) != 0) return no_copy(whole->text);
    if (slash) slash[slash == folder.text] = '\0'; // "/" stays
    return sync_path(slash ? folder.text : ".", O_RDONLY | O_DIRECTORY);
}

// By SQLite itself: what is still in the write-ahead log is in the copy too.
static enum status keep_copy(struct db *db, int64_t version)
{
    struct copy_path unfinished, whole;
    struct sqlite3_stmt *copy = NULL;
    enum status status = STATUS_OK;

    snprintf(whole.text, sizeof whole.text, "%s.version-%lld", db->path, (long long)version);
    snprintf(unfinished.text, sizeof unfinished.text, "%s.version-%lld.unfinished", db->path, (long long)version);
    if (unlink(unfinished.text) != 0 && errno != ENOENT) return no_copy(unfinished.text);
    if (sqlite3_prepare_v2(db->handle, "VACUUM INTO ?1", -1, &copy, NULL) != SQLITE_OK)
        return db_failure(db, "copy the old database");
    db_bind_text(copy, 1, unfinished.text);
    if (sqlite3_step(copy) != SQLITE_DONE) status = db_failure(db, "copy the old database");
    sqlite3_finalize(copy);
    if (status == STATUS_OK) status = keep_name(&unfinished, &whole);
    if (status == STATUS_OK) log_info("the old database is kept file=%s", whole.text);
    return status;
}

enum status db_migrate(struct db *db, int64_t version, const char *make_tables)
{
    enum status status = keep_copy(db, version);

    if (status != STATUS_OK) return status;
    if ((status = db_execute(db, "BEGIN IMMEDIATE", "bring the database up to date")) != STATUS_OK) return status;
    db->is_migrating = true;
    const char *changes = version == 1 ? from_version_1 : from_version_2;
    if ((status = db_execute(db, changes, "change the old tables")) != STATUS_OK) return status;
    if ((status = db_execute(db, from_either, "change the old tables")) != STATUS_OK) return status;
    return db_execute(db, make_tables, "make the new tables");
}
