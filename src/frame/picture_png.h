// picture_png.h -- PNG files (libpng).
// Any thread. Takes memory while it runs: for folders of pictures and for screenshots, not for a camera's frames.
// Failure: INVALID not a PNG, damaged or too large (picture.h); else as file_read. Each is logged once, with the path.
#ifndef EINLASS_FRAME_PICTURE_PNG_H
#define EINLASS_FRAME_PICTURE_PNG_H

#include "base/status.h"
#include "frame/frame.h"

// Any kind of PNG; what is transparent is laid on white, a large one is shrunk. Sets size and pixels only.
enum status picture_png_read(const char *path, struct frame *frame) MUST_CHECK;

// 8-bit RGB, rows stride_bytes apart.
enum status picture_png_write(const char *path, const uint8_t *rgb, int width_px, int height_px,
                              int stride_bytes) MUST_CHECK;

#endif
