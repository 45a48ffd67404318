// reckoning.h -- a headcount in plain arrays, counted naively after every happening: what the store is compared with.
// It knows no log, no index and no difference: each list is gone through ticket by ticket, owner by owner.
#ifndef EINLASS_TESTS_RECORD_RECKONING_H
#define EINLASS_TESTS_RECORD_RECKONING_H

#include "record/order.h"
#include "record/store.h"

enum {
    RECKONING_LISTS = 7,
    RECKONING_TICKETS = 60,
    RECKONING_PERSONS = 26,
    RECKONING_OWNERS = RECKONING_PERSONS + RECKONING_TICKETS
};

struct reckoning_scan { // a check-in that stands
    struct order at;
    bool is_here; // of this kiosk's own log
    uint32_t person;
    bool is_entry;
};

struct reckoning_ticket { // on one list: its check-ins, in the order in which they happened
    size_t count, size;
    struct reckoning_scan *scans;
};

struct reckoning_place { // a list
    const struct list *list;
    struct reckoning_ticket tickets[RECKONING_TICKETS];
    struct order round_at;
    uint32_t round;
    char stop[RECORD_STOP_SIZE];
    bool is_stocked;
    int64_t stock;
};

struct reckoning {
    struct reckoning_place places[RECKONING_LISTS];
    struct guest roster[RECKONING_TICKETS]; // is_listed: on it
};

void reckoning_free(struct reckoning *reckoning);
void reckoning_add(struct reckoning *reckoning, size_t place, size_t ticket, struct reckoning_scan scan);
void reckoning_take_back(struct reckoning *reckoning, size_t place, size_t ticket,
                         const struct order *which); // by its log and seq; nothing, if it is gone
void reckoning_begin_round(struct reckoning *reckoning, size_t place, const struct record *round,
                           const struct order *at);
struct headcount reckoning_count(const struct reckoning *reckoning, size_t place);
// of the ticket, for the person it has on the roster
struct history reckoning_history(const struct reckoning *reckoning, size_t place, size_t ticket);

#endif
