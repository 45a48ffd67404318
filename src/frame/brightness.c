#include "frame/brightness.h"

enum { BURNT = 250, EVERY_COLUMN = 4, EVERY_ROW = 8 };

void brightness_measure(const struct frame *frame, struct brightness *out)
{
    int left = frame->width_px / 6, top = frame->height_px / 6; // the middle two thirds
    int64_t sum = 0, burnt = 0, count = 0;

    for (int y = top; y < frame->height_px - top; y += EVERY_ROW)
        for (int x = left; x < frame->width_px - left; x += EVERY_COLUMN) {
            int grey = frame->pixels[(int64_t)y * frame->width_px + x];
            sum += grey;
            burnt += grey >= BURNT;
            count++;
        }
    *out = (struct brightness){0};
    if (count == 0) return;
    out->mean = (int)(sum / count);
    out->burnt_percent = (int)(100 * burnt / count);
}
