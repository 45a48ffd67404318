// Results: a colour, an icon, one large word, one line, one countdown; and the few things that may be done about it.
#include "view/column.h"
#include "model/result.h"

#include <string.h>

enum { COUNTDOWN_STEPS = 48, LONG_PLACE_BYTES = 40 };

struct result_look {
    uint32_t ground, text;
    enum icon icon;
};

static struct result_look look_of(const struct model *model)
{
    bool goes_both_ways = model->config.list->mode == LIST_MODE_IN_OUT;

    switch (result_kind(model)) {
    case ANSWER_WELCOME:
        return (struct result_look){LOOK_WELCOME, LOOK_WHITE, goes_both_ways ? ICON_ENTER : ICON_TICK};
    case ANSWER_GOODBYE:
        return (struct result_look){LOOK_GOODBYE, LOOK_WHITE, ICON_EXIT};
    case ANSWER_ALL_HERE:
        return (struct result_look){LOOK_ACCENT, LOOK_NIGHT, ICON_ALL_HERE};
    case ANSWER_ATTENTION:
        return (struct result_look){LOOK_ALREADY, LOOK_ALREADY_TEXT, ICON_NOTE};
    case ANSWER_ALREADY:
        return (struct result_look){LOOK_ALREADY, LOOK_ALREADY_TEXT, ICON_CLOCK};
    case ANSWER_PRACTICE:
        return (struct result_look){LOOK_PRACTICE, LOOK_WHITE, ICON_PRACTICE};
    case ANSWER_TAKEN_BACK:
        return (struct result_look){LOOK_NIGHT, LOOK_WHITE, ICON_UNDO};
    case ANSWER_NO:
        break;
    }
    return (struct result_look){LOOK_NO, LOOK_WHITE, ICON_CROSS};
}

uint32_t view_result_ground(const struct model *model)
{
    return look_of(model).ground;
}

// Shrinks in steps, so that a frame is drawn per step and not per moment.
static void draw_countdown(const struct brush *brush, uint32_t rgb)
{
    const struct model *model = brush->model;
    const struct layout *l = brush->layout;
    int64_t whole_ms = model->until_ms - model->since_ms, left_ms = model->until_ms - brush->mono_ms;
    int room_px = l->width_px - 2 * l->margin_px, thick_px = l->unit_px / 2 + 1;

    if (model->until_ms == INT64_MAX || left_ms <= 0) return;
    int steps = (int)((left_ms * COUNTDOWN_STEPS + whole_ms - 1) / whole_ms);
    struct box line = {l->margin_px, l->height_px - l->margin_px + (l->margin_px - thick_px) / 2 - l->unit_px / 2,
                       room_px * steps / COUNTDOWN_STEPS, thick_px};
    scene_add(brush->scene, MARK_FILL, line, rgb);
}

static void draw_small_buttons(const struct brush *brush, struct box icon, struct result_look look)
{
    const struct model *model = brush->model;

    column_language(brush, icon, look.text, look.ground);
    if (!result_can_be_undone(model)) return;
    brush_button(brush, column_button(brush, icon, 1),
                 &(struct button){.action = {ACT_UNDO, 0},
                                  .label = brush_say(brush, "Rückgängig"),
                                  .ground = look.text,
                                  .text = look.ground,
                                  .is_dimmed = model->undo_seq != 0});
}

// What staff must see is confirmed by a touch of its own; it stands below the text.
static void draw_confirmation(const struct brush *brush, struct column *column, struct result_look look)
{
    const struct layout *l = brush->layout;
    struct box *room = &column->box;
    struct box button = {room->x, room->y + room->h - l->touch_px, room->w, l->touch_px};
    bool is_unread = brush->model->staff.session != 0 && brush->model->result.note[0] == '\0';

    room->h -= l->touch_px + l->unit_px;
    brush_button(
        brush, button,
        &(struct button){.action = {is_unread ? ACT_NOTE : ACT_DISMISS, 0},
                         .label = is_unread ? brush_say(brush, "Nachricht lesen") : brush_say(brush, "Verstanden"),
                         .ground = look.text,
                         .text = look.ground});
}

static void draw_answer(const struct brush *brush, struct column *column, const struct answer *answer)
{
    const struct layout *l = brush->layout;
    struct text_style word = {.size_px = l->word_px, .is_bold = true};
    struct text_style name = {.size_px = l->name_px, .is_tabular = true, .is_one_line = true}, place = name;
    struct text_style line = {.size_px = l->line_px, .space_px = l->unit_px}, next = line;
    bool is_calm = answer->kind == ANSWER_WELCOME || answer->kind == ANSWER_GOODBYE;

    if (answer->kind == ANSWER_ATTENTION) name.size_px = l->line_px * 5 / 4; // there is a button below
    place.is_bold = next.is_bold = true;
    if (strlen(answer->place) > LONG_PLACE_BYTES) place.size_px = l->line_px * 3 / 2; // leave room for what follows
    struct text_style figure = place;
    figure.size_px = l->name_px;
    word.most_lines = name.most_lines = 2;
    place.most_lines = next.most_lines = 3;
    line.most_lines = 4;
    figure.most_lines = 1;
    const struct column_text texts[] = {
        {answer->word, word},
        {answer->name, name},
        {answer->figure, figure},
        {answer->place, place},
        {answer->why, line},
        {answer->next, is_calm ? line : next},
        {answer->is_clock_doubtful ? brush_say(brush, "Uhrzeit nicht gesichert") : "", line},
    };
    column_draw(brush, column, texts, sizeof texts / sizeof *texts);
}

void view_result(const struct brush *brush)
{
    const struct model *model = brush->model;
    const struct layout *l = brush->layout;
    struct result_look look = look_of(model);
    struct answer_scope scope = {model->config.event, model->config.list, brush->words, model_language(model),
                                 model->result_unix_ms};
    struct answer answer;
    struct box icon;

    answer_write(&model->result, &scope, &answer);
    struct column column = {column_icon(brush, look.icon, look.text, &icon), look.text, !l->is_portrait};
    if (answer.kind == ANSWER_ATTENTION) draw_confirmation(brush, &column, look);
    draw_answer(brush, &column, &answer);
    draw_small_buttons(brush, icon, look);
    draw_countdown(brush, look.text);
    scene_add_target(brush->scene, (struct box){0, 0, l->width_px, l->height_px}, (struct action){ACT_DISMISS, 0});
}
