#define LOG_MODULE "audit"

#include "record/audit_foreign_sqlite.h"

#include <sqlite3.h>
#include <string.h>

struct foreign_audit {
    FILE *out;
    uint32_t *difference_count;
    struct recount *recount;
};

static void report(struct foreign_audit *audit, struct sqlite3_stmt *row, const char *what)
{
    fprintf(audit->out, "record %lld of log %s: %s\n", (long long)sqlite3_column_int64(row, 1),
            (const char *)sqlite3_column_text(row, 5), what);
    ++*audit->difference_count;
}

// A line that is none has no hlc, and is none still.
static enum status add_line(struct foreign_audit *audit, struct sqlite3_stmt *row)
{
    int64_t hlc = sqlite3_column_int64(row, 2);
    struct record record;
    uint64_t seq = 0;
    struct happening happening = {.record = &record,
                                  .log = sqlite3_column_blob(row, 0),
                                  .seq = (uint64_t)sqlite3_column_int64(row, 1),
                                  .is_here = sqlite3_column_int64(row, 1) < sqlite3_column_int64(row, 4)};
    const char *line = (const char *)sqlite3_column_text(row, 3);
    bool is_record = record_parse_line(line, (size_t)sqlite3_column_bytes(row, 3), &record, &seq) == STATUS_OK &&
                     seq == happening.seq;

    if (is_record != (hlc > 0)) report(audit, row, is_record ? "is a line, and was not counted" : "can't be read");
    else if (is_record && record.hlc != 0 && record.hlc != hlc) report(audit, row, "stands in another one's place");
    if (!is_record || hlc <= 0) return STATUS_OK;
    happening.at = order_of(hlc, happening.log, happening.seq);
    return recount_add(audit->recount, &happening);
}

static enum status add_lines(struct db *db, struct foreign_audit *audit)
{
    static const char sql[] = "SELECT log, seq, f.hlc, line, here_before, lower(hex(substr(log, 1, 4))) FROM "
                              "foreign_line AS f JOIN peer ON peer.number = f.peer ORDER BY peer, seq";
    struct sqlite3_stmt *row = NULL;
    enum status status = STATUS_OK;
    int code = sqlite3_prepare_v2(db->handle, sql, -1, &row, NULL);

    if (code != SQLITE_OK) return db_failure(db, "prepare the audit");
    while (status == STATUS_OK && (code = sqlite3_step(row)) == SQLITE_ROW) status = add_line(audit, row);
    if (status == STATUS_OK && code != SQLITE_DONE) status = db_failure(db, "read other kiosks' lines");
    sqlite3_finalize(row);
    return status;
}

static enum status compare_peers(struct db *db, struct foreign_audit *audit)
{
    static const char sql[] =
        "SELECT printf('log %s: what is noted of it is not what its lines say', lower(hex(substr(log, 1, 4)))) FROM "
        "peer "
        "WHERE (newest, hlc) IS NOT (SELECT ifnull(max(seq), 0), ifnull(max(f.hlc), 0) FROM foreign_line AS f WHERE "
        "peer = number)";
    struct sqlite3_stmt *row = NULL;
    int code = sqlite3_prepare_v2(db->handle, sql, -1, &row, NULL);

    if (code != SQLITE_OK) return db_failure(db, "prepare the audit");
    while ((code = sqlite3_step(row)) == SQLITE_ROW) {
        fprintf(audit->out, "%s\n", (const char *)sqlite3_column_text(row, 0));
        ++*audit->difference_count;
    }
    enum status status = code == SQLITE_DONE ? STATUS_OK : db_failure(db, "compare the other logs");
    sqlite3_finalize(row);
    return status;
}

enum status audit_foreign(struct db *db, struct recount *recount, FILE *out, uint32_t *difference_count)
{
    struct foreign_audit audit = {out, difference_count, recount};
    enum status status = add_lines(db, &audit);

    return status == STATUS_OK ? compare_peers(db, &audit) : status;
}
