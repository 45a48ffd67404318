#include "symbol/align.h"

#include "symbol/bilinear.h"

#include <math.h>

enum {
    STEPS = 3, // in a module
    MOST_PLACES = 2 * STEPS * ALIGN_MOST_RADIUS + 1,
    HALF_PATTERN = 2 * STEPS, // from its middle to the middle of its outer modules
    MOST_WIDTH = MOST_PLACES + 2 * HALF_PATTERN,
    LIGHT_MODULES = 8, // the ring; 17 are dark
    MODULES = 25,
};

#define FARTHER_COSTS 0.012f // of likeness, a module

// The picture around the place, straightened; as if dark on light.
struct patch {
    int width;
    float values[MOST_WIDTH * MOST_WIDTH];
};

static void take_patch(const struct grey_picture *picture, const struct plane *plane, const float expected[2],
                       int places, bool is_light, struct patch *out)
{
    int middle = (places + 2 * HALF_PATTERN) / 2;

    out->width = places + 2 * HALF_PATTERN;
    for (int j = 0; j < out->width; j++) {
        for (int i = 0; i < out->width; i++) {
            float x_px, y_px;
            plane_map(plane, expected[0] + (float)(i - middle) / STEPS, expected[1] + (float)(j - middle) / STEPS,
                      &x_px, &y_px);
            float value = bilinear(picture, x_px, y_px);
            out->values[j * out->width + i] = is_light ? -value : value;
        }
    }
}

// Correlation with the pattern whose top left module is at `from`.
static float likeness(const float *from, int width)
{
    float sum = 0, squares = 0, ring = 0;

    for (int y = 0; y < 5; y++) {
        const float *row = from + y * STEPS * width;
        for (int x = 0; x < 5; x++) {
            float value = row[x * STEPS]; // NOLINT(*-core.uninitialized.Assign): the whole patch was taken
            sum += value;
            squares += value * value;
            if (y > 0 && y < 4 && x > 0 && x < 4) ring += value;
        }
    }
    ring -= from[2 * STEPS * width + 2 * STEPS];
    float variance = squares - sum * sum / MODULES;
    if (variance < 16 * MODULES) return 0; // less than four grey values
    // Expected 1 on the ring and -1 elsewhere: their mean is taken off, their variance divided by.
    float mean = (float)(2 * LIGHT_MODULES - MODULES) / MODULES;
    return (2 * ring - sum - sum * mean) / sqrtf(variance * MODULES * (1 - mean * mean));
}

// By how much of a step the top of the parabola through three values, the middle one the highest, is off the middle.
static float top_of(float before, float middle, float after)
{
    float bend = before + after - 2 * middle;

    return bend < 0 ? (before - after) / (2 * bend) : 0;
}

// The place between the steps where the likeness is highest.
static void refine(const struct patch *patch, int i, int j, struct alignment *best)
{
    const float *at = patch->values + j * patch->width + i;
    int places = patch->width - 2 * HALF_PATTERN;
    float middle = likeness(at, patch->width);

    if (i > 0 && i < places - 1)
        best->x += top_of(likeness(at - 1, patch->width), middle, likeness(at + 1, patch->width)) / STEPS;
    if (j > 0 && j < places - 1)
        best->y +=
            top_of(likeness(at - patch->width, patch->width), middle, likeness(at + patch->width, patch->width)) /
            STEPS;
}

struct alignment align_search(const struct grey_picture *picture, const struct plane *plane, const float expected[2],
                              float radius_modules, bool is_light)
{
    struct patch patch;
    struct alignment best = {expected[0], expected[1], 0};
    float best_score = 0;
    int radius = (int)(fminf(radius_modules, ALIGN_MOST_RADIUS) * STEPS), best_i = radius, best_j = radius;

    take_patch(picture, plane, expected, 2 * radius + 1, is_light, &patch);
    for (int j = 0; j <= 2 * radius; j++) {
        for (int i = 0; i <= 2 * radius; i++) {
            float x = (float)(i - radius) / STEPS, y = (float)(j - radius) / STEPS;
            float found = likeness(patch.values + j * patch.width + i, patch.width);
            float score = found - FARTHER_COSTS * hypotf(x, y);
            if (score <= best_score) continue;
            best_score = score;
            best_i = i;
            best_j = j;
            best = (struct alignment){expected[0] + x, expected[1] + y, found};
        }
    }
    refine(&patch, best_i, best_j, &best);
    return best;
}
