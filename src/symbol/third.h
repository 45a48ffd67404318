// third.h -- a third finder pattern where only two were found: the other is torn, in the shade, dazzled or smeared.
// Pure. Two finders are neighbours or lie across from each other, so there are six places for the third. In each the
// nearest thing to a finder pattern is searched by correlation, as align.h does for alignment patterns.
// Bounded: THIRD_MOST_PAIRS pairs, the likeliest first. 0.05 ms for a frame, usually.
#ifndef EINLASS_SYMBOL_THIRD_H
#define EINLASS_SYMBOL_THIRD_H

#include "symbol/triple.h"

enum { THIRD_MOST_PAIRS = 6 };

// Best first; to be tried when no triple of true finders could be read.
void third_search(const struct grey_picture *picture, const struct threshold *threshold, const struct finders *finders,
                  struct triples *out);

#endif
