// threshold.h -- dark or light: for each block of 8x8 pixels, the grey value below which a pixel counts as dark.
// A value of 25 kB that lives in a resource. Pure; plain loops that the compiler turns into SIMD.
// Idea: local thresholds from the darkest and lightest pixel of each block and its neighbours, blocks weighted by their
// contrast (Bernsen 1986, "Dynamic thresholding of grey-level images"; block-wise as in ZXing's HybridBinarizer), with
// a noise floor from the flattest fifth of the blocks, so that a plain wall in poor light has no structure.
#ifndef EINLASS_SYMBOL_THRESHOLD_H
#define EINLASS_SYMBOL_THRESHOLD_H

#include "base/status.h"
#include "frame/shrink.h"

#include <stdbool.h>

enum {
    THRESHOLD_BLOCK_PX = 8,
    // of any picture with at most FRAME_MAX_PIXELS and sides of 40 px or more
    THRESHOLD_MAX_BLOCKS = FRAME_MAX_PIXELS / 64 + FRAME_MAX_PIXELS / 40 / 8 + 64,
};

struct threshold {
    int columns, rows; // of blocks
    int noise;         // grey values between darkest and lightest pixel that a flat area has
    int edge_count;    // blocks with more contrast than noise has
    uint8_t values[THRESHOLD_MAX_BLOCKS];
};

struct threshold_room; // what making one needs meanwhile; one per thread
enum status threshold_room_open(struct threshold_room **out) MUST_CHECK;
void threshold_room_close(struct threshold_room *room);

// `picture` has sides of 40 px or more and at most FRAME_MAX_PIXELS. 0.15 ms at 640x360.
void threshold_make(const struct grey_picture *picture, struct threshold_room *room, struct threshold *out);

static inline bool threshold_is_dark(const struct threshold *threshold, const struct grey_picture *picture, int x,
                                     int y)
{
    return picture->pixels[y * (long)picture->stride_bytes + x] <
           threshold->values[(y / THRESHOLD_BLOCK_PX) * threshold->columns + x / THRESHOLD_BLOCK_PX];
}

#endif
