// cameras.h -- which camera adapter the settings mean.
// [camera] pictures: the folder. device libcamera… or gstreamer:…: GStreamer. A path: V4L2. Nothing: the first V4L2
// camera; where there is none, a Raspberry Pi's camera module by libcamera.
#ifndef EINLASS_APP_CAMERAS_H
#define EINLASS_APP_CAMERAS_H

#include "frame/capture.h"

enum status cameras_open(const struct camera_config *config, struct camera **out) MUST_CHECK; // a camera_opener
// Not for a folder.
enum status cameras_describe(const struct camera_config *config, struct camera_description *out) MUST_CHECK;

#endif
