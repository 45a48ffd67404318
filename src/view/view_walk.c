// The form of somebody without a ticket: fields, one of them chosen, and the keyboard. Then view_consents.c,
// view_registered.c.
#include "view/brush.h"
#include "view/view_keys.h"
#include "view/fit.h"

#include "base/grapheme.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

struct grid { // of fields
    struct box box;
    int columns, shown_rows, first_row;
};

// Type that stands in a line of that height.
static int size_within(int size_px, int height_px)
{
    int most_px = height_px * 4 / 5 > FIT_LEAST_PX ? height_px * 4 / 5 : FIT_LEAST_PX;

    return size_px < most_px ? size_px : most_px;
}

struct button view_walk_button(enum walk_act act, int row, const char *label)
{
    return (struct button){
        .action = {ACT_WALK, walk_key(act, row)}, .label = label, .ground = LOOK_BUTTON, .text = LOOK_WHITE};
}

void view_walk_back(const struct brush *brush, struct box box)
{
    struct button back = view_walk_button(WALK_ACT_BACK, 0, NULL);

    back.icon = ICON_BACK;
    back.is_dimmed = brush->model->asked_ms != 0;
    brush_button(brush, box, &back);
}

void view_walk_title(const struct brush *brush, struct box box, const char *title, const char *complaint)
{
    struct text_style style = {.size_px = size_within(brush->layout->line_px, box.h), .is_bold = true};

    style.down = ALIGN_CENTRE;
    style.is_one_line = box.h < 2 * fit_line_px(style.size_px); // else rather two lines than small ones
    if (brush->model->hint != FORM_HINT_NONE) view_form_hint(brush, box);
    else brush_text(brush, box, complaint ? LOOK_ALARM : LOOK_INK, &style, complaint ? complaint : title);
}

// ---- the fields ----

// How wide a letter is, in hundredths of the size of type; roughly, and rather too wide.
static int letter_width(const char *letter)
{
    if (strchr("iljtfrI.,:;'|! ", *letter)) return 38;
    if (strchr("mwMW@", *letter)) return 98;
    return *letter >= 'A' && *letter <= 'Z' ? 76 : (unsigned char)*letter >= 0xE2 ? 100 : 58;
}

// Of a long text the end is seen: there somebody is typing.
static const char *tail(const char *text, int room)
{
    int width = 0;

    for (const char *at = text; *at; at += grapheme_length(at)) width += letter_width(at);
    for (; width > room; text += grapheme_length(text)) width -= letter_width(text);
    return text;
}

static void draw_value(const struct brush *brush, struct box box, const char *value, bool is_chosen, bool is_required)
{
    const struct layout *l = brush->layout;
    struct text_style style = {.size_px = size_within(l->line_px, box.h), .is_one_line = true, .most_lines = 1};
    int least_px = l->line_px * 7 / 10 > FIT_LEAST_PX ? l->line_px * 7 / 10 : FIT_LEAST_PX;
    struct box room = {box.x + l->unit_px / 2, box.y, box.w - l->unit_px, box.h};
    char shown[EVENT_VALUE_SIZE + 4];

    style.down = ALIGN_CENTRE;
    snprintf(shown, sizeof shown, "%s%s", tail(value, room.w * 100 / least_px - 40), is_chosen ? "|" : "");
    brush_text(brush, room, LOOK_INK, &style, shown);
    if (value[0] || is_required) return;
    style.across = ALIGN_END;
    style.size_px = size_within(l->small_px, box.h);
    brush_text(brush, room, LOOK_INK_QUIET, &style, brush_say(brush, "freiwillig"));
}

