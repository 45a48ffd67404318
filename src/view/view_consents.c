// What a walk-in is asked to agree to: each text in full beside a box that nobody ticked beforehand.
#include "view/brush.h"
#include "view/fit.h"

static void draw_box(const struct brush *brush, struct box box, bool is_ticked, bool is_missing)
{
    const struct layout *l = brush->layout;

    brush_round(brush, box, is_missing ? LOOK_ALARM : LOOK_INK);
    if (!is_ticked) brush_round(brush, box_inside(box, l->unit_px / 3 + 1), LOOK_PAPER_KEY);
    else brush_icon(brush, box_inside(box, l->unit_px / 2), ICON_TICK, LOOK_WHITE);
}

static void draw_consent(const struct brush *brush, struct box row, int at)
{
    const struct layout *l = brush->layout;
    const struct walk *walk = &brush->model->walk;
    const struct walk_in_consent *consent = &walk_rules(brush->model)->consents[at];
    struct action action = {ACT_WALK, walk_key(WALK_ACT_CONSENT, at)};
    struct text_style text = {.size_px = l->line_px, .least_px = FIT_LEAST_PX},
                      need = {.size_px = l->small_px, .is_bold = true, .is_flowing = true};
    struct box box = {row.x, row.y, l->touch_px, l->touch_px},
               words = box_without_left(row, l->touch_px + l->unit_px * 2);
    int need_px = consent->is_required ? fit_line_px(l->small_px) : 0;
    bool is_missing = walk->complaint == at + 1;

    need.is_one_line = true;
    if (action_equals(brush->model->chosen, action)) brush_round(brush, row, LOOK_PAPER_EDGE);
    draw_box(brush, box, walk->form.consents >> at & 1, is_missing);
    words.h -= need_px;
    brush_text(brush, words, LOOK_INK, &text, consent->text[brush->model->language]);
    words.h = row.h;
    if (consent->is_required)
        brush_text(brush, words, is_missing ? LOOK_ALARM : LOOK_INK_QUIET, &need,
                   brush_say(brush, "Nötig für die Anmeldung"));
    if (brush->model->asked_ms == 0) scene_add_target(brush->scene, row, action);
}

// Each has room as its text needs; few have a little more, but the boxes stay near to each other.
static void draw_consents(const struct brush *brush, struct box room)
{
    enum { LEAST_LINES = 8 };
    const struct model *model = brush->model;
    const struct walk_in_rules *rules = walk_rules(model);
    int first = model->walk.consent, end = (int)walk_consents_end(model), lines = 0, gap = brush->layout->unit_px;

    for (int i = first; i < end; i++) lines += walk_consent_lines(&rules->consents[i], model->language);
    int share_px = room.h - (end - first - 1) * gap, of = lines > LEAST_LINES ? lines : LEAST_LINES;
    for (int i = first; i < end; i++) {
        int height = share_px * walk_consent_lines(&rules->consents[i], model->language) / of;
        if (height < brush->layout->touch_px) height = brush->layout->touch_px;
        draw_consent(brush, (struct box){room.x, room.y, room.w, height}, i);
        room.y += height + gap;
    }
}

static void draw_bar(const struct brush *brush, bool is_last)
{
    struct button on =
        view_walk_button(WALK_ACT_ON, 0, is_last ? brush_say(brush, "Anmelden") : brush_say(brush, "Weiter"));

    on.is_dimmed = brush->model->asked_ms != 0;
    view_walk_back(brush, brush_bar_part(brush, 0, 6));
    brush_language(brush, brush_bar_part(brush, 1, 6));
    if (!on.is_dimmed)
        brush_button_quiet(brush, brush_bar_parts(brush, 2, 3, 6), (struct action){ACT_PRIVACY, 0},
                           brush_say(brush, "Datenschutz"));
    brush_button(brush, brush_bar_parts(brush, 4, 5, 6), &on);
}

void view_consents(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct model *model = brush->model;
    int edge = brush_edge_px(brush), width = l->width_px - 2 * edge,
        title_px = (l->is_portrait ? 2 : 1) * fit_line_px(l->line_px) + 2 * l->unit_px;
    int bar_y = l->height_px - brush_bar_px(brush), count = (int)walk_rules(model)->consent_count;
    struct box room = {edge, title_px, width, bar_y - title_px - l->unit_px};

    view_walk_title(brush, (struct box){edge, 0, width, title_px - l->unit_px},
                    count > 1 ? brush_say(brush, "Womit sind Sie einverstanden?") : brush_say(brush, "Einverstanden?"),
                    model->walk.complaint > 0 ? brush_say(brush, "Das ist nötig: bitte antippen, oder zum Team")
                                              : NULL);
    draw_consents(brush, room);
    draw_bar(brush, (int)walk_consents_end(model) == count);
}
