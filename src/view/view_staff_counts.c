// Counts by list, class and group; and the stock of things that are handed out.
#include "view/fit.h"
#include "view/view_staff.h"

#include <stdio.h>
#include <stdlib.h>

enum { NUMBER_SIZE = 48 };

struct line {
    const char *heading; // or
    const char *name;
    uint32_t inside, expected;
};

// All lists, classes and groups below each other, with a heading each: line number `at`; false: beyond the last.
static bool line_of(const struct brush *brush, int at, struct line *out)
{
    const struct event *event = brush->model->config.event;
    const struct census *census = &brush->model->staff.census;
    enum language language = brush->model->language;
    int lists = (int)event->list_count, classes = (int)event->class_count, groups = (int)event->group_count;

    *out = (struct line){0};
    if (at == 0) out->heading = brush_say(brush, "Listen");
    if (at-- == 0) return true;
    if (at < lists)
        *out = (struct line){NULL, event->lists[at].name, census->lists[at].inside, census->lists[at].expected};
    if (at < lists) return true;
    at -= lists;
    if (at == 0) out->heading = brush_say(brush, "Wer auf dieser Liste da ist");
    if (at-- == 0) return true;
    if (at < classes)
        *out = (struct line){NULL, event->classes[at].name[language], census->classes[at].inside,
                             census->classes[at].expected};
    if (at < classes) return true;
    at -= classes;
    if (at < groups)
        *out = (struct line){NULL, event->groups[at].name[language], census->groups[at].inside,
                             census->groups[at].expected};
    return at < groups;
}

static void draw_line(const struct brush *brush, struct box box, const struct line *line)
{
    const struct layout *l = brush->layout;
    int number_px = box.w * 2 / 5;
    struct box name = {box.x, box.y, box.w - number_px - l->unit_px, box.h};
    struct box number = {box.x + box.w - number_px, box.y, number_px, box.h};
    struct text_style heading = {
        .size_px = l->small_px, .is_bold = true, .down = ALIGN_CENTRE, .is_one_line = true, .most_lines = 1};
    struct text_style words = {.size_px = l->small_px, .down = ALIGN_CENTRE, .is_one_line = true, .most_lines = 1};
    struct text_style digits = {
        .size_px = l->small_px, .is_bold = true, .is_tabular = true, .across = ALIGN_END, .down = ALIGN_CENTRE};
    char numbers[NUMBER_SIZE];

    if (line->heading) {
        brush_text(brush, box, LOOK_INK_QUIET, &heading, line->heading);
        return;
    }
    snprintf(numbers, sizeof numbers, line->expected > 0 ? "%u / %u" : "%u", line->inside, line->expected);
    brush_text(brush, name, LOOK_INK, &words, line->name);
    brush_text(brush, number, LOOK_INK, &digits, numbers);
    scene_add(brush->scene, MARK_FILL, (struct box){box.x, box.y + box.h - 1, box.w, 1}, LOOK_PAPER_EDGE);
}

void view_staff_counts(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct staff *staff = &brush->model->staff;
    struct box room = staff_room(brush);
    int line_px = fit_line_px(l->small_px) + l->unit_px / 2, rows = room.h / line_px;
    struct staff_pages pages = {.first = staff->first};
    struct line line;

    while (staff->has_census && line_of(brush, (int)pages.total, &line)) pages.total++;
    int columns = l->is_portrait || pages.total <= (uint32_t)rows ? 1 : 2;
    int column_w = (room.w - (columns - 1) * l->margin_px) / columns;
    pages.shown = (uint32_t)(rows * columns);
    for (int i = 0; i < rows * columns && staff->first + (uint32_t)i < pages.total; i++) {
        line_of(brush, (int)staff->first + i, &line);
        draw_line(
            brush,
            (struct box){room.x + i / rows * (column_w + l->margin_px), room.y + i % rows * line_px, column_w, line_px},
            &line);
    }
    staff_frame(brush, brush_say(brush, "Zahlen"), "", &pages);
}

// ---- stock ----

static void draw_left(const struct brush *brush, struct box box)
{
    const struct layout *l = brush->layout;
    const struct headcount *count = &brush->model->headcount;
    struct text_style word = {.size_px = l->word_px, .is_bold = true, .is_tabular = true, .is_one_line = true};
    struct text_style line = {.size_px = l->line_px, .is_tabular = true, .is_flowing = true, .space_px = l->unit_px};
    char words[64];

    if (brush->model->staff.has_keys) word.size_px = l->name_px * 3 / 4; // room for the pad's field
    if (count->is_limited) snprintf(words, sizeof words, brush_say(brush, "noch %lld"), (long long)count->left);
    else snprintf(words, sizeof words, "%s", brush_say(brush, "nicht gezählt"));
    if (!count->is_limited) word.size_px = l->name_px * 3 / 4;
    brush_text(brush, box, count->is_limited && count->left <= 0 ? LOOK_ALARM : LOOK_INK, &word, words);
    snprintf(words, sizeof words, brush_say(brush, "%u ausgegeben"), count->given);
    brush_text(brush, box, LOOK_INK, &line, words);
    if (box.h < word.size_px * 2 + line.size_px * 4) return; // room for the pad's field instead
    brush_text(brush, box, LOOK_INK_QUIET, &line,
               staff_is_left_here(brush->model) ? brush_say(brush, "an dieser Station")
                                                : brush_say(brush, "von allen zusammen"));
}

static void draw_steps(const struct brush *brush, struct box box)
{
    struct staff_grid grid = staff_grid_for(brush, box, 3, STAFF_STOCK_STEPS + 1, brush->layout->touch_px * 3 / 2);
    char label[16];

    for (int i = 0; i < STAFF_STOCK_STEPS; i++) {
        int step = staff_stock_step(i);
        snprintf(label, sizeof label, "%s%d", step > 0 ? "+" : "−", abs(step));
        staff_button_if(brush, staff_grid_cell(&grid, i), STAFF_ACT_STOCK, i, label, brush->model->asked_ms == 0);
    }
    staff_choice(brush, staff_grid_cell(&grid, STAFF_STOCK_STEPS), STAFF_ACT_TYPE, 0, brush_say(brush, "Zahl …"),
                 false);
}

// The field below what is left, the pad beside it; the pad has its own key that erases.
static void draw_number(const struct brush *brush, struct box left, struct box pad)
{
    const struct layout *l = brush->layout;
    const struct staff *staff = &brush->model->staff;
    bool is_number = strtol(staff->text, NULL, 10) != 0;
    int go_px = l->touch_px * 2, y = left.y + left.h - l->touch_px;

    staff_keyboard(brush, pad);
    view_form_field(brush, (struct box){left.x, y, left.w - go_px - l->gap_px, l->touch_px}, staff->text);
    staff_button_if(brush, (struct box){left.x + left.w - go_px, y, go_px, l->touch_px}, STAFF_ACT_CONFIRM, 0,
                    brush_say(brush, "Buchen"), is_number && brush->model->asked_ms == 0);
}

void view_staff_stock(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    struct box room = staff_frame(brush, brush_say(brush, "Bestand"), "", NULL), left = room, right;

    if (l->is_portrait) {
        left.h = room.h * 2 / 5;
        right = box_without_top(room, left.h + l->unit_px);
    } else {
        left.w = (room.w - l->margin_px) * 2 / 5;
        right = box_without_left(room, left.w + l->margin_px);
    }
    if (brush->model->staff.has_keys) {
        draw_number(brush, left, right);
        left.h -= l->touch_px + l->unit_px;
    } else draw_steps(brush, right);
    draw_left(brush, left);
}
