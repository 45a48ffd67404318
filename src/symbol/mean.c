#include "symbol/mean.h"

// The neighbourhood's first and last place, on one axis.
static int first_near(int at, int radius)
{
    return at < radius ? 0 : at - radius;
}

static int last_near(int at, int radius, int side)
{
    return at + radius < side ? at + radius : side - 1;
}

// By sums of whole columns, which slide down row by row, and a sum of those, which slides along the row.
void mean_around(const float values[PATTERN_MAX_MODULES], int side, int radius, float out[PATTERN_MAX_MODULES])
{
    float columns[PATTERN_MOST_SIDE] = {0};
    int top = 0, bottom = -1;

    for (int y = 0; y < side; y++) {
        while (bottom < last_near(y, radius, side)) {
            bottom++;
            for (int x = 0; x < side; x++) columns[x] += values[bottom * side + x];
        }
        while (top < first_near(y, radius)) {
            for (int x = 0; x < side; x++) columns[x] -= values[top * side + x];
            top++;
        }
        float sum = 0;
        for (int x = 0, left = 0, right = -1; x < side; x++) {
            while (right < last_near(x, radius, side)) sum += columns[++right];
            while (left < first_near(x, radius)) sum -= columns[left++];
            out[y * side + x] = sum / (float)((right - left + 1) * (bottom - top + 1));
        }
    }
}
