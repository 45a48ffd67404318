// fallback.h -- pictures of a part of a frame for one classic pass of the decoder: zbar looking for itself. For symbols
// that are seen, but that our own sampling can't read: bent, torn, half in the sun. Each way helps where others don't.
// Pure picture operations on 8-bit grey; dark modules on light come out, whatever went in.
// Sources: Sauvola and Pietikäinen 2000, "Adaptive document image binarization"; unsharp masking and binomial smoothing
// as in any book on pictures.
#ifndef EINLASS_SYMBOL_FALLBACK_H
#define EINLASS_SYMBOL_FALLBACK_H

#include "symbol/look.h"

enum fallback {
    FALLBACK_PLAIN,   // as it is: large versions, which we don't sample; bent paper
    FALLBACK_SHARP,   // half the size, sharpened: out of focus
    FALLBACK_DOUBLE,  // twice as large: modules of a pixel or two
    FALLBACK_SAUVOLA, // black and white by mean and deviation around each pixel: shadows, glare
    FALLBACK_BLUR,    // smoothed: noise, a phone's pixels
    FALLBACK_COUNT,
};

struct fallback_order {
    enum fallback fallback;
    struct box part; // of the frame
    bool is_light;   // light modules on dark
};

// The part in a light margin, if there is memory for one: a symbol needs a quiet zone.
enum { FALLBACK_MARGIN_PX = 16 };
struct fallback_picture {
    struct grey_picture picture; // without padding between rows; refers to the room
    float left_px, top_px;       // where its first pixel lies in the frame
    float scale;                 // size of its pixels, in pixels of the frame
};

struct fallback_room; // memory for them; one per thread
enum status fallback_room_open(struct fallback_room **out) MUST_CHECK;
void fallback_room_close(struct fallback_room *room);

// False: it can't be made (twice as large would be too large; half would be nothing).
bool fallback_make(struct fallback_room *room, const struct frame *frame, const struct fallback_order *order,
                   struct fallback_picture *out);

#endif
