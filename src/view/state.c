#include "view/state.h"

#include "view/fit.h"
#include "view/view_staff.h"

struct state_sign state_sign_of(enum mood mood)
{
    switch (mood) {
    case MOOD_PLAIN:
        break;
    case MOOD_GOOD:
        return (struct state_sign){ICON_TICK, LOOK_WELCOME};
    case MOOD_STAFF:
        return (struct state_sign){ICON_NOTE, LOOK_ALARM};
    }
    return (struct state_sign){ICON_CLOCK, LOOK_INK_QUIET};
}

void state_draw(const struct brush *brush, struct box room, enum mood mood, const struct column_text *texts,
                size_t count)
{
    const struct layout *l = brush->layout;
    struct state_sign sign = state_sign_of(mood);
    int icon_px = fit_line_px(l->line_px) * 3 / 2;
    struct column column = {box_without_left(room, icon_px + l->unit_px * 2), LOOK_INK, false};

    brush_icon(brush, (struct box){room.x, room.y, icon_px, icon_px}, sign.icon, sign.rgb);
    column_draw(brush, &column, texts, count);
}

void state_progress(const struct brush *brush, struct box box, int64_t done, int64_t total, const char *words)
{
    struct box bar = box_inside(box, 2);

    staff_card(brush, box, LOOK_PAPER_KEY);
    if (done < total) bar.w = (int)(bar.w * done / total);
    if (bar.w >= bar.h) brush_round(brush, bar, LOOK_ACCENT);
    brush_text(brush, box, LOOK_INK,
               &(struct text_style){.size_px = brush->layout->small_px,
                                    .is_tabular = true,
                                    .across = ALIGN_CENTRE,
                                    .down = ALIGN_CENTRE,
                                    .is_one_line = true},
               words);
}
