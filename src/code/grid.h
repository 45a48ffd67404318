// grid.h -- the grid of modules laid over a symbol in the picture. Pure; values.
// From three finders: size by the distances, perspective by their outer edges and the alignment patterns. What can't be
// read so gets a climb on the modules that are known (finders, timing, alignment). fit: correlation of the picture with those, -1 … 1.
// A grid with a fit below GRID_LEAST_FIT is no symbol; most wrong triples end after a first cheap look.
#ifndef EINLASS_CODE_GRID_H
#define EINLASS_CODE_GRID_H

#include "code/plane.h"
#include "code/triple.h"

#define GRID_LEAST_FIT 0.45f
enum { GRID_MAX = 9 };

struct grid {
    struct plane plane;
    int side; // modules
    bool is_light;
    float fit;
};

struct grids {
    size_t count;
    struct grid list[GRID_MAX]; // best fit first
};

void grid_fit(const struct grey_picture *picture, const struct threshold *threshold, const struct triple *triple,
              struct grids *out);

// Better, or about as it was. climb: from up to a module away, step by step, the dear part (0.3 ms); then it settles.
// settle: from within half a module to a few hundredths of one by the edges of all known modules (0.06 ms).
void grid_climb(const struct grey_picture *picture, struct grid *grid);
void grid_settle(const struct grey_picture *picture, struct grid *grid);

#endif
