// store_project_sqlite.c -- a record's effect on check_in, headcount, round, stock and walk_in.
#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/log.h"
#include "record/store_weigh_sqlite.h"

#include <sqlite3.h>
#include <string.h>

static enum status add_row(struct db *db, const struct happening *happening)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_ADD_CHECK_IN];
    const struct record *record = happening->record;

    db_bind(row, record->event, record->list, (int64_t)record->ticket, record->person,
            record->kind == RECORD_KIND_ENTRY, record->unix_ms);
    db_bind_text(row, 7, record->gate);
    store_bind_order(row, 8, &happening->at);
    return db_run(db, STATEMENT_ADD_CHECK_IN, "add a check-in");
}

// By a log that knew of it before we did.
static enum status is_annulled(struct db *db, const struct happening *happening, bool *out)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_IS_ANNULLED];

    db_bind(row, (int64_t)happening->seq);
    db_bind_blob(row, 2, happening->log, LOG_ID_BYTES);
    enum status status = db_row(db, STATEMENT_IS_ANNULLED, "look what was taken back");
    if (status == STATUS_OK) db_done(db, STATEMENT_IS_ANNULLED);
    *out = status == STATUS_OK;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status check_in(struct db *db, const struct happening *happening)
{
    const struct record *record = happening->record;
    struct store_list list = {record->event, record->list};
    bool is_entry = record->kind == RECORD_KIND_ENTRY, is_taken_back = false;
    struct given given = {is_entry, is_entry && happening->is_here};
    struct owners owners = {0};
    enum status status;

    if (!happening->is_newest && (status = is_annulled(db, happening, &is_taken_back)) != STATUS_OK) return status;
    if (is_taken_back) return STATUS_OK;
    owners_add(&owners, store_owner_of(record->person, record->ticket));
    if ((status = owners_find(db, &list, record->ticket, NULL, &owners)) != STATUS_OK) return status;
    if ((status = owners_weigh(db, &list, &owners, owners.before)) != STATUS_OK) return status;
    if ((status = add_row(db, happening)) != STATUS_OK) return status;
    // Of the newest of all, which is of this round, only another owner has to be looked at again.
    owners.after[0] = (struct weight){.inside = is_entry, .aboard = is_entry, .out = !is_entry, .seen = 1};
    for (size_t i = happening->is_newest; i < owners.count; i++)
        if ((status = owner_weigh(db, &list, &owners.who[i], &owners.after[i])) != STATUS_OK) return status;
    return owners_count(db, &list, &owners, &given);
}

static enum status find_check_in(struct db *db, const struct happening *happening, struct order *out)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_FIND_CHECK_IN];
    const struct record *record = happening->record;

    db_bind(row, record->event, record->list, (int64_t)record->ticket);
    db_bind_blob(row, 4, ORDER_IDENTITY(&happening->at), ORDER_IDENTITY_BYTES);
    enum status status = db_row(db, STATEMENT_FIND_CHECK_IN, "look for a check-in");
    if (status != STATUS_OK) return status;
    *out = store_order_column(row, 0);
    db_done(db, STATEMENT_FIND_CHECK_IN);
    return STATUS_OK;
}

static enum status drop_row(struct db *db, const struct record *record, const struct order *at)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_DROP_CHECK_IN];

    db_bind(row, record->event, record->list, (int64_t)record->ticket);
    store_bind_order(row, 4, at);
    return db_run(db, STATEMENT_DROP_CHECK_IN, "take back a check-in");
}

// `happening` is the check-in that is taken back. Once only: it has no effect left then.
static enum status take_back(struct db *db, const struct happening *happening)
{
    const struct record *record = happening->record;
    struct store_list list = {record->event, record->list};
    bool is_entry = record->kind == RECORD_KIND_ENTRY;
    struct given given = {-is_entry, -(is_entry && happening->is_here)};
    struct owners owners = {0};
    struct order at;
    enum status status = find_check_in(db, happening, &at);

    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    if ((status = owners_find(db, &list, record->ticket, NULL, &owners)) != STATUS_OK) return status;
    if ((status = owners_find(db, &list, record->ticket, &at, &owners)) != STATUS_OK) return status;
    if ((status = owners_weigh(db, &list, &owners, owners.before)) != STATUS_OK) return status;
    if ((status = drop_row(db, record, &at)) != STATUS_OK) return status;
    if ((status = owners_weigh(db, &list, &owners, owners.after)) != STATUS_OK) return status;
    return owners_count(db, &list, &owners, &given);
}

static bool is_check_in(const struct record *record)
{
    return record->has_ticket && (record->kind == RECORD_KIND_ENTRY || record->kind == RECORD_KIND_EXIT);
}

static enum status note_annulled(struct db *db, const struct happening *target)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_ADD_ANNULLED];

    db_bind(row, (int64_t)target->seq);
    db_bind_blob(row, 2, target->log, LOG_ID_BYTES);
    return db_run(db, STATEMENT_ADD_ANNULLED, "note what was taken back");
}

