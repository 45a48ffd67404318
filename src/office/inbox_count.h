// inbox_count.h -- what an inbox counts. It is counted in memory (ledger.h, sums.h): the first question about an event,
// also for its conflicts (conflict.h), reads all its check-ins; later ones read what came since.
#ifndef EINLASS_OFFICE_INBOX_COUNT_H
#define EINLASS_OFFICE_INBOX_COUNT_H

#include "office/inbox.h"
#include "record/tally.h"

enum { INBOX_MOST_COUNTED = 16 }; // events at once; one more, and who was not asked about for longest is forgotten

enum status inbox_tally(struct inbox *inbox, const struct event *event, struct tally *out) MUST_CHECK;
// Counts it before anybody asks. Also one that was not published, and is nowhere.
enum status inbox_prepare(struct inbox *inbox, uint32_t event) MUST_CHECK;
bool inbox_is_counted(const struct inbox *inbox, uint32_t event); // so that a question is quick

#endif
