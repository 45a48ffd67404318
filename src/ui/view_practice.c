// While practising: a violet frame around every page, a strip that says so, and the way out of it in one touch.
#include "ui/brush.h"
#include "ui/form.h"

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

void view_practice_frame(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    struct box strip = strip_box(brush), room = box_inside(strip, is_dense(brush->model) ? l->gap_px : l->unit_px),
               button = room, icon = room, words = room;
    int small_px = l->key_px * 4 / 5; // a warning is as large as ever
    struct text_style word = {.size_px = l->key_px * 6 / 5, .is_bold = true, .across = ALIGN_CENTRE};
    struct text_style line = {
        .size_px = small_px, .is_bold = true, .across = ALIGN_CENTRE, .is_flowing = true, .space_px = l->gap_px};

    draw_frame(brush, strip);
    if (l->is_portrait) {
        icon.w = l->touch_px;
        button = box_without_left(room, room.w * 60 / 100);
        words = box_without_left(room, icon.w + l->unit_px);
        words.w = button.x - words.x - l->unit_px;
        word.across = line.across = ALIGN_START;
        word.size_px = l->key_px;
        line.space_px = 0;
    } else {
        icon.h = room.w * 3 / 4;
        button.h = l->touch_px * 5 / 4;
        button.y = room.y + room.h - button.h;
        words = box_without_top(room, icon.h + l->unit_px);
        words.h = button.y - words.y - l->unit_px;
    }
    brush_icon(brush, icon, ICON_PRACTICE, LOOK_WHITE);
    brush_text(brush, words, LOOK_WHITE, &word, brush_say(brush, "Übung"));
    brush_text(brush, words, LOOK_WHITE, &line, brush_say(brush, "Nichts zählt"));
    brush_button(
        brush, button,
        &(struct button){.action = {ACT_LEAVE_PRACTICE, 0},
                         .label = is_dense(brush->model) ? brush_say(brush, "Ende") : brush_say(brush, "Üben beenden"),
                         .size_px = small_px,
                         .ground = LOOK_WHITE,
                         .text = LOOK_PRACTICE});
}
