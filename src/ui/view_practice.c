// While practising: a violet frame around every page, a strip that says so, and the way out of it in one touch.
#include "ui/brush.h"

static int frame_px(const struct layout *l)
{
    return l->unit_px;
}

// Beside the page on a wide screen, where height is dear; above it on a high one.
static struct box strip_box(const struct layout *l)
{
    int frame = frame_px(l), wide = l->short_px * 26 / 100;

    if (l->is_portrait) return (struct box){0, 0, l->width_px, l->touch_px + 2 * frame};
    return (struct box){0, 0, (wide > 2 * l->touch_px ? wide : 2 * l->touch_px), l->height_px};
}

struct box view_practice_room(const struct layout *l)
{
    struct box strip = strip_box(l);
    int frame = frame_px(l), left = l->is_portrait ? frame : strip.w, top = l->is_portrait ? strip.h : frame;

    return (struct box){left, top, l->width_px - left - frame, l->height_px - top - frame};
}

static void draw_frame(const struct brush *brush, struct box strip)
{
    const struct layout *l = brush->layout;
    int frame = frame_px(l);
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
    struct box strip = strip_box(l), room = box_inside(strip, frame_px(l)), button = room, icon = room, words = room;
    struct text_style word = {.size_px = l->line_px, .is_bold = true, .across = ALIGN_CENTRE};
    struct text_style line = {
        .size_px = l->small_px, .is_bold = true, .across = ALIGN_CENTRE, .is_flowing = true, .space_px = l->gap_px};

    draw_frame(brush, strip);
    if (l->is_portrait) {
        icon.w = l->touch_px;
        button = box_without_left(room, room.w * 60 / 100);
        words = box_without_left(room, icon.w + l->unit_px);
        words.w = button.x - words.x - l->unit_px;
        word.across = line.across = ALIGN_START;
        word.size_px = l->is_large ? words.h * 2 / 5 : l->small_px * 6 / 5; // two lines stand in it
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
    brush_button(brush, button,
                 &(struct button){.action = {ACT_LEAVE_PRACTICE, 0},
                                  .label = brush_say(brush, "Üben beenden"),
                                  .ground = LOOK_WHITE,
                                  .text = LOOK_PRACTICE});
}
