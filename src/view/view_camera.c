// The camera's picture on Ready, with the bracket that closes on a code; or the sentence in its place.
#include "view/brush.h"
#include "view/crop.h"
#include "view/fit.h"

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

void view_camera(const struct brush *brush, struct box box)
{
    if (model_has_no_camera(brush->model)) draw_no_camera(brush, box);
    else draw_picture(brush, box);
}
