// store_project_sqlite.c -- a record's effect on check_in, headcount, round, stock and walk_in.
//
// Who is inside: on each list a ticket belongs to the person of its last standing check-in, and a person's last
// check-in is the newest among those of the tickets that belong to them. So when a ticket's person changed between two
// rosters, its next check-in moves the ticket, and nobody is left behind who would be inside for ever: the person it
// leaves is judged by the tickets that remain, as if the other one had never been theirs. A ticket whose person is
// unknown (0) is an owner by itself.
//
// A check-in that comes or goes changes its own ticket's last check-in and no other's. At most two owners can be
// touched by it: whose the ticket was before, and whose it is then. They are weighed before and after, and the
// difference is the headcount's: a few look-ups, however long the log is. An annulled check-in may have been of an
// earlier round, or not its ticket's last one: the weights say by themselves what that changes.
#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/log.h"
#include "record/store_history_sqlite.h"

#include <sqlite3.h>

struct weight { // what one owner adds to a headcount
    int inside, aboard, out, seen;
};

struct owners {
    size_t count;
    struct store_owner who[2];
    struct weight before[2], after[2];
    bool is_on_roster[2];
};

static enum status weigh(struct db *db, const struct store_list *list, const struct store_owner *owner,
                         struct weight *out)
{
    struct store_last last = {0};
    uint64_t round_seq = 0;
    enum status status = store_last_of(db, list, owner, &last);

    if (status == STATUS_MISSING) *out = (struct weight){0};
    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    if (last.is_entry && (status = store_round_seq(db, list, &round_seq)) != STATUS_OK) return status;
    *out = (struct weight){
        .inside = last.is_entry, .aboard = last.is_entry && last.seq > round_seq, .out = !last.is_entry, .seen = 1};
    return STATUS_OK;
}

static enum status is_on_roster(struct db *db, const struct store_list *list, const struct store_owner *owner,
                                bool *out)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_IS_ON_ROSTER];

    db_bind(row, list->event, list->list, owner->person, (int64_t)owner->ticket);
    enum status status = db_row(db, STATEMENT_IS_ON_ROSTER, "look who is expected");
    if (status != STATUS_OK) return status;
    *out = sqlite3_column_int(row, 0) != 0;
    db_done(db, STATEMENT_IS_ON_ROSTER);
    return STATUS_OK;
}

static void add_owner(struct owners *owners, struct store_owner owner)
{
    for (size_t i = 0; i < owners->count; i++)
        if (owners->who[i].person == owner.person && owners->who[i].ticket == owner.ticket) return;
    owners->who[owners->count++] = owner;
}

// Whose the ticket is by its last check-in but `except`: nobody, where there is none.
static enum status find_owner(struct db *db, const struct store_list *list, uint64_t ticket, uint64_t except,
                              struct owners *owners)
{
    struct store_last last;
    enum status status = store_last_of_ticket(db, list, ticket, except, &last);

    if (status == STATUS_OK) add_owner(owners, store_owner_of(last.person, ticket));
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status weigh_all(struct db *db, const struct store_list *list, const struct owners *owners,
                             struct weight weights[2])
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < owners->count && status == STATUS_OK; i++)
        status = weigh(db, list, &owners->who[i], &weights[i]);
    return status;
}

static enum status add_difference(struct db *db, const struct store_list *list, const struct owners *owners, int given)
{
    struct weight sum = {0};
    enum status status;

    for (size_t i = 0; i < owners->count; i++) {
        const struct weight *before = &owners->before[i], *after = &owners->after[i];
        bool is_expected = false;
        if (before->seen != after->seen && // seldom: so the roster is asked only then
            (status = is_on_roster(db, list, &owners->who[i], &is_expected)) != STATUS_OK)
            return status;
        sum.inside += after->inside - before->inside;
        sum.aboard += after->aboard - before->aboard;
        sum.out += after->out - before->out;
        if (is_expected) sum.seen += after->seen - before->seen;
    }
    db_bind(db->statements[STATEMENT_ADD_COUNTS], list->event, list->list, sum.inside, sum.aboard, sum.out, sum.seen,
            given);
    return db_run(db, STATEMENT_ADD_COUNTS, "change the headcount");
}

static enum status add_row(struct db *db, const struct record *record, uint64_t seq)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_ADD_CHECK_IN];

    db_bind(row, record->event, record->list, (int64_t)record->ticket, (int64_t)seq, record->person,
            record->kind == RECORD_KIND_ENTRY, record->unix_ms);
    db_bind_text(row, 8, record->gate);
    return db_run(db, STATEMENT_ADD_CHECK_IN, "add a check-in");
}

static enum status check_in(struct db *db, const struct record *record, uint64_t seq)
{
    struct store_list list = {record->event, record->list};
    bool is_entry = record->kind == RECORD_KIND_ENTRY;
    struct owners owners = {0};
    enum status status;

