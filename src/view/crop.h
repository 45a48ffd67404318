// crop.h -- the part of a camera picture that fills a box of the screen, and the picture in it.
// Pure; any thread.
#ifndef EINLASS_VIEW_CROP_H
#define EINLASS_VIEW_CROP_H

#include "frame/frame.h"

#include <stdbool.h>

enum { CROP_MAX_FRAME_WIDTH = 4096 };

struct crop {
    int frame_w, frame_h; // of the whole frame
    int box_w, box_h;
    double x, y, w, h; // px of the frame that are seen
};

// The largest middle part of the frame with the box's proportions.
struct crop crop_of(int frame_w, int frame_h, int box_w, int box_h);
// Where a place in the frame (fractions 0 … 1) lies in the box; may be outside.
void crop_place(const struct crop *crop, double frame_x, double frame_y, bool is_mirrored, int *x_out, int *y_out);
// The picture as 0xAARRGGBB, box_w x box_h, `pitch_px` pixels per row; smoothed. Frames wider than
// CROP_MAX_FRAME_WIDTH leave it as it is.
void crop_paint(const struct crop *crop, const struct frame *frame, bool is_mirrored, uint32_t *argb, int pitch_px);

#endif
