// plain_tally.h -- a headcount in plain arrays, counted naively after every happening: what the store is compared with.
// It knows no log, no index and no difference: each list is gone through ticket by ticket, owner by owner.
#ifndef EINLASS_TESTS_RECORD_PLAIN_TALLY_H
#define EINLASS_TESTS_RECORD_PLAIN_TALLY_H

#include "record/store.h"

enum { TALLY_LISTS = 7, TALLY_TICKETS = 60, TALLY_PERSONS = 26, TALLY_OWNERS = TALLY_PERSONS + TALLY_TICKETS };

struct tally_scan { // a check-in that stands
    uint64_t seq;
    uint32_t person;
    bool is_entry;
};

struct tally_ticket { // on one list: its check-ins, oldest first
    size_t count, size;
    struct tally_scan *scans;
};

struct tally_place { // a list
    const struct list *list;
    struct tally_ticket tickets[TALLY_TICKETS];
    uint64_t round_seq;
    uint32_t round;
    char stop[RECORD_STOP_SIZE];
    bool is_stocked;
    int64_t stock;
};

struct tally {
    struct tally_place places[TALLY_LISTS];
    struct guest roster[TALLY_TICKETS]; // is_listed: on it
};

void tally_free(struct tally *tally);
void tally_add(struct tally *tally, size_t place, size_t ticket, struct tally_scan scan);
void tally_take_back(struct tally *tally, size_t place, size_t ticket, uint64_t seq); // nothing, if it is gone
struct headcount tally_count(const struct tally *tally, size_t place);
// of the ticket, for the person it has on the roster
struct history tally_history(const struct tally *tally, size_t place, size_t ticket);

#endif
