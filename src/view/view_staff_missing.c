// Who is missing: read out in a bus. The largest text of all staff pages, in two columns; a touch on a name ticks it.
#include "view/fit.h"
#include "view/view_staff.h"

#include <stdio.h>
#include <string.h>

enum { LANDSCAPE_COLUMNS = 2 };

static int at_least(int px, int least_px)
{
    return px > least_px ? px : least_px;
}

// "Da" for the whole card, and a smaller button for who won't come.
static void draw_somebody(const struct brush *brush, struct box box, int at, const struct row *row)
{
    const struct layout *l = brush->layout;
    int here_px = at_least(l->touch_px * 3 / 4, l->small_px * 5 / 2);
    int gone_px = at_least(l->touch_px + l->unit_px / 2, l->small_px * 14 / 5);
    struct box card = {box.x, box.y, box.w - gone_px - l->gap_px, box.h};
    int here_h = card.h < l->touch_px ? card.h : l->touch_px;
    struct box here = {card.x + card.w - here_px - l->unit_px / 2, card.y + (card.h - here_h) / 2, here_px, here_h};
    struct box words = {card.x + l->unit_px, card.y + l->unit_px / 2, here.x - card.x - l->unit_px - l->unit_px / 2,
                        card.h - l->unit_px};
    struct action tick = {ACT_STAFF, staff_key(STAFF_ACT_ADMIT, at)};
    bool is_chosen = action_equals(brush->model->chosen, tick);
    struct text_style big = {.size_px = l->line_px, .is_bold = true, .down = ALIGN_CENTRE};
    struct text_style small = {.size_px = at_least(l->small_px * 4 / 5, FIT_LEAST_PX),
                               .is_bold = true,
                               .across = ALIGN_CENTRE,
                               .down = ALIGN_CENTRE,
                               .is_one_line = true};
    char name[GUEST_NAME_SIZE];

    staff_card(brush, card, is_chosen ? LOOK_PAPER_EDGE : LOOK_PAPER_KEY);
    brush_text(brush, words, LOOK_INK, &big, staff_name(brush, row->name, name, sizeof name));
    brush_round(brush, box_inside(here, l->unit_px / 4), LOOK_WELCOME);
    brush_text(brush, box_inside(here, l->unit_px / 4), LOOK_WHITE, &small, brush_say(brush, "Da"));
    scene_add_target(brush->scene, card, tick);
    staff_choice(brush, (struct box){box.x + box.w - gone_px, box.y, gone_px, box.h}, STAFF_ACT_EXIT, at,
                 brush_say(brush, "Weg"), false);
}

static void draw_all_here(const struct brush *brush, struct box room)
{
    const struct layout *l = brush->layout;
    int icon_px = l->short_px * 28 / 100;
    struct box icon = {room.x, room.y + (room.h - icon_px - fit_line_px(l->word_px)) / 2, room.w, icon_px};
    struct box words = box_without_top(room, icon.y + icon_px - room.y);
    struct text_style word = {.size_px = l->word_px, .is_bold = true, .across = ALIGN_CENTRE, .is_one_line = true};

    brush_icon(brush, icon, ICON_TICK, LOOK_WELCOME);
    brush_text(brush, words, LOOK_WELCOME, &word, brush_say(brush, "Alle da"));
}

static void write_round(const struct brush *brush, char *out, size_t out_size)
{
    const struct headcount *count = &brush->model->headcount;

    snprintf(out, out_size, count->stop[0] ? "%s · " : "%s", count->stop);
    size_t used = strlen(out);
    snprintf(out + used, out_size - used, brush_say(brush, "%u da von %u"), count->inside, count->expected);
}

void view_staff_missing(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct staff *staff = &brush->model->staff;
    const struct rows *rows = staff->rows;
    struct box room = staff_room(brush);
    int least_px = 2 * fit_line_px(l->line_px); // a name may take two lines of the same large type
    struct staff_grid grid = staff_grid_of(brush, room, l->is_portrait ? 1 : LANDSCAPE_COLUMNS, least_px);
    int shown = grid.rows * grid.columns, most = (int)(rows ? rows->count : 0);
    char title[64], fact[RECORD_STOP_SIZE + 64];

    grid = staff_grid_low(&grid, least_px * 5 / 4);
    for (int i = 0; rows && i < shown; i++) {
        int at = (int)staff->first - (int)rows->from + i;
        const struct row *row = staff_row(brush->model, at);
        if (row && at < most) draw_somebody(brush, staff_grid_cell(&grid, i), at, row);
    }
    struct staff_pages pages = {.first = staff->first, .shown = (uint32_t)shown, .total = rows ? rows->total : 0};
    if (rows && rows->total == 0) draw_all_here(brush, room);
    if (rows) snprintf(title, sizeof title, brush_say(brush, "%u fehlen"), rows->total);
    else snprintf(title, sizeof title, "%s", brush_say(brush, "Wer fehlt?"));
    if (rows && rows->total == 1) snprintf(title, sizeof title, "%s", brush_say(brush, "Eine Person fehlt"));
    write_round(brush, fact, sizeof fact);
    staff_frame(brush, rows && rows->total == 0 ? brush_say(brush, "Wer fehlt?") : title, fact, &pages);
}