static void draw_field(const struct brush *brush, struct box cell, int field)
{
    const struct layout *l = brush->layout;
    const struct walk *walk = &brush->model->walk;
    const struct walk_in_field *rule = &walk_rules(brush->model)->fields[field];
    struct text_style style = {.size_px = l->small_px, .is_one_line = true, .most_lines = 1, .down = ALIGN_CENTRE};
    bool is_chosen = walk->field == field, is_wrong = walk->complaint == field + 1;
    int label_px = cell.h * 2 / 5;
    int edge_px = is_chosen || is_wrong ? l->unit_px / 3 + 1 : 2;
    struct box box = box_without_top(cell, label_px);

    style.size_px = size_within(l->small_px, label_px);
    style.is_bold = is_chosen;
    brush_text(brush, (struct box){cell.x, cell.y, cell.w, label_px}, is_wrong ? LOOK_ALARM : LOOK_INK_QUIET, &style,
               rule->label[brush->model->language]);
    brush_round(brush, box, is_wrong ? LOOK_ALARM : is_chosen ? LOOK_BUTTON : LOOK_INK_QUIET);
    brush_round(brush, box_inside(box, edge_px), LOOK_PAPER_KEY);
    draw_value(brush, box_inside(box, l->unit_px / 3 + 1), walk->form.values[field], is_chosen,
               rule->is_required || rule->kind == FIELD_NAME);
    if (brush->model->asked_ms == 0)
        scene_add_target(brush->scene, cell, (struct action){ACT_WALK, walk_key(WALK_ACT_FIELD, field)});
}

static int cell_px(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    int wanted_px = fit_line_px(l->small_px) + l->line_px * 3 / 2;

    return wanted_px > l->touch_px ? wanted_px : l->touch_px;
}

// As few columns as the room allows. Where all fields don't fit, the rows around the chosen one are shown.
static struct grid grid_of(const struct brush *brush, struct box box)
{
    const struct layout *l = brush->layout;
    int count = (int)walk_rules(brush->model)->field_count, most = l->is_portrait ? 1 : 3;
    int row_px = cell_px(brush) + l->gap_px, rows, room_rows = (box.h + l->gap_px) / row_px;
    struct grid grid = {.box = box, .columns = 1};

    if (room_rows < 1) room_rows = 1;
    while (grid.columns < most && (count + grid.columns - 1) / grid.columns > room_rows) grid.columns++;
    rows = (count + grid.columns - 1) / grid.columns;
    grid.shown_rows = rows < room_rows ? rows : room_rows;
    int chosen_row = brush->model->walk.field / grid.columns;
    grid.first_row = chosen_row < grid.shown_rows ? 0 : chosen_row - grid.shown_rows + 1;
    return grid;
}

static void draw_fields(const struct brush *brush, const struct grid *grid)
{
    int gap = brush->layout->gap_px, count = (int)walk_rules(brush->model)->field_count;
    int cell_w = (grid->box.w - (grid->columns - 1) * gap) / grid->columns, cell_h = cell_px(brush);
    int first = grid->first_row * grid->columns, end = first + grid->shown_rows * grid->columns;

    if (cell_h > grid->box.h) cell_h = grid->box.h;
    for (int i = first; i < end && i < count; i++) {
        int column = i % grid->columns, row = i / grid->columns - grid->first_row;
        draw_field(
            brush,
            (struct box){grid->box.x + column * (cell_w + gap), grid->box.y + row * (cell_h + gap), cell_w, cell_h}, i);
    }
}

// ---- what there is to say ----

static const char *complaint_words(const struct brush *brush, char *room, size_t room_size)
{
    const struct walk *walk = &brush->model->walk;
    const struct walk_in_field *rule = &walk_rules(brush->model)->fields[walk->complaint - 1];
    bool is_empty =
        strspn(walk->form.values[walk->complaint - 1], " ") == strlen(walk->form.values[walk->complaint - 1]);

    if (!is_empty) return brush_say(brush, "Adresse prüfen: name@firma.de");
    if (rule->kind == FIELD_NAME) return brush_say(brush, "Bitte hier den Namen eintragen");
    if (rule->kind == FIELD_EMAIL) return brush_say(brush, "Bitte hier die E-Mail-Adresse eintragen");
    snprintf(room, room_size, brush_say(brush, "Bitte „%s“ ausfüllen"), rule->label[brush->model->language]);
    return room;
}

