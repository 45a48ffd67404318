#include "ui/keys.h"

#include "base/text.h"
#include "ui/brush.h"
#include "ui/fit.h"

#include <stdint.h>
#include <string.h>

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

int keys_height_px(const struct brush *brush, const struct keys *keys)
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

static size_t write_point(int point, char out[5])
{
    unsigned p = (unsigned)point;
    size_t length = p < 0x80 ? 1 : p < 0x800 ? 2 : p < 0x10000 ? 3 : 4;

    for (size_t i = length; i-- > 1; p >>= 6) out[i] = (char)(0x80 | (p & 0x3F));
    out[0] = (char)(length == 1 ? p : (0xF00u >> length & 0xF0) | p);
    out[length] = '\0';
    return length;
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
    } else if (point != ' ') write_point(point, label); // the long one says it by its place
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

void keys_draw(const struct brush *brush, struct box box, const struct keys *keys)
{
    const struct plan *plan = plan_of(brush, keys);
    int gap = brush->layout->gap_px;

    brush_round(brush, box_inside(box, -gap), LOOK_PAPER_EDGE); // what keys stand on
    for (int row = 0; row < ROW_COUNT; row++) {
        int y = (box.h + gap) * row / ROW_COUNT, next_y = (box.h + gap) * (row + 1) / ROW_COUNT;
        draw_row(brush, (struct box){box.x, box.y + y, box.w, next_y - gap - y}, keys, plan->columns, &plan->rows[row]);
    }
}

void keys_follow(struct keys *keys, const char *text, bool are_names)
{
    size_t length = strlen(text);
    bool is_start = length == 0 || text[length - 1] == ' ' || text[length - 1] == '-';

    if (keys->layer == KEYS_SIGNS) return;
    keys->layer = are_names && is_start ? KEYS_CAPITAL : KEYS_SMALL;
}

// ---- what is typed into ----

// The code point at `bytes` as it may stand in a field; "" when it is none, or hidden. How many bytes it took.
static size_t take_point(const char *bytes, char out[8])
{
    size_t left = strnlen(bytes, 4), length = 1;

    out[0] = '\0';
    while (length <= left && !text_is_utf8(bytes, length)) length++;
    if (length > left) return 1; // one byte of something else
    text_make_showable(out, 8, bytes, length);
    return length;
}

bool field_append(char *text, size_t text_size, const char *more)
{
    size_t used = strlen(text);
    bool is_whole = true;

    while (*more) {
        char point[8];
        more += take_point(more, point);
        size_t length = strlen(point);
        if (used + length >= text_size) return false;
        memcpy(text + used, point, length + 1);
        used += length;
        is_whole = is_whole && length > 0;
    }
    return is_whole;
}

bool field_append_point(char *text, size_t text_size, int point)
{
    char bytes[5] = "";

    if (point <= 0 || point > 0x10FFFF) return false;
    write_point(point, bytes);
    return field_append(text, text_size, bytes);
}

void field_erase(char *text)
{
    size_t last = 0;

    for (size_t at = 0, length; (length = fit_grapheme(text + at)) > 0; at += length) last = at;
    text[last] = '\0';
}
