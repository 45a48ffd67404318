// Somebody, as staff see them: all that is known, and what can be done. However long a name is, the note below it
// stays.
#include "view/fit.h"
#include "view/view_staff.h"

#include "base/text.h"
#include "model/day.h"

#include <stdio.h>
#include <string.h>

enum { FACT_COUNT = 6, LONG_NAME_BYTES = 32, CROWDED_BYTES = 120, MOST_DEEDS = 4 };

struct fact { // they stand below each other
    char words[GUEST_NOTE_SIZE];
    uint32_t rgb;
    struct text_style style;
};

// "Studierende · Bus 2"
static void write_labels(const struct model *model, char *out, size_t out_size)
{
    const struct notice *found = &model->staff.person;
    const struct event_label *kind = event_class(model->config.event, found->class_id);
    const struct event_label *group = found->group ? event_group(model->config.event, found->group) : NULL;

    snprintf(out, out_size, "%s%s%s", kind ? kind->name[model->language] : "", kind && group ? " · " : "",
             group ? group->name[model->language] : "");
}

// "Schon da · 10:02 Uhr · Tor Nord"
static void write_earlier(const struct brush *brush, char *out, size_t out_size)
{
    const struct notice *found = &brush->model->staff.person;
    bool is_given = brush->model->config.list->mode == LIST_MODE_HAND_OUT;
    const char *words = is_given ? brush_say(brush, "Hat schon eine") : brush_say(brush, "Schon da");
    char moment[DAY_TEXT_SIZE], gate[GATE_SIZE];

    out[0] = '\0';
    if (found->earlier_unix_ms == 0) return;
    day_write_moment(found->earlier_unix_ms, brush->model->staff.unix_ms, brush->model->language, moment);
    text_make_showable(gate, sizeof gate, found->earlier_gate, strlen(found->earlier_gate));
    snprintf(out, out_size, gate[0] ? "%s · %s · %s" : "%s · %s", words, moment, gate);
}

static const char *standing(const struct brush *brush)
{
    switch (brush->model->staff.person.status) {
    case GUEST_STATUS_OK:
        break;
    case GUEST_STATUS_UNPAID:
        return brush_say(brush, "Noch nicht bezahlt");
    case GUEST_STATUS_BLOCKED:
        return brush_say(brush, "Gesperrt");
    case GUEST_STATUS_CANCELED:
        return brush_say(brush, "Storniert");
    }
    return brush->model->staff.person.is_signed_off ? brush_say(brush, "Abgemeldet") : "";
}

// What a fact takes in its smallest type, roughly: letters are about half as wide as high.
static int least_px(const struct fact *fact, int width_px)
{
    int line_px = fit_least_line_px(fact->style.size_px);
    int lines = 1 + (int)strlen(fact->words) * line_px * 44 / 100 / width_px;

    if (fact->words[0] == '\0') return 0;
    return (lines < fact->style.most_lines ? lines : fact->style.most_lines) * line_px + fact->style.space_px;
}

static void write_facts(const struct brush *brush, struct fact facts[FACT_COUNT])
{
    const struct layout *l = brush->layout;
    const struct notice *found = &brush->model->staff.person;
    bool is_long = strlen(found->full_name) > LONG_NAME_BYTES;
    char room[GUEST_NAME_SIZE];
    struct text_style name = {.size_px = l->line_px * (is_long ? 4 : 6) / 4, .is_bold = true, .most_lines = 4};
    struct text_style line = {.size_px = l->line_px, .is_flowing = true, .most_lines = 3, .space_px = l->unit_px / 2};
    struct text_style quiet = line, earlier = line, status = line, note = line;

    quiet.size_px = l->small_px;
    quiet.most_lines = earlier.most_lines = 2;
    earlier.is_one_line = earlier.is_bold = earlier.is_tabular = status.is_bold = note.is_bold = true;
    if (strlen(found->full_name) + strlen(found->company) + strlen(found->note) > CROWDED_BYTES)
        earlier.size_px = status.size_px = note.size_px = l->small_px;
    earlier.space_px = status.space_px = note.space_px = l->unit_px;
    facts[0] = (struct fact){"", LOOK_INK, name};
    facts[1] = (struct fact){"", LOOK_INK_QUIET, quiet};
    facts[2] = (struct fact){"", LOOK_INK, quiet};
    facts[3] = (struct fact){"", LOOK_WELCOME, earlier};
    facts[4] = (struct fact){"", LOOK_ALARM, status};
    facts[5] = (struct fact){"", LOOK_ALARM, note};
    text_copy(facts[0].words, sizeof facts[0].words, staff_name(brush, found->full_name, room, sizeof room));
    text_make_showable(facts[1].words, sizeof facts[1].words, found->company, strlen(found->company));
    write_labels(brush->model, facts[2].words, sizeof facts[2].words);
    write_earlier(brush, facts[3].words, sizeof facts[3].words);
    text_copy(facts[4].words, sizeof facts[4].words, standing(brush));
    text_make_showable(facts[5].words, sizeof facts[5].words, found->note, strlen(found->note));
}

