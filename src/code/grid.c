#include "code/grid.h"

#include "code/align.h"
#include "code/fitness.h"
#include "code/pattern.h"
#include "code/reach.h"

#include <math.h>

enum { CORNERS = 3, SIDES_TRIED = 3, MOST_POINTS = 5 * CORNERS };

// Fits, seen in many pictures.
#define FIT_HOPELESS 0.12f   // of the likeliest size: other sizes are no better
#define FIT_SURE 0.85f       // other sizes need no look
#define FIT_FIRST_LOOK 0.28f // less than this before any search is no symbol
#define FIT_ENOUGH 0.80f     // other perspectives need no look
#define FIT_PERFECT 0.93f    // alignment can't make it better
#define FIT_FAR_BEHIND 0.30f // behind the best size
#define LIKENESS_LEAST 0.45f // of an alignment pattern

// What is measured of the three finders before any size is assumed.
struct corners {
    const struct finder *finders[CORNERS];                            // top left, top right, bottom left
    struct direction along, down;                                     // the symbol's axes at the first
    float along_px, down_px;                                          // from the first to the others
    float left[CORNERS], right[CORNERS], up[CORNERS], below[CORNERS]; // reach; negative if unknown
};

static struct direction direction_between(const struct finder *from, const struct finder *to, float *distance_px)
{
    float x = to->x_px - from->x_px, y = to->y_px - from->y_px;

    *distance_px = hypotf(x, y);
    return (struct direction){x / *distance_px, y / *distance_px};
}

static struct corners measure_corners(const struct grey_picture *picture, const struct threshold *threshold,
                                      const struct triple *triple)
{
    struct corners corners = {.finders = {&triple->corner, &triple->right, &triple->below}};

    corners.along = direction_between(&triple->corner, &triple->right, &corners.along_px);
    corners.down = direction_between(&triple->corner, &triple->below, &corners.down_px);
    struct direction back = {-corners.along.x, -corners.along.y}, up = {-corners.down.x, -corners.down.y};
    for (int i = 0; i < CORNERS; i++) {
        corners.left[i] = reach_of(picture, threshold, corners.finders[i], back);
        corners.right[i] = reach_of(picture, threshold, corners.finders[i], corners.along);
        corners.up[i] = reach_of(picture, threshold, corners.finders[i], up);
        corners.below[i] = reach_of(picture, threshold, corners.finders[i], corners.down);
    }
    return corners;
}

// The size of a module in one direction, from the two finders that lie in it; else as the finders' runs say.
static float module_px(const float before[CORNERS], const float after[CORNERS], int other, float otherwise)
{
    float sum = 0;
    int count = 0;

    for (int i = 0; i < CORNERS; i += other) {
        if (i > other || before[i] < 0 || after[i] < 0) continue;
        sum += (before[i] + after[i]) / 7;
        count++;
    }
    return count ? sum / (float)count : otherwise;
}

// The likeliest size: 7 modules and the distances between the finders, rounded to a valid one.
static int likely_side(const struct corners *corners)
{
    float mean_px =
        (corners->finders[0]->module_px + corners->finders[1]->module_px + corners->finders[2]->module_px) / 3;
    float run_px = mean_px * fmaxf(fabsf(corners->along.x), fabsf(corners->along.y));
    float along = corners->along_px / module_px(corners->left, corners->right, 1, run_px);
    float down = corners->down_px / module_px(corners->up, corners->below, 2, run_px);
    int side = 17 + 4 * (int)lrintf(((along + down) / 2 + 7 - 17) / 4);

    return side < PATTERN_LEAST_SIDE ? PATTERN_LEAST_SIDE : side;
}

// The middles of the three finders and, where known, of their edges.
static size_t list_points(const struct corners *corners, int side, struct plane_point out[MOST_POINTS])
{
    size_t count = 0;

    for (int i = 0; i < CORNERS; i++) {
        const struct finder *f = corners->finders[i];
        struct direction u = corners->along, v = corners->down;
        float x = i == 1 ? (float)side - 3.5f : 3.5f, y = i == 2 ? (float)side - 3.5f : 3.5f;
        float l = corners->left[i], r = corners->right[i], a = corners->up[i], b = corners->below[i];
        out[count++] = (struct plane_point){x, y, f->x_px, f->y_px, 8};
        if (l > 0 && r > 0) {
            out[count++] = (struct plane_point){x - 3.5f, y, f->x_px - u.x * l, f->y_px - u.y * l, 1};
            out[count++] = (struct plane_point){x + 3.5f, y, f->x_px + u.x * r, f->y_px + u.y * r, 1};
        }
        if (a > 0 && b > 0) {
            out[count++] = (struct plane_point){x, y - 3.5f, f->x_px - v.x * a, f->y_px - v.y * a, 1};
            out[count++] = (struct plane_point){x, y + 3.5f, f->x_px + v.x * b, f->y_px + v.y * b, 1};
        }
    }
    return count;
}

