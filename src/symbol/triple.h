// triple.h -- which three finder patterns may be the corners of one symbol. Pure.
// By geometry: alike in module size, a near-right angle, sides of about the same length and of a symbol's size.
#ifndef EINLASS_SYMBOL_TRIPLE_H
#define EINLASS_SYMBOL_TRIPLE_H

#include "symbol/finder.h"

enum { TRIPLE_MAX = 24 }; // followed in one frame, best first

struct triple {
    struct finder corner, right, below; // top left, top right, bottom left; clockwise (or mirrored: the format tells)
    float badness;                      // 0: ideal
};

struct triples {
    size_t count;
    struct triple list[TRIPLE_MAX]; // best first, dark and light ones by turns
};

void triple_choose(const struct finders *finders, struct triples *out);

#endif
