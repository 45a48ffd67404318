// store_diff_sqlite.h -- a new version of an event's roster, made from the stored one by writing only what differs: the
// office publishes anew for a single guest, and a door with 100,000 of them has no time to write them all.
// Inside a transaction, on the store's thread. Memory: 16 bytes a stored guest, between open and close.
#ifndef EINLASS_RECORD_STORE_DIFF_SQLITE_H
#define EINLASS_RECORD_STORE_DIFF_SQLITE_H

#include "record/store_events_sqlite.h"
#include "record/store_people_sqlite.h"

struct roster_diff;
enum status roster_diff_open(struct store_sqlite *store, const struct event *event,
                             struct roster_diff **out) MUST_CHECK;
enum status roster_diff_take(struct roster_diff *diff, const struct roster_entry *entry) MUST_CHECK;
// All were taken: who is gone goes, and what is made from the roster (expected, seen, index) follows.
enum status roster_diff_finish(struct roster_diff *diff) MUST_CHECK;
void roster_diff_close(struct roster_diff *diff); // NULL is fine

#endif
