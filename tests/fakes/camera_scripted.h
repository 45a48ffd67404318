// camera_scripted.h -- a camera that does what a test wrote down, one line per call.
// The script outlives camera and capture. Opening and reading walk through the same lines: an open that is refused is a
// line with is_open. At the end of the script: LATER for ever.
#ifndef EINLASS_TESTS_FAKES_CAMERA_SCRIPTED_H
#define EINLASS_TESTS_FAKES_CAMERA_SCRIPTED_H

#include "frame/camera.h"

struct camera_line {
    bool is_open; // an answer to open(), else to read()
    enum status status;
    uint8_t grey; // read, OK: the whole picture
};

struct camera_script {
    const struct camera_line *lines;
    int count, at;
    int opened, closed, retries; // retries: opens that were told to be quiet
    int width_px, height_px;
};

// The script goes in config->device as hexadecimal text, as an opener has no other way to be told.
void camera_scripted_config(struct camera_config *config, struct camera_script *script);
enum status camera_scripted_open(const struct camera_config *config, struct camera **out);

#endif
