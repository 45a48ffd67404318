// frame.h -- one camera picture: the value that flows from capture to scan and to the screen.
// Shape: 8-bit grey, row-major, width_px x height_px, no padding between rows, at most FRAME_MAX_PIXELS.
// Time: clock mono_ms when it was taken. 1.3 MB: lives in mailboxes, never on a stack.
#ifndef EINLASS_FRAME_FRAME_H
#define EINLASS_FRAME_FRAME_H

#include <stdint.h>

enum { FRAME_MAX_PIXELS = 1280 * 1024 };

struct frame {
    int width_px, height_px;
    int64_t mono_ms;
    uint64_t digest; // of the content: equal pictures have equal digests, so unchanged ones need no work
    uint8_t pixels[FRAME_MAX_PIXELS];
};

// Sets frame->digest from the pixels. Not cryptographic: a collision costs one skipped frame.
// 1.3 MB in 0.2 ms.
void frame_seal(struct frame *frame);

void frame_copy(struct frame *to, const struct frame *from); // only as many pixels as there are

#endif
