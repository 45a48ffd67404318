// corner.h -- the staff's door: a finger held on the top right corner of the screen. Pure; value. Px, mono_ms.
// A touch there does what it does anyhow; only a hold of CORNER_HOLD_MS is more. Any release ends it.
#ifndef EINLASS_SCREEN_CORNER_H
#define EINLASS_SCREEN_CORNER_H

#include <stdbool.h>
#include <stdint.h>

enum { CORNER_HOLD_MS = 800 };

struct corner {
    bool is_held;
    int64_t since_ms;
};

bool corner_has(int x, int y, int width_px, int side_px); // on a screen so wide
void corner_touch(struct corner *corner, bool is_there, int64_t mono_ms);
void corner_release(struct corner *corner);
bool corner_is_open(struct corner *corner, int64_t mono_ms); // true once for each hold

#endif
