#include "symbol/redraw.h"

#include <string.h>

struct grey_picture redraw(const uint8_t modules[], int side, uint8_t pixels[REDRAW_MAX_PIXELS])
{
    int side_px = (side + 2 * REDRAW_QUIET_MODULES) * REDRAW_MODULE_PX;
    int quiet_px = REDRAW_QUIET_MODULES * REDRAW_MODULE_PX;

    memset(pixels, 255, (size_t)side_px * (size_t)side_px);
    for (int y = 0; y < side * REDRAW_MODULE_PX; y++) {
        const uint8_t *from = modules + y / REDRAW_MODULE_PX * side;
        uint8_t *to = pixels + (quiet_px + y) * side_px + quiet_px;
        for (int x = 0; x < side * REDRAW_MODULE_PX; x++)
            if (from[x / REDRAW_MODULE_PX]) to[x] = 0;
    }
    return (struct grey_picture){pixels, side_px, side_px, side_px};
}
