// schedule.h -- when an in_out list counts exits: from one time of day until another, also past midnight.
// It speaks up when the time is crossed, once, so that staff may choose otherwise in between. A clock that isn't
// trusted crosses nothing; when it is trusted at last, the time it is counts as crossed. Pure; value; one thread.
#ifndef EINLASS_APP_SCHEDULE_H
#define EINLASS_APP_SCHEDULE_H

#include "verdict/list.h"

struct schedule {
    int from_minute, until_minute; // of the day; from_minute < 0: there is no schedule
    enum direction otherwise;      // outside of it
    bool is_known;                 // the clock was trusted before
    bool is_exit;                  // then
};

// True: from now on `out` is to be served. The first time with a trusted clock always.
bool schedule_turn(struct schedule *schedule, int minute_of_day, bool is_clock_trusted, enum direction *out);

#endif
