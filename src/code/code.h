// code.h -- the content of one QR code (or of a hand scanner's line): bytes from a stranger.
// Not terminated, may hold NUL and invalid UTF-8. 7 kB value, copied by =.
#ifndef EINLASS_CODE_CODE_H
#define EINLASS_CODE_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CODE_MAX_BYTES = 7089 }; // the most a QR code can hold (version 40-L, numeric; ISO/IEC 18004 table 7)

#define CODE_VIA_LIST(X)                                                                                               \
    X(CAMERA, "camera")                                                                                                \
    X(HAND, "hand")                                                                                                    \
    X(SCANNER, "scanner")

enum code_via {
#define X(name, word) CODE_VIA_##name,
    CODE_VIA_LIST(X)
#undef X
};

struct code {
    enum code_via via;
    int64_t mono_ms; // of the frame it was read from
    bool has_stayed; // offered once more: it was put aside, and is held up with nothing better beside it (debounce.h)
    size_t length;
    char text[CODE_MAX_BYTES];
};

// Where in a frame a code was seen, as fractions of the frame's width and height (0 … 1); for the bracket on the
// screen.
struct sighting {
    int64_t mono_ms;
    float x[4], y[4];
};

// As a part of the frame: what its corners enclose (Gauss' formula).
static inline float sighting_area(const struct sighting *sighting)
{
    const float *x = sighting->x, *y = sighting->y;
    float twice_area = (x[0] - x[2]) * (y[1] - y[3]) - (x[1] - x[3]) * (y[0] - y[2]);

    return twice_area < 0 ? -twice_area / 2 : twice_area / 2;
}

#endif
