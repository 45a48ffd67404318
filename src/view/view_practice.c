// While practising: a violet frame around every page, a strip that says so, and the way out of it in one touch.
#include "view/brush.h"
#include "model/form.h"

// Forms and staff's pages need every finger's breadth for their keys.
static bool is_dense(const struct model *model)
{
    return form_is_shown(model->page);
}

static int frame_px(const struct brush *brush)
{
    const struct layout *l = brush->layout;

    return is_dense(brush->model) && !l->is_portrait ? l->unit_px * 2 / 5 : l->unit_px;
}

// Beside the page on a wide screen, where height is dear; above it on a high one.
static struct box strip_box(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    int wide = l->short_px * (is_dense(brush->model) ? 17 : 26) / 100, least = l->touch_px + 2 * l->unit_px;

    if (l->is_portrait) return (struct box){0, 0, l->width_px, least};
    return (struct box){0, 0, wide > least ? wide : least, l->height_px};
}

struct box view_practice_room(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    struct box strip = strip_box(brush);
    int frame = frame_px(brush), left = l->is_portrait ? frame : strip.w, top = l->is_portrait ? strip.h : frame;

    return (struct box){left, top, l->width_px - left - frame, l->height_px - top - frame};
}

static void draw_frame(const struct brush *brush, struct box strip)
{
    const struct layout *l = brush->layout;
    int frame = frame_px(brush);
    struct box sides[] = {strip,
                          {0, 0, l->width_px, frame},
                          {0, l->height_px - frame, l->width_px, frame},
                          {0, 0, frame, l->height_px},
                          {l->width_px - frame, 0, frame, l->height_px}};

    for (int i = 0; i < 5; i++) scene_add(brush->scene, MARK_FILL, sides[i], LOOK_PRACTICE);
}

struct strip { // what stands in it
    struct box icon, words, button;
};

static struct strip strip_parts(const struct brush *brush, struct box room)
{
    const struct layout *l = brush->layout;
    struct strip parts = {room, room, room};

    if (l->is_portrait) {
        parts.icon.w = l->touch_px;
        parts.button = box_without_left(room, room.w * 60 / 100);
        parts.words = box_without_left(room, parts.icon.w + l->unit_px);
        parts.words.w = parts.button.x - parts.words.x - l->unit_px;
        return parts;
    }
    parts.icon.h = room.w * 3 / 4;
    parts.button.h = l->touch_px * 5 / 4;
    parts.button.y = room.y + room.h - parts.button.h;
    parts.words = box_without_top(room, parts.icon.h + l->unit_px);
    parts.words.h = parts.button.y - parts.words.y - l->unit_px;
    return parts;
}

// A warning is as large as ever, also in large text; on a narrow strip one word has to do.
static void draw_words(const struct brush *brush, struct box box)
{
    const struct layout *l = brush->layout;
    bool is_narrow = is_dense(brush->model) && !l->is_portrait;
    struct text_style word = {.size_px = is_narrow || l->is_portrait ? l->key_px : l->key_px * 6 / 5,
                              .is_bold = true,
                              .across = l->is_portrait ? ALIGN_START : ALIGN_CENTRE};
    struct text_style line = word;

    line.size_px = l->key_px * 4 / 5;
    line.is_flowing = true;
    line.space_px = l->is_portrait ? 0 : l->gap_px;
    brush_text(brush, box, LOOK_WHITE, &word, brush_say(brush, "Übung"));
    if (!is_narrow) brush_text(brush, box, LOOK_WHITE, &line, brush_say(brush, "Nichts zählt"));
}

void view_practice_frame(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    bool is_narrow = is_dense(brush->model) && !l->is_portrait;
    struct box strip = strip_box(brush);
    struct strip parts = strip_parts(brush, box_inside(strip, is_narrow ? l->gap_px : l->unit_px));

    draw_frame(brush, strip);
    brush_icon(brush, parts.icon, ICON_PRACTICE, LOOK_WHITE);
    draw_words(brush, parts.words);
    brush_button(brush, parts.button,
                 &(struct button){.action = {ACT_LEAVE_PRACTICE, 0},
                                  .label = is_narrow ? brush_say(brush, "Ende") : brush_say(brush, "Üben beenden"),
                                  .size_px = l->key_px * 4 / 5,
                                  .ground = LOOK_WHITE,
                                  .text = LOOK_PRACTICE});
}
