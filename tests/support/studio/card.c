#include "support/studio/card.h"

#include <math.h>
#include <stddef.h>

enum { QUIET = 4, SAMPLES = 3, CARD_LINE = 3 };
#define DEGREE 0.017453292519943295

void card_draw(struct dice *dice, bool is_phone, bool is_inverted, struct card *out)
{
    symbol_draw(dice, &out->symbol);
    out->is_inverted = is_inverted;
    out->dark = (float)(is_inverted ? dice_between(dice, 8, 35)
                        : is_phone  ? dice_between(dice, 6, 25)
                                    : dice_between(dice, 20, 50));
    out->light = (float)(is_inverted ? dice_between(dice, 190, 245)
                         : is_phone  ? dice_between(dice, 215, 250)
                                     : dice_between(dice, 185, 225));
    out->around = is_inverted ? out->dark : out->light;
    if (is_phone && !is_inverted && dice_is(dice, 0.5)) out->around = 30; // a light tile on a dark page
    out->margin = dice_between(dice, 1, 6);
    out->footer = dice_between(dice, 4, 16);
    out->frame_x = is_phone ? 2 : 0;
    out->frame_y = is_phone ? 6 : 0;
    out->print_seed = dice_next(dice);
    out->spot_count = 0;
    out->bend = 0;
}

void card_damage(struct card *card, struct dice *dice)
{
    double side = card->symbol.side;

    card->spot_count = 1 + dice_below(dice, 3);
    for (int i = 0; i < card->spot_count; i++) {
        struct card_spot *spot = &card->spots[i];
        *spot = (struct card_spot){.x = dice_between(dice, 0.1, 0.9) * side,
                                   .y = dice_between(dice, 0.1, 0.9) * side,
                                   .angle = dice_between(dice, 0, 180 * DEGREE)};
        if (dice_is(dice, 0.5)) {
            spot->radius_x = dice_between(dice, 0.03, 0.09) * side;
            spot->radius_y = dice_between(dice, 0.03, 0.09) * side;
            spot->grey = (float)(dice_is(dice, 0.5) ? 30 : dice_between(dice, 110, 210));
        } else {
            spot->radius_x = side;
            spot->radius_y = dice_between(dice, 0.006, 0.013) * side;
            spot->grey = dice_is(dice, 0.5) ? 60 : 230;
        }
    }
}

void card_extent(const struct card *card, double *left, double *top, double *right, double *bottom)
{
    *left = -QUIET - card->margin - card->frame_x;
    *top = -QUIET - card->margin - card->frame_y;
    *right = card->symbol.side + QUIET + card->margin + card->frame_x;
    *bottom = card->symbol.side + QUIET + card->footer + card->frame_y;
}

// A sheet curled around an upright axis: seen from before, its sides are nearer to each other. Half is how far the
// card reaches from the middle; what is printed at `at` is seen at half * sin(bend * at / half) / sin(bend).
static double curl(const struct card *card, double x, bool is_back)
{
    double left, top, right, bottom, bend = card->bend;

    if (bend == 0) return x;
    card_extent(card, &left, &top, &right, &bottom);
    double middle = (left + right) / 2, half = (right - left) / 2, at = (x - middle) / half;
    if (!is_back) return middle + half * sin(bend * at) / sin(bend);
    return middle + half * asin(fmax(-1, fmin(1, at * sin(bend)))) / bend;
}

static bool is_in_spot(const struct card_spot *spot, double x, double y)
{
    double along = (x - spot->x) * cos(spot->angle) + (y - spot->y) * sin(spot->angle);
    double across = (y - spot->y) * cos(spot->angle) - (x - spot->x) * sin(spot->angle);

    along /= spot->radius_x;
    across /= spot->radius_y;
    return along * along + across * across <= 1;
}

