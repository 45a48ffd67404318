// The privacy notice: a page of text to turn.
#include "view/brush.h"

#include <stdio.h>

static struct button page_button(const struct brush *brush, enum act act)
{
    int leaf = brush->model->leaf, count = brush->model->leaf_count;

    return (struct button){.action = {act, 0},
                           .icon = act == ACT_PAGE_BACK ? ICON_UP : ICON_DOWN,
                           .ground = LOOK_BUTTON,
                           .text = LOOK_WHITE,
                           .is_dimmed = act == ACT_PAGE_BACK ? leaf == 0 : leaf + 1 >= count};
}

static void draw_page_number(const struct brush *brush, struct box box)
{
    struct text_style style = {
        .size_px = brush->layout->small_px, .is_tabular = true, .across = ALIGN_CENTRE, .down = ALIGN_CENTRE};
    char words[32];

    snprintf(words, sizeof words, "%d / %d", brush->model->leaf + 1, brush->model->leaf_count);
    brush_text(brush, box, LOOK_INK_QUIET, &style, words);
}

void view_privacy(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct model *model = brush->model;
    const char *text = model->config.event->privacy[model->language];
    struct text_style title = {.size_px = l->line_px, .is_bold = true};
    struct text_style body = {.size_px = l->small_px, .is_paged = true, .page = model->leaf};
    int edge = brush_edge_px(brush);
    struct box page = {edge, l->margin_px, l->width_px - 2 * edge, l->height_px - brush_bar_px(brush) - l->margin_px};
    int title_px = l->line_px * 2;

    page.h -= l->unit_px;
    brush_text(brush, (struct box){page.x, page.y, page.w, title_px}, LOOK_INK, &title,
               brush_say(brush, "Datenschutz"));
    brush_text(brush, box_without_top(page, title_px), LOOK_INK, &body,
               text[0] ? text : brush_say(brush, "Für diese Veranstaltung ist kein Hinweis hinterlegt."));
    brush_button(
        brush, brush_bar_part(brush, 0, 5),
        &(struct button){.action = {ACT_BACK, 0}, .icon = ICON_BACK, .ground = LOOK_BUTTON, .text = LOOK_WHITE});
    brush_language_on(brush, brush_bar_part(brush, 1, 5), LOOK_BUTTON, LOOK_WHITE);
    if (model->leaf_count < 2) return;
    struct button back = page_button(brush, ACT_PAGE_BACK), on = page_button(brush, ACT_PAGE_ON);
    draw_page_number(brush, brush_bar_part(brush, 2, 5));
    brush_button(brush, brush_bar_part(brush, 3, 5), &back);
    brush_button(brush, brush_bar_part(brush, 4, 5), &on);
}
