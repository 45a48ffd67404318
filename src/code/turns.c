#include "code/turns.h"

enum { ALL_TRIED = (1 << WAY_COUNT) - 1 };

// Every second frame is looked at in the cheapest way: a hand brings a ticket within a few frames.
static const enum way order[] = {
    WAY_HALF, WAY_FULL, WAY_HALF,          WAY_HALF_INVERTED, WAY_HALF,
    WAY_FULL, WAY_HALF, WAY_FULL_INVERTED, WAY_HALF,          WAY_THIRD,
};
enum { ORDER_COUNT = sizeof order / sizeof *order };

static bool is_possible(const struct turns *turns, enum way way, int64_t mono_ms)
{
    return !(turns->tried & 1U << way) && mono_ms >= turns->ways[way].rests_until_ms;
}

enum way turns_choose(struct turns *turns, uint64_t digest, int64_t mono_ms)
{
    if (!turns->has_picture || turns->digest != digest) turns->tried = 0;
    turns->has_picture = true;
    turns->digest = digest;
    for (unsigned i = 0; i < ORDER_COUNT; i++) {
        enum way way = order[(turns->next + i) % ORDER_COUNT];
        if (!is_possible(turns, way, mono_ms)) continue;
        turns->next = (turns->next + i + 1) % ORDER_COUNT;
        return way;
    }
    return WAY_COUNT;
}

static int64_t rest_ms(int64_t took_ms, unsigned slow_count)
{
    int64_t factor = TURNS_REST_FACTOR;

    for (unsigned i = 1; i < slow_count && factor < TURNS_MOST_REST_FACTOR; i++) factor *= 2;
    return took_ms * factor < TURNS_MOST_REST_MS ? took_ms * factor : TURNS_MOST_REST_MS;
}

bool turns_note(struct turns *turns, enum way way, int64_t began_ms, int64_t ended_ms)
{
    int64_t took_ms = ended_ms - began_ms;
    bool is_slow = took_ms > turns->budget_ms;
    bool was_slow = turns->ways[way].slow_count > 0;

    turns->tried |= 1U << way;
    if (!is_slow) {
        turns->ways[way].slow_count = 0;
    } else {
        turns->ways[way].slow_count++;
        turns->ways[way].rests_until_ms = ended_ms + rest_ms(took_ms, turns->ways[way].slow_count);
    }
    return is_slow != was_slow;
}

bool turns_is_exhausted(const struct turns *turns)
{
    return turns->tried == ALL_TRIED;
}
