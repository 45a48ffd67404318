#include "symbol/grid.h"

#include "symbol/bilinear.h"
#include "symbol/equations.h"
#include "symbol/fitness.h"
#include "symbol/pattern.h"

#include <math.h>
#include <stdlib.h>

enum {
    FINDER_EDGES = 3 * 2 * 9 * 8,
    ALIGNMENT_EDGES = 2 * 5 * 4,
    TIMING_EDGES = 2 * PATTERN_MOST_SIDE,
    MOST_ALIGNMENTS = 13, // of version 15
    MOST_EDGES = FINDER_EDGES + MOST_ALIGNMENTS * ALIGNMENT_EDGES + TIMING_EDGES,
    LEAST_POINTS = 2,
    MOST_POINTS = 10,
    ROUNDS = 3,
    BEND_ROUNDS = 4,
};

#define LEAST_STEP 12.0f // grey values from one side of an edge to the other
#define MOST_OFF 0.5f    // modules: all that can be seen
#define LEAST_BEND 0.2f  // modules: less is noise
#define MOST_LOSS 0.01f  // of fit that is no worse

// Between a dark and a light module that are known: where it should be, and how far off it is, in modules.
struct edge {
    float x, y, off;
    bool is_down;       // between a module and the one below it; else the one to its right
    bool is_first_dark; // the upper or left one is; else the other
};

struct settling {
    const struct grey_picture *picture;
    struct grid grid;
    int points; // on the way across an edge
    size_t count;
    struct edge edges[MOST_EDGES];
};

static float value_at(const struct settling *settling, float x, float y)
{
    float x_px, y_px;

    grid_map(&settling->grid, x, y, &x_px, &y_px);
    return bilinear(settling->picture, x_px, y_px);
}

// Where it really is follows from the mean on the way from one middle to the other, as that is the share of the second.
static void add_edge(struct settling *settling, int column, int row, bool is_down, bool is_first_dark)
{
    float right = is_down ? 0 : 1, down = is_down ? 1 : 0;
    float x = (float)column + 0.5f, y = (float)row + 0.5f, sum = 0;
    float first = value_at(settling, x, y), second = value_at(settling, x + right, y + down);
    float step = is_first_dark != settling->grid.is_light ? second - first : first - second;

    if (step < LEAST_STEP) return; // damaged, or far from where it should be
    for (int i = 0; i < settling->points; i++) {
        float way = ((float)i + 0.5f) / (float)settling->points;
        sum += value_at(settling, x + right * way, y + down * way);
    }
    float off = ((first + second) / 2 - sum / (float)settling->points) / (second - first);
    off = off > MOST_OFF ? MOST_OFF : off < -MOST_OFF ? -MOST_OFF : off;
    settling->edges[settling->count++] = (struct edge){x + right / 2, y + down / 2, off, is_down, is_first_dark};
}

// Of a pattern of rings, and of what is around it if `radius` includes that.
static void add_rings(struct settling *settling, int middle_column, int middle_row, int radius, unsigned dark_rings)
{
    for (int y = -radius; y <= radius; y++) {
        for (int x = -radius; x <= radius; x++) {
            int ring = abs(x) > abs(y) ? abs(x) : abs(y);
            int right = abs(x + 1) > abs(y) ? abs(x + 1) : abs(y), below = abs(x) > abs(y + 1) ? abs(x) : abs(y + 1);
            bool is_dark = dark_rings >> ring & 1;
            if (x < radius && is_dark != (dark_rings >> right & 1))
                add_edge(settling, middle_column + x, middle_row + y, false, is_dark);
            if (y < radius && is_dark != (dark_rings >> below & 1))
                add_edge(settling, middle_column + x, middle_row + y, true, is_dark);
        }
    }
}

// Swollen dark or light moves all edges of a kind one way and all others the other way.
static void take_off_swelling(struct settling *settling)
{
    float sum = 0;

    for (size_t i = 0; i < settling->count; i++)
        sum += settling->edges[i].is_first_dark ? settling->edges[i].off : -settling->edges[i].off;
    float swelling = settling->count > 0 ? sum / (float)settling->count : 0;
    for (size_t i = 0; i < settling->count; i++)
        settling->edges[i].off -= settling->edges[i].is_first_dark ? swelling : -swelling;
}

