#include "ui/crop.h"

#include <math.h>

enum { FRACTION = 256 }; // of a pixel, for smoothing

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

// Grey between the four pixels around x, y (in 1/256 px).
static uint32_t smooth(const struct frame *frame, int x, int y)
{
    int left = x / FRACTION, top = y / FRACTION, fx = x % FRACTION, fy = y % FRACTION;
    int right = left + 1 < frame->width_px ? left + 1 : left, below = top + 1 < frame->height_px ? top + 1 : top;
    const uint8_t *upper = frame->pixels + top * frame->width_px, *lower = frame->pixels + below * frame->width_px;
    int over = upper[left] * (FRACTION - fx) + upper[right] * fx;
    int under = lower[left] * (FRACTION - fx) + lower[right] * fx;

    return (uint32_t)((over * (FRACTION - fy) + under * fy) / (FRACTION * FRACTION));
}

void crop_paint(const struct crop *crop, const struct frame *frame, bool is_mirrored, uint32_t *argb, int pitch_px)
{
    double step = crop->w / crop->box_w * FRACTION;
    int most_x = (frame->width_px - 1) * FRACTION, most_y = (frame->height_px - 1) * FRACTION;

    for (int row = 0; row < crop->box_h; row++) {
        int y = limited((int)((crop->y + 0.5 * crop->w / crop->box_w - 0.5) * FRACTION + row * step), most_y);
        for (int column = 0; column < crop->box_w; column++) {
            int from = is_mirrored ? crop->box_w - 1 - column : column;
            int x = limited((int)((crop->x + 0.5 * crop->w / crop->box_w - 0.5) * FRACTION + from * step), most_x);
            argb[row * pitch_px + column] = 0xFF000000u | smooth(frame, x, y) * 0x010101u;
        }
    }
}
