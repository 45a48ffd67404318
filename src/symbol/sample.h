// sample.h -- one grey value per module, and which of them are dark. Pure.
#ifndef EINLASS_SYMBOL_SAMPLE_H
#define EINLASS_SYMBOL_SAMPLE_H

#include "symbol/grid.h"
#include "symbol/pattern.h"

struct samples {
    int side;
    bool is_light;
    float values[PATTERN_MAX_MODULES]; // grey, as in the picture
};

void sample_take(const struct grey_picture *picture, const struct grid *grid, struct samples *out);

// Ways to tell dark from light: against the mean of a neighbourhood, somewhat sharpened, which reads the most; as it
// is, for noise; much sharpened, the best guess to restore from (restore.h).
enum { SAMPLE_WAY_SHARPENED, SAMPLE_WAY_PLAIN, SAMPLE_WAY_VERY_SHARP, SAMPLE_WAY_COUNT };
void sample_split(const struct samples *samples, int way, uint8_t modules_out[PATTERN_MAX_MODULES]); // 1 dark

#endif
