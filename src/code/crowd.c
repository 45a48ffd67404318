#include "code/crowd.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS = 5, ROW_STEP = 2, MEAN_REACH_PX = 48, LEAST_CONTRAST = 48 };

// The lengths of the last five runs of dark and light pixels.
struct runs {
    int lengths_px[RUNS];
};

static void push(struct runs *runs, int length_px)
{
    memmove(runs->lengths_px, runs->lengths_px + 1, (RUNS - 1) * sizeof runs->lengths_px[0]);
    runs->lengths_px[RUNS - 1] = length_px;
}

// 1:1:3:1:1, seen in pairs from edge to like edge, which stay as long as they are when ink or blur makes dark wider.
static bool is_finder(const struct runs *runs)
{
    static const int pair_modules[RUNS - 1] = {2, 4, 4, 2};
    const int *lengths_px = runs->lengths_px;
    int total_px = 0;

    for (int i = 0; i < RUNS; i++) total_px += lengths_px[i];
    if (total_px < 7 || lengths_px[0] == 0) return false;
    for (int i = 0; i < RUNS - 1; i++) // in sevenths of a pixel: total_px is the size of a module
        if (2 * abs(7 * (lengths_px[i] + lengths_px[i + 1]) - pair_modules[i] * total_px) > total_px) return false;
    return true;
}

// A line through a picture, down or aslant: (x, y) at 0, then dx to the right and 1 down with each step.
struct line {
    const struct grey_picture *picture;
    int x, y, dx, threshold;
};

// Length of the run of pixels that are dark (or light) from `from` on along the line.
static int run_along(const struct line *line, int from, int step, bool is_dark)
{
    const struct grey_picture *picture = line->picture;
    int at = from;

    for (;; at += step) {
        int x = line->x + at * line->dx, y = line->y + at;
        if (x < 0 || x >= picture->width_px || y < 0 || y >= picture->height_px) break;
        if ((picture->pixels[(ptrdiff_t)y * picture->stride_bytes + x] < line->threshold) != is_dark) break;
    }
    return abs(at - from);
}

// Whether the line crosses a pattern, dark or light, around its 0. Then the pattern's middle is at `middle`.
static bool is_finder_along(const struct line *line, bool is_dark, int *middle)
{
    int up = run_along(line, 0, -1, is_dark), down = run_along(line, 1, 1, is_dark);
    int ring_up = run_along(line, -up, -1, !is_dark), ring_down = run_along(line, 1 + down, 1, !is_dark);
    int end_up = run_along(line, -up - ring_up, -1, is_dark);
    int end_down = run_along(line, 1 + down + ring_down, 1, is_dark);
    struct runs runs = {{end_up, ring_up, up + down, ring_down, end_down}};

    *middle = (down - up + 1) / 2;
    return is_finder(&runs);
}

// Squares one in the other are 1:1:3:1:1 on any line through their middle, however they are turned.
static bool is_solid(const struct line *down, bool is_dark)
{
    struct line falling = *down, rising = *down;
    int middle;

    falling.dx = 1;
    rising.dx = -1;
    return is_finder_along(&falling, is_dark, &middle) && is_finder_along(&rising, is_dark, &middle);
}

static bool is_marked_near(const struct crowd *crowd, int column, int row)
{
    for (int r = row - 1; r <= row + 1; r++)
        for (int c = column - 1; c <= column + 1; c++)
            if (r >= 0 && c >= 0 && r < crowd->rows && c < crowd->columns && crowd->cells[r * crowd->columns + c])
                return true;
    return false;
}

static void mark(struct crowd *crowd, const struct line *line, bool is_dark)
{
    int column = line->x / CROWD_CELL_PX, row = line->y / CROWD_CELL_PX;

    if (is_marked_near(crowd, column, row)) return;
    crowd->cells[row * crowd->columns + column] = 1;
    crowd->count++;
    crowd->solid_count += is_solid(line, is_dark);
}

