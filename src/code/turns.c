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
    return !(turns->tried & 1U << way) && !turns_rests(turns, way, mono_ms);
}

static bool is_fresh(const struct turns_way *way, int64_t mono_ms)
{
    return way->found && mono_ms - way->found_ms < TURNS_HIT_FRESH_MS;
}

// Of the ways that found a code lately, the one that waits longest.
static enum way choose_hit(const struct turns *turns, int64_t mono_ms)
{
    enum way chosen = WAY_COUNT;

    for (enum way way = 0; way < WAY_COUNT; way++) {
        if (!is_fresh(&turns->ways[way], mono_ms) || !is_possible(turns, way, mono_ms)) continue;
        if (chosen == WAY_COUNT || turns->ways[way].tried_ms < turns->ways[chosen].tried_ms) chosen = way;
    }
    return chosen;
}

static enum way choose_other(struct turns *turns, int64_t mono_ms)
{
    for (unsigned i = 0; i < ORDER_COUNT; i++) {
        enum way way = order[(turns->next + i) % ORDER_COUNT];
        if (is_fresh(&turns->ways[way], mono_ms) || !is_possible(turns, way, mono_ms)) continue;
        turns->next = (turns->next + i + 1) % ORDER_COUNT;
        return way;
    }
    return WAY_COUNT;
}

enum way turns_choose(struct turns *turns, uint64_t digest, int64_t mono_ms)
{
    enum way way = WAY_COUNT;

    if (!turns->has_picture || turns->digest != digest) turns->tried = 0;
    turns->has_picture = true;
    turns->digest = digest;
    if (!turns->was_for_hits) way = choose_hit(turns, mono_ms);
    turns->was_for_hits = way != WAY_COUNT;
    if (way == WAY_COUNT) way = choose_other(turns, mono_ms);
    if (way == WAY_COUNT) way = choose_hit(turns, mono_ms);
    return way;
}

static int64_t rest_ms(int64_t took_ms, unsigned slow_count, int64_t most_ms)
{
    int64_t factor = TURNS_REST_FACTOR;

    for (unsigned i = 1; i < slow_count && factor < TURNS_MOST_REST_FACTOR; i++) factor *= 2;
    return took_ms * factor < most_ms ? took_ms * factor : most_ms;
}

static void keep_found(struct turns *turns, enum way way, uint64_t found, int64_t mono_ms)
{
    for (int i = 0; i < WAY_COUNT; i++)
        if (turns->ways[i].found == found) turns->ways[i].found = 0;
    turns->ways[way].found = found;
    turns->ways[way].found_ms = mono_ms;
}

bool turns_note(struct turns *turns, enum way way, int64_t began_ms, int64_t ended_ms, uint64_t found)
{
    struct turns_way *noted = &turns->ways[way];
    int64_t took_ms = ended_ms - began_ms, most_ms;
    bool is_slow = took_ms > turns->budget_ms, was_slow = noted->slow_count > 0;

    turns->tried |= 1U << way;
    noted->tried_ms = began_ms;
    if (found) keep_found(turns, way, found, began_ms);
    most_ms = is_fresh(noted, began_ms) ? TURNS_HIT_MOST_REST_MS : TURNS_MOST_REST_MS;
    noted->slow_count = is_slow ? noted->slow_count + 1 : 0;
    if (is_slow) noted->rests_until_ms = ended_ms + rest_ms(took_ms, noted->slow_count, most_ms);
    return is_slow != was_slow;
}

bool turns_rests(const struct turns *turns, enum way way, int64_t mono_ms)
{
    return mono_ms < turns->ways[way].rests_until_ms;
}

bool turns_is_exhausted(const struct turns *turns)
{
    return turns->tried == ALL_TRIED;
}
