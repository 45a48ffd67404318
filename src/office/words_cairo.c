#include "office/words_cairo.h"

#include <pango/pangocairo.h>

#define FONT_MM(points) ((points)*25.4 / 72)

static void set_font(PangoLayout *layout, enum weight weight, double size_pt)
{
    PangoFontDescription *font = pango_font_description_from_string("Inter, Noto Sans, DejaVu Sans");

    pango_font_description_set_weight(font, (PangoWeight)weight);
    pango_font_description_set_absolute_size(font, FONT_MM(size_pt) * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

static PangoLayout *fit(cairo_t *cairo, double width, const struct words *words)
{
    PangoLayout *layout = pango_cairo_create_layout(cairo);
    cairo_font_options_t *options = cairo_font_options_create();

    // Metrics of the outlines, not of a pixel grid: the same line breaks in all three kinds of file.
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options(pango_layout_get_context(layout), options);
    pango_context_set_round_glyph_positions(pango_layout_get_context(layout), FALSE); // to whole millimetres
    cairo_font_options_destroy(options);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_text(layout, words->text, -1);
    pango_layout_set_height(layout, -words->lines);
    for (int step = 0; words->size_pt - step * 0.5 >= words->least_pt; step++) {
        set_font(layout, words->weight, words->size_pt - step * 0.5);
        if (!pango_layout_is_ellipsized(layout)) return layout;
    }
    pango_layout_set_height(layout, -words->most_lines);
    return layout;
}

static double layout_height(PangoLayout *layout)
{
    PangoRectangle box;

    pango_layout_get_extents(layout, NULL, &box);
    return (double)box.height / PANGO_SCALE;
}

double words_height(cairo_t *cairo, double width, const struct words *words)
{
    if (!words->text[0]) return 0;
    PangoLayout *layout = fit(cairo, width, words);
    double height = layout_height(layout);
    g_object_unref(layout);
    return height;
}

double words_draw(cairo_t *cairo, double x, double y, double width, const struct words *words)
{
    if (!words->text[0]) return 0;
    PangoLayout *layout = fit(cairo, width, words);
    cairo_set_source_rgb(cairo, words->colour.red, words->colour.green, words->colour.blue);
    cairo_move_to(cairo, x, y);
    pango_cairo_show_layout(cairo, layout);
    double height = layout_height(layout);
    g_object_unref(layout);
    return height;
}

bool words_have_boxes(const char *text)
{
    PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    PangoLayout *layout = pango_layout_new(context);

    set_font(layout, WEIGHT_NORMAL, 10);
    pango_layout_set_text(layout, text, -1);
    int count = pango_layout_get_unknown_glyphs_count(layout);
    g_object_unref(layout);
    g_object_unref(context);
    return count > 0;
}
