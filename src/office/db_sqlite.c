#define LOG_MODULE "office"

#include "office/db.h"

#include "base/log.h"
#include "base/mem.h"

#include <assert.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUSY_MS = 5000 };

struct db_sqlite {
    struct office_db db; // first
    sqlite3 *handle;
    bool is_open; // a transaction
    struct {
        const char *sql;
        sqlite3_stmt *statement;
    } statements[DB_MOST_STATEMENTS];
};

static struct db_sqlite *of(struct office_db *self)
{
    return (struct db_sqlite *)self;
}

static enum status fail(struct db_sqlite *db, const char *what)
{
    int code = sqlite3_extended_errcode(db->handle);

    log_error("the records' database can't %s code=%d: %s", what, code, sqlite3_errmsg(db->handle));
    switch (code & 0xFF) {
    case SQLITE_CONSTRAINT:
    case SQLITE_ERROR: // no such table or column: not our schema
    case SQLITE_NOTADB:
        return STATUS_INVALID;
    case SQLITE_CORRUPT:
        return STATUS_CORRUPT;
    default:
        return STATUS_LATER;
    }
}

static const char *name(struct office_db *self)
{
    (void)self;
    return "SQLite";
}

// SQLite counts them as they come, PostgreSQL by their names.
static bool is_in_order(sqlite3_stmt *statement)
{
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++)
        if (atoi(sqlite3_bind_parameter_name(statement, i) + 1) != i) return false;
    return true;
}

static sqlite3_stmt *prepared(struct db_sqlite *db, const char *sql)
{
    size_t i = 0;

    while (i < DB_MOST_STATEMENTS && db->statements[i].sql && db->statements[i].sql != sql) i++;
    assert(i < DB_MOST_STATEMENTS);
    if (db->statements[i].sql) return db->statements[i].statement;
    if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &db->statements[i].statement, NULL) !=
        SQLITE_OK)
        return NULL;
    assert(is_in_order(db->statements[i].statement));
    db->statements[i].sql = sql;
    return db->statements[i].statement;
}

static void bind(sqlite3_stmt *statement, const struct db_value values[], size_t count)
{
    int failed = 0;

    for (size_t i = 0; i < count; i++) {
        const struct db_value *value = &values[i];
        int at = (int)i + 1;
        switch (value->type) {
        case DB_NULL:
            failed |= sqlite3_bind_null(statement, at);
            break;
        case DB_INT:
            failed |= sqlite3_bind_int64(statement, at, value->number);
            break;
        case DB_TEXT:
            failed |= sqlite3_bind_text64(statement, at, value->bytes, value->length, SQLITE_STATIC, SQLITE_UTF8);
            break;
        case DB_BLOB: // an empty blob must not become NULL
            failed |=
                sqlite3_bind_blob64(statement, at, value->length ? value->bytes : "", value->length, SQLITE_STATIC);
            break;
        }
    }
    assert(failed == 0); // the SQL and its values stand side by side in the source
}

static struct db_value column(sqlite3_stmt *statement, int at)
{
    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_INTEGER:
        return db_int(sqlite3_column_int64(statement, at));
    case SQLITE_TEXT:
        return (struct db_value){.type = DB_TEXT,
                                 .bytes = sqlite3_column_text(statement, at),
                                 .length = (size_t)sqlite3_column_bytes(statement, at)};
    case SQLITE_BLOB:
        return db_blob(sqlite3_column_blob(statement, at), (size_t)sqlite3_column_bytes(statement, at));
    default:
        return (struct db_value){.type = DB_NULL};
    }
}

static enum status visit_row(sqlite3_stmt *statement, db_visitor *visit, void *owner)
{
    struct db_value values[DB_MOST_COLUMNS];
    int count = sqlite3_column_count(statement);

    if (!visit) return STATUS_OK;
    assert(count <= DB_MOST_COLUMNS);
    for (int i = 0; i < count; i++) values[i] = column(statement, i);
    return visit(owner, values, (size_t)count);
}

static enum status query(struct office_db *self, const char *sql, const struct db_value values[], size_t count,
                         db_visitor *visit, void *owner)
{
    struct db_sqlite *db = of(self);
    sqlite3_stmt *statement = prepared(db, sql);
    enum status status = STATUS_OK;
    int code = SQLITE_ROW;

    if (!statement) return fail(db, "understand a query");
    bind(statement, values, count);
    while (status == STATUS_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
        status = visit_row(statement, visit, owner);
    if (status == STATUS_OK && code != SQLITE_DONE) status = fail(db, "answer");
    sqlite3_reset(statement);
    return status;
}

static enum status many(struct office_db *self, const char *sql, const struct db_value *values, size_t width,
                        size_t rows)
{
    struct db_sqlite *db = of(self);
    sqlite3_stmt *statement = prepared(db, sql);
    enum status status = STATUS_OK;

    if (!statement) return fail(db, "understand a query");
    for (size_t row = 0; row < rows && status == STATUS_OK; row++) {
        bind(statement, values + row * width, width);
        if (sqlite3_step(statement) != SQLITE_DONE) status = fail(db, "write");
        sqlite3_reset(statement);
    }
    return status;
}

static enum status script(struct office_db *self, const char *sql)
{
    struct db_sqlite *db = of(self);
    char *text = db_schema(sql, "BIGINT", "INTEGER");
    enum status status = STATUS_OK;

    if (sqlite3_exec(db->handle, text, NULL, NULL, NULL) != SQLITE_OK) status = fail(db, "make its tables");
    free(text);
    return status;
}

static enum status execute(struct db_sqlite *db, const char *sql)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? STATUS_OK : fail(db, sql);
}

static enum status begin(struct office_db *self, bool is_writing)
{
    struct db_sqlite *db = of(self);
    enum status status = execute(db, is_writing ? "BEGIN IMMEDIATE" : "BEGIN");

    db->is_open = status == STATUS_OK;
    return status;
}

static enum status end(struct office_db *self, enum status status)
{
    struct db_sqlite *db = of(self);

    if (!db->is_open) return status;
    if (status == STATUS_OK) status = execute(db, "COMMIT");
    if (status != STATUS_OK && !sqlite3_get_autocommit(db->handle)) (void)execute(db, "ROLLBACK");
    db->is_open = false;
    return status;
}

static void close_db(struct office_db *self)
{
    struct db_sqlite *db = of(self);

    for (size_t i = 0; i < DB_MOST_STATEMENTS; i++) sqlite3_finalize(db->statements[i].statement);
    sqlite3_close(db->handle);
    free(db);
}

static const struct office_db_ops ops = {
    .name = name, .query = query, .many = many, .script = script, .begin = begin, .end = end, .close = close_db};

// Its owner's alone: what walk-ins said stands in it. Only made here, never opened: to close a file gives up this
// process's locks on it, also those of another connection; then a program that comes and goes throws the WAL away.
static void make_private(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (file >= 0) close(file); // else it is there, or SQLite says why
}

enum status office_db_sqlite_open(const char *path, struct office_db **out)
{
    struct db_sqlite *db = mem_zero(sizeof *db);
    enum status status = STATUS_OK;

    db->db.ops = &ops;
    make_private(path);
    if (sqlite3_open_v2(path, &db->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        status = fail(db, "be opened");
    else {
        sqlite3_busy_timeout(db->handle, BUSY_MS);
        status = execute(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                             "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -32768");
    }
    if (status == STATUS_OK) *out = &db->db;
    else close_db(&db->db);
    return status;
}
