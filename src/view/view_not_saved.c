// The screen that means business: a check-in didn't reach the disk.
#include "view/column.h"

static void draw_frame(const struct brush *brush, uint32_t rgb)
{
    const struct layout *l = brush->layout;
    int thick = l->unit_px * 3 / 2;

    scene_add(brush->scene, MARK_FILL, (struct box){0, 0, l->width_px, l->height_px}, rgb);
    scene_add(brush->scene, MARK_FILL, box_inside((struct box){0, 0, l->width_px, l->height_px}, thick), LOOK_BLACK);
}

void view_not_saved(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    bool is_asking = brush->model->asked_ms != 0;
    struct text_style word = {.size_px = l->word_px, .is_bold = true, .most_lines = 2},
                      line = {.size_px = l->line_px, .space_px = l->unit_px, .most_lines = 3};
    struct box icon;

    draw_frame(brush, LOOK_NOT_SAVED_FRAME);
    struct column column = {column_icon(brush, ICON_WARNING, LOOK_NOT_SAVED_TEXT, &icon), LOOK_NOT_SAVED_TEXT,
                            !l->is_portrait};
    const struct column_text texts[] = {
        {brush_say(brush, "Nicht gespeichert"), word},
        {brush_say(brush, "Bitte auf Papier notieren:\nName und Uhrzeit."), line},
    };
    struct box *room = &column.box;
    struct box button = {room->x, l->height_px - l->margin_px - l->unit_px - l->touch_px, room->w, l->touch_px};
    room->h = button.y - room->y - l->unit_px;
    column_draw(brush, &column, texts, 2);
    brush_button(
        brush, button,
        &(struct button){.action = {ACT_RETRY, 0},
                         .label = is_asking ? brush_say(brush, "Wird geprüft …") : brush_say(brush, "Erneut versuchen"),
                         .ground = LOOK_NOT_SAVED_TEXT,
                         .text = LOOK_BLACK,
                         .is_dimmed = is_asking});
    column_language(brush, icon, LOOK_NOT_SAVED_TEXT, LOOK_BLACK);
}
