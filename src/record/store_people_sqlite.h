// store_people_sqlite.h -- the part of the SQLite store that lists people for staff.
//   store_index_sqlite.c     everybody in the order of their names, and what search looks through
//   store_search_sqlite.c    whom staff look for by name
//   store_rows_sqlite.c      who is missing, who came last
//   store_census_sqlite.c    how many, by class, group and list
#ifndef EINLASS_RECORD_STORE_PEOPLE_SQLITE_H
#define EINLASS_RECORD_STORE_PEOPLE_SQLITE_H

#include "record/store_sqlite.h"

// An event's people have places in the order of their folded names, from store_first_place() on.
#define STORE_PLACES INT64_C(0x7FFFFFFF)
static inline int64_t store_first_place(uint32_t event)
{
    return (int64_t)event << 31;
}

// Inside a transaction: makes an event's part of the index anew, from what is stored of its roster and walk-ins.
enum status store_index_event(struct db *db, uint32_t event) MUST_CHECK;
// Inside a transaction, after they were stored: adds one person where they belong. `lists`: as in roster; a walk-in's:
// 0.
enum status store_index_guest(struct db *db, uint32_t event, const struct guest *guest, int64_t lists) MUST_CHECK;
enum status store_unlist(struct db *db, uint32_t event, uint64_t ticket) MUST_CHECK; // whoever had that ticket

enum status store_search(struct store *store, uint32_t event, const struct list *list, const char *text,
                         struct rows *out) MUST_CHECK;
enum status store_has_namesake(struct store *store, uint32_t event, const char *name, bool *out) MUST_CHECK;
enum status store_missing(struct store *store, uint32_t event, const struct list *list, uint32_t from,
                          struct rows *out) MUST_CHECK;
enum status store_recent(struct store *store, uint32_t event, const struct list *list, size_t most,
                         struct rows *out) MUST_CHECK;
enum status store_census(struct store *store, const struct event *event, const struct list *list,
                         struct census *out) MUST_CHECK;
// Both parts of classes and groups, added to `census`. But for roll_call lists the first is the roster's alone.
enum status store_census_expected(struct db *db, const struct event *event, const struct list *list,
                                  struct census *census) MUST_CHECK;
enum status store_census_inside(struct db *db, const struct event *event, const struct list *list,
                                struct census *census) MUST_CHECK;
void store_clear_rows(struct rows *rows, enum rows_kind kind);
// Fills the next row of `rows` with one ticket's guest and their past on the list.
enum status store_add_row(struct store *store, uint32_t event, const struct list *list, uint64_t ticket,
                          struct rows *rows) MUST_CHECK;

#endif
