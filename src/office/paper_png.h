// paper_png.h -- a drawn page as a PNG file (libpng, locked in paper_png.c).
// It says its resolution, so that programs print it in its true size, and is packed for speed: a ticket is mostly
// white.
#ifndef EINLASS_OFFICE_PAPER_PNG_H
#define EINLASS_OFFICE_PAPER_PNG_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

struct paper_pixels {     // borrowed
    const uint8_t *bytes; // rows of 32-bit words 0x00RRGGBB in the machine's order
    uint32_t width, height;
    size_t stride_bytes;
};

// LATER: it can't be written; the log says why.
enum status paper_png_write(const struct paper_pixels *pixels, int dpi, const char *path) MUST_CHECK;

#endif