// Through the three finders and a fourth point.
static bool plane_through(const struct corners *corners, int side, struct plane_point fourth, struct plane *out)
{
    float far = (float)side - 3.5f;
    const struct finder *const *f = corners->finders;
    struct plane_point points[4] = {{3.5f, 3.5f, f[0]->x_px, f[0]->y_px, 1},
                                    {far, 3.5f, f[1]->x_px, f[1]->y_px, 1},
                                    {3.5f, far, f[2]->x_px, f[2]->y_px, 1},
                                    fourth};

    return plane_fit(points, 4, (float)side, out);
}

// Without any perspective: a parallelogram.
static bool plane_flat(const struct corners *corners, int side, struct plane *out)
{
    float far = (float)side - 3.5f;
    const struct finder *const *f = corners->finders;
    struct plane_point fourth = {far, far, f[1]->x_px + f[2]->x_px - f[0]->x_px, f[1]->y_px + f[2]->y_px - f[0]->y_px,
                                 1};

    return plane_through(corners, side, fourth, out);
}

// One size, with the planes that may hold for it.
struct guess {
    struct grid grids[2];
    int count;
    float fit;
};

static void add_plane(const struct grey_picture *picture, struct grid grid, struct guess *guess)
{
    grid.fit = fitness_of(picture, &grid.plane, grid.side, grid.is_light);
    guess->grids[guess->count++] = grid;
    guess->fit = fmaxf(guess->fit, grid.fit);
}

static struct guess look(const struct grey_picture *picture, const struct corners *corners, int side)
{
    struct guess guess = {.fit = -1};
    struct grid grid = {.side = side, .is_light = corners->finders[0]->is_light};
    struct plane_point points[MOST_POINTS];
    size_t count = list_points(corners, side, points);

    if (count >= 9 && plane_fit(points, count, (float)side, &grid.plane)) add_plane(picture, grid, &guess);
    if (plane_flat(corners, side, &grid.plane)) add_plane(picture, grid, &guess);
    return guess;
}

// The alignment pattern in the bottom right corner as a fourth point, if that fits better.
static struct grid with_alignment(const struct grey_picture *picture, const struct corners *corners, struct grid grid,
                                  float radius_modules)
{
    struct grid other = grid;
    float at = (float)grid.side - 6.5f, x_px, y_px;

    if (grid.side == PATTERN_LEAST_SIDE || grid.fit > FIT_PERFECT) return grid;
    struct alignment found = align_search(picture, &grid.plane, (float[]){at, at}, radius_modules, grid.is_light);
    if (found.likeness < LIKENESS_LEAST) return grid;
    plane_map(&grid.plane, found.x, found.y, &x_px, &y_px);
    if (!plane_through(corners, grid.side, (struct plane_point){at, at, x_px, y_px, 1}, &other.plane)) return grid;
    other.fit = fitness_of(picture, &other.plane, other.side, other.is_light);
    return other.fit > grid.fit ? other : grid;
}

static void insert(struct grids *grids, const struct grid *grid)
{
    size_t at = grids->count++;

    for (; at > 0 && grids->list[at - 1].fit < grid->fit; at--) grids->list[at] = grids->list[at - 1];
    grids->list[at] = *grid;
}

// All planes of one size, searched. True: good enough to look no further.
static bool search(const struct grey_picture *picture, const struct corners *corners, const struct guess *guess,
                   struct grids *out)
{
    for (int i = 0; i < guess->count; i++) {
        bool has_perspective = guess->count == 2 && i == 0;
        float radius_modules = has_perspective ? 3 : guess->grids[i].side > 45 ? 7 : 5;
        struct grid grid = with_alignment(picture, corners, guess->grids[i], radius_modules);
        insert(out, &grid);
        if (grid.fit > FIT_ENOUGH) return true;
    }
    return false;
}

void grid_fit(const struct grey_picture *picture, const struct threshold *threshold, const struct triple *triple,
              struct grids *out)
{
    static const int beside[SIDES_TRIED] = {0, 4, -4};
    struct corners corners = measure_corners(picture, threshold, triple);
    struct guess guesses[SIDES_TRIED];
    int likely = likely_side(&corners), count = 0;
    float best = -1;

    out->count = 0;
    for (int i = 0; i < SIDES_TRIED; i++) {
        int side = likely + beside[i];
        if (side < PATTERN_LEAST_SIDE || side > PATTERN_MOST_SIDE) continue;
        guesses[count] = look(picture, &corners, side);
        best = fmaxf(best, guesses[count++].fit);
        if ((i == 0 && best < FIT_HOPELESS) || best > FIT_SURE) break;
    }
    if (best < FIT_FIRST_LOOK) return;
    for (int i = 0; i < count; i++)
        if (guesses[i].fit > best - FIT_FAR_BEHIND && search(picture, &corners, &guesses[i], out)) break;
}
