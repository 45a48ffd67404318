#include "code/hint_hold.h"

static void see(struct hint_cause *cause, int64_t mono_ms)
{
    if (!cause->is_seen || mono_ms - cause->last_ms >= HINT_HOLD_GAP_MS) cause->since_ms = mono_ms;
    cause->is_seen = true;
    cause->last_ms = mono_ms;
}

static void forget_causes(struct hint_hold *hold)
{
    for (int i = 0; i < HINT_COUNT; i++) hold->causes[i].is_seen = false;
}

static bool is_over(struct hint_hold *hold, int64_t mono_ms)
{
    struct hint_cause *cause = &hold->causes[hold->shown];

    if (mono_ms - cause->last_ms >= HINT_HOLD_GONE_MS) return true;
    if (hold->shown == HINT_COVERED || hold->shown == HINT_BLIND) return false;
    if (mono_ms - hold->shown_ms < HINT_HOLD_MOST_MS) return false;
    cause->is_resting = true;
    cause->rests_until_ms = mono_ms + HINT_HOLD_REST_MS;
    return true;
}

static bool is_due(const struct hint_cause *cause, int64_t steady_ms, int64_t mono_ms)
{
    if (cause->is_resting && mono_ms < cause->rests_until_ms) return false;
    return cause->is_seen && mono_ms - cause->last_ms < HINT_HOLD_GAP_MS && mono_ms - cause->since_ms >= steady_ms;
}

// The one that has lasted longest.
static enum hint choose(const struct hint_hold *hold, int64_t mono_ms)
{
    enum hint best = HINT_NONE;

    for (enum hint hint = HINT_NONE + 1; hint < HINT_COUNT; hint++) {
        int64_t steady_ms = hint == HINT_COVERED ? HINT_HOLD_COVERED_MS : HINT_HOLD_STEADY_MS;
        if (!is_due(&hold->causes[hint], steady_ms, mono_ms)) continue;
        if (best == HINT_NONE || hold->causes[hint].since_ms < hold->causes[best].since_ms) best = hint;
    }
    return best;
}

enum hint hint_hold_step(struct hint_hold *hold, enum hint seen, bool has_read, int64_t mono_ms)
{
    if (has_read) {
        forget_causes(hold);
        return hold->shown = HINT_NONE;
    }
    if (seen != HINT_NONE) see(&hold->causes[seen], mono_ms);
    if (seen != HINT_COVERED) hold->causes[HINT_COVERED].is_seen = false; // who sees anything isn't covered
    if (hold->shown != HINT_NONE && is_over(hold, mono_ms)) hold->shown = HINT_NONE;
    if (hold->shown == HINT_NONE) {
        hold->shown = choose(hold, mono_ms);
        hold->shown_ms = mono_ms;
    }
    return hold->shown;
}

const char *hint_word(enum hint hint)
{
    static const char *const words[HINT_COUNT] = {
        [HINT_NONE] = "none",         [HINT_NEARER] = "nearer",   [HINT_FARTHER] = "farther",
        [HINT_BRIGHTER] = "brighter", [HINT_COVERED] = "covered", [HINT_BLIND] = "blind",
    };
    return hint >= 0 && hint < HINT_COUNT ? words[hint] : "unknown";
}
