// picture_jpeg.h -- JPEG files and the frames of MJPEG cameras (libturbojpeg).
// Only the brightness is unpacked; colours cost nothing. Threads: one per decoder.
// A decoder takes its memory when opened and when a picture larger than FRAME_MAX_PIXELS has to be shrunk.
// Failure: INVALID not a JPEG, damaged or too large (picture.h).
#ifndef EINLASS_FRAME_PICTURE_JPEG_H
#define EINLASS_FRAME_PICTURE_JPEG_H

#include "base/status.h"
#include "frame/frame.h"

#include <stddef.h>

struct picture_jpeg;
enum status picture_jpeg_open(struct picture_jpeg **out) MUST_CHECK;
void picture_jpeg_close(struct picture_jpeg *jpeg); // NULL is fine

// Sets size and pixels only. Takes what can be unpacked of a damaged picture, as many cameras send a stray byte
// in each frame; not logged (it may come 30 times a second).
enum status picture_jpeg_decode(struct picture_jpeg *jpeg, const uint8_t *bytes, size_t length,
                                struct frame *frame) MUST_CHECK;

// A file; a damaged one is refused. Logged once, with the path.
enum status picture_jpeg_read(struct picture_jpeg *jpeg, const char *path, struct frame *frame) MUST_CHECK;

#endif
