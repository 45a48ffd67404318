// Ready: the camera's picture, one sentence, the headcount, and a bar for everything else.
#include "view/column.h"
#include "view/fit.h"
#include "model/ready.h"

struct places {
    struct box picture, name, direction, call, count, more;
};

static int take_bottom(struct box *box, int height_px)
{
    box->h -= height_px;
    return box->y + box->h;
}

// In a high screen's bar there are two rows.
static int bar_px(const struct brush *brush)
{
    const struct layout *l = brush->layout;

    return l->is_portrait ? brush_bar_px(brush) + l->touch_px + l->gap_px : brush_bar_px(brush);
}

static int count_size(const struct brush *brush, const struct ready *ready)
{
    const struct layout *l = brush->layout;

    return ready->is_count_large && !l->is_large ? l->line_px * 3 / 2 : l->line_px;
}

// The column of texts: name, direction, call, count, more; what isn't there takes no place.
static void place_texts(const struct brush *brush, const struct ready *ready, struct box rest, struct places *out)
{
    const struct layout *l = brush->layout;
    int count_px = fit_line_px(count_size(brush, ready)) + l->unit_px;
    int name_lines = (ready->has_direction ? 2 : 3) - (l->is_large ? 1 : 0); // the call comes first
    int name_px = fit_line_px(l->line_px) * name_lines - (name_lines > 1 ? l->unit_px : 0);

    out->name = (struct box){rest.x, rest.y, rest.w, name_px};
    rest = box_without_top(rest, name_px + l->gap_px);
    if (ready->has_direction) {
        out->direction = (struct box){rest.x, rest.y, rest.w, l->line_px * 2};
        rest = box_without_top(rest, out->direction.h + l->gap_px);
    }
    if (ready->more[0]) {
        int more_px = fit_line_px(l->line_px) + l->gap_px;
        out->more = (struct box){rest.x, take_bottom(&rest, more_px), rest.w, more_px};
    }
    if (ready->count[0]) out->count = (struct box){rest.x, take_bottom(&rest, count_px), rest.w, count_px};
    out->call = rest;
}

// Much to say, or little room to say it: then the picture is smaller, and the call in smaller type.
static bool is_crowded(const struct brush *brush, const struct ready *ready)
{
    const struct model *model = brush->model;

    return ready->has_direction || ready->line[0] || ready->more[0] || model->is_large_text ||
           model->stance.is_practising || model_has_no_camera(model);
}

static struct places places_of(const struct brush *brush, const struct ready *ready)
{
    const struct layout *l = brush->layout;
    int below_px = l->height_px - bar_px(brush), percent = is_crowded(brush, ready) ? 38 : 46;
    struct places places = {0};

    if (l->is_portrait) {
        if (model_has_no_camera(brush->model)) percent = 46; // there is a sentence in it
        int picture_px = below_px * (percent - 10) / 100;
        struct box rest = {l->margin_px, l->margin_px + picture_px + l->unit_px, l->width_px - 2 * l->margin_px, 0};
        rest.h = below_px - rest.y - l->unit_px;
        places.picture = (struct box){l->margin_px, l->margin_px, rest.w, picture_px};
        place_texts(brush, ready, rest, &places);
        return places;
    }
    int picture_h = below_px - l->margin_px - l->unit_px;
    int picture_w = l->width_px * percent / 100;
    if (picture_w > picture_h * 4 / 3) picture_w = picture_h * 4 / 3;
    struct box rest = {2 * l->margin_px + picture_w, l->margin_px, 0, picture_h};
    rest.w = l->width_px - rest.x - l->margin_px;
    places.picture = (struct box){l->margin_px, l->margin_px, picture_w, picture_h};
    place_texts(brush, ready, rest, &places);
    return places;
}

// Entry and exit are told apart by word, arrow and colour.
static void draw_direction(const struct brush *brush, struct box box)
{
    const struct layout *l = brush->layout;
    enum direction direction = brush->model->stance.direction;
    bool is_exit = direction == DIRECTION_EXIT, is_both = direction == DIRECTION_AUTO;
    uint32_t ground = is_both ? LOOK_NIGHT_PANEL : is_exit ? LOOK_GOODBYE : LOOK_WELCOME;
    struct text_style style = {.size_px = l->line_px, .is_bold = true, .down = ALIGN_CENTRE, .most_lines = 2};
    struct box icon = {box.x + l->unit_px, box.y + l->gap_px, box.h - 2 * l->gap_px, box.h - 2 * l->gap_px};
    struct box word = box_without_left(box, icon.w + 2 * l->unit_px);

    word.w -= l->unit_px;
    brush_round(brush, box, ground);
    brush_icon(brush, icon, is_exit ? ICON_EXIT : ICON_ENTER, LOOK_WHITE);
    if (is_both) {
        icon.x = box.x + box.w - icon.w - l->unit_px;
        word.w -= icon.w + l->unit_px;
        brush_icon(brush, icon, ICON_EXIT, LOOK_WHITE);
    }
    brush_text(brush, word, LOOK_WHITE, &style, ready_direction(direction, brush->words));
}

