#include "view/column.h"

#include "view/fit.h"

#include <string.h>

// What a text takes in its smallest type, roughly: letters are about half as wide as high.
static int least_px(const struct layout *layout, const struct column_text *text, int width_px)
{
    int size_px = text->style.size_px, least_px = layout_least_px(layout, size_px);
    int line_px = least_px > 0 ? fit_line_px(least_px) : fit_least_line_px(size_px), most = text->style.most_lines;
    int lines = 1 + (int)strlen(text->text) * line_px * 42 / 100 / width_px;

    if (text->text[0] == '\0') return 0;
    return (most > 0 && lines > most ? most : lines) * line_px + text->style.space_px;
}

void column_draw(const struct brush *brush, const struct column *column, const struct column_text *texts, size_t count)
{
    bool has_text = false;
    int least = 0; // of this one and those before: what is said first is said in any case

    for (size_t i = 0; i < count; i++) {
        struct text_style style = texts[i].style;
        struct box room = column->box;
        if (texts[i].text[0] == '\0') continue;
        least += least_px(brush->layout, &texts[i], room.w);
        for (size_t below = i + 1; below < count; below++) room.h -= least_px(brush->layout, &texts[below], room.w);
        if (!has_text && room.h < fit_line_px(style.size_px)) room.h = fit_line_px(style.size_px);
        if (room.h < least) room.h = least < column->box.h ? least : column->box.h;
        style.is_flowing = has_text;
        style.is_centred = column->is_centred && !has_text;
        brush_text(brush, room, column->rgb, &style, texts[i].text);
        has_text = true;
    }
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

struct box column_button(const struct brush *brush, struct box icon, int at)
{
    const struct layout *l = brush->layout;
    int step = l->touch_px + l->gap_px, wide = icon.w + l->margin_px / 2;

    if (l->is_portrait) return (struct box){l->width_px - l->margin_px - wide, icon.y + at * step, wide, l->touch_px};
    return (struct box){icon.x, l->height_px - l->margin_px - l->unit_px - l->touch_px - at * step, wide, l->touch_px};
}

void column_language(const struct brush *brush, struct box icon, uint32_t ground, uint32_t text)
{
    struct box box = column_button(brush, icon, 0);

    if (brush->layout->is_portrait) box.x += box.w - brush->layout->touch_px;
    box.w = brush->layout->touch_px;
    brush_language_on(brush, box, ground, text);
}
