// mean.h -- the mean of each module's neighbourhood: what separates dark from light where light is uneven. Pure.
#ifndef EINLASS_SYMBOL_MEAN_H
#define EINLASS_SYMBOL_MEAN_H

#include "symbol/pattern.h"

// Of all modules at most `radius` away across and down, itself included; fewer at the symbol's edge.
void mean_around(const float values[PATTERN_MAX_MODULES], int side, int radius, float out[PATTERN_MAX_MODULES]);

#endif
