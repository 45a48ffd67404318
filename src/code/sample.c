#include "code/sample.h"

#include "code/bilinear.h"

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

static int least(int a, int b)
{
    return a < b ? a : b;
}

// Sums of the rectangles from the top left corner (Crow 1984, "Summed-area tables").
struct sums {
    int width;
    float values[(PATTERN_MOST_SIDE + 1) * (PATTERN_MOST_SIDE + 1)];
};

static void add_up(const struct samples *samples, struct sums *out)
{
    int side = samples->side, width = side + 1;

    out->width = width;
    for (int x = 0; x < width; x++) out->values[x] = 0;
    for (int y = 0; y < side; y++) {
        float sum = 0;
        out->values[(y + 1) * width] = 0;
        for (int x = 0; x < side; x++) {
            sum += samples->values[y * side + x];
            out->values[(y + 1) * width + x + 1] = out->values[y * width + x + 1] + sum;
        }
    }
}

static float mean_around(const struct sums *sums, int x, int y, int radius)
{
    int side = sums->width - 1, left = x < radius ? 0 : x - radius, top = y < radius ? 0 : y - radius;
    int right = least(x + radius + 1, side), bottom = least(y + radius + 1, side);
    const float *upper = sums->values + top * sums->width, *lower = sums->values + bottom * sums->width;

    return (lower[right] - lower[left] - upper[right] + upper[left]) / (float)((right - left) * (bottom - top));
}

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
    static const struct way ways[SAMPLE_WAY_COUNT] = {{9, 0}, {6, 0.7f}, {8, 1.5f}, {4, 0.35f}};
    struct sums sums;
    int side = samples->side;

    add_up(samples, &sums);
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            float value = samples->values[y * side + x];
            if (ways[way].sharpening > 0) value += ways[way].sharpening * (value - mean_of_neighbours(samples, x, y));
            bool is_dark = value < mean_around(&sums, x, y, ways[way].radius);
            modules_out[y * side + x] = is_dark != samples->is_light;
        }
    }
}
