#include "symbol/reach.h"

#include "symbol/bilinear.h"

enum { EDGES = 3 };

#define STEP_PX 0.5f
#define FARTHEST_MODULES 6.5f

static bool is_inside(const struct grey_picture *picture, float x_px, float y_px)
{
    return x_px >= 0 && y_px >= 0 && x_px < (float)picture->width_px && y_px < (float)picture->height_px;
}

// How much lighter than the threshold a point is.
static float lightness(const struct grey_picture *picture, const struct threshold *threshold, float x_px, float y_px)
{
    int block = (int)y_px / THRESHOLD_BLOCK_PX * threshold->columns + (int)x_px / THRESHOLD_BLOCK_PX;

    return bilinear(picture, x_px, y_px) - (float)threshold->values[block];
}

float reach_of(const struct grey_picture *picture, const struct threshold *threshold, const struct finder *finder,
               struct direction direction)
{
    float edges[EDGES], previous = 0;
    int count = 0;
    float far = finder->module_px * FARTHEST_MODULES;

    for (float at = 0; at < far && count < EDGES; at += STEP_PX) {
        float x_px = finder->x_px + direction.x * at, y_px = finder->y_px + direction.y * at;
        if (!is_inside(picture, x_px, y_px)) return -1;
        float light = lightness(picture, threshold, x_px, y_px);
        bool is_pattern = (light < 0) != finder->is_light, is_wanted = count == 1;
        if (is_pattern == is_wanted) { // crossed since the last step, where the two values say
            float share = at > 0 && light != previous ? light / (light - previous) : 0;
            edges[count++] = at - STEP_PX * bilinear_clamp(share, 1);
        }
        previous = light;
    }
    if (count < EDGES) return -1;
    return (edges[0] + 2 * edges[1] + edges[2]) * 0.35f; // the sum is ten modules
}
