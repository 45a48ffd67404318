// clock_adjustable.h -- a clock that can be told what time it is, for a machine whose own clock can't be trusted (a
// Raspberry Pi boots with the time of its last shutdown). What it was told counts from then on by boot_ms, until the
// machine's own clock becomes trusted: then that one counts again.
// Threads: any, also clock_adjust(). Ownership: embedded; borrows `own` until nobody asks any more. Never fails.
#ifndef EINLASS_BASE_CLOCK_ADJUSTABLE_H
#define EINLASS_BASE_CLOCK_ADJUSTABLE_H

#include "base/clock.h"

#include <stdatomic.h>

struct clock_adjustable {
    struct clock clock; // first: hand out its address
    struct clock *own;
    _Atomic int64_t unix_at_boot_ms; // what unix_ms was at boot_ms 0
    atomic_int state;                // how it is known; CLOCK_STATE_UNSET: it was never told
};

void clock_adjustable_init(struct clock_adjustable *adjustable, struct clock *own);
// It was unix_at_ms when boot_ms was boot_at_ms; `by` (PEER, PHONE, OFFICE …) says by whom. False: the machine's own
// clock is trusted, and goes on as it is.
bool clock_adjust(struct clock_adjustable *adjustable, int64_t unix_at_ms, int64_t boot_at_ms, enum clock_state by);

#endif
