// layout.h -- the measures of a screen: everything follows its shorter side, so one view serves every size.
// Pure; any thread. Value. Px.
#ifndef EINLASS_VIEW_LAYOUT_H
#define EINLASS_VIEW_LAYOUT_H

#include <stdbool.h>

struct layout {
    int width_px, height_px, short_px;
    bool is_portrait;
    bool is_large; // sentences are set 1.3 times as large as usual
    int unit_px;   // the grid
    int margin_px; // around everything
    int gap_px;    // between touch targets
    int touch_px;  // the least side of a touch target: 12 mm
    int radius_px;
    int word_px, name_px, line_px, small_px; // sizes of type
    int key_px;                              // the same, of a letter on a key: not larger where text is
};

// inch_px: pixels per inch, or 0 when nobody knows; then the screen is taken for a small one (7 inches), where a
// finger needs the largest share. A target is never more than a keyboard of ten columns can hold.
struct layout layout_of(int width_px, int height_px, double inch_px);
struct layout layout_large(const struct layout *layout);       // the same screen with larger type
int layout_least_px(const struct layout *layout, int size_px); // for text_style; 0: as usual

#endif
