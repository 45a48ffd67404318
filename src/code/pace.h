// pace.h -- how long classic passes take on this machine, and so how large a picture they may be shown.
// zbar takes 0.02 to 0.06 µs a pixel on a PC, and five to ten times that on a Raspberry Pi: a pass that would take
// longer than it may is better not begun, or on a smaller picture.
// Of a core's own time, so that other work on the machine doesn't count. What was learned is forgotten after a while
// without a pass, or one bad picture would end them for good.
// Pure (takes the times); value, valid when zero. One thread.
#ifndef EINLASS_CODE_PACE_H
#define EINLASS_CODE_PACE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    PACE_CAREFUL_MOST_PIXELS = 300000, // 40 ms on a Pi 4
    PACE_KNOWN_MS = 10000,
};

struct pace {
    bool is_careful;    // passes were too long here: unless more is known, begin with a small one
    float us_per_pixel; // 0: not known
    int64_t known_until_ms;
};

// Rises at once and falls slowly, as the next picture may be like the worst one.
void pace_note(struct pace *pace, int pixels, int64_t took_us, int64_t mono_ms);

int pace_most_pixels(const struct pace *pace, int64_t most_us, int64_t mono_ms); // that take so long

#endif
