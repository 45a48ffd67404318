// The staff's pages by name; the first of them, and the last: switching off.
#include "model/ready.h"
#include "model/sync_words.h"
#include "view/fit.h"
#include "view/view_staff.h"

#include <stdio.h>

enum { MOST_ITEMS = STAFF_PAGE_COUNT };

struct item {
    enum staff_page page;
    const char *label;
};

static int write_items(const struct brush *brush, struct item items[MOST_ITEMS])
{
    enum list_mode mode = brush->model->config.list->mode;
    bool is_directed = mode == LIST_MODE_IN_OUT;
    int count = 0;

    items[count++] = (struct item){STAFF_SEARCH, brush_say(brush, "Suchen")};
    if (mode == LIST_MODE_ROLL_CALL) {
        items[count++] = (struct item){STAFF_MISSING, brush_say(brush, "Wer fehlt?")};
        items[count++] = (struct item){STAFF_ROUND, brush_say(brush, "Neue Runde")};
    }
    if (mode == LIST_MODE_HAND_OUT) items[count++] = (struct item){STAFF_STOCK, brush_say(brush, "Bestand")};
    items[count++] = (struct item){STAFF_RECENT, brush_say(brush, "Zuletzt")};
    items[count++] = (struct item){STAFF_COUNTS, brush_say(brush, "Zahlen")};
    items[count++] =
        (struct item){STAFF_SERVE, is_directed ? brush_say(brush, "Liste, Richtung") : brush_say(brush, "Liste")};
    items[count++] = (struct item){STAFF_SCREEN, brush_say(brush, "Bild, Ton, Übung")};
    items[count++] = (struct item){STAFF_SYNC, brush_say(brush, "Verbindung")};
    items[count++] = (struct item){STAFF_CHECK, brush_say(brush, "Alles bereit?")};
    if (staff_has_update(brush->model)) items[count++] = (struct item){STAFF_UPDATE, brush_say(brush, "Neue Fassung")};
    items[count++] = (struct item){STAFF_SHUT_DOWN, brush_say(brush, "Ausschalten")};
    return count;
}

// "42 von 45 da · 3 fehlen", as the list counts.
static void write_state(const struct brush *brush, char *out, size_t out_size)
{
    const struct headcount *count = &brush->model->headcount;
    enum list_mode mode = brush->model->config.list->mode;
    uint32_t missing = count->expected > count->inside ? count->expected - count->inside : 0;

    out[0] = '\0';
    if (!brush->model->has_headcount) return;
    if (mode == LIST_MODE_HAND_OUT && count->is_limited)
        snprintf(out, out_size, brush_say(brush, "%u ausgegeben · noch %lld"), count->given, (long long)count->left);
    else if (mode == LIST_MODE_HAND_OUT) snprintf(out, out_size, brush_say(brush, "%u ausgegeben"), count->given);
    else if (mode == LIST_MODE_ROLL_CALL && missing == 0) snprintf(out, out_size, "%s", brush_say(brush, "Alle da"));
    else if (mode == LIST_MODE_ROLL_CALL)
        snprintf(out, out_size, brush_say(brush, "%u von %u da · %u fehlen"), count->inside, count->expected, missing);
    else ready_write_here(brush->model, brush->words, out, out_size);
}

// What is the matter with the connection, at the end of the line; answers what is left of it.
static struct box draw_matter(const struct brush *brush, struct box line)
{
    const struct layout *l = brush->layout;
    struct text_style style = {
        .size_px = l->small_px, .is_bold = true, .is_one_line = true, .most_lines = 1, .across = ALIGN_END};
    const char *matter = sync_words_of(sync_words_trouble(&brush->model->sync))->title;

    brush_text(brush, box_without_left(line, line.w / 3), LOOK_ALARM, &style, brush_say(brush, matter));
    line.w = line.w / 3 - l->unit_px;
    return line;
}

void view_staff_menu(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    struct item items[MOST_ITEMS];
    int count = write_items(brush, items), columns = l->is_portrait ? 2 : 3;
    struct box room = staff_room(brush);
    struct text_style list = {.size_px = l->small_px, .is_one_line = true, .most_lines = 1};
    char state[128];

    write_state(brush, state, sizeof state);
    staff_frame(brush, brush_say(brush, "Team"), state, NULL);
    int list_px = fit_line_px(list.size_px) + l->unit_px / 2;
    struct box line = {room.x, room.y, room.w, list_px};
    if (model_wants_staff(brush->model)) line = draw_matter(brush, line);
    brush_text(brush, line, LOOK_INK_QUIET, &list, brush->model->config.list->name);
    room = box_without_top(room, list_px);
    struct staff_grid grid = staff_grid_for(brush, room, columns, count, l->touch_px * 2);
    for (int i = 0; i < count; i++)
        brush_button(brush, staff_grid_cell(&grid, i),
                     &(struct button){.action = {ACT_STAFF, staff_key(STAFF_ACT_OPEN, (int)items[i].page)},
                                      .label = items[i].label,
                                      .ground = LOOK_BUTTON,
                                      .text = LOOK_WHITE,
                                      .is_dimmed = brush->model->asked_ms != 0});
}

void view_staff_shut_down(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    struct box room = staff_frame(brush, brush_say(brush, "Ausschalten"), "", NULL);
    struct text_style words = {.size_px = l->line_px};
    struct box yes = {room.x, room.y + room.h - l->touch_px - l->unit_px, room.w, l->touch_px};

    if (!l->is_portrait) yes.w = room.w / 2;
    room.h -= yes.h + 2 * l->unit_px;
    brush_text(brush, box_without_top(room, l->unit_px), LOOK_INK, &words,
               brush_say(brush, "Alles ist gespeichert. Der Kiosk fährt herunter; danach darf der Strom weg."));
    staff_button_if(brush, yes, STAFF_ACT_SHUT_DOWN, 0,
                    brush->model->wants_shut_down ? brush_say(brush, "Einen Moment …")
                                                  : brush_say(brush, "Jetzt ausschalten"),
                    !brush->model->wants_shut_down);
}

void view_staff(const struct brush *brush)
{
    static void (*const pages[STAFF_PAGE_COUNT])(const struct brush *brush) = {
        [STAFF_MENU] = view_staff_menu,         [STAFF_SEARCH] = view_staff_search,
        [STAFF_PERSON] = view_staff_person,     [STAFF_REASON] = view_staff_reason,
        [STAFF_MISSING] = view_staff_missing,   [STAFF_RECENT] = view_staff_recent,
        [STAFF_ROUND] = view_staff_round,       [STAFF_COUNTS] = view_staff_counts,
        [STAFF_STOCK] = view_staff_stock,       [STAFF_SERVE] = view_staff_serve,
        [STAFF_SCREEN] = view_staff_screen,     [STAFF_CHECK] = view_staff_check,
        [STAFF_UPDATE] = view_staff_update,     [STAFF_SHUT_DOWN] = view_staff_shut_down,
        [STAFF_TICKET] = view_registered,       [STAFF_SYNC] = view_staff_sync,
        [STAFF_PAIR] = view_staff_pair,         [STAFF_HUB] = view_staff_hub,
        [STAFF_HUB_CODE] = view_staff_hub_code,
    };

    pages[brush->model->staff.page](brush);
}