// What an annul takes back stands only in a log. Anything but a check-in has no effect that could be taken back. A
// record of another log may come later than its annul, also where both are another kiosk's.
static enum status annul(struct store_sqlite *self, const struct happening *happening)
{
    const struct record *record = happening->record;
    bool is_others = record->annuls_other_log;
    struct record annulled;
    struct happening target = {
        .record = &annulled, .log = is_others ? record->annulled_log : happening->log, .seq = record->annuls};
    bool may_come = is_others || memcmp(happening->log, self->identity.log, LOG_ID_BYTES) != 0;
    enum status status = is_others ? note_annulled(&self->db, &target) : STATUS_OK;

    if (status != STATUS_OK) return status;
    if (!is_others && target.seq >= happening->seq) return STATUS_INVALID;
    status = store_read_any(self, target.log, target.seq, &annulled);
    if (status == STATUS_MISSING && may_come) return is_others ? STATUS_OK : note_annulled(&self->db, &target);
    if (status == STATUS_MISSING) log_warn("there is no record to take back seq=%llu", (unsigned long long)target.seq);
    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_INVALID : status;
    target.at = order_of(0, target.log, target.seq); // find_check_in() knows its hlc
    target.is_here = store_is_here(self, target.log, target.seq);
    return is_check_in(&annulled) ? take_back(&self->db, &target) : STATUS_INVALID;
}

static enum status add_round(struct db *db, const struct happening *happening)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_ADD_ROUND];
    const struct record *record = happening->record;

    db_bind(row, record->event, record->list, record->round);
    db_bind_text(row, 4, record->stop);
    store_bind_order(row, 5, &happening->at);
    return db_run(db, STATEMENT_ADD_ROUND, "begin a round");
}

// A round of another kiosk may come late: after check-ins that are of it, or after a newer round.
static enum status begin_round(struct db *db, const struct happening *happening)
{
    struct store_list list = {happening->record->event, happening->record->list};
    struct sqlite3_stmt *row = db->statements[STATEMENT_RECOUNT_ABOARD];
    struct order newest;
    enum status status = store_round_at(db, &list, &newest);

    if (status == STATUS_OK) status = add_round(db, happening);
    if (status != STATUS_OK || !order_is_after(&happening->at, &newest)) return status;
    db_bind(row, list.event, list.list);
    store_bind_order(row, 3, &happening->at);
    return db_run(db, STATEMENT_RECOUNT_ABOARD, "begin a round's headcount");
}

static enum status add_stock(struct db *db, const struct record *record)
{
    db_bind(db->statements[STATEMENT_ADD_STOCK], record->event, record->list, record->stock);
    return db_run(db, STATEMENT_ADD_STOCK, "count the stock");
}

static enum status add_walk_in(struct db *db, const struct happening *happening)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_ADD_WALK_IN];
    const struct record *record = happening->record;

    db_bind(row, record->event, (int64_t)record->ticket, record->class_id, record->group);
    store_bind_order(row, 5, &happening->at);
    if (happening->is_here) db_bind_blob(row, 6, record->blob_hash, sizeof record->blob_hash);
    else db_bind_null(row, 6);
    return db_run(db, STATEMENT_ADD_WALK_IN, "register a walk-in");
}

static enum status mark_event(struct db *db, const struct happening *happening)
{
    db_bind(db->statements[STATEMENT_MARK_EVENT], happening->record->event);
    store_bind_order(db->statements[STATEMENT_MARK_EVENT], 2, &happening->at);
    return db_run(db, STATEMENT_MARK_EVENT, "note when an event came");
}

enum status store_project(struct store_sqlite *self, const struct happening *happening)
{
    const struct record *record = happening->record;
    struct db *db = &self->db;

    switch (record->kind) {
    case RECORD_KIND_ENTRY:
    case RECORD_KIND_EXIT:
        return is_check_in(record) ? check_in(db, happening) : STATUS_OK;
    case RECORD_KIND_ANNUL:
        return annul(self, happening);
    case RECORD_KIND_ROUND:
        return begin_round(db, happening);
    case RECORD_KIND_STOCK: // other stations' is theirs, and so is what they have installed
        return happening->is_here ? add_stock(db, record) : STATUS_OK;
    case RECORD_KIND_EVENT_VERSION:
        return happening->is_here ? mark_event(db, happening) : STATUS_OK;
    case RECORD_KIND_WALK_IN:
        return add_walk_in(db, happening);
    case RECORD_KIND_REFUSED:
    case RECORD_KIND_COUNT_CHECK:
    case RECORD_KIND_BOOT:
    case RECORD_KIND_CLOCK:
    case RECORD_KIND_PURGE:
        return STATUS_OK;
    }
    return STATUS_INVALID;
}
