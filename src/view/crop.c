#include "view/crop.h"

#include <math.h>
#include <stddef.h>

enum { FRACTION = 65536 }; // of a pixel

struct crop crop_of(int frame_w, int frame_h, int box_w, int box_h)
{
    struct crop crop = {.frame_w = frame_w, .frame_h = frame_h, .box_w = box_w, .box_h = box_h};
    double across = (double)frame_w / box_w, down = (double)frame_h / box_h;
    double scale = across < down ? across : down;

    crop.w = box_w * scale;
    crop.h = box_h * scale;
    crop.x = (frame_w - crop.w) / 2;
    crop.y = (frame_h - crop.h) / 2;
    return crop;
}

void crop_place(const struct crop *crop, double frame_x, double frame_y, bool is_mirrored, int *x_out, int *y_out)
{
    double x = (frame_x * crop->frame_w - crop->x) / crop->w, y = (frame_y * crop->frame_h - crop->y) / crop->h;

    *x_out = (int)lround((is_mirrored ? 1 - x : x) * crop->box_w);
    *y_out = (int)lround(y * crop->box_h);
}

static int limited(int value, int most)
{
    if (value < 0) return 0;
    return value > most ? most : value;
}

// One row of the frame at height `y` (in fractions of a px), between the two nearest.
static void blend_rows(const struct frame *frame, int y, uint8_t *row)
{
    int top = y / FRACTION, part = y % FRACTION, below = top + 1 < frame->height_px ? top + 1 : top;
    const uint8_t *upper = frame->pixels + (ptrdiff_t)top * frame->width_px;
    const uint8_t *lower = frame->pixels + (ptrdiff_t)below * frame->width_px;

    for (int x = 0; x < frame->width_px; x++)
        row[x] = (uint8_t)((upper[x] * (FRACTION - part) + lower[x] * part) / FRACTION);
    row[frame->width_px] = row[frame->width_px - 1]; // so that the last pixel has a neighbour
}

// The pixels of one row of the box, from `x` in steps of `step` (both in fractions of a px).
static void spread_row(const uint8_t *row, int x, int step, int most_x, uint32_t *argb, int count)
{
    for (int i = 0; i < count; i++, x += step) {
        int at = limited(x, most_x), left = at / FRACTION, part = at % FRACTION;
        uint32_t grey = (uint32_t)(row[left] * (FRACTION - part) + row[left + 1] * part) / FRACTION;
        argb[i] = 0xFF000000u | grey * 0x010101u;
    }
}

void crop_paint(const struct crop *crop, const struct frame *frame, bool is_mirrored, uint32_t *argb, int pitch_px)
{
    double step = crop->w / crop->box_w * FRACTION;
    int first_x = (int)(crop->x * FRACTION + (step - FRACTION) / 2), last_x = first_x + (int)((crop->box_w - 1) * step);
    int most_x = (frame->width_px - 1) * FRACTION, most_y = (frame->height_px - 1) * FRACTION;
    uint8_t row[CROP_MAX_FRAME_WIDTH + 1];

    if (frame->width_px > CROP_MAX_FRAME_WIDTH) return;
    for (int y = 0; y < crop->box_h; y++) {
        int from_y = (int)(crop->y * FRACTION + (step - FRACTION) / 2 + y * step);
        blend_rows(frame, limited(from_y, most_y), row);
        spread_row(row, is_mirrored ? last_x : first_x, (int)lround(is_mirrored ? -step : step), most_x,
                   argb + (ptrdiff_t)y * pitch_px, crop->box_w);
    }
}
