// camera_mode.h -- which of a camera's modes to use.
// The rule, in this order:
//   1. only modes that fit the limits; if none does, the smallest mode that is not too large for a frame
//   2. fluent (15 frames/s or more, or the driver doesn't say) before slow
//   3. more pixels before fewer
//   4. cheap to use before dear: GREY, NV12, YUYV, MJPEG
//   5. faster before slower
// So MJPEG is taken where a USB 2 camera sends the large picture fluently only that way. Pure; any thread.
#ifndef EINLASS_FRAME_CAMERA_MODE_H
#define EINLASS_FRAME_CAMERA_MODE_H

#include "frame/pixel_format.h"

struct camera_mode {
    enum pixel_format format;
    int width_px, height_px;
    double frames_per_s; // the fastest; 0: the driver doesn't say
};

enum { CAMERA_MODE_FLUENT_FRAMES_PER_S = 15 };

// The index of the best of `modes`; `count` if there is none.
size_t camera_mode_best(const struct camera_mode *modes, size_t count, int most_width_px, int most_height_px);

#endif
