// crowd.h -- how many finder patterns a picture holds, and a part of it with few enough.
// A decoder tries finder patterns by threes, so its time grows with the cube of their number and not with the picture:
// a carpet of them (printed to be nasty, or a sheet of many codes) would hold it up for long. This counts them roughly,
// dark and light ones: runs of 1:1:3:1:1 in rows, then across, then aslant. 2 to 9 ms at 1280x720. Pure; values.
// Source: ISO/IEC 18004, 6.3.3 (finder pattern).
#ifndef EINLASS_CODE_CROWD_H
#define EINLASS_CODE_CROWD_H

#include "frame/shrink.h"

enum { CROWD_CELL_PX = 4, CROWD_MOST_CELLS = 2 * FRAME_MAX_PIXELS / (CROWD_CELL_PX * CROWD_CELL_PX) };

struct crowd {
    int columns, rows;               // columns 0: a strip, not counted; the counts are 0
    int count, solid_count;          // solid: aslant too, as what looks like a pattern in a code's data seldom is
    uint8_t cells[CROWD_MOST_CELLS]; // by rows: 1 where a finder pattern has its middle
};

struct crowd_part {
    int left_px, top_px, width_px, height_px;
};

void crowd_count(const struct grey_picture *picture, struct crowd *out);

// The whole picture if it has at most `most` patterns, else a part with at most that many; another part with each turn.
struct crowd_part crowd_choose(const struct crowd *crowd, const struct grey_picture *picture, int most, unsigned turn);

#endif
