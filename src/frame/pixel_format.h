// pixel_format.h -- what cameras send, and its brightness.
// Pure; any thread. Source: Linux media subsystem documentation, "Image Formats" (V4L2_PIX_FMT_GREY, NV12, YUYV).
#ifndef EINLASS_FRAME_PIXEL_FORMAT_H
#define EINLASS_FRAME_PIXEL_FORMAT_H

#include "base/status.h"
#include "frame/frame.h"

#include <stddef.h>

// Cheapest to use first. GREY and the first plane of NV12 are brightness as it is; YUYV has it in every second byte;
// MJPEG must be unpacked (picture_jpeg.h).
#define PIXEL_FORMAT_LIST(X)                                                                                           \
    X(GREY)                                                                                                            \
    X(NV12)                                                                                                            \
    X(YUYV)                                                                                                            \
    X(MJPEG)

enum pixel_format {
#define X(name) PIXEL_FORMAT_##name,
    PIXEL_FORMAT_LIST(X)
#undef X
        PIXEL_FORMAT_COUNT
};

const char *pixel_format_name(enum pixel_format format);

// A picture as the driver describes it; nothing of it is believed before it was checked.
struct raw_picture {
    enum pixel_format format; // not MJPEG
    int width_px, height_px;
    int64_t stride_bytes; // 0: no padding
    const uint8_t *bytes;
    size_t length;
};

// Sets size and pixels. INVALID: too large for a frame, a stride shorter than a row, or fewer bytes than rows.
enum status pixel_format_to_frame(const struct raw_picture *raw, struct frame *frame) MUST_CHECK;

#endif
