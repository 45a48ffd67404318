// store_rebuild_sqlite.c -- everything that can be made from the logs, made afresh: first from our own, then from the
// others, each in order. What is in the order of happening is so whatever comes first.
#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/log.h"

#include <sqlite3.h>
#include <string.h>

static enum status parse(struct sqlite3_stmt *row, int column, uint64_t seq, struct record *out)
{
    uint64_t seq_in_line = 0;

    if (record_parse_line((const char *)sqlite3_column_text(row, column), (size_t)sqlite3_column_bytes(row, column),
                          out, &seq_in_line) == STATUS_OK &&
        seq_in_line == seq)
        return STATUS_OK;
    log_error("a line of the log can't be read seq=%llu", (unsigned long long)seq);
    return STATUS_CORRUPT;
}

static enum status project_own(struct store_sqlite *self, struct sqlite3_stmt *row, int64_t *hlc)
{
    struct record record;
    struct happening happening = {
        .record = &record,
        .log = self->identity.log,
        .seq = (uint64_t)sqlite3_column_int64(row, 0),
        .is_here = true,
    };
    enum status status = parse(row, 1, happening.seq, &record);

    if (status != STATUS_OK) return status;
    *hlc = order_hlc(&record, *hlc);
    happening.at = order_of(*hlc, happening.log, happening.seq);
    status = store_project(self, &happening);
    return status == STATUS_INVALID ? STATUS_CORRUPT : status; // no such line would have been written
}

static const struct store_peer *peer_of_number(const struct store_sqlite *self, int64_t number)
{
    for (size_t i = 0; i < self->peers.count; i++)
        if (self->peers.all[i].number == number) return &self->peers.all[i];
    return NULL;
}

static enum status project_foreign(struct store_sqlite *self, struct sqlite3_stmt *row)
{
    const struct store_peer *peer = peer_of_number(self, sqlite3_column_int64(row, 0));
    struct record record;
    struct happening happening = {.record = &record, .seq = (uint64_t)sqlite3_column_int64(row, 1)};
    enum status status = peer ? parse(row, 3, happening.seq, &record) : STATUS_CORRUPT; // a foreign key

    if (status != STATUS_OK) return status;
    happening.log = peer->log;
    happening.at = order_of(sqlite3_column_int64(row, 2), peer->log, happening.seq);
    happening.is_here = happening.seq < peer->here_before;
    status = store_project(self, &happening);
    return status == STATUS_INVALID ? STATUS_OK : status; // it made no sense when it came
}

static enum status project_all_own(struct store_sqlite *self)
{
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_LOG_AFTER];
    int64_t hlc = 0;
    enum status status;

    db_bind(row, 0);
    while ((status = db_row(&self->db, STATEMENT_LOG_AFTER, "read the log")) == STATUS_OK) {
        if ((status = project_own(self, row, &hlc)) == STATUS_OK) continue;
        db_done(&self->db, STATEMENT_LOG_AFTER);
        return status;
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status project_all_foreign(struct store_sqlite *self)
{
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_FOREIGN_LINES];
    enum status status;

    while ((status = db_row(&self->db, STATEMENT_FOREIGN_LINES, "read other kiosks' lines")) == STATUS_OK) {
        if ((status = project_foreign(self, row)) == STATUS_OK) continue;
        db_done(&self->db, STATEMENT_FOREIGN_LINES);
        return status;
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status store_rebuild(struct store_sqlite *self)
{
    static const char clear[] = "DELETE FROM check_in; DELETE FROM headcount; DELETE FROM round; DELETE FROM stock; "
                                "DELETE FROM annulled; UPDATE walk_in SET at = x''; UPDATE event SET at = x''";
    enum status status = db_execute(&self->db, clear, "clear what was counted");

    if (status == STATUS_OK) status = project_all_own(self);
    return status == STATUS_OK ? project_all_foreign(self) : status;
}
