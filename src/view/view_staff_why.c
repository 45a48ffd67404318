// Two pages of large buttons, or something typed instead: the reason, and where a round begins.
#include "view/fit.h"
#include "view/view_staff.h"

#include <stdio.h>
#include <string.h>

enum { LABEL_SIZE = 160 };

static int columns_of(const struct brush *brush, int count)
{
    return brush->layout->is_portrait || count < 3 ? 1 : 2;
}

// A page of one field, its keyboard and the button that says what is done with it.
static void draw_typing(const struct brush *brush, struct box room, const char *go, bool is_possible)
{
    const struct layout *l = brush->layout;
    int go_px = room.w / 4;
    struct box under = box_without_top(room, l->touch_px - 2 * l->gap_px); // where it is low, never over the field
    struct box above = staff_keyboard(brush, under);
    int y = above.y + above.h - l->touch_px;

    if (y < room.y) y = room.y;
    staff_field(brush, (struct box){room.x, y, room.w - go_px - l->gap_px, l->touch_px}, brush->model->staff.text);
    staff_button_if(brush, (struct box){room.x + room.w - go_px, y, go_px, l->touch_px}, STAFF_ACT_CONFIRM, 0, go,
                    is_possible && brush->model->asked_ms == 0);
}

static const char *reason_title(const struct brush *brush)
{
    if (brush->model->staff.wanted == COMMAND_FORCE) return brush_say(brush, "Warum trotzdem?");
    if (brush->model->staff.wanted == COMMAND_UNDO) return brush_say(brush, "Warum zurück?");
    return brush_say(brush, "Warum abmelden?");
}

static void write_reason(const struct brush *brush, size_t at, char out[LABEL_SIZE])
{
    const struct event_label *group;
    const char *words = brush_say(brush, staff_reason(brush->model, at, &group));

    if (group) snprintf(out, LABEL_SIZE, words, group->name[brush->model->language]);
    else snprintf(out, LABEL_SIZE, "%s", words);
}

void view_staff_reason(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct staff *staff = &brush->model->staff;
    int count = (int)staff_reason_count(brush->model), first = (int)staff->first;
    struct box room = staff_room(brush);
    struct staff_grid grid = staff_grid_of(brush, room, columns_of(brush, count), 0);
    int places = grid.rows * grid.columns - 1; // the last is for another reason
    struct staff_pages pages = {staff->first, (uint32_t)places, (uint32_t)count, false};
    char label[LABEL_SIZE];

    staff_frame(brush, reason_title(brush), staff->wanted_name, staff->has_keys ? NULL : &pages);
    if (staff->has_keys) {
        draw_typing(brush, room, brush_say(brush, "Weiter"), staff->text[0] != '\0');
        return;
    }
    int shown = count - first < places ? count - first : places;
    if (shown < 0) shown = 0;
    grid = staff_grid_for(brush, room, grid.columns, shown + 1, l->touch_px * 3 / 2);
    for (int i = 0; i < shown; i++) {
        write_reason(brush, (size_t)first + (size_t)i, label);
        staff_button_if(brush, staff_grid_cell(&grid, i), STAFF_ACT_REASON, first + i, label,
                        brush->model->asked_ms == 0);
    }
    staff_choice(brush, staff_grid_cell(&grid, shown), STAFF_ACT_TYPE, 0, brush_say(brush, "Anderer Grund …"), false);
}

// ---- a new round ----

static void draw_question(const struct brush *brush, struct box room)
{
    const struct layout *l = brush->layout;
    const struct headcount *count = &brush->model->headcount;
    struct text_style words = {.size_px = l->line_px};
    struct box no = {room.x, room.y + room.h - l->touch_px - l->unit_px, (room.w - l->gap_px) / 2, l->touch_px};
    struct box yes = {no.x + no.w + l->gap_px, no.y, no.w, no.h};
    char question[LABEL_SIZE];

    snprintf(question, sizeof question, brush_say(brush, "Es fehlen noch %u. Trotzdem eine neue Runde beginnen?"),
             count->expected - count->inside);
    room.h = no.y - room.y - l->unit_px;
    brush_text(brush, box_without_top(room, l->unit_px), LOOK_INK, &words, question);
    staff_button(brush, no, STAFF_ACT_BACK, 1, brush_say(brush, "Nein, weiter zählen"));
    staff_button_if(brush, yes, STAFF_ACT_CONFIRM, 0, brush_say(brush, "Ja, neue Runde"), brush->model->asked_ms == 0);
}

static void draw_stops(const struct brush *brush, struct box room, const struct staff_grid *whole, int places)
{
    const struct layout *l = brush->layout;
    const struct model *model = brush->model;
    int first = (int)model->staff.first, left = (int)model->config.event->stop_count - first;
    int shown = left < places ? left : places;

    if (shown < 0) shown = 0;
    struct staff_grid grid = staff_grid_for(brush, room, whole->columns, shown + 1, l->touch_px * 3 / 2);
    for (int i = 0; i < shown; i++)
        staff_button_if(brush, staff_grid_cell(&grid, i), STAFF_ACT_STOP, first + i,
                        model->config.event->stops[first + i].name[model->language], model->asked_ms == 0);
    staff_choice(brush, staff_grid_cell(&grid, shown), STAFF_ACT_TYPE, 0, brush_say(brush, "Anderer Halt …"), false);
}

static void write_round(const struct brush *brush, char *out, size_t out_size)
{
    const struct headcount *count = &brush->model->headcount;

    out[0] = '\0';
    if (count->round == 0) return;
    snprintf(out, out_size, brush_say(brush, "Es läuft Runde %u"), count->round);
    size_t used = strlen(out);
    if (count->stop[0]) snprintf(out + used, out_size - used, " · %s", count->stop);
}

void view_staff_round(const struct brush *brush)
{
    const struct model *model = brush->model;
    const struct staff *staff = &model->staff;
    int count = (int)model->config.event->stop_count;
    struct box room = staff_room(brush);
    struct staff_grid grid = staff_grid_of(brush, room, columns_of(brush, count + 1), 0);
    int places = grid.rows * grid.columns - 1;
    struct staff_pages pages = {staff->first, (uint32_t)places, (uint32_t)count, false};
    bool has_stops = !staff->has_keys && staff->stop == 0;
    char fact[RECORD_STOP_SIZE + 64];

    write_round(brush, fact, sizeof fact);
    staff_frame(brush, brush_say(brush, "Neue Runde"), fact, has_stops ? &pages : NULL);
    if (staff->stop != 0) draw_question(brush, room);
    else if (staff->has_keys) draw_typing(brush, room, brush_say(brush, "Beginnen"), true);
    else draw_stops(brush, room, &grid, places);
}
