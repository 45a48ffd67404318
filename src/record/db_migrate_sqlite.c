// db_migrate_sqlite.c -- a database of an older version of this program, brought up to date: a copy of it is kept, then
// its tables are made what schema.sql and projection.sql say. What they hold is filled in by the store, in the same
// transaction: a power cut at any point leaves the old database as it was.
#define LOG_MODULE "database"

#include "record/db_migrate_sqlite.h"

#include <stdio.h>

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

enum status db_migrate(struct db *db, int64_t version, const char *make_tables)
{
    char what[40];

    snprintf(what, sizeof what, "version-%lld", (long long)version);
    enum status status = db_keep_copy(db, what);
    if (status != STATUS_OK) return status;
    if ((status = db_execute(db, "BEGIN IMMEDIATE", "bring the database up to date")) != STATUS_OK) return status;
    db->is_migrating = true;
    const char *changes = version == 1 ? from_version_1 : from_version_2;
    if ((status = db_execute(db, changes, "change the old tables")) != STATUS_OK) return status;
    if ((status = db_execute(db, from_either, "change the old tables")) != STATUS_OK) return status;
    return db_execute(db, make_tables, "make the new tables");
}
