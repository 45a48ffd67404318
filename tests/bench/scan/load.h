// load.h -- a picture file as a frame: PNG, JPEG, or binary PGM with 255 greys.
// What has more than FRAME_MAX_PIXELS is shrunk as the folder camera does (frame/shrink.h), for every engine alike.
// Ownership: init by zero; load_destroy(). Threads: one.
#ifndef EINLASS_TESTS_BENCH_SCAN_LOAD_H
#define EINLASS_TESTS_BENCH_SCAN_LOAD_H

#include "frame/picture_jpeg.h"

struct loader {
    struct picture_jpeg *jpeg; // opened when the first JPEG comes
};

// Sets size, pixels and digest. INVALID: damaged or of another kind. As file_read else.
enum status load_frame(struct loader *loader, const char *path, struct frame *frame) MUST_CHECK;
enum status load_write_pgm(const char *path, const struct frame *frame) MUST_CHECK;
void load_destroy(struct loader *loader);

#endif
