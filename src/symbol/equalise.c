#include "symbol/equalise.h"

#include "base/mem.h"
#include "symbol/bilinear.h"
#include "symbol/equations.h"
#include "symbol/mean.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    FINE = 2,        // samples a module
    LONG = 6 * FINE, // of the filter along the smear, and across it: three modules to each side, and one and a half
    SHORT = 3 * FINE,
    TAPS = LONG * SHORT + 1, // the last stands for what all have in common
    PADDED = (TAPS + 3) / 4 * 4,
    MARGIN = LONG / 2 / FINE, // modules around the symbol that the filter sees
    MOST_WIDTH = (PATTERN_MOST_SIDE + 2 * MARGIN) * FINE,
    MEAN_RADIUS = 8,
};

#define RIDGE 0.02f       // keeps the filter small where the modules don't tell
#define WEIGHT_KNOWN 4.0f // of a known module; a guessed one's is 1 at most
#define MOST_ERROR                                                                                                     \
    0.35f // mean square on known modules, of 1: smeared symbols were seen with 0.05 to 0.34, others from 0.5

struct equaliser {
    int side, width, columns, rows; // of modules; of fine samples; of the filter
    bool is_known[PATTERN_MAX_MODULES];
    uint8_t pattern[PATTERN_MAX_MODULES], stamped[PATTERN_MAX_MODULES];
    float fine[MOST_WIDTH * MOST_WIDTH]; // darkness against the mean around
    float values[PATTERN_MAX_MODULES], means[PATTERN_MAX_MODULES];
    float told[PATTERN_MAX_MODULES]; // darkness as the filter tells it, -1 … 1
    float filter[TAPS];
    float left[TAPS][PADDED], right[TAPS]; // sums of the least squares; rows are padded for SIMD registers
    struct equations equations;
};

enum status equaliser_open(struct equaliser **out)
{
    *out = mem_zero(sizeof **out);
    return STATUS_OK;
}

void equaliser_close(struct equaliser *equaliser)
{
    free(equaliser);
}

// Known is what stamping gives whatever was there before, whichever the format: words that differ in one bit of the
// number differ, between them, in every bit of the word.
static void find_known(struct equaliser *e)
{
    static const int formats[] = {0, 1, 2, 4, 8, 16};
    size_t count = (size_t)e->side * (size_t)e->side;

    memset(e->pattern, 0, count);
    pattern_stamp(e->pattern, e->side, false, 0);
    memset(e->is_known, true, count);
    for (size_t i = 0; i < 2 * sizeof formats / sizeof formats[0]; i++) {
        memset(e->stamped, 1, count);
        pattern_stamp(e->stamped, e->side, i & 1, formats[i / 2]);
        for (size_t k = 0; k < count; k++) e->is_known[k] &= e->stamped[k] == e->pattern[k];
    }
}

static void take_fine(const struct grey_picture *picture, const struct grid *grid, struct equaliser *e)
{
    float *fine = e->fine;

    for (int y = 0; y < e->width; y++) {
        for (int x = 0; x < e->width; x++) {
            float x_px, y_px;
            grid_map(grid, ((float)x + 0.5f) / FINE - MARGIN, ((float)y + 0.5f) / FINE - MARGIN, &x_px, &y_px);
            *fine++ = bilinear(picture, x_px, y_px);
        }
    }
}

static float *fine_at(struct equaliser *e, int column, int row)
{
    return e->fine + (row + MARGIN) * FINE * e->width + (column + MARGIN) * FINE;
}

static int clamp(int value, int most)
{
    return value < 0 ? 0 : value > most ? most : value;
}

// Light is uneven: only the difference from the mean around counts. Then all as shares of the mean difference.
static void level(struct equaliser *e, bool is_light)
{
    float sum = 0.001f;

    for (int y = 0; y < e->side; y++) {
        for (int x = 0; x < e->side; x++) {
            const float *at = fine_at(e, x, y);
            e->values[y * e->side + x] = (at[0] + at[1] + at[e->width] + at[e->width + 1]) / 4;
        }
    }
    mean_around(e->values, e->side, MEAN_RADIUS, e->means);
    for (int i = 0; i < e->side * e->side; i++) sum += fabsf(e->values[i] - e->means[i]);
    float scale = (is_light ? 1.0f : -1.0f) * (float)(e->side * e->side) / sum;
    for (int y = 0; y < e->width; y++) {
        int row = clamp(y / FINE - MARGIN, e->side - 1);
        for (int x = 0; x < e->width; x++) {
            float *fine = e->fine + y * e->width + x;
            *fine = scale * (*fine - e->means[row * e->side + clamp(x / FINE - MARGIN, e->side - 1)]);
        }
    }
}

