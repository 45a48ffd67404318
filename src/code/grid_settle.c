#include "code/grid.h"

#include "code/bilinear.h"
#include "code/fitness.h"
#include "code/pattern.h"

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
};

#define LEAST_STEP 12.0f // grey values from one side of an edge to the other
#define MOST_LOSS 0.01f  // of fit that is no worse

struct settling {
    const struct grey_picture *picture;
    const struct grid *grid;
    int points; // on the way across an edge
    size_t count;
    struct plane_edge edges[MOST_EDGES];
};

static float value_at(const struct settling *settling, float x, float y)
{
    float x_px, y_px;

    plane_map(&settling->grid->plane, x, y, &x_px, &y_px);
    return bilinear(settling->picture, x_px, y_px);
}

// The edge between the module and its neighbour, to the right or below, of which one is dark and the other light. Where
// it really is follows from the mean on the way from one middle to the other, as that is the share of the second.
static void add_edge(struct settling *settling, int column, int row, bool is_down, bool is_first_dark)
{
    float right = is_down ? 0 : 1, down = is_down ? 1 : 0;
    float x = (float)column + 0.5f, y = (float)row + 0.5f;
    float first = value_at(settling, x, y), second = value_at(settling, x + right, y + down);
    float step = is_first_dark != settling->grid->is_light ? second - first : first - second;

    if (step < LEAST_STEP) return; // damaged, or far from where it should be
    float edge_x = x + right / 2, edge_y = y + down / 2;
    float sum = 0;
    for (int i = 0; i < settling->points; i++) {
        float way = ((float)i + 0.5f) / (float)settling->points;
        sum += value_at(settling, x + right * way, y + down * way);
    }
    float off = ((first + second) / 2 - sum / (float)settling->points) / (second - first);
    off = off > 0.5f ? 0.5f : off < -0.5f ? -0.5f : off;
    struct plane_edge *edge = &settling->edges[settling->count++];
    float along_x_px, along_y_px;
    edge->point = (struct plane_point){edge_x, edge_y, 0, 0, 1};
    plane_map(&settling->grid->plane, edge_x + right * off, edge_y + down * off, &edge->point.x_px, &edge->point.y_px);
    plane_map(&settling->grid->plane, edge_x + right * off + down, edge_y + down * off + right, &along_x_px,
              &along_y_px);
    edge->across_x = along_y_px - edge->point.y_px;
    edge->across_y = edge->point.x_px - along_x_px;
    float length_px = hypotf(edge->across_x, edge->across_y);
    edge->across_x /= length_px;
    edge->across_y /= length_px;
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

static void add_all(struct settling *settling)
{
    int side = settling->grid->side, at[PATTERN_MAX_ALIGNMENTS];
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
}

// So many that none is farther than 1.5 px from the next.
static int points_across(const struct grid *grid)
{
    float far = (float)grid->side - 3.5f, x_px, y_px, far_x_px, far_y_px;

    plane_map(&grid->plane, 3.5f, far, &x_px, &y_px);
    plane_map(&grid->plane, far, 3.5f, &far_x_px, &far_y_px);
    float module_px = hypotf(far_x_px - x_px, far_y_px - y_px) * 0.7f / (far - 3.5f);
    int points = 1 + (int)(module_px / 1.5f);
    return points < LEAST_POINTS ? LEAST_POINTS : points > MOST_POINTS ? MOST_POINTS : points;
}

void grid_settle(const struct grey_picture *picture, struct grid *grid)
{
    struct settling settling = {.picture = picture};
    struct grid moved = *grid;

    settling.grid = &moved;
    settling.points = points_across(grid);
    for (int round = 0; round < ROUNDS; round++) {
        add_all(&settling);
        if (!plane_fit_edges(settling.edges, settling.count, (float)moved.side, &moved.plane)) return;
    }
    moved.fit = fitness_of(picture, &moved.plane, moved.side, moved.is_light);
    if (moved.fit > grid->fit - MOST_LOSS) *grid = moved;
}
