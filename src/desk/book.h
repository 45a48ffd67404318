// book.h -- what is written down, and what was: the desk's only way to the log. Part of the desk.
// A book entry is the store's transaction: all of it or nothing, and until it is closed nobody hears of it. In practice
// mode nothing reaches the store at all, and what was practised is laid over what it says.
// Failure: as the store's; from then on the desk needs_recovery, and the headcount is as before.
#ifndef EINLASS_DESK_BOOK_H
#define EINLASS_DESK_BOOK_H

#include "record/store.h"

struct desk;

// ---- writing ----
enum status desk_open_book(struct desk *desk) MUST_CHECK; // recovers first, if need be
// Between open and close. The headcount follows what changes it.
enum status desk_keep(struct desk *desk, const struct record *record, uint64_t *seq_out) MUST_CHECK;
enum status desk_keep_walk_in(struct desk *desk, const struct record *record, const struct walk_in *walk_in,
                              uint64_t *seq_out) MUST_CHECK;
// Also after an open() that failed. Anything but OK in `status` drops all of it. OK: it is on disk.
enum status desk_close_book(struct desk *desk, enum status status) MUST_CHECK;
// A book of one entry.
enum status desk_write(struct desk *desk, const struct record *record, uint64_t *seq_out) MUST_CHECK;

// After each commit: codes that wait may be shown again, and whoever follows the log is told.
void desk_has_written(struct desk *desk);

// Looks whether the store works again, if it didn't. Anything but OK: it doesn't.
enum status desk_recover(struct desk *desk) MUST_CHECK;

// ---- reading ----
const struct headcount *desk_headcount(const struct desk *desk); // as it is shown: in practice, the practised one
enum status desk_count(struct desk *desk) MUST_CHECK;            // asks the store anew
enum status desk_history(struct desk *desk, const struct list *list, const struct guest *guest,
                         struct history *out) MUST_CHECK;
enum status desk_history_ever(struct desk *desk, const struct list *list, const struct guest *guest,
                              struct history *out) MUST_CHECK; // whatever the round
enum status desk_find_record(struct desk *desk, uint64_t seq, struct record *out) MUST_CHECK;

#endif
