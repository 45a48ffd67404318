// store_weigh_sqlite.c -- what a check-in changes in a headcount.
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
// earlier round, or not its ticket's last one, and one of another kiosk may come late: the weights say by themselves
// what that changes.
#define LOG_MODULE "store"

#include "record/store_weigh_sqlite.h"

#include <sqlite3.h>

enum status owner_weigh(struct db *db, const struct store_list *list, const struct store_owner *owner,
                        struct weight *out)
{
    struct store_last last = {0};
    struct order round = {0};
    enum status status = store_last_of(db, list, owner, &last);

    if (status == STATUS_MISSING) *out = (struct weight){0};
    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    if (last.is_entry && (status = store_round_at(db, list, &round)) != STATUS_OK) return status;
    bool is_aboard = last.is_entry && order_is_after(&last.at, &round);
    *out = (struct weight){.inside = last.is_entry, .aboard = is_aboard, .out = !last.is_entry, .seen = 1};
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

void owners_add(struct owners *owners, struct store_owner owner)
{
    for (size_t i = 0; i < owners->count; i++)
        if (owners->who[i].person == owner.person && owners->who[i].ticket == owner.ticket) return;
    owners->who[owners->count++] = owner;
}

// Whose the ticket is by its last check-in but `except`: nobody, where there is none.
enum status owners_find(struct db *db, const struct store_list *list, uint64_t ticket, const struct order *except,
                        struct owners *owners)
{
    struct store_last last;
    enum status status = store_last_of_ticket(db, list, ticket, except, &last);

    if (status == STATUS_OK) owners_add(owners, store_owner_of(last.person, ticket));
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status owners_weigh(struct db *db, const struct store_list *list, const struct owners *owners,
                         struct weight weights[2])
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < owners->count && status == STATUS_OK; i++)
        status = owner_weigh(db, list, &owners->who[i], &weights[i]);
    return status;
}

enum status owners_count(struct db *db, const struct store_list *list, const struct owners *owners,
                         const struct given *given)
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
            given->all, given->here);
    return db_run(db, STATEMENT_ADD_COUNTS, "change the headcount");
}
