// fitness.h -- how far the picture agrees with the modules that every symbol has, -1 … 1. Pure.
// The mean of normalised correlations, pattern by pattern, so that light that differs from corner to corner doesn't
// matter: three finders with their separators, alignment patterns, and timing as the sum of its steps.
// Source: normalised cross-correlation (Lewis 1995, "Fast normalized cross-correlation") with the patterns of ISO/IEC
// 18004, 6.3.
#ifndef EINLASS_SYMBOL_FITNESS_H
#define EINLASS_SYMBOL_FITNESS_H

#include "symbol/plane.h"
#include "frame/shrink.h"

// 300 to 600 samples: 3 µs.
float fitness_of(const struct grey_picture *picture, const struct plane *plane, int side, bool is_light);

#endif
