#include "fakes/step_clock.h"

static int64_t look(struct clock *self)
{
    struct step_clock *clock = (struct step_clock *)self;

    clock->now_ms += clock->step_ms;
    return clock->now_ms;
}

static enum clock_state trusted(struct clock *self)
{
    (void)self;
    return CLOCK_STATE_NTP;
}

void step_clock_init(struct step_clock *clock, int64_t now_ms)
{
    static const struct clock_ops ops = {look, look, look, trusted};

    *clock = (struct step_clock){.clock = {&ops}, .now_ms = now_ms};
}
