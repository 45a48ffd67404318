#define LOG_MODULE "book"

#include "office/book_sqlite.h"

#include "base/log.h"
#include "base/text.h"

#include <assert.h>
#include <stdarg.h>

static enum status remedy(int code)
{
    switch (code & 0xFF) {
    case SQLITE_CONSTRAINT:
    case SQLITE_NOTADB:
        return STATUS_INVALID;
    case SQLITE_CORRUPT:
        return STATUS_CORRUPT;
    default:
        return STATUS_LATER;
    }
}

static enum status fail(struct book *book)
{
    int code = sqlite3_extended_errcode(book->database);

    log_error("the book can't do that code=%d: %s", code, sqlite3_errmsg(book->database));
    return remedy(code);
}

static sqlite3_stmt *prepared(struct book *book, const char *sql)
{
    size_t i = 0;

    while (i < BOOK_MAX_STATEMENTS && book->statements[i].sql && book->statements[i].sql != sql) i++;
    assert(i < BOOK_MAX_STATEMENTS);
    if (!book->statements[i].sql) {
        if (sqlite3_prepare_v3(book->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &book->statements[i].statement,
                               NULL) != SQLITE_OK) {
            (void)fail(book);
            return NULL;
        }
        book->statements[i].sql = sql;
    }
    sqlite3_reset(book->statements[i].statement);
    return book->statements[i].statement;
}

sqlite3_stmt *book_query(struct book *book, const char *sql, const char *types, ...)
{
    sqlite3_stmt *statement = prepared(book, sql);
    int failed = 0;
    va_list values;

    if (!statement) return NULL;
    va_start(values, types);
    for (int i = 1; *types; i++, types++) {
        if (*types == 'i') failed |= sqlite3_bind_int64(statement, i, va_arg(values, int64_t));
        else if (*types == 't') failed |= sqlite3_bind_text(statement, i, va_arg(values, const char *), -1, NULL);
        else {
            const void *bytes = va_arg(values, const void *);
            failed |= sqlite3_bind_blob64(statement, i, bytes, va_arg(values, size_t), NULL);
        }
    }
    va_end(values);
    assert(failed == 0); // the SQL and its types stand side by side in the source
    return statement;
}

enum status book_step(struct book *book, sqlite3_stmt *statement)
{
    if (!statement) return STATUS_LATER;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) return STATUS_OK;
    enum status status = code == SQLITE_DONE ? STATUS_MISSING : fail(book);
    sqlite3_reset(statement);
    return status;
}

enum status book_run(struct book *book, sqlite3_stmt *statement)
{
    enum status status = book_step(book, statement);

    if (statement) sqlite3_reset(statement);
    if (status != STATUS_MISSING) return status;
    return sqlite3_changes(book->database) > 0 ? STATUS_OK : STATUS_MISSING;
}

enum status book_execute(struct book *book, const char *sql)
{
    return sqlite3_exec(book->database, sql, NULL, NULL, NULL) == SQLITE_OK ? STATUS_OK : fail(book);
}

void book_column_text(sqlite3_stmt *statement, int column, char *to, size_t to_size)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    text_copy(to, to_size, text ? text : "");
}
