// box.h -- a part of a frame, in whole pixels, never outside of it. A value; pure.
#ifndef EINLASS_SYMBOL_BOX_H
#define EINLASS_SYMBOL_BOX_H

#include "frame/frame.h"

struct box {
    int left_px, top_px, width_px, height_px;
};

static inline struct box box_of_frame(const struct frame *frame)
{
    return (struct box){0, 0, frame->width_px, frame->height_px};
}

// The box around a symbol's corners, `factor` times as large, inside the frame.
struct box box_around(const float x_px[4], const float y_px[4], float factor, const struct frame *frame);

#endif
