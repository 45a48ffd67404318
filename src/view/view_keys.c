// The keyboard on the screen: rows of keys for letters, addresses, signs and numbers.
#include "view/view_keys.h"

#include "base/text.h"
#include "view/fit.h"

// Keys that type nothing, within the rows.
enum { KEY_ERASE = '\b', KEY_SHIFT = '\v', KEY_SIGNS = '\f' };

enum { ROW_COUNT = 4 };

struct key_row {
    const char *keys;   // UTF-8
    const char *widths; // a digit for each, in columns; NULL: one
};

struct plan {
    int columns;
    struct key_row rows[ROW_COUNT];
};

// [is_portrait]
static const struct plan letters[] = {
    {11, {{"qwertzuiopü", NULL}, {"asdfghjklöä", NULL}, {"\vyxcvbnmß-\b", NULL}, {"\f@' &.", "211511"}}},
    {10, {{"qwertzuiop", NULL}, {"asdfghjklö", NULL}, {"\vyxcvbnmüä", NULL}, {"\fß- .@\b", "2113111"}}},
};
static const struct plan address[] = {
    {11, {{"qwertzuiopü", NULL}, {"asdfghjklöä", NULL}, {"\vyxcvbnmß+\b", NULL}, {"\f@.-_", "23222"}}},
    {10, {{"qwertzuiop", NULL}, {"asdfghjklö", NULL}, {"\vyxcvbnmüä", NULL}, {"\f@.-_\b", "221221"}}},
};
static const struct plan signs[] = {
    {11, {{"1234567890+", NULL}, {"@.,-_/&'()?", NULL}, {"éèêáàçñšłø\b", NULL}, {"\f:; !\"", "211511"}}},
    {10, {{"1234567890", NULL}, {"@.,-_/&'()", NULL}, {"éèêáàçñšłø", NULL}, {"\f+? !:\b", "2113111"}}},
};
static const struct plan pad = {3, {{"123", NULL}, {"456", NULL}, {"789", NULL}, {"-0\b", NULL}}};

static const struct plan *plan_of(const struct brush *brush, const struct keys *keys)
{
    bool is_portrait = brush->layout->is_portrait;

    if (keys->kind == KEYS_NUMBER) return &pad;
    if (keys->layer == KEYS_SIGNS) return &signs[is_portrait];
    return keys->kind == KEYS_EMAIL ? &address[is_portrait] : &letters[is_portrait];
}

int view_keys_height_px(const struct brush *brush, const struct keys *keys)
{
    const struct layout *l = brush->layout;
    bool is_narrow = l->is_portrait && keys->kind != KEYS_NUMBER; // what a key lacks in width it has in height
    int key_px = is_narrow ? l->touch_px * 5 / 4 : l->touch_px;

    return ROW_COUNT * (key_px + l->gap_px) - l->gap_px;
}

// There is no capital ß on a typewriter, and nobody misses it here.
static int capital_of(int point)
{
    if (point >= 'a' && point <= 'z') return point - 'a' + 'A';
    return point >= 0xE0 && point <= 0xFE && point != 0xF7 ? point - 0x20 : point; // Latin-1
}

static struct button button_of(const struct keys *keys, int point, char label[5])
{
    struct button button = {.action = {ACT_KEY, point}, .label = label, .ground = LOOK_PAPER_KEY, .text = LOOK_INK};
    bool is_pressed = point == KEY_SHIFT && keys->layer == KEYS_CAPITAL;

    label[0] = '\0';
    if (point == KEY_ERASE) button.action = (struct action){ACT_ERASE, 0}, button.icon = ICON_ERASE;
    else if (point == KEY_SHIFT) {
        button.action = (struct action){ACT_LAYER, is_pressed ? KEYS_SMALL : KEYS_CAPITAL};
        button.icon = ICON_UP;
    } else if (point == KEY_SIGNS) {
        button.action = (struct action){ACT_LAYER, keys->layer == KEYS_SIGNS ? KEYS_SMALL : KEYS_SIGNS};
        button.label = keys->layer == KEYS_SIGNS ? "abc" : "123 ?";
    } else if (point != ' ') text_write_point((uint32_t)point, label); // the long one says it by its place
    if (point == KEY_ERASE || point == KEY_SHIFT) button.label = NULL;
    if (is_pressed) button.ground = LOOK_BUTTON, button.text = LOOK_WHITE;
    return button;
}

static void draw_key(const struct brush *brush, struct box box, const struct keys *keys, int point)
{
    const struct layout *l = brush->layout;
    char label[5];
    struct button button = button_of(keys, point, label);
    bool is_letter = button.label == label;

    button.size_px = is_letter ? l->key_px : l->key_px * 4 / 5;
    if (button.size_px < FIT_LEAST_PX) button.size_px = FIT_LEAST_PX;
    brush_button(brush, box, &button);
}

static void draw_row(const struct brush *brush, struct box box, const struct keys *keys, int columns,
                     const struct key_row *row)
{
    int gap = brush->layout->gap_px, column = 0, at = 0;
    const char *cursor = row->keys;

    for (uint32_t point; (point = text_next(&cursor)) != 0; at++) {
        int wide = row->widths ? row->widths[at] - '0' : 1;
        int x = (box.w + gap) * column / columns, next_x = (box.w + gap) * (column + wide) / columns;
        bool is_capital = keys->layer == KEYS_CAPITAL && point >= ' ';
        draw_key(brush, (struct box){box.x + x, box.y, next_x - gap - x, box.h}, keys,
                 is_capital ? capital_of((int)point) : (int)point);
        column += wide;
    }
}

void view_keys(const struct brush *brush, struct box box, const struct keys *keys)
{
    const struct plan *plan = plan_of(brush, keys);
    int gap = brush->layout->gap_px;

    brush_round(brush, box_inside(box, -gap), LOOK_PAPER_EDGE); // what keys stand on
    for (int row = 0; row < ROW_COUNT; row++) {
        int y = (box.h + gap) * row / ROW_COUNT, next_y = (box.h + gap) * (row + 1) / ROW_COUNT;
        draw_row(brush, (struct box){box.x, box.y + y, box.w, next_y - gap - y}, keys, plan->columns, &plan->rows[row]);
    }
}
