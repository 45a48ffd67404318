// report_when.h -- when, and at which gate, an event's check-ins really were: all read at once, in the order of their
// numbers, as 100,000 questions take seconds. Resource: about 80 bytes a check-in. Threads: one at a time.
// Failure: as db.h.
#ifndef EINLASS_OFFICE_REPORT_WHEN_H
#define EINLASS_OFFICE_REPORT_WHEN_H

#include "office/inbox_parts.h"

struct report_moment {
    int64_t n;       // of the deed
    int64_t unix_ms; // corrected (inbox_time.h)
    char gate[GATE_SIZE];
};

struct report_when;
// As far as the shelf has come.
enum status report_when_open(struct inbox *inbox, const struct inbox_shelf *shelf, struct report_when **out) MUST_CHECK;
void report_when_close(struct report_when *when);                                        // NULL is fine
const struct report_moment *report_when_find(const struct report_when *when, int64_t n); // NULL: no such check-in

#endif
