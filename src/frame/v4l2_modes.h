// v4l2_modes.h -- asks a V4L2 device what it can do, and puts a mode to it. See v4l2_device.h.
#ifndef EINLASS_FRAME_V4L2_MODES_H
#define EINLASS_FRAME_V4L2_MODES_H

#include "frame/v4l2_device.h"

// Fills modes and mode_count. Some drivers list nothing: then each format we know is tried at the largest size.
void v4l2_modes_list(struct v4l2_device *device, int most_width_px, int most_height_px);

// INVALID: the driver would send something else than a format we know in a size a frame can hold.
enum status v4l2_modes_set(struct v4l2_device *device, const struct camera_mode *mode) MUST_CHECK;

#endif
