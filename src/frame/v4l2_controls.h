// v4l2_controls.h -- asks a V4L2 device for its controls, and sets them. See camera_control.h and v4l2_device.h.
// Threads: the device's. A call takes as long as the driver: some ms for a USB camera.
#ifndef EINLASS_FRAME_V4L2_CONTROLS_H
#define EINLASS_FRAME_V4L2_CONTROLS_H

#include "base/status.h"
#include "frame/camera_control.h"

void v4l2_controls_query(int fd, struct camera_controls *out); // what can't be asked is not there

// LATER: the driver refused (errno says why).
enum status v4l2_control_set(int fd, enum camera_control_kind kind, int value) MUST_CHECK;
enum status v4l2_control_get(int fd, enum camera_control_kind kind, int *out) MUST_CHECK;

#endif
