// sums.h -- an event's numbers, kept up while its ledger fills: what it costs to ask does not grow with the check-ins.
// All of them are gone over again only where something rare changes what each of them means: another roster, other
// lists, a new round. (And a list's, if its last check-in is taken back: which one is the last now?)
// Resource; the ledger is borrowed. Threads: one at a time.
#ifndef EINLASS_OFFICE_SUMS_H
#define EINLASS_OFFICE_SUMS_H

#include "office/ledger.h"
#include "office/roster.h"
#include "record/tally.h"

struct sums;
struct sums *sums_open(struct ledger *ledger); // which is empty, and told to tell them
void sums_close(struct sums *sums);            // NULL is fine
void sums_forget(struct sums *sums);           // the roster changes, or a round begins
// -1 before, and 1 after a walk-in is added: their check-ins may have come earlier.
void sums_count_ticket(struct sums *sums, uint64_t ticket, int by);

void sums_bring_up(struct sums *sums, const struct event *event, const struct roster *roster); // NULL: no roster
// After that. Into each list of `out`, whose made_unix_ms is there: headcount (but for the name of the stop), classes,
// groups, last time, arrivals.
void sums_fill(const struct sums *sums, const struct event *event, struct tally *out);
const struct ledger_round *sums_round(const struct sums *sums, size_t list); // the newest of a tour; NULL: none

#endif
