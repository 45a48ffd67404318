// apart.h -- kiosks that are cut off from each other and admit the same tickets: random histories, their logs as they
// would be written, and what is true of them, counted naively from what happened (never from the logs).
#ifndef EINLASS_TESTS_OFFICE_APART_H
#define EINLASS_TESTS_OFFICE_APART_H

#include "office/counter.h"

#include "office/conflict.h"
#include "support/door.h"
#include "support/studio/dice.h"

enum { APART_KIOSKS = 6, APART_MOST_DEEDS = 6000, APART_LISTS = 4 };

struct apart_deed {
    size_t kiosk;
    uint64_t seq, ticket;
    int64_t hlc;
    uint32_t person;
    uint16_t list;
    bool is_check_in, is_entry, is_forced, is_annulled;
    uint64_t known[APART_KIOSKS]; // of each log, when it was written
};

struct apart_kiosk {
    struct scribe *scribe; // its key and log
    char **lines;
    uint64_t count; // of lines
    int64_t skew_ms, hlc;
    uint64_t known[APART_KIOSKS], said[APART_KIOSKS];
};

struct apart {
    struct dice dice;
    struct door door; // the event: list 1 once, 2 roll_call, 3 in_out, 4 hand_out
    struct apart_kiosk kiosks[APART_KIOSKS];
    struct apart_deed deeds[APART_MOST_DEEDS];
    size_t count;
    int64_t now_ms;
};

void apart_open(struct apart *apart, uint64_t seed);
void apart_close(struct apart *apart);
// One history: some check-ins, annuls, exits and exchanges of news around a few tickets that no other history has.
void apart_happen(struct apart *apart, size_t history);
size_t apart_batch(const struct apart *apart, size_t kiosk, uint64_t first, size_t count, char out[SCRIBE_BATCH_SIZE]);

// Whether that check-in is one too many, of which kind, and after which other one.
bool apart_is_conflict(const struct apart *apart, size_t deed, enum conflict_kind *kind_out, size_t *first_out);
uint32_t apart_inside(const struct apart *apart, uint16_t list); // distinct persons

#endif
