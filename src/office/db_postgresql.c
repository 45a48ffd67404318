// db_postgresql.c -- the office's records in PostgreSQL (libpq). Values travel in binary form; statements are prepared
// on first use and again after the connection was lost.
#define LOG_MODULE "office"

#include "office/db_parts_postgresql.h"

#include "base/log.h"
#include "base/mem.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 16, ROWS_AT_ONCE = 500 };

static struct db_postgresql *of(struct office_db *self)
{
    return (struct db_postgresql *)self;
}

static const char *name(struct office_db *self)
{
    (void)self;
    return "PostgreSQL";
}

static enum status execute(struct db_postgresql *db, const char *sql, const char *what)
{
    PGresult *result = PQexec(db->connection, sql);
    ExecStatusType outcome = PQresultStatus(result);
    bool is_done = outcome == PGRES_COMMAND_OK || outcome == PGRES_TUPLES_OK;
    enum status status = is_done ? STATUS_OK : postgresql_fail(db, result, what);

    PQclear(result);
    return status;
}

// Every query of ours goes along an index, in its order, and often ends early. Without statistics (all rows are new)
// the planner would rather read and sort whole tables.
static enum status set_up(struct db_postgresql *db)
{
    memset(db->is_prepared, 0, sizeof db->is_prepared);
    if (postgresql_is_lost(db)) return postgresql_fail(db, NULL, "be reached");
    return execute(db,
                   "SET client_encoding = 'UTF8'; SET client_min_messages = 'error'; SET lock_timeout = '5s';"
                   "SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '60s';"
                   "SET jit = off; SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off;"
                   "SET enable_mergejoin = off",
                   "be set up");
}

static enum status connect_again(struct db_postgresql *db)
{
    log_warn("connecting to the records' database again");
    PQreset(db->connection);
    return set_up(db);
}

// ---- queries ----

static enum status prepare(struct db_postgresql *db, const char *sql, const struct values_postgresql *parameters,
                           char name_out[NAME_SIZE])
{
    enum status status = STATUS_OK;
    PGresult *result;
    size_t i = 0;

    while (i < DB_MOST_STATEMENTS && db->statements[i] && db->statements[i] != sql) i++;
    assert(i < DB_MOST_STATEMENTS);
    db->statements[i] = sql;
    snprintf(name_out, NAME_SIZE, "s%zu", i);
    if (db->is_prepared[i]) return STATUS_OK;
    result = PQprepare(db->connection, name_out, sql, parameters->count, parameters->types);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) status = postgresql_fail(db, result, "understand a query");
    db->is_prepared[i] = status == STATUS_OK;
    PQclear(result);
    return status;
}

static enum status ask(struct db_postgresql *db, const char *sql, const struct values_postgresql *parameters,
                       PGresult **result_out)
{
    char statement[NAME_SIZE];
    enum status status = prepare(db, sql, parameters, statement);
    PGresult *result;

    if (status != STATUS_OK) return status;
    result = PQexecPrepared(db->connection, statement, parameters->count, parameters->values, parameters->lengths,
                            parameters->formats, 1);
    if (PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK) {
        *result_out = result;
        return STATUS_OK;
    }
    status = postgresql_fail(db, result, "answer");
    PQclear(result);
    return status;
}

// Outside of a transaction a lost connection is no failure yet: the server may have been started anew. Within one, all
// of it has to be asked again.
static enum status query(struct office_db *self, const char *sql, const struct db_value values[], size_t count,
                         db_visitor *visit, void *owner)
{
    struct db_postgresql *db = of(self);
    struct values_postgresql parameters;
    PGresult *result = NULL;
    enum status status;

    values_fill(&parameters, values, count);
    status = ask(db, sql, &parameters, &result);
    if (status == STATUS_LATER && !db->is_open && postgresql_is_lost(db) && (status = connect_again(db)) == STATUS_OK)
        status = ask(db, sql, &parameters, &result);
    if (status != STATUS_OK) return status;
    status = values_visit(result, visit, owner);
    PQclear(result);
    return status;
}

static enum status many(struct office_db *self, const char *sql, const struct db_value *values, size_t width,
                        size_t rows)
{
    struct db_postgresql *db = of(self);
    struct values_postgresql parameters;
    char statement[NAME_SIZE];
    enum status status;

    if (rows == 0) return STATUS_OK;
    values_fill(&parameters, values, width);
    status = prepare(db, sql, &parameters, statement);
    for (size_t row = 0; row < rows && status == STATUS_OK; row += ROWS_AT_ONCE)
        status = postgresql_pipe(db, statement, values + row * width, width,
                                 rows - row < ROWS_AT_ONCE ? rows - row : ROWS_AT_ONCE);
    return status;
}

// Two programs that start at once make the tables one after the other.
static enum status make_tables(struct db_postgresql *db, const char *sql)
{
    enum status status = execute(db, "BEGIN; SELECT pg_advisory_xact_lock(1795341152)", "begin");

    if (status == STATUS_OK) status = execute(db, sql, "make its tables");
    if (status == STATUS_OK) status = execute(db, "COMMIT", "make its tables");
    if (status != STATUS_OK) (void)execute(db, "ROLLBACK", "go back");
    return status;
}

static enum status script(struct office_db *self, const char *sql)
{
    char *text = db_schema(sql, "BLOB", "BYTEA");
    enum status status = make_tables(of(self), text);

    free(text);
    return status;
}

static enum status begin(struct office_db *self, bool is_writing)
{
    const char *sql = is_writing ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    struct db_postgresql *db = of(self);
    enum status status = execute(db, sql, "begin");

    if (status == STATUS_LATER && postgresql_is_lost(db) && (status = connect_again(db)) == STATUS_OK)
        status = execute(db, sql, "begin");
    db->is_open = status == STATUS_OK;
    return status;
}

static enum status commit(struct db_postgresql *db)
{
    PGresult *result = PQexec(db->connection, "COMMIT");
    bool is_done = PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0;
    enum status status = is_done ? STATUS_OK : postgresql_fail(db, result, "commit");

    PQclear(result);
    return status;
}

static enum status end(struct office_db *self, enum status status)
{
    struct db_postgresql *db = of(self);

    if (!db->is_open) return status;
    if (status == STATUS_OK) status = commit(db);
    if (status != STATUS_OK && !postgresql_is_lost(db) && PQtransactionStatus(db->connection) != PQTRANS_IDLE)
        (void)execute(db, "ROLLBACK", "go back");
    db->is_open = false;
    return status;
}

static void close_db(struct office_db *self)
{
    struct db_postgresql *db = of(self);

    PQfinish(db->connection);
    free(db);
}

static const struct office_db_ops ops = {
    .name = name, .query = query, .many = many, .script = script, .begin = begin, .end = end, .close = close_db};

static void say_nothing(void *owner, const char *words)
{
    (void)owner;
    (void)words;
}

enum status office_db_postgresql_open(const char *url, struct office_db **out)
{
    // What the URL says comes later, and counts.
    const char *const keys[] = {"connect_timeout", "keepalives_idle", "application_name", "dbname", NULL};
    const char *const values[] = {"5", "30", "einlass", url, NULL};
    struct db_postgresql *db = mem_zero(sizeof *db);
    enum status status;

    db->db.ops = &ops;
    db->connection = PQconnectdbParams(keys, values, 1);
    assert(db->connection); // else out of memory
    PQsetNoticeProcessor(db->connection, say_nothing, NULL);
    status = set_up(db);
    if (status == STATUS_OK) *out = &db->db;
    else close_db(&db->db);
    return status;
}
