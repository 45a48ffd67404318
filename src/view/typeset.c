#include "view/typeset.h"

enum { MOST_PAGES = 99 };

// Skips to the first byte of a page.
static const char *page_start(const char *text, int page, const struct fit_box *box, fit_measure *measure, void *owner)
{
    struct fit fit;

    for (; page > 0 && *text; page--) {
        fit_text(text, box, measure, owner, &fit);
        text += fit.end;
    }
    return text;
}

static void shift_lines(struct fit *fit, size_t by)
{
    for (size_t i = 0; i < fit->line_count; i++) fit->lines[i].start += by;
    fit->end += by;
}

static int widest_line(const struct fit *fit, const char *text, int most_px, fit_measure *measure, void *owner)
{
    int widest_px = 0;

    for (size_t i = 0; i < fit->line_count; i++) {
        const struct fit_line *line = &fit->lines[i];
        int line_px = line->is_elided ? most_px : measure(owner, text + line->start, line->length, fit->size_px);
        if (line_px > widest_px) widest_px = line_px;
    }
    return widest_px;
}

void typeset_place(const struct mark *mark, const char *text, fit_measure *measure, void *owner, int *end_px,
                   struct typeset *out)
{
    const struct text_style *style = &mark->style;
    struct box box = mark->box;
    int size_px = style->size_px;

    if (style->is_flowing && *end_px > box.y) {
        box.y = *end_px + style->space_px;
        box.h = mark->box.y + mark->box.h - box.y;
    }
    if (style->is_flowing && fit_line_px(size_px) > box.h) size_px = box.h * 4 / 5; // one line is left, a smaller one
    struct fit_box room = {.width_px = box.w,
                           .height_px = box.h,
                           .size_px = size_px,
                           .most_lines = style->most_lines,
                           .is_one_line = style->is_one_line,
                           .is_fixed = style->is_paged,
                           .least_px = style->least_px < size_px ? style->least_px : size_px};
    *out = (struct typeset){.box = box};
    int least_line_px = style->least_px > 0 ? fit_line_px(style->least_px) : fit_least_line_px(style->size_px);
    if (style->is_flowing && box.h < least_line_px) return; // the texts before it took it all
    const char *start = style->is_paged ? page_start(text, style->page, &room, measure, owner) : text;
    fit_text(start, &room, measure, owner, &out->fit);
    shift_lines(&out->fit, (size_t)(start - text));
    int height_px = (int)out->fit.line_count * fit_line_px(out->fit.size_px);
    int unused_px = box.h - height_px;
    if (style->down == ALIGN_CENTRE) box.y += unused_px / 2;
    if (style->down == ALIGN_END) box.y += unused_px;
    int width_px = widest_line(&out->fit, text, box.w, measure, owner);
    if (style->across == ALIGN_CENTRE) box.x += (box.w - width_px) / 2;
    if (style->across == ALIGN_END) box.x += box.w - width_px;
    out->box = (struct box){box.x, box.y, width_px, height_px};
    *end_px = box.y + height_px;
}

int typeset_page_count(const struct mark *mark, const char *text, fit_measure *measure, void *owner)
{
    struct fit_box room = {.width_px = mark->box.w,
                           .height_px = mark->box.h,
                           .size_px = mark->style.size_px,
                           .most_lines = mark->style.most_lines,
                           .is_fixed = true};
    int count = 0;

    do {
        text = page_start(text, 1, &room, measure, owner);
        count++;
    } while (*text && count < MOST_PAGES);
    return count;
}
