// column.h -- texts below each other; each begins where the one before it ended. Used by the view_*.c files only.
// What comes first may wrap and grow only as far as the later ones keep room for their smallest type: the last line of
// a result says what to do next.
#ifndef EINLASS_VIEW_COLUMN_H
#define EINLASS_VIEW_COLUMN_H

#include "view/brush.h"

struct column {
    struct box box;
    uint32_t rgb;
    bool is_centred; // up and down
};

struct column_text {
    const char *text; // "" takes no place
    struct text_style style;
};

void column_draw(const struct brush *brush, const struct column *column, const struct column_text *texts, size_t count);
// The large icon beside the column (landscape) or above it, and the room that is left for the column.
struct box column_icon(const struct brush *brush, enum icon icon, uint32_t rgb, struct box *icon_out);
// The place of small button number `at`: below the icon, or beside it where the icon is above the text.
struct box column_button(const struct brush *brush, struct box icon, int at);
void column_language(const struct brush *brush, struct box icon, uint32_t ground, uint32_t text); // is number 0

#endif
