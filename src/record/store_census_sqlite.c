// store_census_sqlite.c -- how many persons of each class and group a list expects and has, and of each list in all.
#define LOG_MODULE "store"

#include "record/store_people_sqlite.h"

#include "record/store_history_sqlite.h"

#include <sqlite3.h>

// One person more of a class and a group.
static void add_person(const struct event *event, struct sqlite3_stmt *row, bool is_inside, bool is_expected,
                       struct census *census)
{
    int both = sqlite3_column_int(row, 0); // class << 8 | group

    if (sqlite3_column_type(row, 0) == SQLITE_NULL) return; // neither roster nor walk-ins know them
    for (size_t i = 0; i < event->class_count; i++) {
        if (event->classes[i].id != both >> 8) continue;
        census->classes[i].inside += is_inside;
        census->classes[i].expected += is_expected;
    }
    for (size_t i = 0; i < event->group_count; i++) {
        if (event->groups[i].id != (both & 255)) continue;
        census->groups[i].inside += is_inside;
        census->groups[i].expected += is_expected;
    }
}

enum status store_census_expected(struct db *db, const struct event *event, const struct list *list,
                                  struct census *census)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_CENSUS_EXPECTED];
    enum status status;

    db_bind(row, event->number, list->id, list->mode == LIST_MODE_ROLL_CALL);
    while ((status = db_row(db, STATEMENT_CENSUS_EXPECTED, "count who is expected")) == STATUS_OK)
        add_person(event, row, false, true, census);
    return status == STATUS_MISSING ? STATUS_OK : status;
}

// roll_call: everybody who came in any round is expected, and inside who came in this one.
enum status store_census_inside(struct db *db, const struct event *event, const struct list *list,
                                struct census *census)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_CENSUS_INSIDE];
    struct store_list here = {event->number, list->id};
    bool is_roll_call = list->mode == LIST_MODE_ROLL_CALL;
    struct order round = {0};
    enum status status = is_roll_call ? store_round_at(db, &here, &round) : STATUS_OK;

    if (status != STATUS_OK) return status;
    db_bind(row, event->number, list->id);
    store_bind_order(row, 3, &round);
    while ((status = db_row(db, STATEMENT_CENSUS_INSIDE, "count who is inside")) == STATUS_OK)
        add_person(event, row, sqlite3_column_int(row, 1) != 0, is_roll_call, census);
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status store_census(struct store *store, const struct event *event, const struct list *list, struct census *out)
{
    struct db *db = &store_sqlite_of(store)->db;
    struct census census = {0};
    enum status status;

    if (!db->handle) return STATUS_LATER;
    if ((status = store_census_expected(db, event, list, &census)) != STATUS_OK) return status;
    if ((status = store_census_inside(db, event, list, &census)) != STATUS_OK) return status;
    for (size_t i = 0; i < event->list_count; i++) {
        struct headcount headcount;
        if ((status = store_count(store, event->number, &event->lists[i], &headcount)) != STATUS_OK) return status;
        census.lists[i].inside = headcount.inside;
        census.lists[i].expected = headcount.expected;
    }
    *out = census;
    return STATUS_OK;
}
