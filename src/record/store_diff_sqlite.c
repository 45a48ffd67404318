#define LOG_MODULE "store"

#include "record/store_diff_sqlite.h"

#include "base/log.h"
#include "base/mem.h"

#include <sqlite3.h>
#include <stdlib.h>

enum {
    MOST_CHANGES = 1000, // beyond, indexing everybody anew costs less than one by one
    SHARE = 10,          // likewise beyond this part of all
};

struct stored {
    uint64_t ticket;
    bool is_there; // in the new version too
};

struct roster_diff {
    struct store_sqlite *store;
    struct db *db; // its
    const struct event *event;
    size_t count, change_count, most_changes;
    struct stored *stored; // by ticket
    uint64_t changes[MOST_CHANGES];
};

static enum status read_stored(struct roster_diff *diff)
{
    struct sqlite3_stmt *row = diff->db->statements[STATEMENT_ROSTER_TICKETS];
    enum status status;
    size_t size = 0;

    db_bind(row, diff->event->number);
    while ((status = db_row(diff->db, STATEMENT_ROSTER_TICKETS, "read the old roster")) == STATUS_OK) {
        if (diff->count == size) {
            struct stored *larger = realloc(diff->stored, (size = size ? 2 * size : 1024) * sizeof *larger);
            if (!larger) {
                db_done(diff->db, STATEMENT_ROSTER_TICKETS);
                return STATUS_LATER;
            }
            diff->stored = larger;
        }
        diff->stored[diff->count++] = (struct stored){.ticket = (uint64_t)sqlite3_column_int64(row, 0)};
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static int compare_tickets(const void *key, const void *stored)
{
    uint64_t ticket = *(const uint64_t *)key, other = ((const struct stored *)stored)->ticket;

    return (ticket > other) - (ticket < other);
}

static void note_change(struct roster_diff *diff, uint64_t ticket)
{
    if (diff->change_count < diff->most_changes) diff->changes[diff->change_count] = ticket;
    diff->change_count++;
}

enum status roster_diff_open(struct store_sqlite *store, const struct event *event, struct roster_diff **out)
{
    struct roster_diff *diff = mem_zero(sizeof *diff);
    enum status status;

    diff->store = store;
    diff->db = &store->db;
    diff->event = event;
    if ((status = read_stored(diff)) != STATUS_OK) {
        roster_diff_close(diff);
        return status;
    }
    diff->most_changes = diff->count / SHARE < MOST_CHANGES ? diff->count / SHARE : MOST_CHANGES;
    *out = diff;
    return STATUS_OK;
}

enum status roster_diff_take(struct roster_diff *diff, const struct roster_entry *entry)
{
    uint64_t ticket = entry->guest.ticket;
    struct stored *stored = NULL;
    bool is_same = false;
    enum status status;

    if (diff->count > 0) stored = bsearch(&ticket, diff->stored, diff->count, sizeof *stored, compare_tickets);
    if (stored) {
        stored->is_there = true;
        if ((status = store_has_guest(diff->db, diff->event, entry, &is_same)) != STATUS_OK || is_same) return status;
    }
    note_change(diff, ticket);
    return store_put_guest(diff->db, diff->event, entry);
}

static enum status drop_others(struct roster_diff *diff)
{
    struct sqlite3_stmt *row = diff->db->statements[STATEMENT_DROP_GUEST];
    enum status status = STATUS_OK;

    for (size_t i = 0; i < diff->count && status == STATUS_OK; i++) {
        if (diff->stored[i].is_there) continue;
        note_change(diff, diff->stored[i].ticket);
        db_bind(row, diff->event->number, (int64_t)diff->stored[i].ticket);
        status = db_run(diff->db, STATEMENT_DROP_GUEST, "take somebody off the roster");
    }
    return status;
}

// Who is no longer on the roster may have been registered at the door, and is found as such.
static enum status index_again(struct roster_diff *diff, uint64_t ticket)
{
    struct guest guest;
    enum status status = store_unlist(diff->db, diff->event->number, ticket);

    if (status != STATUS_OK) return status;
    status = store_find_guest(&diff->store->store, diff->event->number, ticket, &guest);
    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    int64_t lists = guest.is_walk_in ? 0 : store_lists_of(diff->event, &guest);
    return store_index_guest(diff->db, diff->event->number, &guest, lists);
}

enum status roster_diff_finish(struct roster_diff *diff)
{
    enum status status = drop_others(diff);

    if (status == STATUS_OK) status = store_finish_roster(diff->db, diff->event);
    if (status != STATUS_OK) return status;
    log_info("a roster is compared stored=%zu changes=%zu", diff->count, diff->change_count);
    if (diff->change_count > diff->most_changes) return store_index_event(diff->db, diff->event->number);
    for (size_t i = 0; i < diff->change_count && status == STATUS_OK; i++) status = index_again(diff, diff->changes[i]);
    return status;
}

void roster_diff_close(struct roster_diff *diff)
{
    if (!diff) return;
    free(diff->stored);
    free(diff);
}
