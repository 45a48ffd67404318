// The person that staff found: all that is known, and a large button. However long a name is, the note below it stays.
#include "ui/brush.h"
#include "ui/fit.h"

#include "base/text.h"
#include "ui/day.h"

#include <stdio.h>
#include <string.h>

enum { FACT_COUNT = 5, LONG_NAME_BYTES = 48 };

struct fact { // they stand below each other
    char words[GUEST_NOTE_SIZE];
    uint32_t rgb;
    struct text_style style;
};

// "Studierende · Bus 2"
static void write_labels(const struct model *model, char *out, size_t out_size)
{
    const struct notice *found = &model->found;
    const struct event_label *kind = event_class(model->config.event, found->class_id);
    const struct event_label *group = found->group ? event_group(model->config.event, found->group) : NULL;

    snprintf(out, out_size, "%s%s%s", kind ? kind->name[model->language] : "", kind && group ? " · " : "",
             group ? group->name[model->language] : "");
}

// "Schon da · 10:02 Uhr · Tor Nord"
static void write_earlier(const struct brush *brush, char *out, size_t out_size)
{
    const struct notice *found = &brush->model->found;
    char moment[DAY_TEXT_SIZE], gate[GATE_SIZE];

    out[0] = '\0';
    if (found->earlier_unix_ms == 0) return;
    day_write_moment(found->earlier_unix_ms, brush->model->found_unix_ms, brush->model->language, moment);
    text_make_showable(gate, sizeof gate, found->earlier_gate, strlen(found->earlier_gate));
    snprintf(out, out_size, gate[0] ? "%s · %s · %s" : "%s · %s", brush_say(brush, "Schon da"), moment, gate);
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
    const struct notice *found = &brush->model->found;
    bool is_long = strlen(found->full_name) > LONG_NAME_BYTES;
    struct text_style name = {
        .size_px = is_long ? l->line_px * 5 / 4 : l->name_px, .is_bold = true, .is_one_line = true, .most_lines = 5};
    struct text_style line = {.size_px = l->line_px, .is_flowing = true, .most_lines = 3, .space_px = l->unit_px / 2};
    struct text_style label = line, earlier = line, note = line;

    label.is_one_line = earlier.is_one_line = earlier.is_bold = earlier.is_tabular = note.is_bold = true;
    earlier.space_px = note.space_px = l->unit_px;
    facts[0] = (struct fact){"", LOOK_INK, name};
    facts[1] = (struct fact){"", LOOK_INK_QUIET, line};
    facts[2] = (struct fact){"", LOOK_INK, label};
    facts[3] = (struct fact){"", LOOK_ALARM, earlier};
    facts[4] = (struct fact){"", LOOK_ALARM, note};
    text_make_showable(facts[0].words, sizeof facts[0].words, found->full_name, strlen(found->full_name));
    if (facts[0].words[0] == '\0')
        text_copy(facts[0].words, sizeof facts[0].words, brush_say(brush, "Ticket ohne Namen"));
    text_make_showable(facts[1].words, sizeof facts[1].words, found->company, strlen(found->company));
    write_labels(brush->model, facts[2].words, sizeof facts[2].words);
    write_earlier(brush, facts[3].words, sizeof facts[3].words);
    text_make_showable(facts[4].words, sizeof facts[4].words, found->note, strlen(found->note));
}

static void draw_person(const struct brush *brush, struct box box)
{
    struct fact facts[FACT_COUNT];

    write_facts(brush, facts);
    for (int i = 0; i < FACT_COUNT; i++) {
        struct box room = box;
        for (int below = i + 1; below < FACT_COUNT; below++) room.h -= least_px(&facts[below], box.w);
        brush_text(brush, room, facts[i].rgb, &facts[i].style, facts[i].words);
    }
}

void view_person(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct model *model = brush->model;
    int more_px = l->touch_px / 2; // what all this was for is a larger button
    int edge = brush_edge_px(brush), bar_y = l->height_px - brush_bar_px(brush) - more_px;
    int hint_px = fit_line_px(l->small_px) + l->unit_px / 2;
    struct box hint = {edge, bar_y - hint_px, l->width_px - 2 * edge, hint_px};
    struct box person = {edge, l->margin_px, hint.w, hint.y - l->margin_px};

    draw_person(brush, person);
    if (model->hint != FORM_HINT_NONE) view_form_hint(brush, hint);
    view_form_bar(brush, l->touch_px + more_px,
                  (struct button){.action = {ACT_ADMIT, 0},
                                  .ground = LOOK_WELCOME,
                                  .size_px = l->line_px,
                                  .label = brush_say(brush, "Einlassen"),
                                  .is_dimmed = model->asked_ms != 0});
}
