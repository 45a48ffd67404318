// v4l2_device.h -- a V4L2 capture device up to, but without, streaming: found, questioned, set to a mode.
// With v4l2_modes.h, v4l2_controls.h and camera_v4l2.c all that knows the kernel's interface (linux/videodev2.h).
// Ownership: find() opens, close() closes. Threads: one. Source: Linux media documentation, "Video for Linux API".
#ifndef EINLASS_FRAME_V4L2_DEVICE_H
#define EINLASS_FRAME_V4L2_DEVICE_H

#include "frame/camera.h"
#include "frame/camera_mode.h"

enum { V4L2_DEVICE_MAX_MODES = 256 };

struct v4l2_device {
    int fd;
    char path[256], card[32];
    size_t mode_count; // > 0; what it says it can do
    struct camera_mode modes[V4L2_DEVICE_MAX_MODES];
    struct camera_mode asked;  // the best of them
    struct camera_mode actual; // what the driver made of it; valid after set()
    int64_t stride_bytes;      // of `actual`
};

// config->device, else the first /dev/video* that can capture, stream, and send a format we know.
// MISSING: there is none. LATER: busy or forbidden. INVALID: not a camera for us.
enum status v4l2_device_find(const struct camera_config *config, struct v4l2_device *out) MUST_CHECK;

// Sets the best mode, or the next best the driver agrees to. INVALID: there is none. GONE: unplugged.
enum status v4l2_device_set(struct v4l2_device *device, const struct camera_config *config) MUST_CHECK;

void v4l2_device_close(struct v4l2_device *device); // fd < 0 is fine

int v4l2_ioctl(int fd, unsigned long request, void *argument); // goes on when a signal interrupts

#endif
