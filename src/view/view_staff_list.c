// Lists of people: found by their name, and who came last. The fact on the left, the action on the right.
#include "view/fit.h"
#include "view/view_keys.h"
#include "view/view_staff.h"

#include "base/text.h"
#include "model/day.h"

#include <stdio.h>
#include <string.h>

enum { FACTS_SIZE = 512 };

static void add_fact(char *facts, const char *fact)
{
    size_t used = strlen(facts);

    if (fact[0] && used + strlen(fact) + 4 < FACTS_SIZE)
        snprintf(facts + used, FACTS_SIZE - used, "%s%s", used > 0 ? " · " : "", fact);
}

static const char *standing(const struct brush *brush, const struct row *row)
{
    switch (row->status) {
    case GUEST_STATUS_OK:
        break;
    case GUEST_STATUS_UNPAID:
        return brush_say(brush, "nicht bezahlt");
    case GUEST_STATUS_BLOCKED:
        return brush_say(brush, "gesperrt");
    case GUEST_STATUS_CANCELED:
        return brush_say(brush, "storniert");
    }
    return row->is_signed_off ? brush_say(brush, "abgemeldet") : "";
}

// "Notiz · Bus 2 · Berufskolleg Olsberg": what matters most first, the end may be cut off. `is_brief`: one of the last
// two.
static void write_facts(const struct brush *brush, const struct row *row, bool is_brief, const char *lead,
                        char facts[FACTS_SIZE])
{
    const struct event *event = brush->model->config.event;
    const struct event_label *group = row->group ? event_group(event, row->group) : NULL;
    const struct event_label *kind = event_class(event, row->class_id);
    char company[GUEST_NAME_SIZE];

    facts[0] = '\0';
    text_make_showable(company, sizeof company, row->company, strlen(row->company));
    bool has_room = !is_brief || (!company[0] && !row->has_note && !lead[0]);
    add_fact(facts, lead);
    if (row->has_note) add_fact(facts, brush_say(brush, "Notiz"));
    if (group && has_room) add_fact(facts, group->name[brush->model->language]);
    if (!group && kind && has_room) add_fact(facts, kind->name[brush->model->language]);
    if (!is_brief || !lead[0]) add_fact(facts, company);
    if (row->is_walk_in && !is_brief) add_fact(facts, brush_say(brush, "vor Ort angemeldet"));
}

// "da · 10:02 Uhr"
static void write_past(const struct brush *brush, const struct row *row, char *out, size_t out_size)
{
    const struct model *model = brush->model;
    bool is_given = model->config.list->mode == LIST_MODE_HAND_OUT;
    const char *words = is_given ? brush_say(brush, "hat schon") : brush_say(brush, "da");
    char moment[DAY_TEXT_SIZE];

    out[0] = '\0';
    if (!row->past.is_known) return;
    day_write_moment(row->past.unix_ms, model->staff.unix_ms, model->language, moment);
    snprintf(out, out_size, "%s · %s", row->past.is_entry ? words : brush_say(brush, "hinaus"), moment);
}

static int facts_size(const struct brush *brush)
{
    int size_px = brush->layout->small_px * 9 / 10;

    return size_px > FIT_LEAST_PX ? size_px : FIT_LEAST_PX;
}

static int action_px(const struct brush *brush)
{
    return staff_button_px(brush, 10, brush->layout->is_portrait ? 2 : 2.5);
}

static struct box draw_card(const struct brush *brush, struct box box, int at, const struct row *row, int taken_px,
                            const char *lead)
{
    const struct layout *l = brush->layout;
    struct action pick = {ACT_STAFF, staff_key(STAFF_ACT_PICK, at)};
    struct box card = {box.x, box.y, box.w - taken_px - l->gap_px, box.h};
    struct box words = {card.x + l->unit_px, card.y + l->unit_px / 4, card.w - 2 * l->unit_px, card.h - l->unit_px / 2};
    struct text_style bold = {.size_px = l->small_px, .is_bold = true, .is_one_line = true, .most_lines = 1};
    struct text_style quiet = {.size_px = facts_size(brush), .is_one_line = true, .most_lines = 1};
    char name[GUEST_NAME_SIZE], facts[FACTS_SIZE];
    int name_px = fit_line_px(bold.size_px), facts_px = fit_line_px(quiet.size_px);

    write_facts(brush, row, l->is_portrait || card.w < box.w * 13 / 20, lead, facts);
    int above_px = (words.h - name_px - (facts[0] ? facts_px : 0)) / 2;
    staff_card(brush, card, LOOK_PAPER_KEY);
    if (action_equals(brush->model->chosen, pick)) brush_round(brush, box_inside(card, l->unit_px / 3), LOOK_PAPER);
    words.y += above_px;
    brush_text(brush, (struct box){words.x, words.y, words.w, name_px}, LOOK_INK, &bold,
               staff_name(brush, row->name, name, sizeof name));
    brush_text(brush, (struct box){words.x, words.y + name_px, words.w, facts_px}, LOOK_INK_QUIET, &quiet, facts);
    scene_add_target(brush->scene, card, pick);
    return (struct box){box.x + box.w - taken_px, box.y, taken_px, box.h};
}

static void draw_words_as_action(const struct brush *brush, struct box box, uint32_t rgb, const char *words)
{
    struct text_style style = {.size_px = brush->layout->small_px,
                               .is_bold = true,
                               .is_tabular = true,
                               .across = ALIGN_CENTRE,
                               .down = ALIGN_CENTRE};

    brush_text(brush, box, rgb, &style, words);
}

static const char *admit_words(const struct brush *brush)
{
    return brush->model->config.list->mode == LIST_MODE_HAND_OUT ? brush_say(brush, "Ausgeben")
                                                                 : brush_say(brush, "Einlassen");
}