static bool is_letter(const struct card *card, double x, double y)
{
    double line = (y - card->symbol.side - QUIET - 1) / CARD_LINE, column = x / 1.6;
    double dot_x = (column - floor(column)) * 4, dot_y = (line - floor(line)) * 8;

    if (line < 0 || dot_x >= 3 || dot_y >= 5 || x < 0 || x > card->symbol.side) return false;
    uint64_t dots = dice_mix(card->print_seed ^ (uint64_t)line << 20 ^ (uint64_t)column);
    return dots % 7 != 0 && dots >> (8 + (int)dot_y * 3 + (int)dot_x) & 1;
}

static float printed(const struct card *card, double x, double y)
{
    const struct symbol_print *symbol = &card->symbol;
    float ink = card->is_inverted ? card->light : card->dark, ground = card->is_inverted ? card->dark : card->light;
    int column = (int)floor(x), row = (int)floor(y), side = symbol->side;

    if (column >= 0 && row >= 0 && column < side && row < side)
        return symbol->modules[row * side + column] ? ink : ground;
    if (column >= -QUIET && row >= -QUIET && column < side + QUIET && row < side + QUIET) return ground;
    bool is_frame = x < -QUIET - card->margin || x > side + QUIET + card->margin || y < -QUIET - card->margin ||
                    y > side + QUIET + card->footer;
    if (is_frame) return 12;
    if (is_letter(card, x, y)) return card->around > 100 ? 40 : 200;
    return card->around;
}

bool card_grey(const struct card *card, double x, double y, float *grey_out)
{
    double left, top, right, bottom;

    card_extent(card, &left, &top, &right, &bottom);
    if (x < left || y < top || x > right || y > bottom) return false;
    x = curl(card, x, true);
    *grey_out = printed(card, x, y);
    for (int i = 0; i < card->spot_count; i++)
        if (is_in_spot(&card->spots[i], x, y)) *grey_out = card->spots[i].grey;
    return true;
}

void card_corners(const struct card *card, const struct pose_plane *plane, double x_px[4], double y_px[4])
{
    double side = card->symbol.side, left = curl(card, 0, false), right = curl(card, side, false);
    const double x[4] = {left, right, right, left}, y[4] = {0, 0, side, side};

    for (int i = 0; i < 4; i++) pose_map(plane->forth, x[i], y[i], &x_px[i], &y_px[i]);
}

// Part of a pixel's light comes from the card, part from what is behind: 3 x 3 looks tell, without any blur.
static void lay_pixel(const struct card *card, const struct pose_plane *plane, int x_px, int y_px, float *grey)
{
    float sum = 0;

    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
        double x, y;
        float sample = *grey;
        pose_map(plane->back, x_px + (i % SAMPLES + 0.5) / SAMPLES - 0.5, y_px + (i / SAMPLES + 0.5) / SAMPLES - 0.5,
                 &x, &y);
        (void)card_grey(card, x, y, &sample);
        sum += sample;
    }
    *grey = sum / (SAMPLES * SAMPLES);
}

void card_lay(const struct card *card, const struct pose_plane *plane, struct canvas *canvas)
{
    double left, top, right, bottom, least_x = 1e9, least_y = 1e9, most_x = -1e9, most_y = -1e9;

    card_extent(card, &left, &top, &right, &bottom);
    for (int i = 0; i < 4; i++) {
        double x_px, y_px;
        pose_map(plane->forth, i % 2 ? right : left, i / 2 ? bottom : top, &x_px, &y_px);
        least_x = fmin(least_x, x_px);
        least_y = fmin(least_y, y_px);
        most_x = fmax(most_x, x_px);
        most_y = fmax(most_y, y_px);
    }
    int first_x = (int)fmax(0, least_x - 1), last_x = (int)fmin(canvas->width_px - 1, most_x + 1);
    int first_y = (int)fmax(0, least_y - 1), last_y = (int)fmin(canvas->height_px - 1, most_y + 1);
    for (int y = first_y; y <= last_y; y++)
        for (int x = first_x; x <= last_x; x++)
            lay_pixel(card, plane, x, y, &canvas->grey[(ptrdiff_t)y * canvas->width_px + x]);
}
