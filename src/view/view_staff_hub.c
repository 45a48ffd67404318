// A hub and the kiosks around it: what the next one is to be called, its pairing code, and who was paired.
#include "view/column.h"
#include "view/fit.h"
#include "view/view_staff.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { MINUTE_MS = 60 * 1000, ITEM_SIZE = 128 };

// ---- who was paired, and how old their news is ----

// What the hub keeps of it is exact to a minute.
static void write_age(const struct brush *brush, int64_t age_ms, char *out, size_t out_size)
{
    long long minutes = age_ms / MINUTE_MS;

    if (minutes < 2) snprintf(out, out_size, "%s", brush_say(brush, "eben"));
    else if (minutes < 120) snprintf(out, out_size, brush_say(brush, "vor %lld min"), minutes);
    else snprintf(out, out_size, brush_say(brush, "vor %lld h"), minutes / 60);
}

static void add(char *out, size_t out_size, const char *item)
{
    size_t used = strlen(out);

    if (used + strlen(item) + 4 < out_size) snprintf(out + used, out_size - used, "%s%s", used > 0 ? " · " : "", item);
}

static bool is_older(const struct hub_kiosk *kiosk, const struct hub_kiosk *than)
{
    return !than || kiosk->heard_mono_ms < than->heard_mono_ms;
}

// The one with the oldest news that isn't named yet; not the hub itself. NULL: all are.
static const struct hub_kiosk *next_kiosk(const struct model *model, const bool named[HUB_MOST_KIOSKS])
{
    const struct hub_state *hub = &model->staff.hub;
    const struct hub_kiosk *next = NULL;

    for (size_t i = 0; i < hub->kiosk_count; i++)
        if (!named[i] && strcmp(hub->kiosks[i].name, model->sync.device) != 0 && is_older(&hub->kiosks[i], next))
            next = &hub->kiosks[i];
    return next;
}

void view_staff_write_kiosks(const struct brush *brush, int most, char *out, size_t out_size)
{
    const struct model *model = brush->model;
    const struct hub_kiosk *kiosk;
    bool named[HUB_MOST_KIOSKS] = {false};
    char age[48], item[ITEM_SIZE];
    int count = 0;

    out[0] = '\0';
    while ((kiosk = next_kiosk(model, named)) != NULL) {
        named[kiosk - model->staff.hub.kiosks] = true;
        if (++count > most) continue;
        write_age(brush, brush->mono_ms - kiosk->heard_mono_ms, age, sizeof age);
        snprintf(item, sizeof item, "%s: %s", kiosk->name, age);
        add(out, out_size, item);
    }
    snprintf(item, sizeof item, brush_say(brush, "und %d weitere"), count - most);
    if (count > most) add(out, out_size, item);
    if (count == 0 && model->staff.has_hub) add(out, out_size, brush_say(brush, "Noch kein weiterer Kiosk gekoppelt"));
}

// ---- its name ----

struct said {
    const char *title, *line;
    bool is_wrong;
};

static struct said say_naming(const struct brush *brush)
{
    const struct staff *staff = &brush->model->staff;

    if (staff->hub_asked_ms != 0) return (struct said){brush_say(brush, "Einen Moment …"), "", false};
    switch (staff->hub.offer) {
    case HUB_OFFER_NAME_TAKEN:
        return (struct said){brush_say(brush, "So heißt schon ein Kiosk"),
                             brush_say(brush, "Bitte einen anderen Namen eingeben."), true};
    case HUB_OFFER_FAILED:
        return (struct said){brush_say(brush, "Das hat nicht geklappt"),
                             brush_say(brush, "Bitte gleich noch einmal versuchen."), true};
    case HUB_OFFER_NONE:
    case HUB_OFFER_MAKING:
    case HUB_OFFER_OPEN:
    case HUB_OFFER_TAKEN:
    case HUB_OFFER_OVER:
        break;
    }
    return (struct said){brush_say(brush, "Wie soll er heißen?"),
                         brush_say(brush, "Dann erscheint hier ein Code, den die Kamera des anderen Kiosks liest."),
                         false};
}

static void draw_show(const struct brush *brush, struct box box)
{
    const struct model *model = brush->model;
    bool is_free = model->asked_ms == 0 && model->staff.hub_asked_ms == 0 && model->staff.text[0];

    staff_button_if(brush, box, STAFF_ACT_CONFIRM, 0, brush_say(brush, "Code zeigen"), is_free);
}

static void draw_typing(const struct brush *brush, struct box room)
{
    const struct layout *l = brush->layout;
    int show_px = staff_button_px(brush, 11, 2.5);
    struct box under = box_without_top(room, l->touch_px - 2 * l->gap_px); // the keyboard never covers the field
    struct box rest = staff_keyboard(brush, under);
    int y = rest.y + rest.h - l->touch_px;
    struct box field = {rest.x, y < room.y ? room.y : y, rest.w - show_px - l->gap_px, l->touch_px};

    staff_field(brush, field, brush->model->staff.text);
    draw_show(brush, (struct box){field.x + field.w + l->gap_px, field.y, show_px, field.h});
}

