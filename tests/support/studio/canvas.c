#include "support/studio/canvas.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void canvas_init(struct canvas *canvas, int width_px, int height_px)
{
    size_t count = (size_t)width_px * (size_t)height_px;

    *canvas = (struct canvas){width_px, height_px, NULL, NULL};
    canvas->grey = mem_zero_array(count, sizeof *canvas->grey);
    canvas->spare = mem_zero_array(count, sizeof *canvas->spare);
}

void canvas_destroy(struct canvas *canvas)
{
    free(canvas->grey);
    free(canvas->spare);
    *canvas = (struct canvas){0};
}

void canvas_copy(struct canvas *to, const struct canvas *from)
{
    memcpy(to->grey, from->grey, (size_t)from->width_px * (size_t)from->height_px * sizeof *to->grey);
}

static double knot(uint64_t seed, int x, int y)
{
    return (double)(dice_mix(seed ^ (uint64_t)(uint32_t)x << 32 ^ (uint64_t)(uint32_t)y) >> 40) / (1 << 24);
}

// Random numbers at the knots of a wide net, smoothly joined in between.
static double soft_noise(uint64_t seed, double x, double y)
{
    int left = (int)floor(x), top = (int)floor(y);
    double u = x - left, v = y - top;

    u = u * u * (3 - 2 * u);
    v = v * v * (3 - 2 * v);
    double above = knot(seed, left, top) * (1 - u) + knot(seed, left + 1, top) * u;
    double below = knot(seed, left, top + 1) * (1 - u) + knot(seed, left + 1, top + 1) * u;
    return above * (1 - v) + below * v;
}

static void fill(struct canvas *canvas, int left, int top, int right, int bottom, float grey)
{
    for (int y = top < 0 ? 0 : top; y < bottom && y < canvas->height_px; y++)
        for (int x = left < 0 ? 0 : left; x < right && x < canvas->width_px; x++)
            canvas->grey[y * canvas->width_px + x] = grey;
}

static void draw_furniture(struct canvas *canvas, struct dice *dice)
{
    for (int i = dice_below(dice, 26) + 4; i > 0; i--) {
        bool is_strip = dice_is(dice, 0.5), is_upright = dice_is(dice, 0.5);
        int long_px = (int)dice_between(dice, 20, 300);
        int short_px = is_strip ? (int)dice_between(dice, 2, 8) : (int)dice_between(dice, 10, 200);
        int left = dice_below(dice, canvas->width_px), top = dice_below(dice, canvas->height_px);
        float grey = (float)dice_between(dice, 5, 250);
        fill(canvas, left, top, left + (is_upright ? short_px : long_px), top + (is_upright ? long_px : short_px),
             grey);
    }
}

// Marks in a cell of 3 x 5 dots, which look like letters to anything that doesn't read.
static void draw_letters(struct canvas *canvas, struct dice *dice, int top, int dot_px, float ink)
{
    for (int left = dice_below(dice, 20); left + 3 * dot_px < canvas->width_px; left += 4 * dot_px) {
        uint64_t dots = dice_next(dice);
        if (dice_is(dice, 0.16)) continue; // between words
        for (int i = 0; i < 15; i++)
            if (dots >> i & 1)
                fill(canvas, left + i % 3 * dot_px, top + i / 3 * dot_px, left + (i % 3 + 1) * dot_px,
                     top + (i / 3 + 1) * dot_px, ink);
    }
}

void canvas_draw_print(struct canvas *canvas, struct dice *dice)
{
    fill(canvas, 0, 0, canvas->width_px, canvas->height_px, (float)dice_between(dice, 180, 240));
    for (int top = 8, dot_px; top < canvas->height_px; top += 8 * dot_px) {
        dot_px = 1 + dice_below(dice, 4);
        draw_letters(canvas, dice, top, dot_px, (float)dice_between(dice, 10, 80));
    }
}

void canvas_draw_room(struct canvas *canvas, struct dice *dice)
{
    double gain = dice_between(dice, 0.45, 1), lift = dice_between(dice, 0, 30);
    uint64_t seed = dice_next(dice);

    for (int y = 0; y < canvas->height_px; y++) {
        for (int x = 0; x < canvas->width_px; x++) {
            double sum = 0, weight = 0.5;
            for (int knot_px = 256; knot_px >= 8; knot_px /= 4, weight /= 2)
                sum += weight * soft_noise(seed + (uint64_t)knot_px, (double)x / knot_px, (double)y / knot_px);
            canvas->grey[y * canvas->width_px + x] = (float)(sum * 280);
        }
    }
    draw_furniture(canvas, dice);
    for (int lines = dice_below(dice, 10); lines > 0; lines--)
        draw_letters(canvas, dice, dice_below(dice, canvas->height_px), 1 + dice_below(dice, 3),
                     (float)dice_between(dice, 0, 255));
    canvas_blur(canvas, dice_between(dice, 0.6, 3));
    canvas_scale(canvas, gain, lift);
}
