#include "base/clock_anchored.h"

static struct clock *own_of(struct clock *self)
{
    return ((struct clock_anchored *)self)->own;
}

// True: what somebody said counts.
static bool goes_by_anchor(struct clock *self)
{
    struct clock *own = own_of(self);

    return atomic_load(&((struct clock_anchored *)self)->is_anchored) && !clock_state_is_trusted(own->ops->state(own));
}

static int64_t mono_ms(struct clock *self)
{
    return own_of(self)->ops->mono_ms(own_of(self));
}

static int64_t boot_ms(struct clock *self)
{
    return own_of(self)->ops->boot_ms(own_of(self));
}

static int64_t unix_ms(struct clock *self)
{
    struct clock_anchored *anchored = (struct clock_anchored *)self;

    if (goes_by_anchor(self)) return boot_ms(self) + atomic_load(&anchored->unix_less_boot_ms);
    return own_of(self)->ops->unix_ms(own_of(self));
}

static enum clock_state state(struct clock *self)
{
    return goes_by_anchor(self) ? CLOCK_STATE_OFFICE : own_of(self)->ops->state(own_of(self));
}

void clock_anchored_init(struct clock_anchored *anchored, struct clock *own)
{
    static const struct clock_ops ops = {.mono_ms = mono_ms, .boot_ms = boot_ms, .unix_ms = unix_ms, .state = state};

    anchored->clock.ops = &ops;
    anchored->own = own;
    atomic_init(&anchored->unix_less_boot_ms, 0);
    atomic_init(&anchored->is_anchored, false);
}

void clock_anchored_keep(struct clock_anchored *anchored, int64_t unix_ms_then, int64_t boot_ms_then)
{
    atomic_store(&anchored->unix_less_boot_ms, unix_ms_then - boot_ms_then);
    atomic_store(&anchored->is_anchored, true);
}
