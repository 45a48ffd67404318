#include "frame/turn.h"

#include <stddef.h>

// Where the picture's first pixel goes, and how far the next one of its row, and its next row, lie from there.
struct path {
    ptrdiff_t first, across, down;
};

bool turn_is_needed(const struct turn *turn)
{
    return turn->degrees != 0 || turn->is_flipped;
}

static struct path path_of(const struct turn *turn, ptrdiff_t width, ptrdiff_t height)
{
    ptrdiff_t count = width * height;
    struct path path = {0, 1, width};

    if (turn->degrees == 90) path = (struct path){height - 1, height, -1};
    if (turn->degrees == 180) path = (struct path){count - 1, -1, -width};
    if (turn->degrees == 270) path = (struct path){count - height, -height, 1};
    if (turn->is_flipped) { // the row begins at its other end
        path.first += (width - 1) * path.across;
        path.across = -path.across;
    }
    return path;
}

void turn_frame(const struct turn *turn, const struct frame *from, struct frame *to)
{
    struct path path = path_of(turn, from->width_px, from->height_px);
    bool is_on_its_side = turn->degrees == 90 || turn->degrees == 270;

    to->width_px = is_on_its_side ? from->height_px : from->width_px;
    to->height_px = is_on_its_side ? from->width_px : from->height_px;
    to->mono_ms = from->mono_ms;
    to->digest = from->digest;
    for (int y = 0; y < from->height_px; y++) {
        const uint8_t *row = from->pixels + (ptrdiff_t)y * from->width_px;
        uint8_t *at = to->pixels + path.first + y * path.down;
        for (int x = 0; x < from->width_px; x++, at += path.across) *at = row[x];
    }
}
