// Codes that phones read from the ready check: how they reach this kiosk, and the page that counts along.
#include "view/fit.h"
#include "view/view_staff.h"

enum { MOST_CODES = 2 };

struct codes { // for phones, in the order in which they are needed
    const char *texts[MOST_CODES], *labels[MOST_CODES];
    int count;
};

// One of them, and what it is.
static void draw_code(const struct brush *brush, struct box code, struct box words, const struct codes *codes, int at)
{
    bool is_below = words.y >= code.y + code.h;
    struct text_style style = {.size_px = brush->layout->small_px, .across = is_below ? ALIGN_CENTRE : ALIGN_START};

    brush_qr(brush, code, codes->texts[at]);
    brush_text(brush, words, LOOK_INK, &style, codes->labels[at]);
}

// The page that counts along; before it the kiosk's own Wi-Fi, if that is how phones get there.
static struct codes find_codes(const struct brush *brush)
{
    const struct readiness *now = brush->model->readiness;

    if (!now->board_url[0]) return (struct codes){.count = 0};
    if (!now->wifi_code[0]) return (struct codes){{now->board_url}, {brush_say(brush, "Zahlen auf dem Handy")}, 1};
    return (struct codes){
        {now->wifi_code, now->board_url}, {brush_say(brush, "1. WLAN"), brush_say(brush, "2. Zahlen")}, MOST_CODES};
}

// At the right, below each other.
static struct box draw_codes_beside(const struct brush *brush, struct box room, const struct codes *codes)
{
    const struct layout *l = brush->layout;
    int width = room.w / 5, words_px = (codes->count == 1 ? 3 : 1) * fit_line_px(l->small_px);
    int most_px = room.h / codes->count - words_px - l->unit_px, side = width < most_px ? width : most_px;
    struct box column = {room.x + room.w - width, room.y, width, 0};

    for (int i = 0; i < codes->count; i++) {
        struct box code = {column.x + (width - side) / 2, column.y, side, side};
        draw_code(brush, code, (struct box){column.x, code.y + side, width, words_px}, codes, i);
        column.y += side + words_px + l->unit_px;
    }
    room.w -= width + l->margin_px;
    return room;
}

// At the bottom: one with its words beside it, or two beside each other with their words below.
static struct box draw_codes_below(const struct brush *brush, struct box room, const struct codes *codes)
{
    const struct layout *l = brush->layout;
    bool is_alone = codes->count == 1;
    int part_px = room.w / codes->count, words_px = is_alone ? 0 : fit_line_px(l->small_px);
    int side = room.h / (is_alone ? 3 : 4);
    struct box code = {room.x, room.y + room.h - side - words_px, side, side};
    struct box words = {room.x, code.y + side, part_px, words_px};

    if (is_alone) words = (struct box){room.x, code.y, room.w - side - l->margin_px, side};
    for (int i = 0; i < codes->count; i++, words.x += part_px) {
        code.x = is_alone ? room.x + room.w - side : words.x + (part_px - side) / 2;
        draw_code(brush, code, words, codes, i);
    }
    room.h -= side + words_px + l->unit_px;
    return room;
}

struct box view_staff_draw_codes(const struct brush *brush, struct box room)
{
    struct codes codes = find_codes(brush);

    if (codes.count == 0) return room;
    if (brush->layout->is_portrait) return draw_codes_below(brush, room, &codes);
    return draw_codes_beside(brush, room, &codes);
}
