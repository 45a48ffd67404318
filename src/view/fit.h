// fit.h -- a text into a box: wrap at words, then shrink to 70 %, then end with an ellipsis at a grapheme.
// Pure: widths come from whoever sets the type. A text is never cut inside a grapheme; a word wider than the box
// (at the least size only) is broken between graphemes.
#ifndef EINLASS_VIEW_FIT_H
#define EINLASS_VIEW_FIT_H

#include <stdbool.h>
#include <stddef.h>

enum { FIT_MAX_LINES = 32, FIT_LEAST_PX = 20 };

// Width in px of `length` bytes of text set at `size_px`.
typedef int fit_measure(void *owner, const char *text, size_t length, int size_px);

struct fit_line {
    size_t start, length;
    bool is_elided; // "…" follows
};

struct fit {
    int size_px;
    size_t line_count;
    struct fit_line lines[FIT_MAX_LINES];
    size_t end; // first byte that is not set: paged texts go on there
};

struct fit_box {
    int width_px, height_px, size_px;
    int most_lines;   // 0: as many as fit the height
    bool is_one_line; // shrinks before it wraps
    bool is_fixed;    // never shrink, no ellipsis: the rest is for the next page
    int least_px;     // the smallest it may shrink to; 0: 70 %
};

int fit_line_px(int size_px);       // height of a line
int fit_least_line_px(int size_px); // of the smallest a text of that size may shrink to
void fit_text(const char *text, const struct fit_box *box, fit_measure *measure, void *owner, struct fit *out);

#endif
