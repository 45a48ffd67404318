// picture_gstreamer.h -- the brightness of what a GStreamer pipeline delivers.
// Accepts what has it in a plane or in every second byte, and JPEG; a pipeline with other colours ends in
// "videoconvert". Threads: the camera's.
#ifndef EINLASS_FRAME_PICTURE_GSTREAMER_H
#define EINLASS_FRAME_PICTURE_GSTREAMER_H

#include "frame/calls_gstreamer.h"
#include "frame/frame.h"
#include "frame/picture_jpeg.h"

// What a pipeline may deliver, best first, as GStreamer writes it: exactly most_width_px x most_height_px at 30
// frames/s, else anything not larger. A Pi gets a width of whole 64 bytes that way; with others, GStreamer and
// libcamera before 0.5 disagree where rows begin (https://github.com/raspberrypi/libcamera/issues/141).
enum { PICTURE_GSTREAMER_CAPS_SIZE = 640 };
void picture_gstreamer_caps(int most_width_px, int most_height_px, char out[PICTURE_GSTREAMER_CAPS_SIZE]);

struct picture_form {
    char format[16];     // "NV12", "JPEG"
    double frames_per_s; // 0: it doesn't say
};

// Sets size and pixels. INVALID: damaged, or no form we know.
enum status picture_gstreamer_to_frame(const struct gstreamer_calls *calls, struct picture_jpeg *jpeg,
                                       GstSample *sample, struct frame *frame, struct picture_form *form) MUST_CHECK;

#endif
