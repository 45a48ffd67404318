// brush.h -- what all pages are drawn with: text, buttons, boxes. Used by the view_*.c files only.
#ifndef EINLASS_VIEW_BRUSH_H
#define EINLASS_VIEW_BRUSH_H

#include "view/look.h"
#include "view/view.h"

struct brush {
    const struct model *model;
    const struct words *words;
    const struct layout *layout;
    int64_t mono_ms;
    struct scene *scene;
};

struct button {
    struct action action;
    const char *label; // or
    enum icon icon;    // where the label is NULL
    int size_px;       // of the label; 0: small
    uint32_t ground, text;
    bool is_dimmed; // shown, but answers no touch
};

// What is left of a box after taking px off its top or its left, or off all sides.
struct box box_without_top(struct box box, int taken_px);
struct box box_without_left(struct box box, int taken_px);
struct box box_inside(struct box box, int border_px);

const char *brush_say(const struct brush *brush, const char *german) __attribute__((format_arg(2)));
void brush_text(const struct brush *brush, struct box box, uint32_t rgb, const struct text_style *style,
                const char *text);
void brush_icon(const struct brush *brush, struct box box, enum icon icon, uint32_t rgb); // centred, square
void brush_round(const struct brush *brush, struct box box, uint32_t rgb);
void brush_button(const struct brush *brush, struct box box, const struct button *button);
// On paper: what one may do beside what the page is for.
void brush_button_quiet(const struct brush *brush, struct box box, struct action action, const char *label);

// "EN" where German is shown, "DE" where English is: one tap. Every page has it; on paper unless said otherwise.
void brush_language(const struct brush *brush, struct box box);
void brush_language_on(const struct brush *brush, struct box box, uint32_t ground, uint32_t text);
// The largest square of the box, centred: a QR code of the text.
void brush_qr(const struct brush *brush, struct box box, const char *text);

// The free edge at the sides of forms and bars: narrower where a keyboard needs the width.
int brush_edge_px(const struct brush *brush);
// The bar at the bottom of a page: its height, and its part number `at` of `count` equal ones.
int brush_bar_px(const struct brush *brush);
struct box brush_bar_part(const struct brush *brush, int at, int count);
struct box brush_bar_parts(const struct brush *brush, int first, int last, int count); // from one to another, as one

// What forms have in common: what there is to say, and the way back beside what the form is for.
void view_form_hint(const struct brush *brush, struct box box);
void view_form_field(const struct brush *brush, struct box box, const char *typed); // of a long text the end is seen
void view_form_bar(const struct brush *brush, int height_px, struct button go);

// What the walk-in's pages have in common. The title gives way to a complaint or to the form's hint.
struct button view_walk_button(enum walk_act act, int row, const char *label);
void view_walk_back(const struct brush *brush, struct box box);
void view_walk_title(const struct brush *brush, struct box box, const char *title, const char *complaint);

// The pages.
void view_ready(const struct brush *brush);
void view_camera(const struct brush *brush, struct box box);
void view_result(const struct brush *brush);
void view_not_saved(const struct brush *brush);
void view_privacy(const struct brush *brush);
void view_hand(const struct brush *brush);
void view_pin(const struct brush *brush);
void view_staff(const struct brush *brush);
// What practising leaves of the screen for a page, and what stands around it.
struct box view_practice_room(const struct brush *brush);
void view_practice_frame(const struct brush *brush);
void view_help(const struct brush *brush);
void view_walk(const struct brush *brush); // and its steps:
void view_consents(const struct brush *brush);
void view_namesake(const struct brush *brush);
void view_registered(const struct brush *brush);
void view_attract(const struct brush *brush);
void view_pairing(const struct brush *brush);
void view_trouble(const struct brush *brush);
uint32_t view_result_ground(const struct model *model);

#endif
