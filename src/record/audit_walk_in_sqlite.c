// audit_walk_in_sqlite.c -- what walk-ins said, against the hashes that stand in the log.
#define LOG_MODULE "audit"

#include "record/audit_recount_sqlite.h"

#include "record/walk_in.h"

#include <sqlite3.h>
#include <string.h>

// False: they said something else.
static bool is_what_they_said(struct sqlite3_stmt *row)
{
    uint8_t hash[WALK_IN_HASH_BYTES];

    // Whoever tampers can also have SQLite look away from the salt's CHECK.
    if (sqlite3_column_bytes(row, 2) != WALK_IN_SALT_BYTES || sqlite3_column_bytes(row, 3) != WALK_IN_HASH_BYTES)
        return false;
    walk_in_hash((const char *)sqlite3_column_text(row, 1), sqlite3_column_blob(row, 2), hash);
    return memcmp(hash, sqlite3_column_blob(row, 3), sizeof hash) == 0 && sqlite3_column_int(row, 4) != 0;
}

// The newest who was registered under a ticket may have been so elsewhere: what they said is of a record before.
enum status recount_check_blobs(struct db *db, FILE *out, uint32_t *difference_count)
{
    static const char sql[] =
        "SELECT record_words(at), blob, salt, hash, EXISTS (SELECT 1 FROM registered AS t WHERE t.event = w.event AND "
        "t.ticket = w.ticket AND t.hash = w.hash) FROM walk_in AS w WHERE blob IS NOT NULL AND salt IS NOT NULL "
        "ORDER BY at";
    struct sqlite3_stmt *row = NULL;
    int code = sqlite3_prepare_v2(db->handle, sql, -1, &row, NULL);

    if (code != SQLITE_OK) return db_failure(db, "prepare the audit");
    while ((code = sqlite3_step(row)) == SQLITE_ROW) {
        if (is_what_they_said(row)) continue;
        fprintf(out, "walk-in of %s: their data is not what was registered\n",
                (const char *)sqlite3_column_text(row, 0));
        ++*difference_count;
    }
    enum status status = code == SQLITE_DONE ? STATUS_OK : db_failure(db, "read the walk-ins");
    sqlite3_finalize(row);
    return status;
}
