#include "symbol/sample.h"

#include "symbol/bilinear.h"
#include "symbol/mean.h"

// One point a module: bilinear, it is the mean of the middle of a small module; noise in a large one is for the smaller
// levels of the picture. (Five points read no more and took four times as long.)
void sample_take(const struct grey_picture *picture, const struct grid *grid, struct samples *out)
{
    float *value = out->values;

    out->side = grid->side;
    out->is_light = grid->is_light;
    for (int y = 0; y < grid->side; y++) {
        for (int x = 0; x < grid->side; x++) {
            float x_px, y_px;
            grid_map(grid, (float)x + 0.5f, (float)y + 0.5f, &x_px, &y_px);
            *value++ = bilinear(picture, x_px, y_px);
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
    static const struct way ways[SAMPLE_WAY_COUNT] = {{6, 0.7f}, {9, 0}, {8, 1.5f}};
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
