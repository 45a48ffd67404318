// step_clock.h -- a clock moved by hand, and by `step_ms` with each look at it (so that work seems to take time).
#ifndef EINLASS_TESTS_FAKES_STEP_CLOCK_H
#define EINLASS_TESTS_FAKES_STEP_CLOCK_H

#include "base/clock.h"

struct step_clock {
    struct clock clock;
    int64_t now_ms, step_ms;
};

void step_clock_init(struct step_clock *clock, int64_t now_ms);

#endif
