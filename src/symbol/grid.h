// grid.h -- the grid of modules laid over a symbol in the picture. Pure; values.
// From three finders: size by the distances, perspective by their outer edges and the alignment patterns. What can't be
// read so gets a climb on the modules that are known (finders, timing, alignment). fit: correlation of the picture with
// those, -1 … 1. A grid with a fit below GRID_LEAST_FIT is no symbol; most wrong triples end after a first cheap look.
#ifndef EINLASS_SYMBOL_GRID_H
#define EINLASS_SYMBOL_GRID_H

#include "symbol/plane.h"
#include "symbol/triple.h"

#define GRID_LEAST_FIT 0.45f
enum { GRID_MAX = 9 };

// Paper that is rolled along its columns or rows: by how many modules, as a cubic over the symbol (-1 … 1).
enum { GRID_BEND_TERMS = 4 };
struct grid_bend {
    float terms[GRID_BEND_TERMS];
};

struct grid {
    struct plane plane;
    struct grid_bend across, down; // 0: flat
    int side;                      // modules
    bool is_light;
    float fit;
};

struct grids {
    size_t count;
    struct grid list[GRID_MAX]; // best fit first
};

static inline float grid_bent(const struct grid_bend *bend, int side, float at)
{
    float t = 2 * at / (float)side - 1;

    return at + bend->terms[0] + t * (bend->terms[1] + t * (bend->terms[2] + t * bend->terms[3]));
}

static inline void grid_map(const struct grid *grid, float x, float y, float *x_px, float *y_px)
{
    plane_map(&grid->plane, grid_bent(&grid->across, grid->side, x), grid_bent(&grid->down, grid->side, y), x_px, y_px);
}

float grid_module_px(const struct grid *grid); // on the diagonal between its outer finders

void grid_fit(const struct grey_picture *picture, const struct threshold *threshold, const struct triple *triple,
              struct grids *out);

// Better, or about as it was. climb: from up to a module away, step by step, the dear part (0.3 ms); then it settles,
// and bends if need be. settle: from within half a module to a few hundredths of one, by the edges of all known modules
// (0.06 ms). bend: for paper that isn't flat; false: it is, and the grid is as it was (0.1 ms).
void grid_climb(const struct grey_picture *picture, struct grid *grid);
void grid_settle(const struct grey_picture *picture, struct grid *grid);
bool grid_bend(const struct grey_picture *picture, struct grid *grid);

#endif
