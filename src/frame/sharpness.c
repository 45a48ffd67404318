#include "frame/sharpness.h"

#include <stdbool.h>
#include <stdlib.h>

enum {
    LENGTH = 32,             // of a strip: longer than the widest edge that is to be told
    THICK = 8,               // rows (or columns) that are added up
    LEAST_RISE = 64,         // grey levels: below, there is no edge, but light and noise
    EVERY = 16,              // px from strip to strip
    SHARES = 64,             // of the rise, to count with
    LEAST_STRIPS = 12,       // fewer edges say nothing
    BEST_PERCENT = 10,       // of the edges: one in the plane of focus is enough
    FULL_SHARE = SHARES / 2, // the rise within two pixels
};

struct tally {
    int of[SHARES + 1], count;
};

// A strip from `at`: `along` is the step from one of its places to the next, `across` from row to row.
static void measure_strip(const uint8_t *at, int along, int across, struct tally *tally)
{
    int low = 255 * THICK, high = 0, steepest = 0, before = 0;

    for (int i = 0; i < LENGTH; i++, at += along) {
        int grey = 0;
        for (int row = 0; row < THICK; row++) grey += at[row * across];
        int step = i > 0 ? abs(grey - before) : 0;
        if (step > steepest) steepest = step;
        if (grey < low) low = grey;
        if (grey > high) high = grey;
        before = grey;
    }
    if (high - low < LEAST_RISE * THICK) return;
    tally->of[steepest * SHARES / (high - low)]++;
    tally->count++;
}

static int share_of_best(const struct tally *tally)
{
    int left = tally->count * BEST_PERCENT / 100;

    for (int share = SHARES; share > 0; share--) {
        left -= tally->of[share];
        if (left < 0) return share;
    }
    return 0;
}

int sharpness_measure(const struct frame *frame)
{
    int width = frame->width_px, height = frame->height_px;
    int left = width / 6, top = height / 6; // the middle two thirds
    struct tally tally = {0};

    for (int y = top; y + LENGTH <= height - top; y += EVERY)
        for (int x = left; x + LENGTH <= width - left; x += EVERY) {
            const uint8_t *at = frame->pixels + (int64_t)y * width + x;
            measure_strip(at, 1, width, &tally);
            measure_strip(at, width, 1, &tally);
        }
    if (tally.count < LEAST_STRIPS) return 0;
    int score = share_of_best(&tally) * 100 / FULL_SHARE;
    return score < 100 ? score : 100;
}
