// Results: a colour, an icon, one large word, one line, one countdown. And the screen that means business: not saved.
#include "ui/answer.h"
#include "ui/brush.h"

#include <string.h>

enum { COUNTDOWN_STEPS = 48, LONG_PLACE_BYTES = 40 };

struct result_look {
    uint32_t ground, text;
    enum icon icon;
};

static struct result_look look_of(const struct model *model)
{
    switch (answer_kind_of(&model->result.verdict)) {
    case ANSWER_WELCOME:
        return (struct result_look){LOOK_WELCOME, LOOK_WHITE, ICON_TICK};
    case ANSWER_ALREADY:
        return (struct result_look){LOOK_ALREADY, LOOK_ALREADY_TEXT, ICON_CLOCK};
    case ANSWER_PRACTICE:
        return (struct result_look){LOOK_PRACTICE, LOOK_WHITE, ICON_PRACTICE};
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

// Texts stand below each other in one column; each begins where the one before it ended.
struct column {
    struct box box;
    uint32_t rgb;
    bool has_text, is_centred;
};

static void draw_line(const struct brush *brush, struct column *column, struct text_style style, int most_lines,
                      const char *text)
{
    if (!text[0]) return;
    style.is_flowing = column->has_text;
    style.is_centred = column->is_centred && !column->has_text;
    style.most_lines = most_lines;
    brush_text(brush, column->box, column->rgb, &style, text);
    column->has_text = true;
}

static struct box draw_result_icon(const struct brush *brush, enum icon icon, uint32_t rgb)
{
    const struct layout *l = brush->layout;
    int side = l->short_px * (l->is_portrait ? 30 : 28) / 100;
    struct box room = box_inside((struct box){0, 0, l->width_px, l->height_px}, l->margin_px);

    room.h -= l->unit_px;
    if (l->is_portrait) {
        room = box_without_top(room, l->margin_px);
        brush_icon(brush, (struct box){room.x, room.y, side, side}, icon, rgb);
        return box_without_top(room, side + l->margin_px);
    }
    brush_icon(brush, (struct box){room.x, room.y + (room.h - side) * 2 / 5, side, side}, icon, rgb);
    return box_without_left(room, side + l->margin_px);
}

void view_result(const struct brush *brush)
{
    const struct model *model = brush->model;
    const struct layout *l = brush->layout;
    struct result_look look = look_of(model);
    struct answer_scope scope = {model->config.event, model->config.list, brush->words, model->language,
                                 model->result_unix_ms};
    struct text_style word = {.size_px = l->word_px, .is_bold = true};
    struct text_style name = {.size_px = l->name_px, .is_tabular = true, .is_one_line = true}, place = name;
    struct text_style line = {.size_px = l->line_px, .space_px = l->unit_px}, next = line;
    struct answer answer;

    answer_write(&model->result, &scope, &answer);
    place.is_bold = next.is_bold = true;
    if (strlen(answer.place) > LONG_PLACE_BYTES) place.size_px = l->line_px * 3 / 2; // leave room for what follows
    struct column column = {draw_result_icon(brush, look.icon, look.text), look.text, false, !l->is_portrait};
    draw_line(brush, &column, word, 2, answer.word);
    draw_line(brush, &column, name, 2, answer.name);
    draw_line(brush, &column, place, 3, answer.place);
    draw_line(brush, &column, line, 4, answer.why);
    draw_line(brush, &column, answer.kind == ANSWER_WELCOME ? line : next, 3, answer.next);
    if (answer.is_clock_doubtful) draw_line(brush, &column, line, 1, brush_say(brush, "Uhrzeit nicht gesichert"));
    draw_countdown(brush, look.text);
    scene_add_target(brush->scene, (struct box){0, 0, l->width_px, l->height_px}, (struct action){ACT_DISMISS, 0});
}

static void draw_frame(const struct brush *brush, uint32_t rgb)
{
    const struct layout *l = brush->layout;
    int thick = l->unit_px * 3 / 2;

    scene_add(brush->scene, MARK_FILL, (struct box){0, 0, l->width_px, l->height_px}, rgb);
    scene_add(brush->scene, MARK_FILL, box_inside((struct box){0, 0, l->width_px, l->height_px}, thick), LOOK_BLACK);
}

void view_not_saved(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    bool is_asking = brush->model->asked_ms != 0;
    struct text_style word = {.size_px = l->word_px, .is_bold = true},
                      line = {.size_px = l->line_px, .space_px = l->unit_px};

    draw_frame(brush, LOOK_NOT_SAVED_FRAME);
    struct column column = {draw_result_icon(brush, ICON_WARNING, LOOK_NOT_SAVED_TEXT), LOOK_NOT_SAVED_TEXT, false,
                            !l->is_portrait};
    struct box *room = &column.box;
    struct box button = {room->x, l->height_px - l->margin_px - l->unit_px - l->touch_px, room->w, l->touch_px};
    room->h = button.y - room->y - l->unit_px;
    draw_line(brush, &column, word, 2, brush_say(brush, "Nicht gespeichert"));
    draw_line(brush, &column, line, 3, brush_say(brush, "Bitte auf Papier notieren:\nName und Uhrzeit."));
    brush_button(
        brush, button,
        &(struct button){.action = {ACT_RETRY, 0},
                         .label = is_asking ? brush_say(brush, "Wird geprüft …") : brush_say(brush, "Erneut versuchen"),
                         .ground = LOOK_NOT_SAVED_TEXT,
                         .text = LOOK_BLACK,
                         .is_dimmed = is_asking});
}