static void draw_facts(const struct brush *brush, struct box box)
{
    struct fact facts[FACT_COUNT];

    write_facts(brush, facts);
    for (int i = 0; i < FACT_COUNT; i++) {
        struct box room = box;
        for (int below = i + 1; below < FACT_COUNT; below++) room.h -= least_px(&facts[below], box.w);
        brush_text(brush, room, facts[i].rgb, &facts[i].style, facts[i].words);
    }
}

// ---- what can be done ----

struct deed {
    enum staff_act act;
    const char *label;
};

static int write_deeds(const struct brush *brush, struct deed deeds[MOST_DEEDS])
{
    const struct model *model = brush->model;
    const struct staff *staff = &model->staff;
    enum list_mode mode = model->config.list->mode;
    bool is_inside = staff->person.earlier_unix_ms != 0, is_thing = mode == LIST_MODE_HAND_OUT;
    int count = 0;

    if (!is_inside)
        deeds[count++] =
            (struct deed){STAFF_ACT_ADMIT, is_thing ? brush_say(brush, "Ausgeben") : brush_say(brush, "Einlassen")};
    if (is_inside && mode == LIST_MODE_IN_OUT)
        deeds[count++] = (struct deed){STAFF_ACT_EXIT, brush_say(brush, "Hinauslassen")};
    if (mode == LIST_MODE_ROLL_CALL && !staff->person.is_signed_off)
        deeds[count++] = (struct deed){STAFF_ACT_EXIT, brush_say(brush, "Abmelden …")};
    if (is_inside && staff->person_seq != 0)
        deeds[count++] = (struct deed){STAFF_ACT_UNDO, brush_say(brush, "Zurücknehmen")};
    if (is_inside && is_thing)
        deeds[count++] = (struct deed){STAFF_ACT_FORCE, brush_say(brush, "Noch eine ausgeben …")};
    if (!is_inside && is_thing)
        deeds[count++] = (struct deed){STAFF_ACT_FORCE, brush_say(brush, "Trotzdem ausgeben …")};
    if (!is_inside && !is_thing)
        deeds[count++] = (struct deed){STAFF_ACT_FORCE, brush_say(brush, "Trotzdem einlassen …")};
    if (staff->person.has_ticket_here)
        deeds[count++] = (struct deed){STAFF_ACT_TICKET, brush_say(brush, "Ticket zeigen")};
    return count;
}

static void draw_deeds(const struct brush *brush, struct box box)
{
    const struct layout *l = brush->layout;
    struct deed deeds[MOST_DEEDS];
    int count = write_deeds(brush, deeds), first_px = l->touch_px * 3 / 2, y = box.y;

    for (int i = 0; i < count; i++) {
        bool is_main = i == 0 && deeds[0].act == STAFF_ACT_ADMIT;
        struct button button = {.action = {ACT_STAFF, staff_key(deeds[i].act, STAFF_NO_ROW)},
                                .label = deeds[i].label,
                                .size_px = is_main ? l->line_px : 0,
                                .ground = is_main ? LOOK_WELCOME : LOOK_BUTTON,
                                .text = LOOK_WHITE,
                                .is_dimmed = brush->model->asked_ms != 0};
        int height_px = is_main ? first_px : l->touch_px;
        brush_button(brush, (struct box){box.x, y, box.w, height_px}, &button);
        y += height_px + l->unit_px;
    }
}

static int deeds_px(const struct brush *brush)
{
    struct deed deeds[MOST_DEEDS];
    int count = write_deeds(brush, deeds), unit_px = brush->layout->unit_px;

    return count * (brush->layout->touch_px + unit_px) + brush->layout->touch_px / 2;
}

void view_staff_person(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    struct box room = staff_room(brush), facts = room, deeds = room;

    staff_frame(brush, brush_say(brush, "Person"), "", NULL);
    if (!brush->model->staff.person.is_found) return; // the desk is looking
    if (l->is_portrait) {
        deeds.h = deeds_px(brush);
        deeds.y = room.y + room.h - deeds.h;
        facts.h -= deeds.h + l->unit_px;
    } else {
        deeds.w = room.w * 2 / 5;
        deeds.x = room.x + room.w - deeds.w;
        facts.w -= deeds.w + l->margin_px;
    }
    draw_facts(brush, facts);
    draw_deeds(brush, deeds);
}