// What the filter sees around one module.
static void take_row(struct equaliser *e, int column, int row, float out[PADDED])
{
    const float *from = fine_at(e, column, row) - (e->rows / 2 - 1) * e->width - (e->columns / 2 - 1);
    int count = 0;

    for (int y = 0; y < e->rows; y++, from += e->width)
        for (int x = 0; x < e->columns; x++) out[count++] = from[x];
    out[count++] = 1;
    while (count < PADDED) out[count++] = 0;
}

static void add_row(struct equaliser *e, const float row[PADDED], float weight, float wanted)
{
    for (int i = 0; i < TAPS; i++) {
        float factor = weight * row[i];
        float *left = e->left[i];
        for (int k = 0; k < PADDED; k++) left[k] += factor * row[k];
        e->right[i] += factor * wanted;
    }
}

static bool solve(struct equaliser *e, float weight)
{
    double filter[TAPS];

    equations_begin(&e->equations, TAPS);
    for (int i = 0; i < TAPS; i++) {
        for (int k = i; k < TAPS; k++) e->equations.rows[i][k] = (double)e->left[i][k];
        e->equations.rows[i][i] += (double)(RIDGE * weight);
        e->equations.rows[i][TAPS] = (double)e->right[i];
    }
    if (!equations_solve(&e->equations, filter)) return false;
    for (int i = 0; i < TAPS; i++) e->filter[i] = (float)filter[i];
    return true;
}

static void tell(struct equaliser *e)
{
    float row[PADDED];

    for (int i = 0; i < e->side * e->side; i++) {
        take_row(e, i % e->side, i / e->side, row);
        e->told[i] = 0;
        for (int k = 0; k < TAPS; k++) e->told[i] += e->filter[k] * row[k];
    }
}

static float weigh(const struct equaliser *e, int at, bool is_first)
{
    float sureness = fminf(fabsf(e->told[at]), 1);

    if (is_first) return e->is_known[at] ? 1 : 0;
    return e->is_known[at] ? WEIGHT_KNOWN : sureness * sureness;
}

static bool train(struct equaliser *e, const uint8_t wanted[], bool is_first)
{
    float row[PADDED], sum = 0;

    memset(e->left, 0, sizeof e->left);
    memset(e->right, 0, sizeof e->right);
    for (int i = 0; i < e->side * e->side; i++) {
        float weight = weigh(e, i, is_first);
        if (weight == 0) continue;
        take_row(e, i % e->side, i / e->side, row);
        add_row(e, row, weight, wanted[i] ? 1 : -1);
        sum += weight;
    }
    if (!solve(e, sum)) return false;
    tell(e);
    return true;
}

static float measure_error(const struct equaliser *e)
{
    float sum = 0;
    int count = 0;

    for (int i = 0; i < e->side * e->side; i++) {
        if (!e->is_known[i]) continue;
        float error = e->told[i] - (e->pattern[i] ? 1 : -1);
        sum += error * error;
        count++;
    }
    return sum / (float)count;
}

bool equaliser_train(struct equaliser *e, const struct grey_picture *picture, const struct grid *grid, bool is_upright,
                     uint8_t modules_out[PATTERN_MAX_MODULES])
{
    e->side = grid->side;
    e->width = (grid->side + 2 * MARGIN) * FINE;
    e->columns = is_upright ? SHORT : LONG;
    e->rows = is_upright ? LONG : SHORT;
    find_known(e);
    take_fine(picture, grid, e);
    level(e, grid->is_light);
    if (!train(e, e->pattern, true) || measure_error(e) > MOST_ERROR) return false;
    for (int i = 0; i < e->side * e->side; i++) modules_out[i] = e->told[i] > 0;
    return true;
}

void equaliser_train_again(struct equaliser *e, uint8_t modules[PATTERN_MAX_MODULES])
{
    if (!train(e, modules, false)) return;
    for (int i = 0; i < e->side * e->side; i++) modules[i] = e->told[i] > 0;
}
