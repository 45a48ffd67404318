// look.h -- one look at one level of (a part of) one frame: threshold, finders, triples, grids, samples, redrawn
// symbols, decoder (resource). Bounded whatever the picture shows: FINDER_MAX finders, TRIPLE_MAX triples,
// EFFORT_US, EFFORT_DECODES and DECODER_MAX_SYMBOLS. No finders, no call of the decoder. Shape: boxes and corners
// in pixels of the frame, whatever the level. Ownership: open() hands you the look and borrows the decoder; close() it.
// Threads: one. Never fails. 0.5 ms at the half level of 1280x720 without a code.
#ifndef EINLASS_SYMBOL_LOOK_H
#define EINLASS_SYMBOL_LOOK_H

#include "symbol/box.h"
#include "symbol/decoder.h"
#include "symbol/trace.h"
#include "frame/frame.h"

#include <stdbool.h>

// As it is, or each pixel the mean of 2x2, 3x3: noise and the pattern of a phone's pixels fade, and it is quicker.
enum look_level { LOOK_FULL = 1, LOOK_HALF, LOOK_THIRD };

// A symbol that is there, but can't be read.
struct located {
    bool is_there;
    bool is_dense; // too many modules for our own way: only a classic pass can read it
    bool is_light; // light on dark
    float x_px[4], y_px[4];
    float module_px, contrast; // contrast: grey values
    float fit;                 // of its grid, -1 … 1
};

struct look_result {
    struct decoding read;
    struct located located; // the best of those
    struct trace trace;     // of one that isn't read; in pixels of the frame
    size_t finder_count;
    bool is_crowded; // more finders than are looked at
    bool is_smeared; // a symbol in motion was seen, but not read
    bool is_suspect; // or at least three finders of one, some of which only rows show
    bool is_flat;    // no edges anywhere: nothing to see
};

struct look;
enum status look_open(struct decoder *decoder, struct look **out) MUST_CHECK;
void look_close(struct look *look); // NULL is fine

// A part too small for a symbol shows nothing.
void look_at(struct look *look, const struct frame *frame, enum look_level level, const struct box *part,
             struct look_result *out);

#endif
