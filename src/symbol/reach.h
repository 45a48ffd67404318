// reach.h -- how far a finder pattern extends from its middle, to a fraction of a pixel. Pure.
// Walked from the middle outwards: dark to 1.5 modules, light to 2.5, dark to 3.5. Swollen dark (ink) or light (glare)
// modules move the second of these edges against the two others, so their weighted sum is free of it: the idea of
// comparing like edges, ISO/IEC 15416.
#ifndef EINLASS_SYMBOL_REACH_H
#define EINLASS_SYMBOL_REACH_H

#include "symbol/finder.h"

struct direction {
    float x, y; // of length 1
};

// From the finder's middle to its outer edge, 3.5 modules, in pixels; negative: there is no such edge.
float reach_of(const struct grey_picture *picture, const struct threshold *threshold, const struct finder *finder,
               struct direction direction);

#endif
