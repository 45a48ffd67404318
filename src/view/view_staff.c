// What all staff pages have: a title, rows, and the bar with the way back, what was done, undo and lock.
#include "view/view_staff.h"
#include "view/view_keys.h"

#include "base/text.h"
#include "view/fit.h"

#include <stdio.h>
#include <string.h>

struct staff_grid staff_grid_of(const struct brush *brush, struct box box, int columns, int least_px)
{
    int gap_px = brush->layout->gap_px,
        row_px = least_px > brush->layout->touch_px ? least_px : brush->layout->touch_px;
    int rows = (box.h + gap_px) / (row_px + gap_px);

    return (struct staff_grid){box, columns, rows > 0 ? rows : 1, gap_px};
}

struct staff_grid staff_grid_low(const struct staff_grid *grid, int most_px)
{
    struct staff_grid low = *grid;
    int most_h = grid->rows * (most_px + grid->gap_px) - grid->gap_px;

    if (low.box.h > most_h) low.box.h = most_h;
    return low;
}

struct staff_grid staff_grid_for(const struct brush *brush, struct box box, int columns, int count, int most_px)
{
    struct staff_grid grid = staff_grid_of(brush, box, columns, 0);
    int needed = (count + columns - 1) / columns;

    if (needed < grid.rows && needed > 0) grid.rows = needed;
    return staff_grid_low(&grid, most_px);
}

struct box staff_grid_cell(const struct staff_grid *grid, int at)
{
    int column = at % grid->columns, row = at / grid->columns;
    int w = grid->box.w + grid->gap_px, h = grid->box.h + grid->gap_px;
    int x = w * column / grid->columns, y = h * row / grid->rows;

    return (struct box){grid->box.x + x, grid->box.y + y, w * (column + 1) / grid->columns - x - grid->gap_px,
                        h * (row + 1) / grid->rows - y - grid->gap_px};
}

// ---- buttons and texts ----

int staff_button_px(const struct brush *brush, int letters, double fingers)
{
    const struct layout *l = brush->layout;
    int fingers_px = (int)(fingers * l->touch_px), letters_px = letters * l->small_px * 6 / 10 + 2 * l->unit_px;

    return l->is_portrait || letters_px < fingers_px ? fingers_px : letters_px; // portrait has no width to spare
}

void staff_card(const struct brush *brush, struct box box, uint32_t ground)
{
    brush_round(brush, box, LOOK_PAPER_EDGE);
    brush_round(brush, box_inside(box, brush->layout->unit_px / 8 + 1), ground);
}

void staff_button_if(const struct brush *brush, struct box box, enum staff_act act, int row, const char *label,
                     bool is_possible)
{
    brush_button(brush, box,
                 &(struct button){.action = {ACT_STAFF, staff_key(act, row)},
                                  .label = label,
                                  .ground = LOOK_BUTTON,
                                  .text = LOOK_WHITE,
                                  .is_dimmed = !is_possible});
}

void staff_button(const struct brush *brush, struct box box, enum staff_act act, int row, const char *label)
{
    staff_button_if(brush, box, act, row, label, true);
}

void staff_choice(const struct brush *brush, struct box box, enum staff_act act, int row, const char *label,
                  bool is_current)
{
    struct button button = {.action = {ACT_STAFF, staff_key(act, row)},
                            .label = label,
                            .ground = is_current ? LOOK_BUTTON : LOOK_PAPER_KEY,
                            .text = is_current ? LOOK_WHITE : LOOK_INK};

    brush_round(brush, box, LOOK_PAPER_EDGE);
    brush_button(brush, box_inside(box, brush->layout->unit_px / 8 + 1), &button);
    brush->scene->targets[brush->scene->target_count - 1].box = box; // the finger has the edge too
}

void staff_back(const struct brush *brush, struct box box)
{
    brush_button(brush, box,
                 &(struct button){.action = {ACT_STAFF, staff_key(STAFF_ACT_BACK, 0)},
                                  .icon = ICON_BACK,
                                  .ground = LOOK_BUTTON,
                                  .text = LOOK_WHITE});
}

void staff_words(const struct brush *brush, struct box box, uint32_t rgb, int size_px, const char *words)
{
    brush_text(brush, box, rgb, &(struct text_style){.size_px = size_px, .is_tabular = true, .down = ALIGN_CENTRE},
               words);
}

const char *staff_name(const struct brush *brush, const char *name, char *room, size_t room_size)
{
    text_make_showable(room, room_size, name, strlen(name));
    return room[0] ? room : brush_say(brush, "Ticket ohne Namen");
}

