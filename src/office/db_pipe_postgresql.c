#define LOG_MODULE "office"

#include "office/db_parts_postgresql.h"

#include "base/log.h"

#include <string.h>

bool postgresql_is_lost(const struct db_postgresql *db)
{
    return PQstatus(db->connection) != CONNECTION_OK;
}

// Only the first line of what the server says: details quote values. Source: PostgreSQL, appendix A (error codes).
enum status postgresql_fail(struct db_postgresql *db, const PGresult *result, const char *what)
{
    const char *code = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *words = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;

    if (!words) words = PQerrorMessage(db->connection);
    log_error("the records' database can't %s code=%s: %.*s", what, code ? code : "none", (int)strcspn(words, "\n"),
              words);
    if (!code) return STATUS_LATER;
    if (strncmp(code, "23", 2) == 0 || strncmp(code, "42", 2) == 0 || strncmp(code, "22", 2) == 0)
        return STATUS_INVALID;
    return strncmp(code, "XX00", 4) == 0 && code[4] != '0' ? STATUS_CORRUPT : STATUS_LATER;
}

static enum status send_rows(struct db_postgresql *db, const char *statement, const struct db_value *values,
                             size_t width, size_t rows)
{
    struct values_postgresql parameters;

    for (size_t row = 0; row < rows; row++) {
        values_fill(&parameters, values + row * width, width);
        if (!PQsendQueryPrepared(db->connection, statement, parameters.count, parameters.values, parameters.lengths,
                                 parameters.formats, 1))
            return postgresql_fail(db, NULL, "write");
    }
    return PQpipelineSync(db->connection) ? STATUS_OK : postgresql_fail(db, NULL, "write");
}

// All that come, to the end of the pipeline; the first failure counts, what follows it was not tried by the server.
static enum status take_results(struct db_postgresql *db)
{
    enum status status = STATUS_OK;
    bool is_ended = false;

    while (!is_ended) {
        PGresult *result = PQgetResult(db->connection);
        ExecStatusType outcome = PQresultStatus(result);
        is_ended = outcome == PGRES_PIPELINE_SYNC || (!result && postgresql_is_lost(db));
        if (result && outcome == PGRES_FATAL_ERROR && status == STATUS_OK)
            status = postgresql_fail(db, result, "write");
        if (!result && postgresql_is_lost(db) && status == STATUS_OK) status = postgresql_fail(db, NULL, "write");
        PQclear(result);
    }
    return status;
}

enum status postgresql_pipe(struct db_postgresql *db, const char *statement, const struct db_value *values,
                            size_t width, size_t rows)
{
    enum status status = PQenterPipelineMode(db->connection) ? STATUS_OK : postgresql_fail(db, NULL, "write");

    if (status != STATUS_OK) return status;
    status = send_rows(db, statement, values, width, rows);
    if (status == STATUS_OK) status = take_results(db);
    if (!PQexitPipelineMode(db->connection) && status == STATUS_OK) status = postgresql_fail(db, NULL, "write");
    return status;
}
