#include "fakes/clock_hand.h"

static int64_t hand_now_ms(struct clock *self)
{
    return ((struct clock_hand *)self)->now_ms;
}

static int64_t hand_unix_ms(struct clock *self)
{
    return ((struct clock_hand *)self)->unix_now_ms;
}

static enum clock_state hand_state(struct clock *self)
{
    return ((struct clock_hand *)self)->clock_state;
}

void clock_hand_init(struct clock_hand *hand, int64_t unix_now_ms)
{
    static const struct clock_ops ops = {
        .mono_ms = hand_now_ms, .boot_ms = hand_now_ms, .unix_ms = hand_unix_ms, .state = hand_state};

    *hand = (struct clock_hand){
        .clock.ops = &ops, .now_ms = 1000, .unix_now_ms = unix_now_ms, .clock_state = CLOCK_STATE_NTP};
}

void clock_hand_move(struct clock_hand *hand, int64_t by_ms)
{
    hand->now_ms += by_ms;
    hand->unix_now_ms += by_ms;
}
