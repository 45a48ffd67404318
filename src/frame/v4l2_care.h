// v4l2_care.h -- carries out a care plan on a streaming V4L2 camera, and steers it. See care.h, servo.h.
// Threads: the capture thread. Never fails: what the camera refuses stays as it is, is logged once, and pictures go on.
// Where the most of exposure and gain the servo may set is too dark, the camera's own automatic is asked for after all:
// it may have a gain that it shows nobody. All is set twice, when streaming has begun and a moment later: some cameras
// and drivers begin a stream with their own values (https://github.com/patjak/facetimehd/pull/329,
// https://github.com/mainsail-crew/crowsnest/issues/185).
#ifndef EINLASS_FRAME_V4L2_CARE_H
#define EINLASS_FRAME_V4L2_CARE_H

#include "frame/camera.h"
#include "frame/care.h"

struct v4l2_care {
    int fd;
    struct camera_controls controls; // as found
    struct care_plan plan;
    bool is_steering;
    int failed_count; // settings refused in a row
    struct servo servo;
    struct care_wish wish;
    bool is_dark; // too dark for reading, with all the light the servo has
    int64_t dark_ms;
    bool has_begun; // streaming for long enough: all was set once more, and the servo may work
    int64_t begin_ms;
};

void v4l2_care_start(struct v4l2_care *care, int fd, const struct camera_config *config, int64_t mono_ms);
void v4l2_care_step(struct v4l2_care *care, const struct frame *frame, int64_t mono_ms); // after each picture
// Gives the camera back as it was found: it remembers what was set, and the next program wants its automatics. Zero:
// nothing was set.
void v4l2_care_end(const struct v4l2_care *care);

#endif
