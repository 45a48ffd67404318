// turnout.h -- chance at a door: random happenings, each appended to a store and told to a reckoning.
// Entries, exits, forced entries, annuls of anything, refusals, rounds, sign-offs, deliveries, walk-ins, and rosters
// that give tickets to other persons. The same seed gives the same ones.
#ifndef EINLASS_TESTS_RECORD_TURNOUT_H
#define EINLASS_TESTS_RECORD_TURNOUT_H

#include "record/reckoning.h"
#include "support/door.h"
#include "support/studio/dice.h"

struct past_happening {
    bool is_check_in;
    uint8_t place, ticket;
};

struct turnout {
    struct door door;
    struct store *store;
    struct dice dice;
    struct reckoning *reckoning;
    struct past_happening *happened; // [seq]
    uint64_t newest;
    uint32_t version;
};

void turnout_open(struct turnout *turnout, uint64_t seed, size_t most);
void turnout_close(struct turnout *turnout);
void turnout_install(struct turnout *turnout);  // another roster
size_t turnout_happen(struct turnout *turnout); // inside a group; gives the list it was about

#endif
