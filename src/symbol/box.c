#include "symbol/box.h"

#include <math.h>

static int clamp(float value, int most)
{
    return value > 0 ? (value < (float)most ? (int)value : most) : 0; // what is no number becomes 0
}

struct box box_around(const float x_px[4], const float y_px[4], float factor, const struct frame *frame)
{
    float left = x_px[0], right = x_px[0], top = y_px[0], bottom = y_px[0];

    for (int i = 1; i < 4; i++) {
        left = fminf(left, x_px[i]);
        right = fmaxf(right, x_px[i]);
        top = fminf(top, y_px[i]);
        bottom = fmaxf(bottom, y_px[i]);
    }
    float more_x = (right - left) * (factor - 1) / 2, more_y = (bottom - top) * (factor - 1) / 2;
    struct box box = {clamp(left - more_x, frame->width_px), clamp(top - more_y, frame->height_px), 0, 0};
    box.width_px = clamp(right + more_x, frame->width_px) - box.left_px;
    box.height_px = clamp(bottom + more_y, frame->height_px) - box.top_px;
    return box;
}
