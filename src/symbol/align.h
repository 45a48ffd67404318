// align.h -- where an alignment pattern really is: the small square of 5x5 modules that tells how the paper bends.
// Pure. By normalised correlation of the pattern with the picture, as the plane straightens it, at every third of a
// module around the expected place. Source: ISO/IEC 18004, 6.3.6.
#ifndef EINLASS_SYMBOL_ALIGN_H
#define EINLASS_SYMBOL_ALIGN_H

#include "symbol/plane.h"
#include "frame/shrink.h"

enum { ALIGN_MOST_RADIUS = 8 };

struct alignment {
    float x, y;     // middle, in modules
    float likeness; // correlation, -1 … 1
};

// Around the expected middle; what is farther away must be a little more alike.
struct alignment align_search(const struct grey_picture *picture, const struct plane *plane, const float expected[2],
                              float radius_modules, bool is_light);

#endif