static void draw_found(const struct brush *brush, struct box box, int at, const struct row *row)
{
    struct box action = draw_card(brush, box, at, row, action_px(brush), "");
    char past[DAY_TEXT_SIZE + 64];

    write_past(brush, row, past, sizeof past);
    if (row->past.is_known && row->past.is_entry) draw_words_as_action(brush, action, LOOK_WELCOME, past);
    else if (row->status != GUEST_STATUS_OK || row->is_signed_off)
        draw_words_as_action(brush, action, LOOK_ALARM, standing(brush, row));
    else staff_button_if(brush, action, STAFF_ACT_ADMIT, at, admit_words(brush), brush->model->asked_ms == 0);
}

static void draw_recent(const struct brush *brush, struct box box, int at, const struct row *row)
{
    const struct layout *l = brush->layout;
    int moment_px = l->is_portrait ? 0 : l->touch_px * 5 / 2, undo_px = action_px(brush);
    char past[DAY_TEXT_SIZE + 64];

    write_past(brush, row, past, sizeof past);
    struct box action =
        draw_card(brush, box, at, row, undo_px + (moment_px ? moment_px + l->gap_px : 0), moment_px ? "" : past);
    struct box undo = {action.x + action.w - undo_px, action.y, undo_px, action.h};
    if (moment_px) draw_words_as_action(brush, (struct box){action.x, action.y, moment_px, action.h}, LOOK_INK, past);
    staff_button_if(brush, undo, STAFF_ACT_UNDO, at,
                    row->can_be_undone ? brush_say(brush, "Rückgängig") : brush_say(brush, "Rückgängig …"),
                    row->past.seq != 0 && brush->model->asked_ms == 0);
}

typedef void draw_row(const struct brush *brush, struct box box, int at, const struct row *row);

// Rows from staff.first on; answers how many.
static struct staff_pages draw_rows(const struct brush *brush, struct box room, draw_row *draw)
{
    const struct staff *staff = &brush->model->staff;
    int two_px = fit_line_px(brush->layout->small_px) + fit_line_px(facts_size(brush)) + brush->layout->unit_px;
    struct staff_grid grid = staff_grid_of(brush, room, 1, two_px);
    struct staff_pages pages = {.first = staff->first, .total = staff->rows ? (uint32_t)staff->rows->count : 0};

    grid = staff_grid_low(&grid, (two_px > brush->layout->touch_px ? two_px : brush->layout->touch_px) * 5 / 4);
    for (int i = 0; i < grid.rows; i++) {
        int at = (int)staff->first + i;
        const struct row *row = staff_row(brush->model, at);
        if (row) draw(brush, staff_grid_cell(&grid, i), at, row);
    }
    pages.shown = (uint32_t)grid.rows;
    return pages;
}

static void draw_nobody(const struct brush *brush, struct box room, const char *words)
{
    struct text_style style = {.size_px = brush->layout->line_px, .across = ALIGN_CENTRE, .down = ALIGN_CENTRE};

    brush_text(brush, room, LOOK_INK_QUIET, &style, words);
}

static void say_search(const struct brush *brush, struct box room)
{
    const struct staff *staff = &brush->model->staff;
    const struct rows *rows = staff->rows;

    if (staff->listing_ms != 0 || staff->is_stale) return; // an answer is on its way
    if (!rows) draw_nobody(brush, room, brush_say(brush, "Name, Firma oder Ticketnummer: zwei Buchstaben genügen"));
    else if (rows->count == 0) draw_nobody(brush, room, brush_say(brush, "Niemand gefunden"));
}

// On small screens the keyboard takes the place of title and bar: somebody is to be seen above it.
static void draw_small(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    int edge = brush_edge_px(brush), back_px = l->touch_px * 5 / 4;
    struct box room = {edge, l->unit_px / 2, l->width_px - 2 * edge, l->height_px - l->unit_px * 3 / 2};
    struct box back = {room.x, room.y, back_px, l->touch_px};
    struct box field = {room.x + back_px + l->gap_px, room.y, room.w - back_px - l->gap_px, l->touch_px};
    struct box list = staff_keyboard(brush, box_without_top(room, field.h + l->unit_px / 2));

    draw_rows(brush, list, draw_found);
    say_search(brush, list);
    staff_field(brush, field, brush->model->staff.search);
    staff_back(brush, back);
}

void view_staff_search(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct staff *staff = &brush->model->staff;
    bool has_more = staff->rows && staff->rows->has_more;
    struct box room = staff_room(brush), field = {room.x, room.y, room.w, l->touch_px};
    struct box list = box_without_top(room, field.h + l->unit_px / 2);
    int keys_px = view_keys_height_px(brush, &staff->keys) + 2 * l->gap_px;

    if (staff->has_keys && list.h - keys_px < 2 * l->touch_px + l->gap_px) {
        draw_small(brush);
        return;
    }
    if (staff->has_keys) list = staff_keyboard(brush, list);
    struct staff_pages pages = draw_rows(brush, list, draw_found);
    say_search(brush, list);
    staff_field(brush, field, staff->search);
    staff_frame(brush, brush_say(brush, "Suchen"),
                has_more ? brush_say(brush, "Es gibt mehr: bitte genauer suchen") : "", &pages);
}

void view_staff_recent(const struct brush *brush)
{
    const struct staff *staff = &brush->model->staff;
    struct box room = staff_room(brush);
    struct staff_pages pages = draw_rows(brush, room, draw_recent);

    if (staff->rows && staff->rows->count == 0) draw_nobody(brush, room, brush_say(brush, "Noch war niemand hier"));
    staff_frame(brush, brush_say(brush, "Zuletzt"), "", &pages);
}
