#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/log.h"

#include <sqlite3.h>

static enum status count_touched(struct db *db, const struct record *record, int64_t *out)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_PERSONS_TOUCHED];

    db_bind(row, record->event, record->list, (int64_t)record->ticket, record->person);
    enum status status = db_row(db, STATEMENT_PERSONS_TOUCHED, "count who is inside");
    if (status != STATUS_OK) return status;
    *out = sqlite3_column_int64(row, 0);
    db_done(db, STATEMENT_PERSONS_TOUCHED);
    return STATUS_OK;
}

static enum status add_check_in(struct db *db, const struct record *record, uint64_t seq)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_ADD_CHECK_IN];

    db_bind(row, record->event, record->list, (int64_t)record->ticket, (int64_t)seq, record->person,
            record->kind == RECORD_KIND_ENTRY, record->unix_ms);
    db_bind_text(row, 8, record->gate);
    return db_run(db, STATEMENT_ADD_CHECK_IN, "add a check-in");
}

static enum status drop_check_in(struct db *db, const struct record *record, uint64_t seq)
{
    db_bind(db->statements[STATEMENT_DROP_CHECK_IN], record->event, record->list, (int64_t)record->ticket,
            (int64_t)seq);
    return db_run(db, STATEMENT_DROP_CHECK_IN, "take back a check-in");
}

static enum status add_inside(struct db *db, const struct record *record, int64_t difference)
{
    if (difference == 0) return STATUS_OK;
    db_bind(db->statements[STATEMENT_ADD_INSIDE], record->event, record->list, difference);
    return db_run(db, STATEMENT_ADD_INSIDE, "change the headcount");
}

static enum status is_there(struct db *db, enum statement name, bool *out)
{
    enum status status = db_row(db, name, "look for a check-in");

    if (status == STATUS_OK) db_done(db, name);
    *out = status == STATUS_OK;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

// What nearly every check-in is: the ticket's first on the list. Then it adds its person, unless that one is inside
// with another ticket. Two look-ups instead of two counts; the audit's recount knows no such shortcut.
static enum status enter_first(struct db *db, const struct record *record, uint64_t seq, bool *was_first_out)
{
    bool was_here = true, is_person_inside = false;
    enum status status;

    *was_first_out = false;
    if (record->kind != RECORD_KIND_ENTRY) return STATUS_OK;
    db_bind(db->statements[STATEMENT_LAST_CHECK_IN], record->event, record->list, (int64_t)record->ticket);
    if ((status = is_there(db, STATEMENT_LAST_CHECK_IN, &was_here)) != STATUS_OK || was_here) return status;
    *was_first_out = true;
    if (record->person != 0) {
        db_bind(db->statements[STATEMENT_PERSON_INSIDE], record->event, record->list, record->person);
        if ((status = is_there(db, STATEMENT_PERSON_INSIDE, &is_person_inside)) != STATUS_OK) return status;
    }
    if ((status = add_check_in(db, record, seq)) != STATUS_OK) return status;
    return add_inside(db, record, is_person_inside ? 0 : 1);
}

// `record` is the check-in that comes (or, when `is_annulled`, goes), `seq` is its own.
static enum status move(struct db *db, const struct record *record, uint64_t seq, bool is_annulled)
{
    int64_t before = 0, after = 0;
    enum status status;

    if ((status = count_touched(db, record, &before)) != STATUS_OK) return status;
    status = is_annulled ? drop_check_in(db, record, seq) : add_check_in(db, record, seq);
    if (status != STATUS_OK) return status;
    if ((status = count_touched(db, record, &after)) != STATUS_OK) return status;
    return add_inside(db, record, after - before);
}

static bool is_check_in(const struct record *record)
{
    return record->has_ticket && (record->kind == RECORD_KIND_ENTRY || record->kind == RECORD_KIND_EXIT);
}

// What an annul takes back stands only in the log. Anything but a check-in has no effect that could be taken back.
static enum status annul(struct db *db, uint64_t seq)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_LOG_LINE];
    struct record annulled;
    uint64_t seq_in_line = 0;

    db_bind(row, (int64_t)seq);
    enum status status = db_row(db, STATEMENT_LOG_LINE, "read the record to take back");
    if (status == STATUS_MISSING) log_warn("there is no record to take back seq=%llu", (unsigned long long)seq);
    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_INVALID : status;
    status = record_parse_line((const char *)sqlite3_column_text(row, 0), (size_t)sqlite3_column_bytes(row, 0),
                               &annulled, &seq_in_line);
    db_done(db, STATEMENT_LOG_LINE);
    if (status != STATUS_OK) {
        log_error("a line of the log can't be read seq=%llu", (unsigned long long)seq);
        return STATUS_CORRUPT;
    }
    return is_check_in(&annulled) ? move(db, &annulled, seq, true) : STATUS_INVALID;
}

enum status store_project(struct db *db, const struct record *record, uint64_t seq)
{
    if (record->kind == RECORD_KIND_ANNUL) return annul(db, record->annuls);
    if (!is_check_in(record)) return STATUS_OK;
    bool was_first = false;
    enum status status = enter_first(db, record, seq, &was_first);
    if (status != STATUS_OK || was_first) return status;
    return move(db, record, seq, false);
}
