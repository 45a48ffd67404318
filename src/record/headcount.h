// headcount.h -- how many there are on one list, as all logs known here and the roster say. Value.
#ifndef EINLASS_RECORD_HEADCOUNT_H
#define EINLASS_RECORD_HEADCOUNT_H

#include "record/record.h"

struct headcount {
    uint32_t inside; // distinct persons whose last check-in on the list is an entry
    // Distinct persons on the roster who may come (not canceled or blocked, class and group of the list).
    uint32_t expected;
    // roll_call: inside is "aboard in this round". expected: also who was aboard in an earlier round without being on
    // the roster of this list (joined from another bus), and nobody who was signed off.
    uint32_t round;              // 0: none was started yet
    char stop[RECORD_STOP_SIZE]; // of the round
    uint32_t signed_off;         // persons
    // hand_out
    uint32_t given;      // entries that stand, everybody's: a second thing for the same person counts
    uint32_t given_here; // of them this station's; the store's only
    bool is_stocked;     // this station's stock was counted
    bool is_limited;     // by that, by what there is for all, or by both
    int64_t left;        // the smaller of the two
    int64_t left_here;   // of what came to this station, less what was given here; where is_stocked
};

#endif
