// abacus.h -- an event in numbers, counted anew each time and naively from the records that arrived: what the inbox,
// which keeps its numbers up, is held against.
#ifndef EINLASS_TESTS_OFFICE_ABACUS_H
#define EINLASS_TESTS_OFFICE_ABACUS_H

#include "office/counter.h"

#include "support/door.h"

enum { ABACUS_MOST = 4000 };

struct abacus_fact { // a record, and where it came from
    struct record record;
    uint8_t log[LOG_ID_BYTES];
    uint64_t seq;
};

struct abacus {
    struct abacus_fact facts[ABACUS_MOST]; // in the order of arrival
    size_t count;
};

void abacus_add(struct abacus *abacus, const struct scribe *scribe, uint64_t seq, const struct record *record);
// Lists' numbers and where the arrivals begin; `door`: the event file that is published (NULL: none).
void abacus_tally(const struct abacus *abacus, const struct event *event, const struct door *door, int64_t now_ms,
                  struct tally *out);
// Fails the test where they differ.
void abacus_compare(const struct tally *expected, const struct tally *found);

#endif
