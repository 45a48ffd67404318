// db_sqlite.c -- an open connection: statements, transactions, failures in words.
#define LOG_MODULE "database"

#include "record/db_sqlite.h"

#include "base/log.h"

#include <assert.h>
#include <sqlite3.h>

static enum status status_of(int code)
{
    switch (code & 0xFF) {
    case SQLITE_OK:
        return STATUS_OK;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_AUTH:
    case SQLITE_INTERRUPT:
        return STATUS_LATER;
    default:
        return STATUS_CORRUPT; // damage, and what only damage explains: a broken constraint, a missing table
    }
}

enum status db_failure(const struct db *db, const char *what)
{
    int code = sqlite3_extended_errcode(db->handle);

    if (code == SQLITE_INTERRUPT) return STATUS_LATER; // we asked for it: nothing failed
    log_error("can't %s: %s (%d) file=%s", what, sqlite3_errmsg(db->handle), code, db->path);
    return status_of(code);
}

enum status db_execute(struct db *db, const char *sql, const char *what)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? STATUS_OK : db_failure(db, what);
}

enum status db_number(struct db *db, const char *sql, int64_t *out)
{
    struct sqlite3_stmt *statement = NULL;
    enum status status = STATUS_OK;

    if (sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) != SQLITE_OK) return db_failure(db, sql);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) *out = sqlite3_column_int64(statement, 0);
    else status = code == SQLITE_DONE ? STATUS_MISSING : db_failure(db, sql);
    sqlite3_finalize(statement);
    return status;
}

void db_close(struct db *db)
{
    for (int i = 0; i < STATEMENT_COUNT_OF_STATEMENTS; i++) {
        sqlite3_finalize(db->statements[i]);
        db->statements[i] = NULL;
    }
    if (sqlite3_close(db->handle) != SQLITE_OK) log_warn("a statement was left open file=%s", db->path);
    db->handle = NULL;
}

void db_bind_numbers(struct sqlite3_stmt *statement, const int64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int code = sqlite3_bind_int64(statement, (int)i + 1, numbers[i]);
        assert(code == SQLITE_OK); // only a wrong index or an open statement can fail: ours to get right
    }
}

void db_bind_null(struct sqlite3_stmt *statement, int index)
{
    int code = sqlite3_bind_null(statement, index);
    assert(code == SQLITE_OK);
}

void db_bind_text(struct sqlite3_stmt *statement, int index, const char *text)
{
    int code = sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
    assert(code == SQLITE_OK);
}

void db_bind_blob(struct sqlite3_stmt *statement, int index, const void *bytes, uint64_t length)
{
    int code = sqlite3_bind_blob64(statement, index, bytes, length, SQLITE_STATIC);
    assert(code == SQLITE_OK);
}

enum status db_row(struct db *db, enum statement name, const char *what)
{
    int code = sqlite3_step(db->statements[name]);

    if (code == SQLITE_ROW) return STATUS_OK;
    enum status status = code == SQLITE_DONE ? STATUS_MISSING : db_failure(db, what);
    db_done(db, name);
    return status;
}

void db_done(struct db *db, enum statement name)
{
    sqlite3_reset(db->statements[name]); // repeats the step's failure, which was told
}

enum status db_has_row(struct db *db, enum statement name, const char *what, bool *out)
{
    enum status status = db_row(db, name, what);

    if (status == STATUS_OK) db_done(db, name);
    *out = status == STATUS_OK;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status db_run(struct db *db, enum statement name, const char *what)
{
    enum status status = db_row(db, name, what);

    assert(status != STATUS_OK); // it gives no rows
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status db_begin(struct db *db)
{
    return db_run(db, STATEMENT_BEGIN, "begin to write");
}

enum status db_end(struct db *db, enum status status)
{
    if (status == STATUS_OK) status = db_run(db, STATEMENT_COMMIT, "make a record durable");
    if (status != STATUS_OK && !sqlite3_get_autocommit(db->handle)) {
        enum status undone = db_run(db, STATEMENT_ROLLBACK, "take back what was not stored");
        if (undone == STATUS_CORRUPT) status = STATUS_CORRUPT;
    }
    return status;
}

void db_checkpoint(struct db *db, int least_pages)
{
    if (!db->handle || db->wal_pages < least_pages) return;
    if (sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) != SQLITE_OK)
        log_warn("the write-ahead log stays long: %s pages=%d", sqlite3_errmsg(db->handle), db->wal_pages);
    db->wal_pages = 0; // counted afresh at the next commit
}

enum status db_empty_wal(struct db *db)
{
    if (!db->handle) return STATUS_OK;
    if (sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) != SQLITE_OK)
        return db_failure(db, "empty the write-ahead log");
    db->wal_pages = 0;
    return STATUS_OK;
}
