// bilinear.h -- the grey value at a point between pixels; outside the picture, the nearest one in it. Pure.
// Coordinates as everywhere here: the middle of pixel 0 is 0.5. The picture has at least 2x2 pixels.
#ifndef EINLASS_SYMBOL_BILINEAR_H
#define EINLASS_SYMBOL_BILINEAR_H

#include "frame/shrink.h"

static inline float bilinear_clamp(float value, float most)
{
    return value > 0 ? (value < most ? value : most) : 0; // what is no number becomes 0
}

static inline float bilinear(const struct grey_picture *picture, float x_px, float y_px)
{
    float x = bilinear_clamp(x_px - 0.5f, (float)picture->width_px - 1.01f);
    float y = bilinear_clamp(y_px - 0.5f, (float)picture->height_px - 1.01f);
    int column = (int)x, row = (int)y;
    float right = x - (float)column, below = y - (float)row;
    const uint8_t *upper = picture->pixels + (long)row * picture->stride_bytes + column;
    const uint8_t *lower = upper + picture->stride_bytes;
    float above_value = (float)upper[0] + right * (float)(upper[1] - upper[0]);
    float below_value = (float)lower[0] + right * (float)(lower[1] - lower[0]);

    return above_value + below * (below_value - above_value);
}

#endif
