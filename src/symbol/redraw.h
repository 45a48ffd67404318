// redraw.h -- modules drawn as a clean picture, as a decoder likes it best. Pure.
#ifndef EINLASS_SYMBOL_REDRAW_H
#define EINLASS_SYMBOL_REDRAW_H

#include "symbol/pattern.h"
#include "frame/shrink.h"

// One pixel a module is enough for zbar's finders and reads exactly what two would (11,520 symbols, and 8,640 with
// wrong modules), in half the time. But only with an odd number of quiet modules around: with 0 and 2 it finds nothing.
enum {
    REDRAW_MODULE_PX = 1,
    REDRAW_QUIET_MODULES = 1,
    REDRAW_MOST_SIDE_PX = (PATTERN_MOST_SIDE + 2 * REDRAW_QUIET_MODULES) * REDRAW_MODULE_PX,
    REDRAW_MAX_PIXELS = REDRAW_MOST_SIDE_PX * REDRAW_MOST_SIDE_PX,
};

// The picture refers to `pixels`.
struct grey_picture redraw(const uint8_t modules[], int side, uint8_t pixels[REDRAW_MAX_PIXELS]);

#endif
