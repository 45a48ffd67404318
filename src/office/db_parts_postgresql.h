// db_parts_postgresql.h -- a connection to PostgreSQL, between db_postgresql.c, which asks, and db_pipe_postgresql.c,
// which sends many rows; for no one else.
#ifndef EINLASS_OFFICE_DB_PARTS_POSTGRESQL_H
#define EINLASS_OFFICE_DB_PARTS_POSTGRESQL_H

#include "office/db.h"
#include "office/values_postgresql.h"

#include <libpq-fe.h>

struct db_postgresql {
    struct office_db db; // first
    PGconn *connection;
    bool is_open; // a transaction
    const char *statements[DB_MOST_STATEMENTS];
    bool is_prepared[DB_MOST_STATEMENTS];
};

bool postgresql_is_lost(const struct db_postgresql *db);
// What the server said (`result` may be NULL: the connection) becomes a status, and a line of our log.
enum status postgresql_fail(struct db_postgresql *db, const PGresult *result, const char *what);
// The rows in one go (pipeline mode) for a statement that was prepared.
enum status postgresql_pipe(struct db_postgresql *db, const char *statement, const struct db_value *values,
                            size_t width, size_t rows) MUST_CHECK;

#endif
