#include "symbol/brighten.h"

#include "frame/shrink.h"

void brighten_half(const struct frame *frame, struct frame *out)
{
    struct grey_picture whole = {frame->pixels, frame->width_px, frame->height_px, frame->width_px};

    out->width_px = frame->width_px / BRIGHTEN_SHRINK;
    out->height_px = frame->height_px / BRIGHTEN_SHRINK;
    out->mono_ms = frame->mono_ms;
    out->digest = frame->digest;
    shrink_half(&whole, out->pixels);
    int count = out->width_px * out->height_px;
    for (int i = 0; i < count; i++) {
        int grey = out->pixels[i] * BRIGHTEN_GAIN;
        out->pixels[i] = (uint8_t)(grey > 255 ? 255 : grey);
    }
}
