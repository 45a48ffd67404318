#include "symbol/grid.h"

#include "symbol/align.h"
#include "symbol/fitness.h"
#include "symbol/pattern.h"
#include "symbol/reach.h"

#include <math.h>

enum { CORNERS = 3, SIDES_TRIED = 3, LEAST_POINTS = 9, MOST_POINTS = 5 * CORNERS };

// Fits, seen in many pictures.
#define FIT_HOPELESS 0.12f   // of the likeliest size: other sizes are no better
#define FIT_SURE 0.85f       // other sizes need no look
#define FIT_FIRST_LOOK 0.28f // less than this before any search is no symbol
#define FIT_ENOUGH 0.80f     // other perspectives need no look
#define FIT_PERFECT 0.93f    // alignment can't make it better
#define FIT_FAR_BEHIND 0.30f // behind the best size
#define LIKENESS_LEAST 0.45f // of an alignment pattern

#define MOST_SKEW 1.35f // of a finder's halves, near the camera and far

// What is measured of the three finders before any size is assumed.
struct corners {
    const struct finder *finders[CORNERS];          // top left, top right, bottom left
    struct direction along[CORNERS], down[CORNERS]; // the symbol's axes there
    float along_px, down_px;                        // from the first to the others
    float across[CORNERS][2], upright[CORNERS][2];  // reach: left and right, up and down; negative if unknown
};

static struct direction direction_between(const struct finder *from, const struct finder *to, float *distance_px)
{
    float x = to->x_px - from->x_px, y = to->y_px - from->y_px;

    *distance_px = hypotf(x, y);
    return (struct direction){x / *distance_px, y / *distance_px};
}

// Both ways, about the same or unknown.
static void measure_width(const struct grey_picture *picture, const struct threshold *threshold,
                          const struct finder *finder, struct direction direction, float out[2])
{
    struct direction back = {-direction.x, -direction.y};

    out[0] = out[1] = -1;
    if (finder->rows_count == 0) return; // was never found by its runs (third.h)
    float there = reach_of(picture, threshold, finder, direction), here = reach_of(picture, threshold, finder, back);
    if (there <= 0 || here <= 0 || there > MOST_SKEW * here || here > MOST_SKEW * there) return;
    out[0] = here;
    out[1] = there;
}

static void measure_reach(const struct grey_picture *picture, const struct threshold *threshold,
                          struct corners *corners)
{
    for (int i = 0; i < CORNERS; i++) {
        measure_width(picture, threshold, corners->finders[i], corners->along[i], corners->across[i]);
        measure_width(picture, threshold, corners->finders[i], corners->down[i], corners->upright[i]);
    }
}

// First the axes are taken to be the same everywhere.
static struct corners measure_corners(const struct grey_picture *picture, const struct threshold *threshold,
                                      const struct triple *triple)
{
    struct corners corners = {.finders = {&triple->corner, &triple->right, &triple->below}};
    struct direction along = direction_between(&triple->corner, &triple->right, &corners.along_px);
    struct direction down = direction_between(&triple->corner, &triple->below, &corners.down_px);

    for (int i = 0; i < CORNERS; i++) {
        corners.along[i] = along;
        corners.down[i] = down;
    }
    measure_reach(picture, threshold, &corners);
    return corners;
}

// The size of a module in one direction, from the two finders that lie in it; else as the finders' runs say.
static float module_px(const float first[2], const float second[2], float otherwise)
{
    float width_px = first[0] + first[1], other_px = second[0] + second[1];

    if (width_px > 0 && other_px > 0) return (width_px + other_px) / 14;
    return width_px > 0 ? width_px / 7 : other_px > 0 ? other_px / 7 : otherwise;
}

// The likeliest size: 7 modules and the distances between the finders, rounded to a valid one.
static int likely_side(const struct corners *corners)
{
    float mean_px =
        (corners->finders[0]->module_px + corners->finders[1]->module_px + corners->finders[2]->module_px) / 3;
    float run_px = mean_px * fmaxf(fabsf(corners->along[0].x), fabsf(corners->along[0].y));
    float along = corners->along_px / module_px(corners->across[0], corners->across[1], run_px);
    float down = corners->down_px / module_px(corners->upright[0], corners->upright[2], run_px);
    int side = 17 + 4 * (int)lrintf(((along + down) / 2 + 7 - 17) / 4);

    return side < PATTERN_LEAST_SIDE ? PATTERN_LEAST_SIDE : side;
}

