// The office as staff see it: what is the matter and what to do next, what waits, and the way by USB stick.
#include "view/fit.h"
#include "view/state.h"
#include "view/view_staff.h"

#include "model/day.h"
#include "model/sync_words.h"

#include <stdio.h>
#include <string.h>

enum { FACTS_SIZE = 192 };

// ---- what waits, and since when ----

static void write_waiting(const struct brush *brush, char out[FACTS_SIZE])
{
    const struct sync_state *sync = &brush->model->sync;
    unsigned long long waiting = sync->waiting;

    if (waiting == 1) snprintf(out, FACTS_SIZE, "%s", brush_say(brush, "1 Eintrag wartet"));
    else if (waiting > 0) snprintf(out, FACTS_SIZE, brush_say(brush, "%llu Einträge warten"), waiting);
    else if (sync->is_paired && !sync->is_hub) snprintf(out, FACTS_SIZE, "%s", brush_say(brush, "Alles ist im Büro"));
}

struct facts { // "" where there is nothing to say
    char waiting[FACTS_SIZE], last[FACTS_SIZE], next[FACTS_SIZE];
};

// What waits, since when, and what is being done about it, or when. On a wide screen the first two are one line.
static void write_facts(const struct brush *brush, struct facts *out)
{
    const struct sync_state *sync = &brush->model->sync;
    int64_t retry_ms = sync->retry_mono_ms - brush->mono_ms;
    char moment[DAY_TEXT_SIZE];

    *out = (struct facts){.waiting = ""};
    write_waiting(brush, out->waiting);
    if (sync->synced_unix_ms > 0) {
        day_write_moment(sync->synced_unix_ms, brush->model->staff.unix_ms, brush->model->language, moment);
        snprintf(out->last, FACTS_SIZE, brush_say(brush, "zuletzt %s"), moment);
    }
    if (!brush->layout->is_portrait && out->waiting[0] && out->last[0]) {
        size_t used = strlen(out->waiting);
        snprintf(out->waiting + used, FACTS_SIZE - used, " · %s", out->last);
        out->last[0] = '\0';
    }
    if (sync->is_sending) snprintf(out->next, FACTS_SIZE, "%s", brush_say(brush, "Wird übertragen …"));
    else if (sync->retry_mono_ms > 0 && retry_ms > 0)
        snprintf(out->next, FACTS_SIZE, brush_say(brush, "Nächster Versuch in %lld s"),
                 (long long)(retry_ms + 999) / 1000);
}

// While there is something the matter, its sentence needs the room.
static void write_kiosks(const struct brush *brush, bool is_good, char out[FACTS_SIZE])
{
    const struct layout *l = brush->layout;
    bool is_narrow = brush->model->stance.is_practising || !l->is_portrait;

    if (!brush->model->sync.is_hub || (is_narrow && !is_good)) return;
    view_staff_write_kiosks(brush, is_good ? 4 : 2, out, FACTS_SIZE);
}

// Icon, what is the matter, what to do next, and how much waits.
static void draw_state(const struct brush *brush, struct box room)
{
    const struct layout *l = brush->layout;
    const struct sync_words *words = sync_words_of_state(&brush->model->sync);
    struct text_style small = {.size_px = l->small_px, .is_tabular = true}, first = small;
    struct text_style title = {.size_px = l->line_px, .is_bold = true, .is_one_line = !l->is_portrait};
    struct facts facts;
    char kiosks[FACTS_SIZE] = "";

    first.space_px = l->unit_px / 2;
    write_facts(brush, &facts);
    write_kiosks(brush, words->mood == MOOD_GOOD, kiosks);
    bool has_waiting = facts.waiting[0] != '\0', has_last = facts.last[0] != '\0';
    const struct column_text texts[] = {
        {brush_say(brush, words->title), title},
        {brush_say(brush, words->line), {.size_px = l->line_px * 9 / 10, .space_px = l->unit_px / 4}},
        {facts.waiting, first},
        {facts.last, has_waiting ? small : first},
        {facts.next, has_waiting || has_last ? small : first},
        {kiosks, first},
    };

    state_draw(brush, room, words->mood, texts, sizeof texts / sizeof *texts);
}

// ---- the USB stick ----

static void draw_progress(const struct brush *brush, struct box box)
{
    const struct sync_state *sync = &brush->model->sync;
    char words[48];

    snprintf(words, sizeof words, brush_say(brush, "%u von %u"), sync->export_done, sync->export_total);
    state_progress(brush, box, sync->export_done, sync->export_total, words);
}