static void end_run(const struct grey_picture *picture, struct crowd *crowd, const struct runs *runs, int x, int y,
                    int threshold, bool is_dark)
{
    if (!is_finder(runs)) return;
    int middle_x = x - runs->lengths_px[4] - runs->lengths_px[3] - runs->lengths_px[2] / 2 - 1;
    struct line line = {picture, middle_x, y, 0, threshold};
    int middle;
    if (middle_x < 0 || !is_finder_along(&line, is_dark, &middle)) return;
    line.y += middle;
    mark(crowd, &line, is_dark);
}

// Dark is what is darker than the mean of its neighbours in the row. Pixels near the mean belong to the run before.
static void count_row(const struct grey_picture *picture, struct crowd *crowd, int y)
{
    const uint8_t *row = picture->pixels + (ptrdiff_t)y * picture->stride_bytes;
    int width = picture->width_px, sum = 0, from = 0, to = 0, length = 0;
    bool was_dark = false;
    struct runs runs = {{0}};

    for (int x = 0; x < width; x++) {
        while (to < width && to <= x + MEAN_REACH_PX) sum += row[to++];
        while (from < x - MEAN_REACH_PX) sum -= row[from++];
        int mean = sum / (to - from);
        bool is_dark = was_dark ? row[x] < mean + LEAST_CONTRAST / 2 : row[x] < mean - LEAST_CONTRAST / 2;
        if (is_dark != was_dark) {
            push(&runs, length);
            end_run(picture, crowd, &runs, x, y, mean, was_dark);
            length = 0;
        }
        was_dark = is_dark;
        length++;
    }
}

void crowd_count(const struct grey_picture *picture, struct crowd *out)
{
    int columns = picture->width_px / CROWD_CELL_PX + 1, rows = picture->height_px / CROWD_CELL_PX + 1;

    out->columns = out->rows = out->count = out->solid_count = 0;
    if ((int64_t)columns * rows > CROWD_MOST_CELLS) return; // a strip
    out->columns = columns;
    out->rows = rows;
    memset(out->cells, 0, (size_t)columns * (size_t)rows);
    for (int y = 0; y < picture->height_px; y += ROW_STEP) count_row(picture, out, y);
}

static int count_in(const struct crowd *crowd, const struct crowd_part *part)
{
    int count = 0;
    int right = (part->left_px + part->width_px - 1) / CROWD_CELL_PX;
    int bottom = (part->top_px + part->height_px - 1) / CROWD_CELL_PX;

    for (int row = part->top_px / CROWD_CELL_PX; row <= bottom; row++)
        for (int column = part->left_px / CROWD_CELL_PX; column <= right; column++)
            count += crowd->cells[row * crowd->columns + column];
    return count;
}

// To three quarters of the length, so that the place stays where it is in the part, as a share.
static void narrow(int *start_px, int *length_px, double place)
{
    int less_px = *length_px / 4 > 0 ? *length_px / 4 : 1;

    *start_px += (int)(less_px * place);
    *length_px -= less_px;
}

// The n-th multiple of an irrational number, without its whole part: visits 0 … 1 evenly. Stretched a little over both
// ends, or the borders would seldom have their turn.
static double place_of(unsigned turn, double irrational)
{
    double place = turn * irrational;

    place = (place - (double)(int64_t)place) * 1.2 - 0.1;
    return place < 0 ? 0 : place > 1 ? 1 : place;
}

struct crowd_part crowd_choose(const struct crowd *crowd, const struct grey_picture *picture, int most, unsigned turn)
{
    struct crowd_part part = {0, 0, picture->width_px, picture->height_px};
    double x = place_of(turn, 0.6180339887498949), y = place_of(turn, 0.4142135623730951);

    if (crowd->count <= most) return part;
    while (part.width_px > CROWD_CELL_PX && part.height_px > CROWD_CELL_PX && count_in(crowd, &part) > most) {
        if (part.width_px >= part.height_px) narrow(&part.left_px, &part.width_px, x);
        else narrow(&part.top_px, &part.height_px, y);
    }
    return part;
}