static void draw_naming(const struct brush *brush, struct box room)
{
    const struct layout *l = brush->layout;
    struct said said = say_naming(brush);
    struct text_style title = {.size_px = l->line_px, .is_bold = true, .down = ALIGN_END};
    struct text_style line = {.size_px = l->line_px * 9 / 10};
    int title_px = fit_line_px(l->line_px) + l->unit_px;
    struct box above = {room.x, room.y, room.w, title_px};
    struct box field = {room.x, above.y + above.h + l->unit_px, room.w, l->touch_px};
    struct box show = {room.x, room.y + room.h - l->touch_px - l->unit_px, room.w, l->touch_px};
    struct box words = {room.x, field.y + field.h + l->unit_px * 2, room.w, 0};

    if (!l->is_portrait) field.w = show.w = room.w * 6 / 10;
    words.h = show.y - l->unit_px - words.y;
    brush_text(brush, above, said.is_wrong ? LOOK_ALARM : LOOK_INK, &title, said.title);
    staff_field(brush, field, brush->model->staff.text);
    brush_text(brush, words, LOOK_INK, &line, said.line);
    draw_show(brush, show);
}

void view_staff_hub(const struct brush *brush)
{
    bool has_keys = brush->model->staff.has_keys;
    struct box room =
        staff_frame(brush, has_keys ? say_naming(brush).title : brush_say(brush, "Weiteren Kiosk koppeln"), "", NULL);

    if (has_keys) draw_typing(brush, room);
    else draw_naming(brush, room);
}

// ---- its code ----

static void write_good(const struct brush *brush, char *out, size_t out_size)
{
    int64_t left_ms = brush->model->staff.hub.until_mono_ms - brush->mono_ms;
    long long minutes = left_ms / MINUTE_MS;

    if (minutes < 1) snprintf(out, out_size, "%s", brush_say(brush, "Gilt einmal, keine Minute mehr"));
    else snprintf(out, out_size, brush_say(brush, "Gilt einmal, noch %lld min"), minutes);
}

enum { TEXT_PARTS = 4 };

// As it is to be typed: a line for each of its parts.
static void split(const char *text, char out[TEXT_PARTS][PAIRING_TEXT_SIZE])
{
    for (size_t count = 0; *text && count < TEXT_PARTS; text += strspn(text, " ")) {
        size_t length = strcspn(text, " ");
        snprintf(out[count++], PAIRING_TEXT_SIZE, "%.*s", (int)length, text);
        text += length;
    }
}

// Beside the code, or below it.
static void draw_open_words(const struct brush *brush, struct box room)
{
    const struct layout *l = brush->layout;
    const struct hub_state *hub = &brush->model->staff.hub;
    struct text_style first = {.size_px = l->small_px, .is_one_line = true, .space_px = l->unit_px}, next = first;
    char good[96], parts[TEXT_PARTS][PAIRING_TEXT_SIZE] = {""};

    next.space_px = 0;
    write_good(brush, good, sizeof good);
    split(hub->text, parts);
    const struct column_text texts[] = {
        {hub->name, {.size_px = l->line_px, .is_bold = true, .most_lines = 2}},
        {hub->is_cut_off ? brush_say(brush, "Kein Netz, so kommt keiner her: Kabel oder WLAN prüfen.")
                         : brush_say(brush, "Der Kamera des anderen Kiosks zeigen, auch als Foto."),
         {.size_px = l->small_px, .is_bold = hub->is_cut_off}},
        {good, {.size_px = l->small_px, .is_tabular = true}},
        {parts[0], first},
        {parts[1], next},
        {parts[2], next},
        {parts[3], next},
    };
    column_draw(brush, &(struct column){room, LOOK_INK, false}, texts, sizeof texts / sizeof *texts);
}

static void draw_over_words(const struct brush *brush, struct box room)
{
    const struct layout *l = brush->layout;
    const struct column_text texts[] = {
        {brush_say(brush, "Der Code gilt nicht mehr"), {.size_px = l->line_px * 5 / 4, .is_bold = true}},
        {brush_say(brush, "Es ist kein Kiosk gekommen."), {.size_px = l->line_px * 9 / 10, .space_px = l->unit_px}},
    };

    column_draw(brush, &(struct column){room, LOOK_INK, false}, texts, 2);
}

void view_staff_hub_code(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct hub_state *hub = &brush->model->staff.hub;
    struct box room = staff_frame(brush, brush_say(brush, "Weiteren Kiosk koppeln"), "", NULL), words, again;
    struct box code = room;
    int words_px = fit_line_px(l->line_px) + (3 + TEXT_PARTS) * fit_line_px(l->small_px) + l->touch_px + 4 * l->unit_px;

    room.h -= l->unit_px;
    code.h = room.h;
    if (l->is_portrait) {
        code.h = room.h - words_px > room.h * 3 / 10 ? room.h - words_px : room.h * 3 / 10;
        words = box_without_top(room, code.h + l->unit_px);
    } else {
        code.w = code.h < room.w * 44 / 100 ? code.h : room.w * 44 / 100;
        words = box_without_left(room, code.w + l->margin_px);
    }
    again = (struct box){words.x, words.y + words.h - l->touch_px, words.w, l->touch_px};
    words.h -= again.h + l->unit_px;
    if (hub->offer == HUB_OFFER_OPEN) {
        brush_qr(brush, code, hub->text);
        draw_open_words(brush, words);
    } else {
        brush_icon(brush, box_inside(code, code.h / 4), ICON_CLOCK, LOOK_INK_QUIET);
        draw_over_words(brush, words);
    }
    staff_button_if(brush, again, STAFF_ACT_OPEN, STAFF_HUB, brush_say(brush, "Neuer Code"),
                    brush->model->asked_ms == 0);
}
