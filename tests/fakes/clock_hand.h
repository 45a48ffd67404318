// clock_hand.h -- a clock that is moved by hand.
#ifndef EINLASS_TESTS_FAKES_CLOCK_HAND_H
#define EINLASS_TESTS_FAKES_CLOCK_HAND_H

#include "base/clock.h"

struct clock_hand {
    struct clock clock; // first
    int64_t now_ms;     // mono and boot
    int64_t unix_now_ms;
    enum clock_state clock_state;
};

void clock_hand_init(struct clock_hand *hand, int64_t unix_now_ms);
void clock_hand_move(struct clock_hand *hand, int64_t by_ms);

#endif
