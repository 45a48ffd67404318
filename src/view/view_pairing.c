// Pairing with an office: an offer before the camera, or typed; then how it goes. The whole screen on the first start,
// later one of the staff's pages.
#include "view/fit.h"
#include "view/view_keys.h"
#include "view/view_staff.h"

// What stands in the place of the camera's picture while nothing is to be shown to it.
static bool has_icon(const struct pairing_page *page, enum icon *out)
{
    switch (page->step) {
    case PAIRING_WAITING:
    case PAIRING_FAILED:
        return false;
    case PAIRING_CHECKING:
    case PAIRING_CONNECTING:
        *out = ICON_CLOCK;
        return true;
    case PAIRING_LOADING:
        if (page->trouble != SYNC_FINE) return false;
        *out = ICON_TICK;
        return true;
    case PAIRING_DONE:
        break;
    }
    *out = ICON_TICK;
    return true;
}

static void draw_sight(const struct brush *brush, struct box box)
{
    enum icon icon;
    int icon_px = brush->layout->short_px / 4;

    if (!has_icon(&brush->model->pairing, &icon)) {
        view_camera(brush, box);
        return;
    }
    staff_card(brush, box, LOOK_PAPER_KEY);
    brush_icon(brush, (struct box){box.x + (box.w - icon_px) / 2, box.y + (box.h - icon_px) / 2, icon_px, icon_px},
               icon, icon == ICON_TICK ? LOOK_WELCOME : LOOK_INK_QUIET);
}

static void draw_words(const struct brush *brush, struct box box, int size_px)
{
    const struct layout *l = brush->layout;
    const struct pairing_page *page = &brush->model->pairing;
    bool is_wrong = page->step == PAIRING_FAILED || page->is_broken;
    struct text_style title = {.size_px = size_px, .is_bold = true};
    struct text_style line = {.size_px = l->line_px * 9 / 10, .is_flowing = true, .space_px = l->unit_px};

    brush_text(brush, box, is_wrong ? LOOK_ALARM : LOOK_INK, &title,
               brush_say(brush, pairing_page_title(brush->model)));
    brush_text(brush, box, LOOK_INK, &line, brush_say(brush, pairing_page_line(brush->model)));
}

static struct button type_button(const struct brush *brush)
{
    return (struct button){.action = {ACT_PAIRING, PAIRING_ACT_TYPE},
                           .label = brush_say(brush, "Code eintippen"),
                           .ground = LOOK_BUTTON,
                           .text = LOOK_WHITE};
}

static void draw_sighting(const struct brush *brush, struct box room)
{
    const struct layout *l = brush->layout;
    const struct pairing_page *page = &brush->model->pairing;
    bool is_stuck = page->step == PAIRING_LOADING && (page->is_late || page->trouble != SYNC_FINE);
    bool is_open = page->step == PAIRING_WAITING || page->step == PAIRING_FAILED || is_stuck;
    struct button type = type_button(brush);
    struct box sight = room, words, button;

    if (l->is_portrait) {
        sight.h = room.h * 45 / 100;
        words = box_without_top(room, sight.h + l->unit_px * 2);
    } else {
        sight.w = room.w * 44 / 100;
        words = box_without_left(room, sight.w + l->margin_px);
    }
    button = (struct box){words.x, words.y + words.h - l->touch_px, words.w, l->touch_px};
    words.h -= l->touch_px + l->unit_px;
    draw_sight(brush, sight);
    draw_words(brush, words, l->line_px * 5 / 4);
    if (is_open) brush_button(brush, button, &type);
}

// The field and what sends it above the keyboard; answers what is left above them.
static struct box draw_typing(const struct brush *brush, struct box room)
{
    const struct layout *l = brush->layout;
    const struct pairing_page *page = &brush->model->pairing;
    // Where the room is low, the keyboard is: it never covers the field.
    struct box under = box_without_top(room, l->touch_px - 2 * l->gap_px);
    struct box rest = staff_keyboard_of(brush, under, &page->keys);
    int field_px = l->touch_px, send_px = staff_button_px(brush, 8, 2), y = rest.y + rest.h - field_px;
    struct box field = {rest.x, y < room.y ? room.y : y, rest.w - send_px - l->gap_px, field_px};
    struct box send = {field.x + field.w + l->gap_px, field.y, send_px, field_px};

