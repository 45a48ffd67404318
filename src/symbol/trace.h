// trace.h -- traces of a symbol that isn't read: enough to say that one is there, how large and how pale. Pure.
// Finder patterns alone don't prove it: lamps, windows and letters look like them. So what lies between them must look
// like a symbol's data, evenly busy and evenly grey all over, with a calm light border outside: a poor photograph shows
// that long after modules can't be told apart. A large finder whose symbol reaches out of the picture must be square
// and have data beside it.
// Idea: masks are chosen to make symbols evenly grey (ISO/IEC 18004, 7.8); the border is its quiet zone (6.3.8).
#ifndef EINLASS_SYMBOL_TRACE_H
#define EINLASS_SYMBOL_TRACE_H

#include "symbol/triple.h"

struct trace {
    bool is_there;
    bool is_cut;              // by the picture's edge
    float module_px, side_px; // of the symbol; side 0: unknown
    float contrast;           // grey values between light and dark, as far as they can be told apart
};

// Lengths in pixels of the picture. A few microseconds for each triple and for each large finder.
void trace_find(const struct grey_picture *picture, const struct threshold *threshold, const struct finders *finders,
                const struct triples *triples, struct trace *out);

// Whether this box is filled as a symbol is, with calm ground around it.
bool trace_is_filled(const struct grey_picture *picture, float left_px, float top_px, float width_px, float height_px);

#endif
