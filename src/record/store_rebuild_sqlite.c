#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/log.h"

#include <sqlite3.h>

static enum status project_line(struct store_sqlite *self, struct sqlite3_stmt *row)
{
    uint64_t seq = (uint64_t)sqlite3_column_int64(row, 0), seq_in_line = 0;
    struct record record;

    if (record_parse_line((const char *)sqlite3_column_text(row, 1), (size_t)sqlite3_column_bytes(row, 1), &record,
                          &seq_in_line) == STATUS_OK &&
        seq_in_line == seq)
        return store_project(&self->db, &record, seq);
    log_error("a line of the log can't be read seq=%llu", (unsigned long long)seq);
    return STATUS_CORRUPT;
}

enum status store_rebuild(struct store_sqlite *self)
{
    static const char clear[] = "DELETE FROM check_in; DELETE FROM headcount; DELETE FROM round; DELETE FROM stock";
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_LOG_AFTER];
    enum status status = db_execute(&self->db, clear, "clear what was counted");

    if (status != STATUS_OK) return status;
    db_bind(row, 0);
    while ((status = db_row(&self->db, STATEMENT_LOG_AFTER, "read the log")) == STATUS_OK) {
        if ((status = project_line(self, row)) == STATUS_OK) continue;
        db_done(&self->db, STATEMENT_LOG_AFTER);
        return status == STATUS_INVALID ? STATUS_CORRUPT : status; // no such line would have been written
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}