// The middles of the three finders and, where known, of their edges.
static size_t list_points(const struct corners *corners, int side, struct plane_point out[MOST_POINTS])
{
    size_t count = 0;

    for (int i = 0; i < CORNERS; i++) {
        const struct finder *f = corners->finders[i];
        struct direction u = corners->along[i], v = corners->down[i];
        float x = i == 1 ? (float)side - 3.5f : 3.5f, y = i == 2 ? (float)side - 3.5f : 3.5f;
        float l = corners->across[i][0], r = corners->across[i][1], a = corners->upright[i][0],
              b = corners->upright[i][1];
        out[count++] = (struct plane_point){x, y, f->x_px, f->y_px, 8};
        if (l > 0) {
            out[count++] = (struct plane_point){x - 3.5f, y, f->x_px - u.x * l, f->y_px - u.y * l, 1};
            out[count++] = (struct plane_point){x + 3.5f, y, f->x_px + u.x * r, f->y_px + u.y * r, 1};
        }
        if (a > 0) {
            out[count++] = (struct plane_point){x, y - 3.5f, f->x_px - v.x * a, f->y_px - v.y * a, 1};
            out[count++] = (struct plane_point){x, y + 3.5f, f->x_px + v.x * b, f->y_px + v.y * b, 1};
        }
    }
    return count;
}

static struct direction direction_on(const struct plane *plane, float x, float y, float right, float down)
{
    float x_px, y_px, next_x_px, next_y_px;

    plane_map(plane, x, y, &x_px, &y_px);
    plane_map(plane, x + right, y + down, &next_x_px, &next_y_px);
    float length_px = hypotf(next_x_px - x_px, next_y_px - y_px);
    return (struct direction){(next_x_px - x_px) / length_px, (next_y_px - y_px) / length_px};
}

// Where the symbol is tilted, its axes differ from corner to corner: measured again along those of a first plane.
static bool measure_again(const struct grey_picture *picture, const struct threshold *threshold, int side,
                          struct corners *corners)
{
    struct plane_point points[MOST_POINTS];
    size_t count = list_points(corners, side, points);
    struct plane plane;

    if (count < LEAST_POINTS || !plane_fit(points, count, (float)side, &plane)) return false;
    for (int i = 0; i < CORNERS; i++) {
        float x = i == 1 ? (float)side - 3.5f : 3.5f, y = i == 2 ? (float)side - 3.5f : 3.5f;
        corners->along[i] = direction_on(&plane, x, y, 1, 0);
        corners->down[i] = direction_on(&plane, x, y, 0, 1);
    }
    measure_reach(picture, threshold, corners);
    return true;
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

    if (count >= LEAST_POINTS && plane_fit(points, count, (float)side, &grid.plane)) add_plane(picture, grid, &guess);
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
        float radius_modules = guess->grids[i].side > 45 ? (has_perspective ? 5 : 7) : (has_perspective ? 3 : 5);
        struct grid grid = with_alignment(picture, corners, guess->grids[i], radius_modules);
        insert(out, &grid);
        if (grid.fit > FIT_ENOUGH) return true;
    }
    return false;
}

// The likeliest size and those beside it, best first.
struct guesses {
    int count;
    struct guess list[SIDES_TRIED];
};

static void look_at_sizes(const struct grey_picture *picture, const struct corners *corners, int likely,
                          struct guesses *out)
{
    static const int beside[SIDES_TRIED] = {0, 4, -4};
    float best = -1;

    out->count = 0;
    for (int i = 0; i < SIDES_TRIED; i++) {
        int side = likely + beside[i];
        if (side < PATTERN_LEAST_SIDE || side > PATTERN_MOST_SIDE) continue;
        struct guess guess = look(picture, corners, side);
        int at = out->count++;
        for (; at > 0 && out->list[at - 1].fit < guess.fit; at--) out->list[at] = out->list[at - 1];
        out->list[at] = guess;
        best = fmaxf(best, guess.fit);
        if ((i == 0 && best < FIT_HOPELESS) || best > FIT_SURE) break;
    }
}

float grid_module_px(const struct grid *grid)
{
    const float near = 3.5f, far = (float)grid->side - near, diagonal_modules = (far - near) * 1.41421356f;
    float x_px, y_px, far_x_px, far_y_px;

    plane_map(&grid->plane, near, far, &x_px, &y_px);
    plane_map(&grid->plane, far, near, &far_x_px, &far_y_px);
    return hypotf(far_x_px - x_px, far_y_px - y_px) / diagonal_modules;
}

void grid_fit(const struct grey_picture *picture, const struct threshold *threshold, const struct triple *triple,
              struct grids *out)
{
    struct corners corners = measure_corners(picture, threshold, triple);
    struct guesses guesses;
    int likely = likely_side(&corners);

    out->count = 0;
    look_at_sizes(picture, &corners, likely, &guesses);
    if (guesses.count == 0 || guesses.list[0].fit < FIT_FIRST_LOOK) return;
    if (guesses.list[0].fit < FIT_SURE && measure_again(picture, threshold, guesses.list[0].grids[0].side, &corners))
        look_at_sizes(picture, &corners, likely, &guesses);
    for (int i = 0; i < guesses.count; i++)
        if (guesses.list[i].fit > guesses.list[0].fit - FIT_FAR_BEHIND &&
            search(picture, &corners, &guesses.list[i], out))
            break;
}
