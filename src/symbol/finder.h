// finder.h -- finder patterns: the three squares in the corners of a QR code.
// Both polarities in one pass (dark on light, light on dark). Centres in pixels, the middle of pixel 0 being 0.5.
// Bounded: at most FINDER_MAX of them and a fixed number of cross-checks, whatever the picture shows. Pure.
// Source: ISO/IEC 18004, 6.3.3 (runs of 1:1:3:1:1 in every direction through the middle). Runs are compared in pairs
// between like edges, so that swollen dark (ink) or light (glare) modules don't matter: ISO/IEC 15416's "edge to
// similar edge" idea.
#ifndef EINLASS_SYMBOL_FINDER_H
#define EINLASS_SYMBOL_FINDER_H

#include "symbol/streak.h"
#include "symbol/threshold.h"

#include <stddef.h>

enum { FINDER_MAX = 256 };

struct finder {
    float x_px, y_px;
    float module_px; // size of a module, from the runs across and down
    bool is_light;   // light on dark
    int rows_count;  // in how many rows it was met: a true one in about three modules' height; 0: only searched
                     // (third.h)
};

struct finders {
    size_t count;
    bool is_cut_short; // more was there than the bounds allow
    int row_step;      // as it was searched
    struct finder list[FINDER_MAX];
    struct streaks streaks; // of what only rows show
};

// Looks at every `row_step`-th row.
void finder_search(const struct grey_picture *picture, const struct threshold *threshold, int row_step,
                   struct finders *out);

// What only rows show, as one finder each (streak.h), behind the others.
void finder_add_streaks(struct finders *finders);

// Whether it is one aslant too, as what only looks like one in a symbol's data seldom is.
bool finder_is_solid(const struct grey_picture *picture, const struct threshold *threshold,
                     const struct finder *finder);

#endif