void staff_field(const struct brush *brush, struct box box, const char *typed)
{
    int touch_px = brush->layout->touch_px, gap_px = brush->layout->gap_px;
    struct box clear = {box.x + box.w - touch_px, box.y, touch_px, box.h};

    if (typed[0]) {
        box.w -= touch_px + gap_px;
        brush_button(brush, clear,
                     &(struct button){.action = {ACT_STAFF, staff_key(STAFF_ACT_CLEAR, 0)},
                                      .icon = ICON_ERASE,
                                      .ground = LOOK_BUTTON,
                                      .text = LOOK_WHITE});
    }
    view_form_field(brush, box, typed);
    scene_add_target(brush->scene, box, (struct action){ACT_STAFF, staff_key(STAFF_ACT_TYPE, 0)});
}

struct box staff_keyboard_of(const struct brush *brush, struct box room, const struct keys *keys)
{
    int height_px = view_keys_height_px(brush, keys), gap_px = brush->layout->gap_px;

    if (height_px > room.h - 2 * gap_px) height_px = room.h - 2 * gap_px;
    struct box box = {room.x, room.y + room.h - height_px, room.w, height_px};
    if (brush->layout->is_portrait) { // its ten columns take all the width there is
        box.x = brush->layout->unit_px;
        box.w = brush->layout->width_px - 2 * box.x;
    }
    view_keys(brush, box, keys);
    room.h -= height_px + 2 * gap_px;
    return room;
}

struct box staff_keyboard(const struct brush *brush, struct box room)
{
    return staff_keyboard_of(brush, room, &brush->model->staff.keys);
}

// ---- the bar ----

static const char *done_words(const struct brush *brush)
{
    switch (brush->model->staff.done) {
    case STAFF_DONE_NOTHING:
        break;
    case STAFF_DONE_ADMITTED:
        if (brush->model->config.list->mode == LIST_MODE_HAND_OUT) return brush_say(brush, "%s: ausgegeben");
        return brush_say(brush, "%s ist da");
    case STAFF_DONE_OUT:
        return brush_say(brush, "%s ist hinausgegangen");
    case STAFF_DONE_SIGNED_OFF:
        return brush_say(brush, "%s ist abgemeldet");
    case STAFF_DONE_UNDONE:
        return brush_say(brush, "%s: zurückgenommen");
    case STAFF_DONE_TOO_LATE:
        return brush_say(brush, "%s: war schon zurückgenommen");
    case STAFF_DONE_ROUND:
        return brush_say(brush, "Neue Runde %s");
    case STAFF_DONE_STOCK:
        return brush_say(brush, "Bestand %s");
    case STAFF_DONE_TOO_FEW:
        return brush_say(brush, "So viele sind nicht da");
    case STAFF_DONE_SERVE:
        return brush_say(brush, "Umgestellt");
    case STAFF_DONE_PRACTISE:
        if (brush->model->stance.is_practising) return brush_say(brush, "Übung: nichts zählt");
        return brush_say(brush, "Ab jetzt zählt alles");
    case STAFF_DONE_PAIRED:
        return brush_say(brush, "Gekoppelt");
    case STAFF_DONE_KIOSK:
        return brush_say(brush, "%s ist gekoppelt");
    case STAFF_DONE_NOBODY:
        return brush_say(brush, "Nicht mehr auf der Liste");
    case STAFF_DONE_NO_ANSWER:
        return brush_say(brush, "Das hat nicht geklappt. Bitte noch einmal.");
    }
    return brush->model->asked_ms != 0 ? brush_say(brush, "Einen Moment …") : "";
}

// Puts the name where the words have their %s. Without one, what stood around it is left out.
static void write_done(const struct brush *brush, char *out, size_t out_size)
{
    const struct staff *staff = &brush->model->staff;
    const char *words = done_words(brush), *at = strstr(words, "%s");
    bool has_name = at && staff->done_name[0];
    int before = at ? (int)(at - words) : (int)strlen(words);
    const char *after = at ? at + 2 : "";

    if (!has_name && before == 0)
        while (*after == ':' || *after == ' ') after++;
    if (!has_name && before > 0 && words[before - 1] == ' ') before--;
    snprintf(out, out_size, "%.*s%s%s", before, words, has_name ? staff->done_name : "", after);
}