// A title that ends with dots needs none behind it.
static void write_stick(const struct brush *brush, const struct sync_words *words, char out[FACTS_SIZE])
{
    const char *title = words->title[0] ? brush_say(brush, words->title) : "", *dots = strstr(title, "…");
    const char *between = title[0] == '\0' ? "" : dots ? " " : ". ";

    snprintf(out, FACTS_SIZE, "%s%s%s", title, between, brush_say(brush, words->line));
}

static void draw_stick(const struct brush *brush, struct box box)
{
    const struct layout *l = brush->layout;
    const struct sync_words *words = sync_words_of_stick(brush->model->sync.stick);
    struct state_sign sign = state_sign_of(words->mood);
    struct text_style style = {.size_px = l->small_px, .down = ALIGN_CENTRE};
    int icon_px = fit_line_px(l->small_px);
    struct box icon = {box.x, box.y + (box.h - icon_px) / 2, icon_px, icon_px};
    char text[FACTS_SIZE];

    write_stick(brush, words, text);
    if (words->mood != MOOD_PLAIN) brush_icon(brush, icon, sign.icon, sign.rgb);
    if (words->mood != MOOD_PLAIN) box = box_without_left(box, icon_px + l->unit_px);
    brush_text(brush, box, words->mood == MOOD_STAFF ? LOOK_ALARM : LOOK_INK, &style, text);
}

// ---- what can be done ----

static void draw_buttons(const struct brush *brush, const struct staff_grid *grid)
{
    const struct sync_state *sync = &brush->model->sync;
    bool is_free = brush->model->asked_ms == 0, is_writing = sync->stick == STICK_WRITING;
    struct box last = staff_grid_cell(grid, sync->is_hub ? 3 : 2);

    staff_button_if(brush, staff_grid_cell(grid, 0), STAFF_ACT_SYNC, 0, brush_say(brush, "Jetzt versuchen"),
                    is_free && sync->is_paired && !sync->is_sending);
    staff_button_if(brush, staff_grid_cell(grid, 1), STAFF_ACT_OPEN, STAFF_PAIR,
                    sync->is_paired ? brush_say(brush, "Neu koppeln") : brush_say(brush, "Koppeln"), is_free);
    if (sync->is_hub)
        staff_button_if(brush, staff_grid_cell(grid, 2), STAFF_ACT_OPEN, STAFF_HUB,
                        brush_say(brush, "Weiteren Kiosk koppeln"), is_free);
    else if (grid->rows > 1) last.w = grid->box.w;
    if (is_writing) draw_progress(brush, last);
    else
        staff_button_if(brush, last, STAFF_ACT_EXPORT, 0, brush_say(brush, "Auf USB-Stick"),
                        is_free && sync->stick != STICK_NONE);
}

// In large type, what isn't there is not spoken of: a sentence of a trouble needs the room.
static int stick_lines(const struct brush *brush)
{
    bool is_there = brush->model->sync.stick != STICK_NONE;

    if (brush->layout->is_portrait) return is_there ? 3 : 2;
    if (brush->layout->is_large) return is_there ? 2 : 0;
    return is_there ? 2 : 1;
}

void view_staff_sync(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct sync_state *sync = &brush->model->sync;
    struct box room = staff_frame(brush, brush_say(brush, "Verbindung"), sync->is_paired ? sync->device : "", NULL);
    bool has_two_rows = l->is_portrait || (sync->is_hub && l->height_px >= 720);
    int columns = has_two_rows ? 2 : sync->is_hub ? 4 : 3;
    int rows = has_two_rows ? 2 : 1, keys_px = rows * (l->touch_px + l->gap_px) - l->gap_px;
    int stick_px = stick_lines(brush) * fit_line_px(l->small_px);
    struct box keys = {room.x, room.y + room.h - keys_px - l->unit_px, room.w, keys_px};
    struct box stick = {room.x, keys.y - stick_px - l->unit_px / 2, room.w, stick_px};
    struct text_style none = {.size_px = l->line_px};

    if (!brush->model->has_sync) {
        brush_text(brush, box_without_top(room, l->unit_px), LOOK_INK, &none,
                   brush_say(brush, "Dieser Kiosk überträgt nichts. Alles wird hier gespeichert."));
        return;
    }
    room.h = stick.y - room.y;
    draw_state(brush, box_without_top(room, l->unit_px));
    if (stick_px > 0) draw_stick(brush, stick);
    draw_buttons(brush, &(struct staff_grid){keys, columns, rows, l->gap_px});
}
