// What the kiosk is set to: list and direction; language, sound, light, type, practice.
#include "view/fit.h"
#include "view/view_staff.h"

#include <stdio.h>

static const char *direction_name(const struct brush *brush, enum direction direction)
{
    switch (direction) {
    case DIRECTION_AUTO:
        break;
    case DIRECTION_ENTRY:
        return brush_say(brush, "Nur hinein");
    case DIRECTION_EXIT:
        return brush_say(brush, "Nur hinaus");
    }
    return brush_say(brush, "Beides");
}

static const char *mode_name(const struct brush *brush, enum list_mode mode)
{
    switch (mode) {
    case LIST_MODE_ONCE:
        break;
    case LIST_MODE_IN_OUT:
        return brush_say(brush, "hinein und hinaus");
    case LIST_MODE_ROLL_CALL:
        return brush_say(brush, "wer fehlt");
    case LIST_MODE_HAND_OUT:
        return brush_say(brush, "Ausgabe");
    }
    return brush_say(brush, "Einlass, einmal");
}

static struct box draw_directions(const struct brush *brush, struct box room)
{
    const struct model *model = brush->model;
    struct staff_grid grid = {{room.x, room.y, room.w, brush->layout->touch_px}, 3, 1, brush->layout->gap_px};

    if (model->config.list->mode != LIST_MODE_IN_OUT) return room;
    for (int i = DIRECTION_AUTO; i <= DIRECTION_EXIT; i++)
        staff_choice(brush, staff_grid_cell(&grid, i), STAFF_ACT_DIRECTION, i, direction_name(brush, (enum direction)i),
                     model->stance.direction == (enum direction)i);
    return box_without_top(room, grid.box.h + brush->layout->margin_px / 2);
}

void view_staff_serve(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct model *model = brush->model;
    const struct event *event = model->config.event;
    int first = (int)model->staff.first, left = (int)event->list_count - first;
    struct box room = draw_directions(brush, staff_room(brush));
    struct staff_grid grid = staff_grid_of(brush, room, l->is_portrait || event->list_count < 4 ? 1 : 2, 0);
    int places = grid.rows * grid.columns;
    struct staff_pages pages = {model->staff.first, (uint32_t)places, (uint32_t)event->list_count, false};
    char label[LIST_NAME_SIZE + 64];

    grid = staff_grid_for(brush, room, grid.columns, left < places ? left : places, l->touch_px * 5 / 4);
    for (int i = 0; i < left && i < places; i++) {
        const struct list *list = &event->lists[first + i];
        snprintf(label, sizeof label, "%s · %s", list->name, mode_name(brush, list->mode));
        staff_choice(brush, staff_grid_cell(&grid, i), STAFF_ACT_LIST, first + i, label,
                     list->id == model->config.list->id);
    }
    staff_frame(brush, brush_say(brush, "Was gezählt wird"), "", &pages);
}

// ---- screen and sound ----

// The name of a setting at the left; answers the place of what changes it.
static struct box draw_setting(const struct brush *brush, struct box cell, const char *name)
{
    int control_px = brush->layout->touch_px * 3;

    if (control_px < cell.w * 9 / 20) control_px = cell.w * 9 / 20;
    staff_words(brush, (struct box){cell.x, cell.y, cell.w - control_px - brush->layout->unit_px, cell.h}, LOOK_INK,
                brush->layout->small_px, name);
    return (struct box){cell.x + cell.w - control_px, cell.y, control_px, cell.h};
}

static void draw_steps(const struct brush *brush, struct box cell, const char *name, enum staff_act act, int percent)
{
    struct box control = draw_setting(brush, cell, name);
    int touch_px = brush->layout->touch_px;
    struct box less = {control.x, control.y, touch_px, control.h};
    struct box more = {control.x + control.w - touch_px, control.y, touch_px, control.h};
    struct text_style style = {.size_px = brush->layout->small_px,
                               .is_bold = true,
                               .is_tabular = true,
                               .across = ALIGN_CENTRE,
                               .down = ALIGN_CENTRE,
                               .is_one_line = true};
    char words[16];

    snprintf(words, sizeof words, "%d %%", percent);
    staff_button_if(brush, less, act, 0, "−", percent > (act == STAFF_ACT_BRIGHTNESS ? 10 : 0));
    brush_text(brush, (struct box){less.x + less.w, control.y, more.x - less.x - less.w, control.h}, LOOK_INK, &style,
               words);
    staff_button_if(brush, more, act, 1, "+", percent < 100);
}

static void draw_switch(const struct brush *brush, struct box cell, const char *name, enum staff_act act, bool is_on)
{
    struct box control = draw_setting(brush, cell, name);

    staff_choice(brush, control, act, 0, is_on ? brush_say(brush, "an") : brush_say(brush, "aus"), is_on);
}

static void draw_language(const struct brush *brush, struct box cell)
{
    const struct model *model = brush->model;
    struct box control = draw_setting(brush, cell, brush_say(brush, "Sprache"));
    struct staff_grid grid = {control, LANGUAGE_COUNT, 1, brush->layout->gap_px};

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        staff_choice(brush, staff_grid_cell(&grid, i), STAFF_ACT_LANGUAGE, i, i == LANGUAGE_DE ? "DE" : "EN",
                     model_language(model) == (enum language)i); // of this page
}

void view_staff_screen(const struct brush *brush)
{
    enum { SETTINGS = 6 };
    const struct layout *l = brush->layout;
    const struct model *model = brush->model;
    struct staff_grid grid =
        staff_grid_for(brush, staff_room(brush), l->is_portrait ? 1 : 2, SETTINGS, l->touch_px * 5 / 4);
    int at = 0;

    grid.gap_px = l->is_portrait ? l->gap_px : l->unit_px * 2;
    draw_language(brush, staff_grid_cell(&grid, at++));
    draw_steps(brush, staff_grid_cell(&grid, at++), brush_say(brush, "Lautstärke"), STAFF_ACT_VOLUME, model->volume);
    draw_switch(brush, staff_grid_cell(&grid, at++), brush_say(brush, "Große Schrift"), STAFF_ACT_LARGE,
                model->is_large_text);
    if (model->brightness > 0)
        draw_steps(brush, staff_grid_cell(&grid, at++), brush_say(brush, "Helligkeit"), STAFF_ACT_BRIGHTNESS,
                   model->brightness);
    draw_switch(brush, staff_grid_cell(&grid, at++), brush_say(brush, "Hoher Kontrast"), STAFF_ACT_CONTRAST,
                model->is_high_contrast);
    draw_switch(brush, staff_grid_cell(&grid, at++), brush_say(brush, "Übung: nichts zählt"), STAFF_ACT_PRACTISE,
                model->stance.is_practising);
    staff_frame(brush, brush_say(brush, "Bild, Ton, Übung"), "", NULL);
}
