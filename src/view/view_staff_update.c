// A new version of the program: which one runs, which one there is, how far it is, and how it went.
#include "view/state.h"
#include "view/view_staff.h"

#include <stdio.h>

enum { FACT_SIZE = 128 };

// "Hier läuft 1.0.2", and what else there is.
static void write_versions(const struct brush *brush, const struct update *update, char here[FACT_SIZE],
                           char other[FACT_SIZE])
{
    bool is_other = update->offered[0] && update->phase != UPDATE_CURRENT && update->phase != UPDATE_DONE;

    here[0] = other[0] = '\0';
    if (update->installed[0]) snprintf(here, FACT_SIZE, brush_say(brush, "Hier läuft %s"), update->installed);
    if (is_other) snprintf(other, FACT_SIZE, brush_say(brush, "Neue Fassung: %s"), update->offered);
}

static void draw_state(const struct brush *brush, struct box room, const struct update *update)
{
    const struct layout *l = brush->layout;
    static const struct update_words unheard = {MOOD_STAFF, "", ""};
    bool is_unheard = brush->model->update.is_unheard;
    const struct update_words *words = is_unheard ? &unheard : update_words_of(update);
    struct text_style fact = {.size_px = l->small_px, .is_tabular = true, .space_px = l->unit_px / 2};
    char here[FACT_SIZE], other[FACT_SIZE];

    write_versions(brush, update, here, other);
    const struct column_text texts[] = {
        {is_unheard ? brush_say(brush, "Niemand antwortet") : brush_say(brush, words->title),
         {.size_px = l->line_px, .is_bold = true}},
        {is_unheard ? brush_say(brush, "Den Kiosk aus- und wieder einschalten und es noch einmal versuchen.")
                    : brush_say(brush, words->line),
         {.size_px = l->line_px * 9 / 10, .space_px = l->unit_px / 4}},
        {here, fact},
        {other, fact},
    };
    state_draw(brush, room, words->mood, texts, sizeof texts / sizeof *texts);
}

static void draw_progress(const struct brush *brush, struct box box, int percent)
{
    char words[16];

    snprintf(words, sizeof words, "%d %%", percent);
    state_progress(brush, box, percent, 100, words);
}

static void draw_buttons(const struct brush *brush, struct box box)
{
    const struct layout *l = brush->layout;
    enum update_wish possible = staff_update_wish(brush->model);
    bool is_waiting = brush->model->update.wished_ms != 0;
    struct box left = {box.x, box.y, (box.w - l->gap_px) / 2, box.h};
    struct box right = {box.x + box.w - left.w, box.y, left.w, box.h};

    staff_button_if(brush, left, STAFF_ACT_UPDATE, UPDATE_WISH_LOOK,
                    is_waiting ? brush_say(brush, "Einen Moment …") : brush_say(brush, "Jetzt suchen"),
                    possible != UPDATE_WISH_NONE);
    staff_button_if(brush, right, STAFF_ACT_UPDATE, UPDATE_WISH_INSTALL, brush_say(brush, "Einspielen"),
                    possible == UPDATE_WISH_INSTALL);
}

void view_staff_update(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    struct box room = staff_frame(brush, brush_say(brush, "Neue Fassung"), "", NULL);
    static const struct update none = {.phase = UPDATE_ABSENT};
    const struct update *update = staff_has_update(brush->model) ? &brush->model->readiness->update : &none;
    struct box bar = {room.x, room.y + room.h - l->touch_px - l->unit_px, room.w, l->touch_px};
    bool is_on_its_way = update_is_busy(update->phase) && update->phase != UPDATE_LOOKING;

    room.h -= bar.h + 2 * l->unit_px;
    draw_state(brush, box_without_top(room, l->unit_px), update);
    if (is_on_its_way) draw_progress(brush, bar, update->percent);
    else draw_buttons(brush, bar);
}
