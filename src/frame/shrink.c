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

// New pixels that are made at once: a fixed number, a multiple of every SIMD register, so that the compiler needs no
// remainder and makes vectors of the loops even at -O2. The last ones of a row begin earlier instead.
enum { STRIP_PX = 32 };

static void halve_strip(const uint8_t *restrict upper, const uint8_t *restrict lower, uint8_t *restrict to)
{
    for (int x = 0; x < STRIP_PX; x++)
        to[x] = (uint8_t)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
}

static void third_strip(const uint8_t *restrict upper, ptrdiff_t stride, uint8_t *restrict to)
{
    const uint8_t *restrict middle = upper + stride, *restrict lower = middle + stride;
    uint16_t sums[3 * STRIP_PX];

    for (int x = 0; x < 3 * STRIP_PX; x++) sums[x] = (uint16_t)(upper[x] + middle[x] + lower[x]);
    for (int x = 0; x < STRIP_PX; x++)
        to[x] = (uint8_t)((sums[3 * x] + sums[3 * x + 1] + sums[3 * x + 2] + 4) * 7282 >> 16); // a ninth
}

static int last_strip(int x, int width_px)
{
    return x + STRIP_PX < width_px ? x : width_px - STRIP_PX;
}

void shrink_half(const struct grey_picture *from, uint8_t *to)
{
    int width = from->width_px / 2, height = from->height_px / 2;

    if (width < STRIP_PX) {
        shrink_area(&(struct grey_picture){from->pixels, 2 * width, 2 * height, from->stride_bytes}, to, width, height);
        return;
    }
    for (int y = 0; y < height; y++, to += width) {
        const uint8_t *upper = from->pixels + 2 * (ptrdiff_t)y * from->stride_bytes;
        for (int strip = 0; strip < width; strip += STRIP_PX) {
            int x = last_strip(strip, width);
            halve_strip(upper + 2 * x, upper + from->stride_bytes + 2 * x, to + x);
        }
    }
}

void shrink_third(const struct grey_picture *from, uint8_t *to)
{
    int width = from->width_px / 3, height = from->height_px / 3;

    if (width < STRIP_PX) {
        shrink_area(&(struct grey_picture){from->pixels, 3 * width, 3 * height, from->stride_bytes}, to, width, height);
        return;
    }
    for (int y = 0; y < height; y++, to += width) {
        const uint8_t *upper = from->pixels + 3 * (ptrdiff_t)y * from->stride_bytes;
        for (int strip = 0; strip < width; strip += STRIP_PX) {
            int x = last_strip(strip, width);
            third_strip(upper + 3 * x, from->stride_bytes, to + x);
        }
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
