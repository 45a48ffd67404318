#include "view/brush.h"

#include "view/fit.h"
#include "model/form.h"

enum { EDGE_PX = 2 }; // of a button that is as light as its page

struct box box_without_top(struct box box, int taken_px)
{
    return (struct box){box.x, box.y + taken_px, box.w, box.h - taken_px};
}

struct box box_without_left(struct box box, int taken_px)
{
    return (struct box){box.x + taken_px, box.y, box.w - taken_px, box.h};
}

struct box box_inside(struct box box, int border_px)
{
    return (struct box){box.x + border_px, box.y + border_px, box.w - 2 * border_px, box.h - 2 * border_px};
}

const char *brush_say(const struct brush *brush, const char *german)
{
    return say(brush->words, german);
}

void brush_text(const struct brush *brush, struct box box, uint32_t rgb, const struct text_style *style,
                const char *text)
{
    struct text_style fitted = *style;

    if (fitted.least_px == 0) fitted.least_px = layout_least_px(brush->layout, style->size_px);
    if (text[0] && box.w > 0 && box.h > 0) scene_add_text(brush->scene, box, rgb, &fitted, text);
}

static struct box square_of(struct box box)
{
    int side = box.w < box.h ? box.w : box.h;

    return (struct box){box.x + (box.w - side) / 2, box.y + (box.h - side) / 2, side, side};
}

void brush_icon(const struct brush *brush, struct box box, enum icon icon, uint32_t rgb)
{
    scene_add(brush->scene, MARK_ICON, square_of(box), rgb)->icon = icon;
}

void brush_qr(const struct brush *brush, struct box box, const char *text)
{
    scene_add_qr(brush->scene, square_of(box), text);
}

void brush_round(const struct brush *brush, struct box box, uint32_t rgb)
{
    scene_add(brush->scene, MARK_ROUND, box, rgb)->radius_px = brush->layout->radius_px;
}

void brush_button(const struct brush *brush, struct box box, const struct button *button)
{
    const struct layout *layout = brush->layout;
    struct text_style style = {.size_px = button->size_px ? button->size_px : layout->small_px,
                               .is_bold = true,
                               .across = ALIGN_CENTRE,
                               .down = ALIGN_CENTRE};
    bool is_chosen = action_equals(brush->model->chosen, button->action), has_edge = brush->model->is_high_contrast;
    int ring_px = layout->unit_px / 3 + 1;

    // The ring of the chosen one lies inside, so that nothing moves when it is chosen, and has the button's own ground
    // on both sides, so that it is seen on any page. With high contrast every button has an edge: its ground may be the
    // page's.
    struct box face = has_edge ? box_inside(box, ring_px) : box;
    int rim_px = (ring_px + 1) / 2;
    if (is_chosen && has_edge) ring_px *= 2;
    if (fit_line_px(style.size_px) > box.h - 2 * ring_px) style.size_px = (box.h - 2 * ring_px) * 4 / 5;
    if (has_edge) brush_round(brush, box, button->text);
    brush_round(brush, face, button->ground);
    if (is_chosen) {
        brush_round(brush, box_inside(face, rim_px), button->text);
        brush_round(brush, box_inside(box, ring_px + 1), button->ground);
    }
    if (button->label) brush_text(brush, box_inside(box, ring_px), button->text, &style, button->label);
    else brush_icon(brush, box_inside(box, (box.h < box.w ? box.h : box.w) / 4), button->icon, button->text);
    if (button->is_dimmed) {
        brush->scene->marks[brush->scene->mark_count - 1].opacity = 110;
        return;
    }
    scene_add_target(brush->scene, box, button->action);
}

void brush_language_on(const struct brush *brush, struct box box, uint32_t ground, uint32_t text)
{
    bool is_german = model_language(brush->model) == LANGUAGE_DE;

    brush_button(brush, box,
                 &(struct button){.action = {is_german ? ACT_ENGLISH : ACT_GERMAN, 0},
                                  .label = is_german ? "EN" : "DE",
                                  .ground = ground,
                                  .text = text});
}

int brush_edge_px(const struct brush *brush)
{
    bool is_narrow = brush->layout->is_portrait || form_is_shown(brush->model->page);

    return is_narrow ? 2 * brush->layout->unit_px : brush->layout->margin_px;
}

int brush_bar_px(const struct brush *brush)
{
    return brush->layout->touch_px + 2 * brush->layout->unit_px;
}

struct box brush_bar_part(const struct brush *brush, int at, int count)
{
    const struct layout *layout = brush->layout;
    int left = brush_edge_px(brush), room = layout->width_px - 2 * left + layout->gap_px;
    int x = left + room * at / count;

    return (struct box){x, layout->height_px - layout->touch_px - layout->unit_px,
                        left + room * (at + 1) / count - layout->gap_px - x, layout->touch_px};
}

struct box brush_bar_parts(const struct brush *brush, int first, int last, int count)
{
    struct box from = brush_bar_part(brush, first, count), to = brush_bar_part(brush, last, count);

    from.w = to.x + to.w - from.x;
    return from;
}

void brush_language(const struct brush *brush, struct box box)
{
    brush_round(brush, box, LOOK_INK_QUIET);
    brush_language_on(brush, box_inside(box, EDGE_PX), LOOK_PAPER_KEY, LOOK_INK);
    brush->scene->targets[brush->scene->target_count - 1].box = box; // the finger has the edge too
}

void brush_button_quiet(const struct brush *brush, struct box box, struct action action, const char *label)
{
    brush_round(brush, box, LOOK_INK_QUIET);
    brush_button(brush, box_inside(box, EDGE_PX),
                 &(struct button){.action = action, .label = label, .ground = LOOK_PAPER_KEY, .text = LOOK_INK});
    brush->scene->targets[brush->scene->target_count - 1].box = box;
}
