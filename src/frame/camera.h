// camera.h -- where frames come from (port).
// Ownership: open() hands you the camera; close() it (NULL is fine). read() fills a frame that is yours and seals it;
// hand it zeroed frames or ones this camera filled before (if it still holds the picture, nothing is copied).
// Threads: every call from the capture thread.
// Failure of read: LATER no frame yet, call again; GONE close and reopen. Of open: MISSING there is no such device or
// folder now; LATER busy or forbidden; INVALID it can never serve as a camera. The log says why.
#ifndef EINLASS_FRAME_CAMERA_H
#define EINLASS_FRAME_CAMERA_H

#include "base/clock.h"
#include "base/status.h"
#include "frame/care.h"
#include "frame/frame.h"
#include "frame/libcamera_care.h"
#include "frame/turn.h"

struct camera {
    const struct camera_ops *ops;
};
struct camera_ops {
    enum status (*read)(struct camera *self, struct frame *out); // blocks <= 200 ms
    void (*close)(struct camera *self);                          // frees self
};

static inline void camera_close(struct camera *camera)
{
    if (camera) camera->ops->close(camera);
}

// What to open. Each adapter reads its own fields: camera_v4l2_* `device` (empty: the first /dev/video* that can
// stream), camera_gstreamer_* too, camera_folder_open `folder`. Who has both set chooses by calling one or the other.
struct camera_config {
    char device[256];       // e.g. /dev/video0 or /dev/v4l/by-id/…; GStreamer: libcamera[:NAME], gstreamer:PIPELINE
    char folder[256];       // PNG and JPEG files, in order of their names (2 before 10), again and again
    int most_width_px;      // not the folder: the best size not larger than this (1280)
    int most_height_px;     // (720)
    struct care_wish care;  // V4L2, libcamera: how to set the camera's controls
    struct turn turn;       // what sets its pictures upright; capture.h does it, whichever the adapter
    double frames_per_s;    // folder: rate of frames (15)
    int frames_per_picture; // folder: how many frames each picture is held (1)
    bool is_once;           // folder: after the last picture, keep showing it instead of starting again
    bool is_retry;          // the last attempt failed the same way: say nothing about it in the log
    struct clock *clock;
};

// What an open would use (`--check`). frames_per_s 0: the driver doesn't say. V4L2 is asked without streaming;
// GStreamer knows with the first picture, which may take 6 s.
struct camera_description {
    char path[256], card[32], format[16];
    int width_px, height_px;
    double frames_per_s;
    struct camera_controls controls; // as they are now
    struct care_plan plan;           // as camera_v4l2_open would set them
    struct libcamera_care libcamera; // as camera_gstreamer_open sets them; none for a pipeline of people's own
};

enum status camera_v4l2_open(const struct camera_config *config, struct camera **out) MUST_CHECK;
enum status camera_v4l2_describe(const struct camera_config *config, struct camera_description *out) MUST_CHECK;
enum status camera_gstreamer_open(const struct camera_config *config, struct camera **out) MUST_CHECK;
enum status camera_gstreamer_describe(const struct camera_config *config, struct camera_description *out) MUST_CHECK;
bool camera_is_gstreamer(const char *device); // libcamera… or gstreamer:…
enum status camera_folder_open(const struct camera_config *config, struct camera **out) MUST_CHECK; // demo and tests

#endif
