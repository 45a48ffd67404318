// libcamera_care.h -- what a door wants of its camera (care.h), in libcamera's words.
// Pure; any thread. Values. Nothing is steered from here: a Pi's own image processor measures each picture and sets
// exposure and gain, and its mode "short" is the ladder of servo.h (some ms, then gain, then longer).
// Names and meanings: libcamera's control_ids_core.yaml; its GStreamer element has a property for each since 0.4, which
// Raspberry Pi OS 12 and 13 have. An older one (Debian 12's 0.0.3) has none; then its automatics stay.
#ifndef EINLASS_FRAME_LIBCAMERA_CARE_H
#define EINLASS_FRAME_LIBCAMERA_CARE_H

#include "frame/care.h"

#include <stddef.h>

enum { LIBCAMERA_CARE_MOST = 12, LIBCAMERA_VALUE_SIZE = 16 };

struct libcamera_setting {
    const char *property; // static
    char value[LIBCAMERA_VALUE_SIZE];
    bool is_taken; // the element has it; the adapter's
};

struct libcamera_care {
    size_t count;
    struct libcamera_setting settings[LIBCAMERA_CARE_MOST]; // in the order to set them
};

void libcamera_care_make(const struct care_wish *wish, struct libcamera_care *out);

#endif
