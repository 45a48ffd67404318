#include "base/clock_adjustable.h"

static struct clock_adjustable *adjustable_of(struct clock *clock)
{
    return (struct clock_adjustable *)clock;
}

static int64_t mono_ms(struct clock *self)
{
    struct clock *own = adjustable_of(self)->own;
    return own->ops->mono_ms(own);
}

static int64_t boot_ms(struct clock *self)
{
    struct clock *own = adjustable_of(self)->own;
    return own->ops->boot_ms(own);
}

static enum clock_state state(struct clock *self)
{
    struct clock_adjustable *adjustable = adjustable_of(self);
    enum clock_state of_own = adjustable->own->ops->state(adjustable->own);
    enum clock_state told = (enum clock_state)atomic_load(&adjustable->state);

    return clock_state_is_trusted(of_own) || told == CLOCK_STATE_UNSET ? of_own : told;
}

static int64_t unix_ms(struct clock *self)
{
    struct clock_adjustable *adjustable = adjustable_of(self);
    struct clock *own = adjustable->own;

    if (atomic_load(&adjustable->state) == CLOCK_STATE_UNSET || clock_state_is_trusted(own->ops->state(own)))
        return own->ops->unix_ms(own);
    return atomic_load(&adjustable->unix_at_boot_ms) + own->ops->boot_ms(own);
}

void clock_adjustable_init(struct clock_adjustable *adjustable, struct clock *own)
{
    static const struct clock_ops ops = {.mono_ms = mono_ms, .boot_ms = boot_ms, .unix_ms = unix_ms, .state = state};

    adjustable->clock.ops = &ops;
    adjustable->own = own;
    atomic_init(&adjustable->unix_at_boot_ms, 0);
    atomic_init(&adjustable->state, CLOCK_STATE_UNSET);
}

// The time first: whoever sees the state sees what it is of.
bool clock_adjust(struct clock_adjustable *adjustable, int64_t unix_at_ms, int64_t boot_at_ms, enum clock_state by)
{
    if (clock_state_is_trusted(adjustable->own->ops->state(adjustable->own))) return false;
    atomic_store(&adjustable->unix_at_boot_ms, unix_at_ms - boot_at_ms);
    atomic_store(&adjustable->state, (int)by);
    return true;
}