static void draw_done(const struct brush *brush, struct box box)
{
    const struct layout *l = brush->layout;
    int undo_px = staff_button_px(brush, 10, 2.25);
    struct box undo = {box.x + box.w - undo_px, box.y, undo_px, box.h};
    char words[GUEST_NAME_SIZE + 96];

    write_done(brush, words, sizeof words);
    if (brush->model->staff.done_seq != 0) {
        staff_button_if(brush, undo, STAFF_ACT_UNDO_DONE, 0, brush_say(brush, "Rückgängig"),
                        brush->model->asked_ms == 0);
        box.w -= undo_px + l->gap_px;
    }
    staff_words(brush, box, LOOK_INK, l->small_px, words);
}

static int page_buttons(const struct brush *brush, struct box *bar, const struct staff_pages *pages)
{
    int touch_px = brush->layout->touch_px, step = (int)pages->shown;
    bool can_more = pages->first + pages->shown < pages->total || pages->has_more;
    const struct {
        enum staff_act act;
        enum icon icon;
        bool is_possible;
    } buttons[] = {{STAFF_ACT_LESS, ICON_UP, pages->first > 0}, {STAFF_ACT_MORE, ICON_DOWN, can_more}};

    if (pages->first == 0 && !can_more) return 0;
    for (int i = 0; i < 2; i++) {
        brush_button(brush, (struct box){bar->x, bar->y, touch_px, bar->h},
                     &(struct button){.action = {ACT_STAFF, staff_key(buttons[i].act, step < 255 ? step : 255)},
                                      .icon = buttons[i].icon,
                                      .ground = LOOK_BUTTON,
                                      .text = LOOK_WHITE,
                                      .is_dimmed = !buttons[i].is_possible});
        *bar = box_without_left(*bar, touch_px + brush->layout->gap_px);
    }
    return 2;
}

static void draw_bar(const struct brush *brush, const struct staff_pages *pages)
{
    const struct layout *l = brush->layout;
    struct box bar = brush_bar_part(brush, 0, 1);
    int back_px = l->touch_px * 5 / 4, lock_px = staff_button_px(brush, 7, 2);

    if (brush->model->staff.page != STAFF_MENU) staff_back(brush, (struct box){bar.x, bar.y, back_px, bar.h});
    staff_button(brush, (struct box){bar.x + bar.w - lock_px, bar.y, lock_px, bar.h}, STAFF_ACT_LOCK, 0,
                 brush_say(brush, "Sperren"));
    bar = box_without_left(bar, back_px + l->gap_px);
    bar.w -= lock_px + l->gap_px;
    if (pages) page_buttons(brush, &bar, pages);
    if (l->is_portrait) {
        struct box whole = brush_bar_part(brush, 0, 1);
        bar = (struct box){whole.x, whole.y - l->touch_px - l->gap_px, whole.w, whole.h};
    } else {
        bar = box_without_left(bar, l->gap_px);
        bar.w -= l->gap_px;
    }
    draw_done(brush, bar);
}

// The fact beside the title may need two lines of the smallest type.
static int title_px(const struct brush *brush)
{
    int title = fit_line_px(brush->layout->line_px) + brush->layout->unit_px, facts = 2 * fit_line_px(FIT_LEAST_PX);

    return title > facts ? title : facts;
}

struct box staff_room(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    int edge = brush_edge_px(brush), top = title_px(brush) + l->unit_px / 2;
    int bar_px = brush_bar_px(brush) + (l->is_portrait ? l->touch_px + l->gap_px : 0);

    return (struct box){edge, top, l->width_px - 2 * edge, l->height_px - bar_px - top};
}

struct box staff_frame(const struct brush *brush, const char *title, const char *fact, const struct staff_pages *pages)
{
    const struct layout *l = brush->layout;
    struct box room = staff_room(brush);
    int fact_px = fact[0] ? room.w / 2 : 0;
    struct box left = {room.x, l->unit_px / 2, room.w - fact_px, title_px(brush)};
    struct box right = {left.x + left.w, left.y, fact_px, left.h};
    struct text_style bold = {.size_px = l->line_px, .is_bold = true, .is_one_line = true, .down = ALIGN_CENTRE};
    struct text_style quiet = {
        .size_px = l->small_px, .is_tabular = true, .across = ALIGN_END, .down = ALIGN_CENTRE, .is_one_line = true};

    brush_text(brush, left, LOOK_INK, &bold, title);
    brush_text(brush, right, LOOK_INK_QUIET, &quiet, fact);
    draw_bar(brush, pages);
    return room;
}
