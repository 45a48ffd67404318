#include "symbol/fitness.h"

#include "symbol/bilinear.h"
#include "symbol/pattern.h"

#include <math.h>
#include <stdlib.h>

enum { FINDER_WIDTH = 8, ALIGNMENT_WIDTH = 5, MOST_SAMPLES = FINDER_WIDTH * FINDER_WIDTH };

// What a finder counts is 1.
#define WEIGHT_TIMING 1.6f
#define WEIGHT_ALIGNMENT 1.2f

// Grey values of a pattern and what should be there: 1 for light, -1 for dark.
struct comparison {
    int count;
    float sum, sum_squares, sum_expected, sum_products;
};

static void compare(struct comparison *comparison, float value, bool is_dark)
{
    float expected = is_dark ? -1.0f : 1.0f;

    comparison->count++;
    comparison->sum += value;
    comparison->sum_squares += value * value;
    comparison->sum_expected += expected;
    comparison->sum_products += value * expected;
}

static float correlation(const struct comparison *c)
{
    float n = (float)c->count;
    float variance = c->sum_squares - c->sum * c->sum / n;

    if (variance < 4 * n) return 0; // less than two grey values: flat
    return (c->sum_products - c->sum * c->sum_expected / n) /
           sqrtf(variance * (n - c->sum_expected * c->sum_expected / n));
}

static float module_at(const struct grey_picture *picture, const struct plane *plane, int column, int row)
{
    float x_px, y_px;

    plane_map(plane, (float)column + 0.5f, (float)row + 0.5f, &x_px, &y_px);
    return bilinear(picture, x_px, y_px);
}

// Rings around a middle, out to `radius`; only inside the symbol.
static float rings(const struct grey_picture *picture, const struct plane *plane, int side, const int middle[2],
                   unsigned dark_rings)
{
    struct comparison comparison = {0};
    int radius = dark_rings > 7 ? 4 : 2; // a finder's separator belongs to it

    for (int y = -radius; y <= radius; y++) {
        for (int x = -radius; x <= radius; x++) {
            int column = middle[0] + x, row = middle[1] + y, ring = abs(x) > abs(y) ? abs(x) : abs(y);
            if (column < 0 || row < 0 || column >= side || row >= side) continue;
            compare(&comparison, module_at(picture, plane, column, row), dark_rings >> ring & 1);
        }
    }
    return correlation(&comparison);
}

static float finders(const struct grey_picture *picture, const struct plane *plane, int side)
{
    return rings(picture, plane, side, (int[]){3, 3}, 0x0b) + rings(picture, plane, side, (int[]){side - 4, 3}, 0x0b) +
           rings(picture, plane, side, (int[]){3, side - 4}, 0x0b);
}

// Steps from module to module, as they should go less as they shouldn't, as a share of all.
static float timing(const struct grey_picture *picture, const struct plane *plane, int side, bool is_down)
{
    float right = 0, all = 0, previous = 0;

    for (int i = FINDER_WIDTH; i < side - FINDER_WIDTH; i++) {
        float value = is_down ? module_at(picture, plane, 6, i) : module_at(picture, plane, i, 6);
        float step = i & 1 ? value - previous : previous - value;
        if (i > FINDER_WIDTH) right += step, all += fabsf(step);
        previous = value;
    }
    return all > 2 * (float)side ? right / all : 0;
}

static float alignments(const struct grey_picture *picture, const struct plane *plane, int side)
{
    int at[PATTERN_MAX_ALIGNMENTS];
    size_t count = pattern_alignments(side, at);
    float sum = 0;
    int patterns = 0;

    for (size_t row = 0; row < count; row++) {
        for (size_t column = 0; column < count; column++) {
            if (!pattern_has_alignment(count, column, row)) continue;
            sum += rings(picture, plane, side, (int[]){at[column], at[row]}, 0x05);
            patterns++;
        }
    }
    return patterns ? sum / (float)patterns : 0;
}

float fitness_of(const struct grey_picture *picture, const struct plane *plane, int side, bool is_light)
{
    float sum = finders(picture, plane, side);
    float weight = 3 + WEIGHT_TIMING;

    sum += WEIGHT_TIMING / 2 * (timing(picture, plane, side, false) + timing(picture, plane, side, true));
    if (side > PATTERN_LEAST_SIDE) {
        sum += WEIGHT_ALIGNMENT * alignments(picture, plane, side);
        weight += WEIGHT_ALIGNMENT;
    }
    return (is_light ? -sum : sum) / weight;
}
