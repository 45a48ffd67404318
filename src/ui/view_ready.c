// Ready: the camera's picture, one sentence, the headcount, and a bar for everything else.
#include "ui/brush.h"
#include "ui/crop.h"
#include "ui/fit.h"

#include <stdio.h>

struct places {
    struct box picture, name, call, count;
};

static struct places places_of(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    int below_px = l->height_px - brush_bar_px(brush);
    int count_px = l->line_px * 2, name_px = l->line_px * 3;
    struct places places;

    if (l->is_portrait) {
        int picture_px = below_px * 2 / 5;
        struct box rest = {l->margin_px, l->margin_px + picture_px, l->width_px - 2 * l->margin_px, 0};
        rest.h = below_px - rest.y - l->unit_px;
        places.picture = (struct box){l->margin_px, l->margin_px, rest.w, picture_px};
        places.name = (struct box){rest.x, rest.y, rest.w, name_px};
        places.call = (struct box){rest.x, rest.y + name_px, rest.w, rest.h - name_px - count_px};
        places.count = (struct box){rest.x, rest.y + rest.h - count_px, rest.w, count_px};
        return places;
    }
    int picture_h = below_px - l->margin_px - l->unit_px;
    int picture_w = picture_h * 4 / 3 < l->width_px * 46 / 100 ? picture_h * 4 / 3 : l->width_px * 46 / 100;
    struct box rest = {2 * l->margin_px + picture_w, l->margin_px, 0, picture_h};
    rest.w = l->width_px - rest.x - l->margin_px;
    places.picture = (struct box){l->margin_px, l->margin_px, picture_w, picture_h};
    places.name = (struct box){rest.x, rest.y, rest.w, name_px};
    places.call = (struct box){rest.x, rest.y + name_px, rest.w, rest.h - name_px - count_px};
    places.count = (struct box){rest.x, rest.y + rest.h - count_px, rest.w, count_px};
    return places;
}

static int clamp(int value, int least, int most)
{
    if (value < least) return least;
    return value > most ? most : value;
}

// The square in the middle, or the box around a code that was just seen; on the grid, so that it doesn't tremble.
static struct box bracket_box(const struct brush *brush, struct box picture)
{
    const struct model *model = brush->model;
    int side = (picture.w < picture.h ? picture.w : picture.h) * 3 / 4, unit = brush->layout->unit_px;
    struct box bracket = {picture.x + (picture.w - side) / 2, picture.y + (picture.h - side) / 2, side, side};

    if (!model_is_sighted(model, brush->mono_ms) || model->camera.width_px <= 0) return bracket;
    struct crop crop = crop_of(model->camera.width_px, model->camera.height_px, picture.w, picture.h);
    int left = picture.w, top = picture.h, right = 0, bottom = 0;
    for (int i = 0; i < 4; i++) {
        int x, y;
        crop_place(&crop, model->sighting.x[i], model->sighting.y[i], model->config.is_mirrored, &x, &y);
        left = x < left ? x : left;
        right = x > right ? x : right;
        top = y < top ? y : top;
        bottom = y > bottom ? y : bottom;
    }
    left = clamp((left - unit) / unit * unit, 0, picture.w - 4 * unit);
    top = clamp((top - unit) / unit * unit, 0, picture.h - 4 * unit);
    right = clamp((right + 2 * unit) / unit * unit, left + 4 * unit, picture.w);
    bottom = clamp((bottom + 2 * unit) / unit * unit, top + 4 * unit, picture.h);
    return (struct box){picture.x + left, picture.y + top, right - left, bottom - top};
}

static void draw_dimming(const struct brush *brush, struct box picture, struct box bright)
{
    int right = bright.x + bright.w, bottom = bright.y + bright.h;
    struct box parts[] = {
        {picture.x, picture.y, picture.w, bright.y - picture.y},
        {picture.x, bottom, picture.w, picture.y + picture.h - bottom},
        {picture.x, bright.y, bright.x - picture.x, bright.h},
        {right, bright.y, picture.x + picture.w - right, bright.h},
    };

    for (int i = 0; i < 4; i++)
        if (parts[i].w > 0 && parts[i].h > 0) scene_add(brush->scene, MARK_FILL, parts[i], LOOK_NIGHT)->opacity = 150;
}

static void draw_bracket(const struct brush *brush, struct box box)
{
    int thick = brush->layout->unit_px / 2 + 1, arm = (box.w < box.h ? box.w : box.h) / 5;
    int right = box.x + box.w, bottom = box.y + box.h;
    uint32_t rgb = model_is_sighted(brush->model, brush->mono_ms) ? LOOK_ACCENT : LOOK_WHITE;
    struct box bars[] = {
        {box.x, box.y, arm, thick},
        {box.x, box.y, thick, arm},
        {right - arm, box.y, arm, thick},
        {right - thick, box.y, thick, arm},
        {box.x, bottom - thick, arm, thick},
        {box.x, bottom - arm, thick, arm},
        {right - arm, bottom - thick, arm, thick},
        {right - thick, bottom - arm, thick, arm},
    };

    for (int i = 0; i < 8; i++) scene_add(brush->scene, MARK_FILL, bars[i], rgb);
}

static void draw_picture(const struct brush *brush, struct box picture)
{
    struct box bracket = bracket_box(brush, picture);

    scene_add(brush->scene, MARK_FILL, picture, LOOK_NIGHT_PANEL);
    scene_add(brush->scene, MARK_PICTURE, picture, LOOK_WHITE)->is_mirrored = brush->model->config.is_mirrored;
    draw_dimming(brush, picture, bracket);
    draw_bracket(brush, bracket);
}