    view_form_field(brush, field, page->typed);
    scene_add_target(brush->scene, field, (struct action){ACT_PAIRING, PAIRING_ACT_TYPE});
    brush_button(brush, send,
                 &(struct button){.action = {ACT_PAIRING, PAIRING_ACT_SEND},
                                  .label = brush_say(brush, "Koppeln"),
                                  .ground = LOOK_BUTTON,
                                  .text = LOOK_WHITE,
                                  .is_dimmed = page->step == PAIRING_CHECKING || page->typed[0] == '\0'});
    rest.y = room.y;
    rest.h = field.y - l->gap_px - room.y;
    return rest;
}

// The title of the page says it: there is no room for more beside a keyboard.
static const char *typing_title(const struct brush *brush)
{
    const struct model *model = brush->model;
    bool is_calm = model->pairing.step == PAIRING_WAITING && !model->pairing.is_broken && !model->pairing.is_stray;

    return brush_say(brush, is_calm ? pairing_page_line(model) : pairing_page_title(model));
}

void view_staff_pair(const struct brush *brush)
{
    bool has_keys = brush->model->pairing.has_keys;
    struct box room = staff_frame(brush, has_keys ? typing_title(brush) : brush_say(brush, "Koppeln"), "", NULL);

    if (has_keys) draw_typing(brush, room);
    else draw_sighting(brush, (struct box){room.x, room.y, room.w, room.h - brush->layout->unit_px});
}

// On a high screen: what this is all about.
static void draw_heading(const struct brush *brush, struct box box)
{
    const struct layout *l = brush->layout;
    struct text_style style = {.size_px = l->line_px * 5 / 4, .is_bold = true, .most_lines = 2};

    if (box.h < 3 * fit_line_px(style.size_px)) return;
    brush_text(brush, box_without_top(box, l->margin_px), LOOK_INK, &style, brush_say(brush, "Mit dem Büro koppeln"));
}

// The first start: nothing but this, and two languages.
static void draw_first_typing(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    int edge = brush_edge_px(brush), top_px = l->unit_px / 2;
    struct box room = {edge, top_px, l->width_px - 2 * edge, l->height_px - top_px - l->unit_px};
    struct box rest = draw_typing(brush, room);
    int touch_px = l->touch_px, side_px = touch_px + l->gap_px;
    struct box back = {rest.x, rest.y + rest.h - touch_px, touch_px, touch_px};
    struct box language = back, title = {back.x + side_px + l->unit_px, back.y, 0, touch_px};
    struct text_style style = {.size_px = l->line_px, .is_bold = true, .down = ALIGN_CENTRE};

    language.x = rest.x + rest.w - touch_px;
    title.w = language.x - l->gap_px - l->unit_px - title.x;
    draw_heading(brush, (struct box){rest.x, rest.y, rest.w, back.y - rest.y});
    brush_button(
        brush, back,
        &(struct button){.action = {ACT_BACK, 0}, .icon = ICON_BACK, .ground = LOOK_BUTTON, .text = LOOK_WHITE});
    brush_text(brush, title, brush->model->pairing.is_broken ? LOOK_ALARM : LOOK_INK, &style, typing_title(brush));
    brush_language(brush, language);
}

void view_pairing(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    int edge = brush_edge_px(brush), bar_y = l->height_px - brush_bar_px(brush);

    if (brush->model->pairing.has_keys) {
        draw_first_typing(brush);
        return;
    }
    draw_sighting(brush, (struct box){edge, l->margin_px, l->width_px - 2 * edge, bar_y - l->margin_px - l->unit_px});
    brush_language(brush, brush_bar_part(brush, 0, 6));
}
