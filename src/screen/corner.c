#include "screen/corner.h"

bool corner_has(int x, int y, int width_px, int side_px)
{
    return x >= width_px - side_px && y < side_px;
}

void corner_touch(struct corner *corner, bool is_there, int64_t mono_ms)
{
    corner->is_held = is_there;
    corner->since_ms = mono_ms;
}

void corner_release(struct corner *corner)
{
    corner->is_held = false;
}

bool corner_is_open(struct corner *corner, int64_t mono_ms)
{
    if (!corner->is_held || mono_ms - corner->since_ms < CORNER_HOLD_MS) return false;
    corner->is_held = false;
    return true;
}
