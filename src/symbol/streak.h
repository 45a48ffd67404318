// streak.h -- finder patterns of which only the rows are left: a hand's movement has smeared them up and down. Pure.
// Across the smear 1:1:3:1:1 stays; along it the rings run together, so the columns show nothing. What rows showed, one
// above the other over about the height of a finder's core, is one finder. Rows only: tickets are mostly held in from
// below, and a scan of columns would cost every frame as much again.
#ifndef EINLASS_SYMBOL_STREAK_H
#define EINLASS_SYMBOL_STREAK_H

#include <stdbool.h>
#include <stddef.h>

enum { STREAK_MAX = 64, STREAK_MOST_HITS = 2000 };

struct streak {
    float x_px, y_px, module_px; // sums over its rows
    float last_x_px, last_y_px;
    int rows_count;
    bool is_light;
};

struct streaks {
    size_t count;
    int hits_count;
    struct streak list[STREAK_MAX];
};

// What a row showed: the middle of the pattern, and its module.
struct streak_hit {
    float x_px, y_px, module_px;
    bool is_light;
};

// In the order of rows. Those beyond STREAK_MOST_HITS are left out: carpets have them.
void streaks_add(struct streaks *streaks, const struct streak_hit *hit, int row_step);

// Whether it is as high as a finder's core.
bool streak_is_finder(const struct streak *streak, int row_step);

#endif