static void draw_no_camera(const struct brush *brush, struct box picture)
{
    const struct layout *l = brush->layout;
    struct text_style style = {.size_px = l->line_px, .across = ALIGN_CENTRE};
    int icon_px = l->short_px * 16 / 100, top = picture.y + (picture.h - icon_px - 4 * fit_line_px(l->line_px)) / 2;
    struct box icon, words = box_inside(picture, l->unit_px);

    if (top < picture.y + l->unit_px) top = picture.y + l->unit_px;
    icon = (struct box){picture.x, top, picture.w, icon_px};
    words.y = top + icon_px + l->unit_px;
    words.h = picture.y + picture.h - words.y - l->unit_px;
    brush_round(brush, picture, LOOK_NIGHT_PANEL);
    brush_icon(brush, icon, ICON_NO_CAMERA, LOOK_NIGHT_QUIET);
    brush_text(brush, words, LOOK_WHITE, &style,
               brush_say(brush, "Keine Kamera gefunden. Stecker prüfen – es wird weiter gesucht."));
}

static void draw_count(const struct brush *brush, struct box box)
{
    const struct headcount *count = &brush->model->headcount;
    struct text_style style = {
        .size_px = brush->layout->line_px, .is_bold = true, .is_tabular = true, .down = ALIGN_END};
    char words[96];

    if (!brush->model->has_headcount || !brush->model->config.event->shows_headcount) return;
    if (count->expected > 0)
        snprintf(words, sizeof words, brush_say(brush, "%u da von %u"), count->inside, count->expected);
    else snprintf(words, sizeof words, brush_say(brush, "%u da"), count->inside);
    brush_text(brush, box, LOOK_ACCENT, &style, words);
}

static void draw_language(const struct brush *brush, struct box box, enum language language)
{
    bool is_current = brush->model->language == language;
    struct button button = {
        .action = {language == LANGUAGE_DE ? ACT_GERMAN : ACT_ENGLISH, 0},
        .label = language == LANGUAGE_DE ? "DE" : "EN",
        .ground = is_current ? LOOK_ACCENT : LOOK_NIGHT_PANEL,
        .text = is_current ? LOOK_NIGHT : LOOK_WHITE,
    };

    brush_button(brush, box, &button);
}

static void draw_bar(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    struct box bar = brush_bar_part(brush, 0, 1), box = {bar.x, bar.y, l->touch_px, bar.h};
    int words_px = (bar.w - 2 * l->touch_px - 3 * l->gap_px) / 2;

    if (!l->is_portrait) words_px = words_px * 4 / 5; // no wider than words need
    draw_language(brush, box, LANGUAGE_DE);
    box.x += box.w + l->gap_px;
    draw_language(brush, box, LANGUAGE_EN);
    struct box hand = {bar.x + bar.w - words_px, bar.y, words_px, bar.h}, privacy = hand;
    privacy.x -= words_px + l->gap_px;
    brush_button(brush, privacy,
                 &(struct button){.action = {ACT_PRIVACY, 0},
                                  .label = brush_say(brush, "Datenschutz"),
                                  .ground = LOOK_NIGHT_PANEL,
                                  .text = LOOK_WHITE});
    brush_button(brush, hand,
                 &(struct button){.action = {ACT_HELP, 0},
                                  .label = brush_say(brush, "Ohne Ticket?"),
                                  .ground = LOOK_NIGHT_PANEL,
                                  .text = LOOK_WHITE});
}

// What to do. A hint takes the place of the invitation: there is one sentence on a screen.
static const char *call_of(const struct brush *brush)
{
    switch (model_advice(brush->model)) {
    case HINT_NEARER:
        return brush_say(brush, "Bitte näher heran");
    case HINT_FARTHER:
        return brush_say(brush, "Bitte weiter weg");
    case HINT_BRIGHTER:
        return brush_say(brush, "Displayhelligkeit erhöhen");
    case HINT_BLIND:
        return brush_say(brush, "Lesen gestört, bitte zum Team");
    case HINT_NONE:
    case HINT_COVERED:
    case HINT_COUNT:
        break;
    }
    if (model_has_no_camera(brush->model)) return brush_say(brush, "Bitte zum Team, oder auf „Ohne Ticket?“ tippen");
    return brush_say(brush, "Ticket vor die Kamera halten");
}

static void draw_call(const struct brush *brush, struct box box)
{
    const struct layout *l = brush->layout;
    bool is_covered = model_advice(brush->model) == HINT_COVERED;
    struct text_style call = {.size_px = l->name_px, .is_bold = true, .down = ALIGN_CENTRE};
    struct text_style quiet = {.size_px = l->line_px, .down = ALIGN_END, .most_lines = 1};
    struct box line = {box.x, box.y + box.h - l->line_px * 2, box.w, l->line_px * 2};

    if (is_covered) box.h -= line.h;
    brush_text(brush, box, LOOK_WHITE, &call, call_of(brush));
    if (is_covered) brush_text(brush, line, LOOK_NIGHT_QUIET, &quiet, brush_say(brush, "Die Kamera ist verdeckt"));
}

void view_ready(const struct brush *brush)
{
    const struct model *model = brush->model;
    const struct layout *l = brush->layout;
    struct places places = places_of(brush);
    struct text_style name = {.size_px = l->line_px, .down = l->is_portrait ? ALIGN_CENTRE : ALIGN_START};

    if (model_has_no_camera(model)) draw_no_camera(brush, places.picture);
    else draw_picture(brush, places.picture);
    brush_text(brush, places.name, LOOK_NIGHT_QUIET, &name, model->config.event->name[model->language]);
    draw_call(brush, places.call);
    draw_count(brush, places.count);
    draw_bar(brush);
}
