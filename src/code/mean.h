// mean.h -- the mean of each module's neighbourhood: what separates dark from light where light is uneven. Pure.
#ifndef EINLASS_CODE_MEAN_H
#define EINLASS_CODE_MEAN_H

#include "code/pattern.h"

// Of all modules at most `radius` away across and down, itself included; fewer at the symbol's edge.
void mean_around(const float values[PATTERN_MAX_MODULES], int side, int radius, float out[PATTERN_MAX_MODULES]);

#endif
