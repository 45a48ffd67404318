// shrink.h -- smaller copies of a grey picture.
// Each new pixel is the mean of the area it covers, so nothing is skipped and thin modules fade instead of vanishing.
// Pure; any thread.
#ifndef EINLASS_FRAME_SHRINK_H
#define EINLASS_FRAME_SHRINK_H

#include "frame/frame.h"

// 8-bit grey, rows stride_bytes apart (>= width_px); somebody else's memory.
struct grey_picture {
    const uint8_t *pixels;
    int width_px, height_px, stride_bytes;
};

// Fills size and pixels of `frame`: as it is if it has at most FRAME_MAX_PIXELS, else shrunk to that, same shape.
void shrink_to_frame(const struct grey_picture *from, struct frame *frame);

// To width_px x height_px, neither larger than the original's. Without padding.
void shrink_area(const struct grey_picture *from, uint8_t *to, int width_px, int height_px);

// To half (a third of) the width and height, rounded down, without padding; the reader's, once a frame: 0.05 ms (0.15
// ms) at 1280x720.
void shrink_half(const struct grey_picture *from, uint8_t *to);
void shrink_third(const struct grey_picture *from, uint8_t *to);

#endif
