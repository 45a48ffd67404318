#include "code/sample.h"

#include "code/bilinear.h"
#include "code/mean.h"

enum { POINTS = 5 };

void sample_take(const struct grey_picture *picture, const struct grid *grid, struct samples *out)
{
    static const float across[POINTS] = {0.5f, 0.3f, 0.7f, 0.3f, 0.7f}, down[POINTS] = {0.5f, 0.3f, 0.3f, 0.7f, 0.7f};
    float *value = out->values;

    out->side = grid->side;
    out->is_light = grid->is_light;
    for (int y = 0; y < grid->side; y++) {
        for (int x = 0; x < grid->side; x++) {
            float sum = 0;
            for (int i = 0; i < POINTS; i++) {
                float x_px, y_px;
                plane_map(&grid->plane, (float)x + across[i], (float)y + down[i], &x_px, &y_px);
                sum += bilinear(picture, x_px, y_px);
            }
            *value++ = sum / POINTS;
        }
    }
}

// How a way differs: the neighbourhood whose mean divides dark from light, and how much a module's difference from its
// four neighbours is added again, which undoes blur.
struct way {
    int radius;
    float sharpening;
};

static float mean_of_neighbours(const struct samples *samples, int x, int y)
{
    int side = samples->side, count = 0;
    const float *value = samples->values + y * side + x;
    float sum = 0;

    if (x > 0) sum += value[-1], count++;
    if (x < side - 1) sum += value[1], count++;
    if (y > 0) sum += value[-side], count++;
    if (y < side - 1) sum += value[side], count++;
    return sum / (float)count;
}

void sample_split(const struct samples *samples, int way, uint8_t modules_out[PATTERN_MAX_MODULES])
{
    static const struct way ways[SAMPLE_WAY_COUNT] = {{9, 0}, {6, 0.7f}, {8, 1.5f}};
    float means[PATTERN_MAX_MODULES];
    int side = samples->side;

    mean_around(samples->values, side, ways[way].radius, means);
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            float value = samples->values[y * side + x];
            if (ways[way].sharpening > 0) value += ways[way].sharpening * (value - mean_of_neighbours(samples, x, y));
            bool is_dark = value < means[y * side + x];
            modules_out[y * side + x] = is_dark != samples->is_light;
        }
    }
}