    add_owner(&owners, store_owner_of(record->person, record->ticket));
    if ((status = find_owner(db, &list, record->ticket, 0, &owners)) != STATUS_OK) return status;
    if ((status = weigh_all(db, &list, &owners, owners.before)) != STATUS_OK) return status;
    if ((status = add_row(db, record, seq)) != STATUS_OK) return status;
    // Its own is the newest of all and of this round; only another one has to be looked at again.
    owners.after[0] = (struct weight){.inside = is_entry, .aboard = is_entry, .out = !is_entry, .seen = 1};
    if (owners.count > 1 && (status = weigh(db, &list, &owners.who[1], &owners.after[1])) != STATUS_OK) return status;
    return add_difference(db, &list, &owners, is_entry);
}

// `record` is the check-in that is taken back, `seq` its own. Once only: it has no effect left then.
static enum status take_back(struct db *db, const struct record *record, uint64_t seq)
{
    struct store_list list = {record->event, record->list};
    struct owners owners = {0};
    enum status status;

    db_bind(db->statements[STATEMENT_HAS_CHECK_IN], record->event, record->list, (int64_t)record->ticket, (int64_t)seq);
    status = db_row(db, STATEMENT_HAS_CHECK_IN, "look for a check-in");
    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    db_done(db, STATEMENT_HAS_CHECK_IN);
    if ((status = find_owner(db, &list, record->ticket, 0, &owners)) != STATUS_OK) return status;
    if ((status = find_owner(db, &list, record->ticket, seq, &owners)) != STATUS_OK) return status;
    if ((status = weigh_all(db, &list, &owners, owners.before)) != STATUS_OK) return status;
    db_bind(db->statements[STATEMENT_DROP_CHECK_IN], record->event, record->list, (int64_t)record->ticket,
            (int64_t)seq);
    if ((status = db_run(db, STATEMENT_DROP_CHECK_IN, "take back a check-in")) != STATUS_OK) return status;
    if ((status = weigh_all(db, &list, &owners, owners.after)) != STATUS_OK) return status;
    return add_difference(db, &list, &owners, record->kind == RECORD_KIND_ENTRY ? -1 : 0);
}

static bool is_check_in(const struct record *record)
{
    return record->has_ticket && (record->kind == RECORD_KIND_ENTRY || record->kind == RECORD_KIND_EXIT);
}

// What an annul takes back stands only in the log. Anything but a check-in has no effect that could be taken back.
static enum status annul(struct db *db, uint64_t seq)
{
    struct record annulled;
    enum status status = store_read_record(db, seq, &annulled);

    if (status == STATUS_MISSING) log_warn("there is no record to take back seq=%llu", (unsigned long long)seq);
    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_INVALID : status;
    return is_check_in(&annulled) ? take_back(db, &annulled, seq) : STATUS_INVALID;
}

static enum status begin_round(struct db *db, const struct record *record, uint64_t seq)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_ADD_ROUND];

    db_bind(row, record->event, record->list, (int64_t)seq, record->round);
    db_bind_text(row, 5, record->stop);
    enum status status = db_run(db, STATEMENT_ADD_ROUND, "begin a round");
    if (status != STATUS_OK) return status;
    db_bind(db->statements[STATEMENT_NOBODY_ABOARD], record->event, record->list);
    return db_run(db, STATEMENT_NOBODY_ABOARD, "begin a round's headcount");
}

static enum status add_stock(struct db *db, const struct record *record)
{
    db_bind(db->statements[STATEMENT_ADD_STOCK], record->event, record->list, record->stock);
    return db_run(db, STATEMENT_ADD_STOCK, "count the stock");
}

static enum status add_walk_in(struct db *db, const struct record *record, uint64_t seq)
{
    db_bind(db->statements[STATEMENT_ADD_WALK_IN], record->event, (int64_t)record->ticket, (int64_t)seq,
            record->class_id, record->group);
    return db_run(db, STATEMENT_ADD_WALK_IN, "register a walk-in");
}

enum status store_project(struct db *db, const struct record *record, uint64_t seq)
{
    switch (record->kind) {
    case RECORD_KIND_ENTRY:
    case RECORD_KIND_EXIT:
        return is_check_in(record) ? check_in(db, record, seq) : STATUS_OK;
    case RECORD_KIND_ANNUL:
        return annul(db, record->annuls);
    case RECORD_KIND_ROUND:
        return begin_round(db, record, seq);
    case RECORD_KIND_STOCK:
        return add_stock(db, record);
    case RECORD_KIND_WALK_IN:
        return add_walk_in(db, record, seq);
    case RECORD_KIND_REFUSED:
    case RECORD_KIND_COUNT_CHECK:
    case RECORD_KIND_BOOT:
    case RECORD_KIND_CLOCK:
    case RECORD_KIND_EVENT_VERSION:
    case RECORD_KIND_PURGE:
        return STATUS_OK;
    }
    return STATUS_INVALID;
}
