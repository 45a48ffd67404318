// patch.h -- a symbol too far away for its finders to be told apart: a small square patch, evenly busy, evenly grey, on
// calm ground. Pure, bounded; for a frame in which nothing was read, now and then. 0.5 ms at 1280x720.
// Ownership: the room is the caller's; one per thread.
#ifndef EINLASS_SYMBOL_PATCH_H
#define EINLASS_SYMBOL_PATCH_H

#include "frame/shrink.h"

#include <stdbool.h>

enum { PATCH_BLOCK_PX = 4, PATCH_MAX_BLOCKS = FRAME_MAX_PIXELS / (PATCH_BLOCK_PX * PATCH_BLOCK_PX) };

struct patch_room {
    bool is_busy[PATCH_MAX_BLOCKS];
    int waiting[PATCH_MAX_BLOCKS];
};

bool patch_is_there(const struct grey_picture *picture, struct patch_room *room);

#endif
