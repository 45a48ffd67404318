// turnout.h -- chance at a door: random happenings, each appended to a store and told to a reckoning.
// Entries, exits, forced entries, annuls of anything, refusals, rounds, sign-offs, deliveries, walk-ins, and rosters
// that give tickets to other persons. The same seed gives the same ones.
#ifndef EINLASS_TESTS_RECORD_TURNOUT_H
#define EINLASS_TESTS_RECORD_TURNOUT_H

#include "record/reckoning.h"
#include "support/door.h"
#include "support/studio/dice.h"

struct past_happening {
    bool is_check_in, is_annulled; // by another log
    uint8_t place, ticket;
};

enum { NEIGHBOURS = 3 };

struct neighbour_line {
    struct record record;
    uint8_t place, ticket;
    size_t annuls_neighbour; // of an annul of another log: NEIGHBOURS = this kiosk
    char text[420];
};

struct neighbour { // another kiosk, with a log of its own
    uint8_t log[LOG_ID_BYTES];
    int64_t hlc;
    uint64_t written, arrived;
    struct neighbour_line *lines;    // [seq - 1]
    struct past_happening *happened; // [seq]
};

struct turnout {
    struct door door;
    struct store *store;
    struct dice dice;
    struct reckoning *reckoning;
    struct past_happening *happened; // [seq]
    uint64_t newest, most;
    uint32_t version;
    struct neighbour neighbours[NEIGHBOURS];
};

void turnout_open(struct turnout *turnout, uint64_t seed, size_t most);
void turnout_close(struct turnout *turnout);
void turnout_install(struct turnout *turnout);  // another roster
size_t turnout_happen(struct turnout *turnout); // inside a group; gives the list it was about
struct record turnout_record(const struct turnout *turnout, size_t place, size_t ticket);

// neighbours.c: other kiosks, of which this one hears late, twice and out of order.
void turnout_open_neighbours(struct turnout *turnout);
void turnout_close_neighbours(struct turnout *turnout);
void turnout_happen_elsewhere(struct turnout *turnout); // nobody here hears of it yet
void turnout_hear(struct turnout *turnout);             // outside of a group: some of it arrives
void turnout_hear_all(struct turnout *turnout);

#endif
