#include "frame/shrink.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static int64_t overlap(int64_t from, int64_t to, int64_t low, int64_t high)
{
    return (to < high ? to : high) - (from > low ? from : low);
}

// One new pixel. Lengths are counted in parts of an old pixel so small that all borders are whole numbers:
// an old pixel is to_width (to_height) parts wide, a new one as many as the old picture has pixels.
static uint8_t area_mean(const struct grey_picture *from, int x, int y, int to_width, int to_height)
{
    int64_t left = (int64_t)x * from->width_px, right = left + from->width_px;
    int64_t top = (int64_t)y * from->height_px, bottom = top + from->height_px;
    int64_t area = (int64_t)from->width_px * from->height_px;
    int64_t sum = area / 2; // rounds

    for (int64_t row = top / to_height; row * to_height < bottom; row++) {
        const uint8_t *pixels = from->pixels + row * from->stride_bytes;
        int64_t row_sum = 0;
        for (int64_t column = left / to_width; column * to_width < right; column++)
            row_sum += pixels[column] * overlap(column * to_width, (column + 1) * to_width, left, right);
        sum += row_sum * overlap(row * to_height, (row + 1) * to_height, top, bottom);
    }
    return (uint8_t)(sum / area);
}

void shrink_area(const struct grey_picture *from, uint8_t *to, int width_px, int height_px)
{
    for (int y = 0; y < height_px; y++)
        for (int x = 0; x < width_px; x++) *to++ = area_mean(from, x, y, width_px, height_px);
}

void shrink_half(const struct grey_picture *from, uint8_t *restrict to)
{
    ptrdiff_t width = from->width_px / 2, height = from->height_px / 2;

    for (ptrdiff_t y = 0; y < height; y++) {
        const uint8_t *restrict upper = from->pixels + 2 * y * from->stride_bytes;
        const uint8_t *restrict lower = upper + from->stride_bytes;
        for (ptrdiff_t x = 0; x < width; x++)
            to[x] = (uint8_t)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
        to += width;
    }
}

static int scaled(int length, double factor)
{
    int result = (int)(length * factor);

    if (result > FRAME_MAX_PIXELS) return FRAME_MAX_PIXELS;
    return result > 0 ? result : 1;
}

void shrink_to_frame(const struct grey_picture *from, struct frame *frame)
{
    double pixels = (double)from->width_px * from->height_px;
    size_t width = (size_t)from->width_px;

    if (pixels <= FRAME_MAX_PIXELS) {
        frame->width_px = from->width_px;
        frame->height_px = from->height_px;
        for (int y = 0; y < from->height_px; y++)
            memcpy(frame->pixels + (size_t)y * width, from->pixels + (ptrdiff_t)y * from->stride_bytes, width);
        return;
    }
    double factor = sqrt(FRAME_MAX_PIXELS / pixels);
    frame->width_px = scaled(from->width_px, factor);
    frame->height_px = scaled(from->height_px, factor);
    // A strip one pixel high can't shrink in both directions.
    if (frame->width_px > FRAME_MAX_PIXELS / frame->height_px) frame->width_px = FRAME_MAX_PIXELS / frame->height_px;
    if (frame->height_px > FRAME_MAX_PIXELS / frame->width_px) frame->height_px = FRAME_MAX_PIXELS / frame->width_px;
    shrink_area(from, frame->pixels, frame->width_px, frame->height_px);
}
