#include "support/studio/hostile.h"

#include "support/studio/card.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH_PX = 1280, HEIGHT_PX = 720, FINDER = 7, TRIES = 400, CODE_MARGIN = 4 };

static void fill(struct frame *frame, uint8_t grey)
{
    memset(frame->pixels, grey, WIDTH_PX * HEIGHT_PX);
}

static void block(struct frame *frame, int left, int top, int side_px, uint8_t grey)
{
    for (int y = top; y < top + side_px && y < HEIGHT_PX; y++)
        for (int x = left; x < left + side_px && x < WIDTH_PX; x++) frame->pixels[y * WIDTH_PX + x] = grey;
}

static void draw_finder(struct frame *frame, int left, int top, int px)
{
    block(frame, left, top, 7 * px, 0);
    block(frame, left + px, top + px, 5 * px, 255);
    block(frame, left + 2 * px, top + 2 * px, 3 * px, 0);
}

static void finder_grid(struct frame *frame, int px)
{
    for (int y = 4; y < HEIGHT_PX - FINDER * px; y += (FINDER + 2) * px)
        for (int x = 4; x < WIDTH_PX - FINDER * px; x += (FINDER + 2) * px) draw_finder(frame, x, y, px);
}

static void finder_strewn(struct frame *frame, int px)
{
    struct dice dice = {(uint64_t)px};
    int pitch = (FINDER + 2) * px, side_px = FINDER * px;
    int lefts[TRIES], tops[TRIES], count = 0;

    for (int i = 0; i < TRIES; i++) {
        int left = dice_below(&dice, WIDTH_PX - side_px), top = dice_below(&dice, HEIGHT_PX - side_px);
        bool is_free = true;
        for (int k = 0; k < count; k++) is_free &= abs(lefts[k] - left) >= pitch || abs(tops[k] - top) >= pitch;
        if (!is_free) continue;
        lefts[count] = left;
        tops[count++] = top;
        draw_finder(frame, left, top, px);
    }
}

// Neighbours flow into one another, so that no edge is where it was.
static void soften(struct frame *frame)
{
    struct canvas canvas;
    struct dice dice = {0};

    canvas_init(&canvas, WIDTH_PX, HEIGHT_PX);
    for (int i = 0; i < WIDTH_PX * HEIGHT_PX; i++) canvas.grey[i] = frame->pixels[i];
    canvas_blur(&canvas, 1.2);
    canvas_expose(&canvas, &dice, 0, frame);
    canvas_destroy(&canvas);
}

static bool is_known(int side, int column, int row)
{
    bool is_left = column<9, is_top = row<9, is_right = column> side - 9, is_bottom = row> side - 9;

    return (is_top && (is_left || is_right)) || (is_left && is_bottom) || column == 6 || row == 6;
}

// A dead one has all that a scanner looks for, and no text behind it.
static void draw_code(struct frame *frame, const struct symbol_print *symbol, int left, int top, int px,
                      struct dice *dead)
{
    for (int row = 0; row < symbol->side; row++) {
        for (int column = 0; column < symbol->side; column++) {
            bool is_dark = symbol->modules[row * symbol->side + column];
            if (dead && !is_known(symbol->side, column, row)) is_dark = dice_is(dead, 0.5);
            block(frame, left + column * px, top + row * px, px, is_dark ? 0 : 255);
        }
    }
}

static void codes(struct frame *frame, int version, int px, bool is_dead)
{
    struct dice dice = {7};
    struct symbol_print symbol;
    int number = 0, pitch = (17 + 4 * version + 2 * CODE_MARGIN) * px;

    for (int y = 0; y <= HEIGHT_PX - pitch; y += pitch) {
        for (int x = 0; x <= WIDTH_PX - pitch; x += pitch) {
            char text[32];
            snprintf(text, sizeof text, "N%05d", number++);
            symbol_of_text(text, version, 'L', &symbol);
            draw_code(frame, &symbol, x + CODE_MARGIN * px, y + CODE_MARGIN * px, px, is_dead ? &dice : NULL);
        }
    }
}

static void largest(struct frame *frame, int px)
{
    struct symbol_print symbol;

    symbol_of_text("A", 40, 'L', &symbol);
    draw_code(frame, &symbol, CODE_MARGIN * px, CODE_MARGIN * px, px, NULL);
}

static void rings(struct frame *frame, int pitch_px)
{
    for (int y = 0; y < HEIGHT_PX; y++) {
        for (int x = 0; x < WIDTH_PX; x++) {
            double radius = hypot(x % pitch_px - pitch_px / 2.0, y % pitch_px - pitch_px / 2.0) * 16 / pitch_px / 1.14;
            frame->pixels[y * WIDTH_PX + x] = radius < 1.5 || (radius > 2.5 && radius < 3.5) ? 0 : 255;
        }
    }
}

static void tiles(struct frame *frame, int tile_px, bool is_black_and_white)
{
    for (int y = 0; y < HEIGHT_PX; y++) {
        for (int x = 0; x < WIDTH_PX; x++) {
            uint64_t chance = dice_mix((uint64_t)(y / tile_px) << 32 | (uint64_t)(x / tile_px));
            frame->pixels[y * WIDTH_PX + x] = (uint8_t)(is_black_and_white ? (chance & 1) * 255 : chance & 255);
        }
    }
}

static void checker(struct frame *frame, int tile_px)
{
    for (int y = 0; y < HEIGHT_PX; y++)
        for (int x = 0; x < WIDTH_PX; x++) frame->pixels[y * WIDTH_PX + x] = (x + y) / tile_px % 2 ? 255 : 0;
}

static void draw_other(int number, struct frame *frame)
{
    switch (number) {
    case 0:
        codes(frame, 1, 2, false);
        break;
    case 1:
        codes(frame, 1, 3, false);
        break;
    case 2:
        codes(frame, 2, 4, false);
        break;
    case 3:
        codes(frame, 1, 3, true);
        break;
    case 4:
        largest(frame, 4);
        break;
    case 5:
        largest(frame, 3);
        break;
    case 6:
        checker(frame, 3);
        break;
    case 7:
        tiles(frame, 1, false);
        break;
    case 8:
        tiles(frame, 4, true);
        break;
    default:
        rings(frame, 20 * (number - 7));
        break; // 40 60 80
    }
}

const char *hostile_draw(int number, struct frame *frame)
{
    static const char *const names[HOSTILE_COUNT] = {
        "finders2",     "finders3",     "finders4",     "finders6",   "finders8",  "finders2blur", "finders3blur",
        "finders4blur", "finders6blur", "finders8blur", "strewn2",    "strewn3",   "strewn4",      "strewn6",
        "strewn8",      "codes_v1_2",   "codes_v1_3",   "codes_v2_4", "dead_v1_3", "v40_4",        "v40_3",
        "checker3",     "noise1",       "noise4",       "rings40",    "rings60",   "rings80"};
    static const int sizes_px[] = {2, 3, 4, 6, 8};

    assert(number >= 0 && number < HOSTILE_COUNT);
    frame->width_px = WIDTH_PX;
    frame->height_px = HEIGHT_PX;
    fill(frame, 255);
    if (number < 10) finder_grid(frame, sizes_px[number % 5]);
    else if (number < 15) finder_strewn(frame, sizes_px[number % 5]);
    else draw_other(number - 15, frame);
    if (number >= 5 && number < 10) soften(frame);
    frame_seal(frame);
    return names[number];
}
