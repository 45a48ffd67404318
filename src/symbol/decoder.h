// decoder.h -- what turns a picture of one or a few symbols into texts (port). Ours is zbar; the front end around it
// decides what it gets to see.
// Shape: 8-bit grey, dark modules on light; corners in pixels of the picture handed in.
// Ownership: open() hands you the decoder; close() it. Threads: one. Never fails: a picture without a symbol has none.
// Takes as long as it takes and may crash: it belongs into a process of its own (code/cage.h).
#ifndef EINLASS_SYMBOL_DECODER_H
#define EINLASS_SYMBOL_DECODER_H

#include "base/status.h"
#include "frame/shrink.h"

#include <stddef.h>

enum {
    DECODER_MAX_SYMBOLS = 4,
    SYMBOL_MAX_BYTES = 7089, // version 40-L, numeric; ISO/IEC 18004 table 7
};

struct symbol {
    float x_px[4], y_px[4]; // its corners, in order around it
    size_t length;
    char text[SYMBOL_MAX_BYTES];
};

struct decoding {
    size_t count;
    struct symbol symbols[DECODER_MAX_SYMBOLS];
};

struct decoder {
    const struct decoder_ops *ops;
};
struct decoder_ops {
    void (*decode)(struct decoder *self, const struct grey_picture *picture, struct decoding *out);
    void (*close)(struct decoder *self); // frees self
};

static inline void decoder_close(struct decoder *decoder)
{
    if (decoder) decoder->ops->close(decoder);
}

// Texts byte by byte as in the symbol; parts of a structured append are left out.
enum status decoder_zbar_open(struct decoder **out) MUST_CHECK;

#endif
