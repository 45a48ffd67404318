// After the form: somebody of that name is known already; or the ticket, large enough to be photographed.
#include "view/column.h"
#include "view/fit.h"

#include "ticket/ticket.h"

#include <stdio.h>
#include <string.h>

void view_namesake(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    int edge = brush_edge_px(brush), width = l->width_px - 2 * edge, bar_y = l->height_px - brush_bar_px(brush);
    struct box room = {edge, l->margin_px, width, bar_y - 2 * l->margin_px};
    struct text_style title = {.size_px = l->line_px * 5 / 4, .is_bold = true};
    struct text_style words = {.size_px = l->line_px, .is_flowing = true, .space_px = l->unit_px};
    struct button sure = view_walk_button(WALK_ACT_SURE, 0, brush_say(brush, "Trotzdem neu anmelden"));

    sure.is_dimmed = brush->model->asked_ms != 0;
    brush_text(brush, room, LOOK_INK, &title, brush_say(brush, "Diesen Namen gibt es schon"));
    brush_text(brush, room, LOOK_INK, &words,
               brush_say(brush,
                         "Haben Sie ein Ticket? Dann halten Sie es einfach vor die Kamera. Ohne Ticket hilft das "
                         "Team, oder Sie melden sich neu an."));
    if (brush->model->hint != FORM_HINT_NONE)
        view_form_hint(brush,
                       (struct box){edge, bar_y - 2 * fit_line_px(l->small_px), width, fit_line_px(l->small_px)});
    view_walk_back(brush, brush_bar_part(brush, 0, 6));
    brush_language(brush, brush_bar_part(brush, 1, 6));
    brush_button(brush, brush_bar_parts(brush, 2, 5, 6), &sure);
}

// ---- registered ----

// "A1B2C3D4E5*", as it would be printed below the code; "" when the text is no ticket.
static void write_number(const char *text, char out[TICKET_NUMBER_TEXT_SIZE])
{
    struct ticket ticket;

    out[0] = '\0';
    if (ticket_parse(text, strlen(text), &ticket, NULL) == STATUS_OK) ticket_number_write(ticket.number, out);
}

// Of who has just registered, or what staff look up for them.
struct shown {
    const char *text; // "": there is none
    int at, count;
};

static struct shown shown_of(const struct model *model)
{
    const struct walk *walk = &model->walk;

    if (model->page == PAGE_STAFF) return (struct shown){model->staff.ticket, 0, 1};
    if (walk->tickets.ticket_count == 0) return (struct shown){"", 0, 0};
    return (struct shown){walk->tickets.tickets[walk->shown_ticket], walk->shown_ticket,
                          (int)walk->tickets.ticket_count};
}

// "2 von 3 · 00M6SC7N750"
static void write_which(const struct brush *brush, const struct shown *shown, char *out, size_t out_size)
{
    int count = shown->count;
    char which[32], number[TICKET_NUMBER_TEXT_SIZE];

    write_number(shown->text, number);
    snprintf(which, sizeof which, brush_say(brush, "%d von %d"), shown->at + 1, count);
    snprintf(out, out_size, "%s%s%s", count > 1 ? which : "", count > 1 && number[0] ? " · " : "", number);
}

static void draw_words(const struct brush *brush, const struct shown *shown, struct box room)
{
    const struct layout *l = brush->layout;
    bool has_ticket = shown->count > 0;
    struct text_style title = {.size_px = l->line_px * 3 / 2, .is_bold = true, .most_lines = 2};
    struct text_style line = {.size_px = l->line_px, .space_px = l->unit_px, .most_lines = 3}, large = line;
    char which[64] = "";

    large.is_bold = true;
    if (l->is_large) line.size_px = l->small_px; // beside the code there is room for so much and no more
    if (l->is_portrait || l->is_large) title.size_px = l->is_large ? l->line_px : l->line_px * 5 / 4;
    if (l->is_portrait) line.space_px = large.space_px = l->gap_px;
    if (has_ticket) write_which(brush, shown, which, sizeof which);
    const char *whose = shown->at == 0 ? brush_say(brush, "Das ist Ihr Ticket, auch fürs Wiederkommen.")
                                       : brush_say(brush, "Dieses Ticket ist für Ihre Begleitung.");
    const struct column_text texts[] = {
        {brush_say(brush, "Sie sind angemeldet"), title},
        {has_ticket ? brush_say(brush, "Bitte abfotografieren") : "", large},
        {has_ticket ? whose : brush_say(brush, "Hier gibt es dafür kein Ticket: Ihr Name steht auf der Liste."), line},
        {which, line},
    };
    column_draw(brush, &(struct column){room, LOOK_WHITE, true}, texts, 4);
}

// "Fertig" stands beside the last ticket only: behind it nobody sees the others again.
static void draw_bar(const struct brush *brush, const struct shown *shown)
{
    bool has_more = shown->count > 1, is_last = shown->at + 1 >= shown->count;
    struct button done = view_walk_button(WALK_ACT_DONE, 0, brush_say(brush, "Fertig"));
    struct button next = view_walk_button(WALK_ACT_NEXT_TICKET, 0, brush_say(brush, "Nächstes Ticket"));

    if (brush->model->page == PAGE_STAFF) done.action = (struct action){ACT_STAFF, staff_key(STAFF_ACT_BACK, 0)};
    done.ground = next.ground = LOOK_WHITE;
    done.text = next.text = LOOK_WELCOME;
    brush_language(brush, brush_bar_part(brush, 0, 6));
    if (has_more) brush_button(brush, brush_bar_parts(brush, 1, is_last ? 3 : 5, 6), &next);
    if (is_last) brush_button(brush, brush_bar_parts(brush, has_more ? 4 : 1, 5, 6), &done);
}

void view_registered(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    struct shown shown = shown_of(brush->model);
    int edge = brush_edge_px(brush), room_px = l->height_px - brush_bar_px(brush) - 2 * l->unit_px;
    int width = l->width_px - 2 * edge, most_px = l->is_portrait ? width * 9 / 10 : width * 55 / 100;
    int side = room_px < most_px ? room_px : most_px;
    struct box code = {l->is_portrait ? (l->width_px - side) / 2 : edge, 2 * l->unit_px, side, side};
    struct box words = box_without_left((struct box){edge, code.y, width, room_px - l->unit_px}, side + l->margin_px);

    if (shown.count == 0) side = l->short_px * 28 / 100 + l->margin_px;
    if (l->is_portrait) words = (struct box){edge, code.y + side + l->unit_px, width, room_px - side - 2 * l->unit_px};
    if (shown.count > 0) brush_qr(brush, code, shown.text);
    else
        brush_icon(brush, (struct box){code.x, code.y + l->margin_px, code.w, side - l->margin_px}, ICON_TICK,
                   LOOK_WHITE);
    draw_words(brush, &shown, words);
    draw_bar(brush, &shown);
}
