#include "symbol/patch.h"

#include "symbol/trace.h"

enum {
    LEAST_RANGE = 26, // grey values in a block: more than noise has
    LEAST_BLOCKS = 6, // a side: modules of 0.7 px
    MOST_BLOCKS = 26, // with some print below; a larger one has finders that can be seen
    LEAST_FULL = 58,  // percent of the box: a square turned by 15 degrees has 67
};

// Connected busy blocks.
struct region {
    int left, top, right, bottom, count; // blocks, inclusive
};

static int range_of(const uint8_t *pixels, int stride)
{
    int darkest = 255, lightest = 0;

    for (int y = 0; y < PATCH_BLOCK_PX; y++)
        for (int x = 0; x < PATCH_BLOCK_PX; x++) {
            int grey = pixels[y * stride + x];
            darkest = grey < darkest ? grey : darkest;
            lightest = grey > lightest ? grey : lightest;
        }
    return lightest - darkest;
}

static void enter(struct patch_room *room, int at, int *waiting_count)
{
    if (!room->is_busy[at]) return;
    room->is_busy[at] = false;
    room->waiting[(*waiting_count)++] = at;
}

// Takes all blocks that hang together with this one out of the map.
static struct region take_region(struct patch_room *room, int columns, int rows, int first)
{
    struct region region = {columns, rows, 0, 0, 0};
    int waiting = 0;

    enter(room, first, &waiting);
    while (waiting > 0) {
        int at = room->waiting[--waiting], x = at % columns, y = at / columns;
        region.count++;
        region.left = x < region.left ? x : region.left;
        region.right = x > region.right ? x : region.right;
        region.top = y < region.top ? y : region.top;
        region.bottom = y > region.bottom ? y : region.bottom;
        if (x > 0) enter(room, at - 1, &waiting);
        if (x + 1 < columns) enter(room, at + 1, &waiting);
        if (y > 0) enter(room, at - columns, &waiting);
        if (y + 1 < rows) enter(room, at + columns, &waiting);
    }
    return region;
}

static bool is_symbol(const struct grey_picture *picture, const struct region *region)
{
    int width = region->right - region->left + 1, height = region->bottom - region->top + 1;

    if (width < LEAST_BLOCKS || width > MOST_BLOCKS || height < LEAST_BLOCKS || height > MOST_BLOCKS) return false;
    if (4 * width < 3 * height || 4 * height < 3 * width) return false;
    if (100 * region->count < LEAST_FULL * width * height) return false;
    float left = (float)(region->left * PATCH_BLOCK_PX), top = (float)(region->top * PATCH_BLOCK_PX);
    return trace_is_filled(picture, left, top, (float)(width * PATCH_BLOCK_PX), (float)(height * PATCH_BLOCK_PX));
}

bool patch_is_there(const struct grey_picture *picture, struct patch_room *room)
{
    int columns = picture->width_px / PATCH_BLOCK_PX, rows = picture->height_px / PATCH_BLOCK_PX;

    for (int i = 0; i < columns * rows; i++) {
        long y = i / columns * PATCH_BLOCK_PX;
        room->is_busy[i] = range_of(picture->pixels + y * picture->stride_bytes + i % columns * PATCH_BLOCK_PX,
                                    picture->stride_bytes) >= LEAST_RANGE;
    }
    for (int i = 0; i < columns * rows; i++) {
        if (!room->is_busy[i]) continue;
        struct region region = take_region(room, columns, rows, i);
        if (is_symbol(picture, &region)) return true;
    }
    return false;
}
