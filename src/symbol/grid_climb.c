#include "symbol/grid.h"

#include "symbol/fitness.h"
#include "symbol/pattern.h"

#include <math.h>

enum { HANDLES = 4, PASSES = 2, HALVINGS = 3 };

// The first step, in modules, halved for the next; a step counts if the fit grows by so much.
#define FIRST_STEP 0.45f
#define LEAST_GAIN 0.002f

// The grid hangs on four points: the finders, which are nearly right, and a fourth, which is freer.
static const float freedom[HANDLES] = {0.6f, 0.6f, 0.6f, 1.5f};

struct handles {
    struct plane_point points[HANDLES];
    float module_px;
};

static struct handles take_handles(const struct grid *grid)
{
    float far = (float)grid->side - 3.5f, fourth = grid->side > PATTERN_LEAST_SIDE ? (float)grid->side - 6.5f : far;
    struct handles handles = {
        {{3.5f, 3.5f, 0, 0, 1}, {far, 3.5f, 0, 0, 1}, {3.5f, far, 0, 0, 1}, {fourth, fourth, 0, 0, 1}}, 0};
    struct plane_point *p = handles.points;

    for (int i = 0; i < HANDLES; i++) plane_map(&grid->plane, p[i].x, p[i].y, &p[i].x_px, &p[i].y_px);
    handles.module_px = grid_module_px(grid);
    return handles;
}

static bool is_better(const struct grey_picture *picture, const struct handles *handles, struct grid *grid)
{
    struct grid moved = *grid;

    if (!plane_fit(handles->points, HANDLES, (float)grid->side, &moved.plane)) return false;
    moved.fit = fitness_of(picture, &moved.plane, moved.side, moved.is_light);
    if (moved.fit <= grid->fit + LEAST_GAIN) return false;
    *grid = moved;
    return true;
}

// Each handle a step back and forth, both ways. True: some step helped.
static bool move_handles(const struct grey_picture *picture, struct handles *handles, float step_modules,
                         struct grid *grid)
{
    bool has_moved = false;

    for (int i = HANDLES - 1; i >= 0; i--) {
        float step_px = step_modules * handles->module_px * freedom[i];
        for (int move = 0; move < 4; move++) {
            float *coordinate = move < 2 ? &handles->points[i].x_px : &handles->points[i].y_px;
            float before = *coordinate;
            *coordinate += move & 1 ? step_px : -step_px;
            if (is_better(picture, handles, grid)) has_moved = true;
            else *coordinate = before;
        }
    }
    return has_moved;
}

void grid_climb(const struct grey_picture *picture, struct grid *grid)
{
    struct handles handles = take_handles(grid);
    float step = FIRST_STEP;

    for (int halving = 0; halving < HALVINGS; halving++, step /= 2)
        for (int pass = 0; pass < PASSES; pass++)
            if (!move_handles(picture, &handles, step, grid)) break;
    grid_settle(picture, grid);
    (void)grid_bend(picture, grid);
}