static void add_all(struct settling *settling)
{
    int side = settling->grid.side, at[PATTERN_MAX_ALIGNMENTS];
    size_t count = pattern_alignments(side, at);

    settling->count = 0;
    add_rings(settling, 3, 3, 4, 0x0b);
    add_rings(settling, side - 4, 3, 4, 0x0b);
    add_rings(settling, 3, side - 4, 4, 0x0b);
    for (int i = 7; i < side - 8; i++) {
        add_edge(settling, i, 6, false, i % 2 == 0);
        add_edge(settling, 6, i, true, i % 2 == 0);
    }
    for (size_t row = 0; row < count; row++)
        for (size_t column = 0; column < count; column++)
            if (pattern_has_alignment(count, column, row)) add_rings(settling, at[column], at[row], 2, 0x05);
    take_off_swelling(settling);
}

// So many that none is farther than 1.5 px from the next.
static int points_across(const struct grid *grid)
{
    int points = 1 + (int)(grid_module_px(grid) / 1.5f);

    return points < LEAST_POINTS ? LEAST_POINTS : points > MOST_POINTS ? MOST_POINTS : points;
}

static struct plane_edge seen_edge(const struct grid *grid, const struct edge *edge)
{
    float right = edge->is_down ? 0 : 1, down = edge->is_down ? 1 : 0, along_x_px, along_y_px;
    float x = edge->x + right * edge->off, y = edge->y + down * edge->off;
    struct plane_edge seen = {.point = {.weight = 1}};

    seen.point.x = grid_bent(&grid->across, grid->side, edge->x);
    seen.point.y = grid_bent(&grid->down, grid->side, edge->y);
    grid_map(grid, x, y, &seen.point.x_px, &seen.point.y_px);
    grid_map(grid, x + down, y + right, &along_x_px, &along_y_px);
    float length_px = hypotf(along_x_px - seen.point.x_px, along_y_px - seen.point.y_px);
    seen.across_x = (along_y_px - seen.point.y_px) / length_px;
    seen.across_y = (seen.point.x_px - along_x_px) / length_px;
    return seen;
}

static bool settle_plane(struct settling *settling)
{
    struct plane_edge seen[MOST_EDGES];

    add_all(settling);
    for (size_t i = 0; i < settling->count; i++) seen[i] = seen_edge(&settling->grid, &settling->edges[i]);
    return plane_fit_edges(seen, settling->count, (float)settling->grid.side, &settling->grid.plane);
}

// What is off in one direction, as a cubic of the place in it.
static bool settle_bend(const struct settling *settling, bool is_down, struct grid_bend *bend)
{
    struct equations equations;
    double terms[GRID_BEND_TERMS];

    equations_begin(&equations, GRID_BEND_TERMS);
    for (size_t i = 0; i < settling->count; i++) {
        const struct edge *edge = &settling->edges[i];
        if (edge->is_down != is_down) continue;
        double t = 2 * (double)(is_down ? edge->y : edge->x) / settling->grid.side - 1;
        equations_add(&equations, (double[]){1, t, t * t, t * t * t}, (double)edge->off, 1);
    }
    if (!equations_solve(&equations, terms)) return false;
    for (int i = 0; i < GRID_BEND_TERMS; i++) bend->terms[i] += (float)terms[i];
    return true;
}

void grid_settle(const struct grey_picture *picture, struct grid *grid)
{
    struct settling settling = {.picture = picture, .grid = *grid, .points = points_across(grid)};
    struct grid *moved = &settling.grid;

    for (int round = 0; round < ROUNDS; round++)
        if (!settle_plane(&settling)) return;
    moved->fit = fitness_of(picture, &moved->plane, moved->side, moved->is_light);
    if (moved->fit > grid->fit - MOST_LOSS) *grid = *moved;
}

static float size_of(const struct grid_bend *bend)
{
    return fabsf(bend->terms[2]) + fabsf(bend->terms[3]);
}

bool grid_bend(const struct grey_picture *picture, struct grid *grid)
{
    struct settling settling = {.picture = picture, .grid = *grid, .points = points_across(grid)};
    struct grid *bent = &settling.grid;

    for (int round = 0; round < BEND_ROUNDS; round++) {
        add_all(&settling);
        if (!settle_bend(&settling, false, &bent->across) || !settle_bend(&settling, true, &bent->down)) return false;
        if (!settle_plane(&settling)) return false;
    }
    if (size_of(&bent->across) + size_of(&bent->down) < LEAST_BEND) return false;
    *grid = *bent;
    return true;
}
