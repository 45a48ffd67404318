#include "symbol/streak.h"

#include <math.h>

enum { LEAST_ROWS = 2 }; // of those searched: every second, of a core three modules high

// Of a core, three modules high: less where the smear ate it, more where the threshold was kind.
#define LEAST_HEIGHT 0.9f
#define MOST_HEIGHT 6.5f

#define MOST_SHIFT 0.9f // modules from row to row, of one that lies aslant
#define MOST_RATIO 1.35f

static bool is_next(const struct streak *streak, const struct streak_hit *hit, int row_step)
{
    if (hit->y_px - streak->last_y_px >= 2.5f * (float)row_step || streak->is_light != hit->is_light) return false;
    if (fabsf(hit->x_px - streak->last_x_px) >= MOST_SHIFT * hit->module_px) return false;
    float ratio = hit->module_px * (float)streak->rows_count / streak->module_px;
    return ratio < MOST_RATIO && ratio * MOST_RATIO > 1;
}

// A place for a new one: an unused one, else one that ended too soon.
static struct streak *find_place(struct streaks *streaks, float y_px, int row_step)
{
    if (streaks->count < STREAK_MAX) return &streaks->list[streaks->count++];
    for (size_t i = 0; i < STREAK_MAX; i++)
        if (y_px - streaks->list[i].last_y_px >= 2.5f * (float)row_step &&
            !streak_is_finder(&streaks->list[i], row_step))
            return &streaks->list[i];
    return NULL;
}

void streaks_add(struct streaks *streaks, const struct streak_hit *hit, int row_step)
{
    struct streak *streak = NULL;

    if (streaks->hits_count++ >= STREAK_MOST_HITS) return;
    for (size_t i = streaks->count; i-- > 0 && !streak;)
        if (is_next(&streaks->list[i], hit, row_step)) streak = &streaks->list[i];
    if (!streak) {
        if (!(streak = find_place(streaks, hit->y_px, row_step))) return;
        *streak = (struct streak){.is_light = hit->is_light};
    }
    streak->x_px += hit->x_px;
    streak->y_px += hit->y_px;
    streak->module_px += hit->module_px;
    streak->last_x_px = hit->x_px;
    streak->last_y_px = hit->y_px;
    streak->rows_count++;
}

bool streak_is_finder(const struct streak *streak, int row_step)
{
    float height_px = (float)(streak->rows_count * row_step), module_px = streak->module_px / (float)streak->rows_count;

    return streak->rows_count >= LEAST_ROWS && height_px > LEAST_HEIGHT * module_px &&
           height_px < MOST_HEIGHT * module_px;
}