static void write_title(const struct brush *brush, const struct grid *grid, char *out, size_t out_size)
{
    const struct model *model = brush->model;
    int count = (int)walk_rules(model)->field_count, plus_ones = model->walk.form.plus_ones;

    if (grid->shown_rows * grid->columns < count)
        snprintf(out, out_size, brush_say(brush, "Neu anmelden: Feld %d von %d"), model->walk.field + 1, count);
    else if (plus_ones > 0) snprintf(out, out_size, brush_say(brush, "Neu anmelden, Begleitung: %d"), plus_ones);
    else text_copy(out, out_size, brush_say(brush, "Neu anmelden"));
}

static void draw_title(const struct brush *brush, struct box box, const struct grid *grid)
{
    char title[96], complaint[160];

    write_title(brush, grid, title, sizeof title);
    view_walk_title(brush, box, title,
                    brush->model->walk.complaint > 0 ? complaint_words(brush, complaint, sizeof complaint) : NULL);
}

// ---- the bar ----

static void draw_plus_ones(const struct brush *brush)
{
    const struct model *model = brush->model;
    int count = model->walk.form.plus_ones;
    struct box more_box = brush_bar_parts(brush, 2, 3, 6);
    char words[16];

    snprintf(words, sizeof words, "+1 (%d)", count);
    struct button more = view_walk_button(WALK_ACT_PLUS, 1, count > 0 ? words : brush_say(brush, "+1 Begleitung"));
    struct button less = view_walk_button(WALK_ACT_PLUS, 0, "−1");
    more.is_dimmed = count >= walk_most_plus_ones(model) || model->asked_ms != 0;
    less.is_dimmed = model->asked_ms != 0;
    if (count > 0) { // no wider than it must be: who touches the same place twice brings two
        struct box fewer = {more_box.x, more_box.y, brush->layout->touch_px, more_box.h};
        brush_button(brush, fewer, &less);
        more_box = box_without_left(more_box, fewer.w + brush->layout->gap_px);
    }
    brush_button(brush, more_box, &more);
}

static void draw_bar(const struct brush *brush)
{
    struct button on = view_walk_button(WALK_ACT_ON, 0, brush_say(brush, "Weiter"));
    bool has_plus_ones = walk_most_plus_ones(brush->model) > 0;

    on.is_dimmed = brush->model->asked_ms != 0;
    view_walk_back(brush, brush_bar_part(brush, 0, 6));
    brush_language(brush, brush_bar_part(brush, 1, 6));
    if (has_plus_ones) draw_plus_ones(brush);
    brush_button(brush, brush_bar_parts(brush, has_plus_ones ? 4 : 2, 5, 6), &on);
}

static void draw_form(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct keys *keys = &brush->model->walk.keys;
    int edge = brush_edge_px(brush), width = l->width_px - 2 * edge, keys_px = view_keys_height_px(brush, keys);
    int side = l->is_portrait ? l->gap_px : edge, bar_y = l->height_px - brush_bar_px(brush);
    struct box board = {side, bar_y - keys_px, l->width_px - 2 * side, keys_px};
    int room_px = board.y - 2 * l->gap_px, title_px = fit_line_px(l->line_px), least_px = l->unit_px / 2;
    struct grid grid = grid_of(brush, (struct box){edge, 0, width, room_px - least_px - title_px});
    int used_px = grid.shown_rows * (cell_px(brush) + l->gap_px) - l->gap_px;

    if (used_px > room_px - title_px) used_px = room_px - title_px;
    grid.box.h = used_px;
    grid.box.y = room_px - used_px;
    draw_title(brush, (struct box){edge, 0, width, grid.box.y}, &grid);
    draw_fields(brush, &grid);
    view_keys(brush, board, keys);
    draw_bar(brush);
}

void view_walk(const struct brush *brush)
{
    switch (brush->model->walk.step) {
    case WALK_FORM:
        draw_form(brush);
        break;
    case WALK_CONSENTS:
        view_consents(brush);
        break;
    case WALK_NAMESAKE:
        view_namesake(brush);
        break;
    case WALK_TICKET:
        view_registered(brush);
        break;
    }
}
