// store_count_sqlite.c -- the headcount of a list, from one row of each projection.
#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/text.h"

#include <sqlite3.h>

// expected: whom the roster expects and nobody has seen yet, and who came, from the roster or not. So who joined from
// another bus is waited for, and who was signed off isn't.
static void count_roll_call(struct sqlite3_stmt *row, struct headcount *headcount)
{
    const char *stop = (const char *)sqlite3_column_text(row, 7);
    uint32_t seen = (uint32_t)sqlite3_column_int64(row, 3);

    headcount->expected = headcount->expected - seen + headcount->inside;
    headcount->inside = (uint32_t)sqlite3_column_int64(row, 1);
    headcount->signed_off = (uint32_t)sqlite3_column_int64(row, 2);
    headcount->round = (uint32_t)sqlite3_column_int64(row, 6);
    text_copy(headcount->stop, sizeof headcount->stop, stop ? stop : "");
}

// What this station has left is its own: other kiosks give from their own stock. What there is for all is less what all
// gave.
static void count_things(struct sqlite3_stmt *row, const struct list *list, struct headcount *headcount)
{
    int64_t left = INT64_MAX;

    headcount->given = (uint32_t)sqlite3_column_int64(row, 4);
    headcount->given_here = (uint32_t)sqlite3_column_int64(row, 9);
    headcount->is_stocked = sqlite3_column_type(row, 8) != SQLITE_NULL;
    headcount->is_limited = headcount->is_stocked || list->stock != 0;
    if (!headcount->is_limited) return;
    if (headcount->is_stocked) left = headcount->left_here = sqlite3_column_int64(row, 8) - headcount->given_here;
    if (list->stock != 0 && (int64_t)list->stock - headcount->given < left)
        left = (int64_t)list->stock - headcount->given;
    headcount->left = left;
}

enum status store_count(struct store *store, uint32_t event, const struct list *list, struct headcount *out)
{
    struct db *db = &store_sqlite_of(store)->db;
    struct sqlite3_stmt *row = db->statements[STATEMENT_COUNT];
    enum status status;

    if (!db->handle) return STATUS_LATER;
    db_bind(row, event, list->id);
    if ((status = db_row(db, STATEMENT_COUNT, "read the headcount")) != STATUS_OK) return status;
    struct headcount headcount = {.inside = (uint32_t)sqlite3_column_int64(row, 0), // NULL reads as 0
                                  .expected = (uint32_t)sqlite3_column_int64(row, 5)};
    if (list->mode == LIST_MODE_ROLL_CALL) count_roll_call(row, &headcount);
    if (list->mode == LIST_MODE_HAND_OUT) count_things(row, list, &headcount);
    db_done(db, STATEMENT_COUNT);
    *out = headcount;
    return STATUS_OK;
}
