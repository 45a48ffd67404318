#include "frame/pixel_format.h"

#include <string.h>

const char *pixel_format_name(enum pixel_format format)
{
    static const char *const names[] = {
#define X(name) [PIXEL_FORMAT_##name] = #name,
        PIXEL_FORMAT_LIST(X)
#undef X
    };
    return names[format];
}

static void take_every_second(uint8_t *restrict to, const uint8_t *restrict from, size_t count)
{
    for (size_t i = 0; i < count; i++) to[i] = from[2 * i];
}

enum status pixel_format_to_frame(const struct raw_picture *raw, struct frame *frame)
{
    int bytes_per_pixel = raw->format == PIXEL_FORMAT_YUYV ? 2 : 1;
    int64_t row_bytes = (int64_t)raw->width_px * bytes_per_pixel;
    int64_t stride = raw->stride_bytes ? raw->stride_bytes : row_bytes;
    int width = raw->width_px;

    if (raw->format >= PIXEL_FORMAT_MJPEG || width <= 0 || raw->height_px <= 0) return STATUS_INVALID;
    if (width > FRAME_MAX_PIXELS / raw->height_px) return STATUS_INVALID;
    if (stride < row_bytes || stride > INT32_MAX) return STATUS_INVALID;
    if ((uint64_t)(stride * (raw->height_px - 1) + row_bytes) > raw->length) return STATUS_INVALID;
    frame->width_px = width;
    frame->height_px = raw->height_px;
    for (int y = 0; y < raw->height_px; y++) {
        uint8_t *to = frame->pixels + (size_t)y * (size_t)width;
        const uint8_t *from = raw->bytes + y * stride;
        if (bytes_per_pixel == 2) take_every_second(to, from, (size_t)width);
        else memcpy(to, from, (size_t)width);
    }
    return STATUS_OK;
}
