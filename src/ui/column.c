#include "ui/column.h"

void column_add(const struct brush *brush, struct column *column, struct text_style style, int most_lines,
                const char *text)
{
    if (!text[0]) return;
    style.is_flowing = column->has_text;
    style.is_centred = column->is_centred && !column->has_text;
    style.most_lines = most_lines;
    brush_text(brush, column->box, column->rgb, &style, text);
    column->has_text = true;
}

struct box column_icon(const struct brush *brush, enum icon icon, uint32_t rgb, struct box *icon_out)
{
    const struct layout *l = brush->layout;
    int side = l->short_px * (l->is_portrait ? 30 : 28) / 100;
    struct box room = box_inside((struct box){0, 0, l->width_px, l->height_px}, l->margin_px);

    room.h -= l->unit_px;
    *icon_out = (struct box){room.x, room.y + (room.h - side) * 2 / 5, side, side};
    if (l->is_portrait) {
        room = box_without_top(room, l->margin_px);
        icon_out->y = room.y;
    }
    brush_icon(brush, *icon_out, icon, rgb);
    return l->is_portrait ? box_without_top(room, side + l->margin_px) : box_without_left(room, side + l->margin_px);
}
