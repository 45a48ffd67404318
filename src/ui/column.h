// column.h -- texts below each other; each begins where the one before it ended. Used by the view_*.c files only.
#ifndef EINLASS_UI_COLUMN_H
#define EINLASS_UI_COLUMN_H

#include "ui/brush.h"

struct column {
    struct box box;
    uint32_t rgb;
    bool has_text, is_centred;
};

// An empty text takes no place.
void column_add(const struct brush *brush, struct column *column, struct text_style style, int most_lines,
                const char *text);
// The large icon beside the column (landscape) or above it, and the room that is left for the column.
struct box column_icon(const struct brush *brush, enum icon icon, uint32_t rgb, struct box *icon_out);

#endif
