// clock_anchored.h -- a clock that goes by what somebody trustworthy said, while the machine's own isn't trusted.
// A Raspberry Pi without a battery clock believes in 1970, or in the day it was switched off. The first office that
// answers says what time it is; from then on that counts, until the machine's own clock is set (NTP). The machine's
// clock itself is left alone: setting it needs rights that a kiosk has no other use for.
// Value; init() before any thread, the rest from any. Never fails.
#ifndef EINLASS_BASE_CLOCK_ANCHORED_H
#define EINLASS_BASE_CLOCK_ANCHORED_H

#include "base/clock.h"

#include <stdatomic.h>

struct clock_anchored {
    struct clock clock; // first
    struct clock *own;  // the machine's
    atomic_llong unix_less_boot_ms;
    atomic_bool is_anchored;
};

void clock_anchored_init(struct clock_anchored *anchored, struct clock *own);
// It was unix_ms_then when the boot clock said boot_ms_then, as the office says.
void clock_anchored_keep(struct clock_anchored *anchored, int64_t unix_ms_then, int64_t boot_ms_then);

#endif
