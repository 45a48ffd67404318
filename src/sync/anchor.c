// anchor.c -- the office's time as the desk is told of it (FORMATS: time): midpoint ± half the round trip.
#include "sync/sync_parts.h"

enum {
    MOST_UNCERTAINTY_MS = 5000,
    TELL_AGAIN_MS = 60 * 60 * 1000,
    TELL_BETTER_MS = 60 * 1000, // one that is twice as certain, at most this often
};

static bool is_worth_telling(const struct anchor *anchor, int64_t mono_ms, int64_t uncertainty_ms)
{
    int64_t age_ms = mono_ms - anchor->told_mono_ms;

    if (!anchor->is_told || age_ms >= TELL_AGAIN_MS) return uncertainty_ms <= MOST_UNCERTAINTY_MS;
    return age_ms >= TELL_BETTER_MS && uncertainty_ms < anchor->uncertainty_ms / 2;
}

void anchor_take(struct sync *sync, const struct uplink_answer *answer, int64_t now_ms)
{
    struct clock *clock = sync->config.clock;
    int64_t mono_ms = clock->ops->mono_ms(clock), boot_ms = clock->ops->boot_ms(clock);
    int64_t middle_mono_ms = answer->sent_mono_ms + (answer->answered_mono_ms - answer->sent_mono_ms) / 2;
    int64_t uncertainty_ms = (answer->answered_mono_ms - answer->sent_mono_ms + 1) / 2 + 1; // + 1: it counts whole ms
    struct delivery delivery = {.kind = DELIVERY_CLOCK,
                                .unix_ms = now_ms,
                                .boot_ms = boot_ms - (mono_ms - middle_mono_ms),
                                .uncertainty_ms = uncertainty_ms};
    bool is_told;

    pthread_mutex_lock(&sync->lock);
    is_told = is_worth_telling(&sync->anchor, mono_ms, uncertainty_ms);
    pthread_mutex_unlock(&sync->lock);
    if (!is_told || delivery.boot_ms < 0 || sync_deliver(sync, &delivery, NULL) != STATUS_OK) return;
    pthread_mutex_lock(&sync->lock);
    sync->anchor = (struct anchor){.is_told = true, .told_mono_ms = mono_ms, .uncertainty_ms = uncertainty_ms};
    pthread_mutex_unlock(&sync->lock);
}