static void draw_counts(const struct brush *brush, const struct places *places, const struct ready *ready)
{
    const struct layout *l = brush->layout;
    struct text_style count = {.size_px = count_size(brush, ready),
                               .is_bold = true,
                               .is_tabular = true,
                               .is_one_line = true,
                               .most_lines = 1,
                               .down = ALIGN_END};
    struct text_style more = {.size_px = l->line_px,
                              .is_bold = ready->is_scarce,
                              .is_tabular = true,
                              .is_one_line = true,
                              .most_lines = 1,
                              .down = ALIGN_END};

    brush_text(brush, places->count, LOOK_ACCENT, &count, ready->count);
    brush_text(brush, places->more, ready->is_scarce ? LOOK_ALREADY : LOOK_WHITE, &more, ready->more);
}

static void draw_call(const struct brush *brush, struct box box, const struct ready *ready)
{
    const struct layout *l = brush->layout;
    bool is_crowd = is_crowded(brush, ready);
    struct column column = {box, ready->is_off ? LOOK_ALREADY : LOOK_WHITE, true};
    const struct column_text texts[] = {
        {ready->call, {.size_px = is_crowd ? l->line_px * 3 / 2 : l->name_px, .is_bold = true}},
        {ready->line, {.size_px = l->line_px, .most_lines = 2}},
    };

    column_draw(brush, &column, texts, 2);
}

static void draw_choice(const struct brush *brush, struct box box, struct action action, const char *label,
                        bool is_current)
{
    brush_button(brush, box,
                 &(struct button){.action = action,
                                  .label = label,
                                  .ground = is_current ? LOOK_ACCENT : LOOK_NIGHT_PANEL,
                                  .text = is_current ? LOOK_NIGHT : LOOK_WHITE});
}

// Something between kiosk and office needs the team. Guests have nothing to do with it: no colour, no word.
static void draw_mark(const struct brush *brush, struct box box)
{
    brush_button(
        brush, box,
        &(struct button){
            .action = {ACT_STAFF_SYNC, 0}, .icon = ICON_NOTE, .ground = LOOK_NIGHT_PANEL, .text = LOOK_NIGHT_QUIET});
}

// DE | EN, large text, the privacy notice, and the way in without a ticket.
static void draw_bar(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct model *model = brush->model;
    struct box bar = brush_bar_part(brush, 0, 1), box = {bar.x, bar.y, l->touch_px, bar.h};
    int step = l->touch_px + l->gap_px, small = model_wants_staff(model) ? 4 : 3;
    int words_px = (bar.w - small * step - l->gap_px) / 2;

    if (l->is_portrait) words_px = (bar.w - l->gap_px) / 2;
    else if (words_px > l->short_px / 2) words_px = l->short_px / 2; // no wider than words need
    struct box hand = {bar.x + bar.w - words_px, bar.y, words_px, bar.h}, privacy = hand;
    privacy.x -= words_px + l->gap_px;
    if (l->is_portrait) box.y -= step;
    draw_choice(brush, box, (struct action){ACT_GERMAN, 0}, "DE", model->language == LANGUAGE_DE);
    box.x += step;
    draw_choice(brush, box, (struct action){ACT_ENGLISH, 0}, "EN", model->language == LANGUAGE_EN);
    box.x += step;
    draw_choice(brush, box, (struct action){ACT_LARGE, 0}, "A+", model->is_large_text);
    box.x += step;
    if (model_wants_staff(model)) draw_mark(brush, box);
    draw_choice(brush, privacy, (struct action){ACT_PRIVACY, 0}, brush_say(brush, "Datenschutz"), false);
    draw_choice(brush, hand, (struct action){ACT_HELP, 0}, brush_say(brush, "Ohne Ticket?"), false);
}

void view_ready(const struct brush *brush)
{
    const struct model *model = brush->model;
    const struct layout *l = brush->layout;
    struct text_style name = {.size_px = l->line_px, .most_lines = 3};
    struct ready ready;

    ready_of(model, brush->words, &ready);
    struct places places = places_of(brush, &ready);
    view_camera(brush, places.picture);
    brush_text(brush, places.name, LOOK_NIGHT_QUIET, &name, ready.name);
    if (ready.has_direction) draw_direction(brush, places.direction);
    draw_call(brush, places.call, &ready);
    draw_counts(brush, &places, &ready);
    draw_bar(brush);
}
