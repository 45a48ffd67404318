// canvas_lens.c -- what lens and shutter do to a picture: every point is spread over others. Beyond an edge the
// picture goes on as its last pixel.
#include "support/studio/canvas.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GAUSS_REACH_MOST = 16, LINE_STEPS_MOST = 64 };

static int within(int at, int count)
{
    return at < 0 ? 0 : at >= count ? count - 1 : at;
}

static void swap(struct canvas *canvas)
{
    float *grey = canvas->grey;

    canvas->grey = canvas->spare;
    canvas->spare = grey;
}

static void blur_rows(struct canvas *canvas, const float *weights, int reach)
{
    for (int y = 0; y < canvas->height_px; y++) {
        const float *from = canvas->grey + (ptrdiff_t)y * canvas->width_px;
        for (int x = 0; x < canvas->width_px; x++) {
            float sum = 0;
            for (int i = -reach; i <= reach; i++) sum += weights[i + reach] * from[within(x + i, canvas->width_px)];
            canvas->spare[y * canvas->width_px + x] = sum;
        }
    }
    swap(canvas);
}

static void blur_columns(struct canvas *canvas, const float *weights, int reach)
{
    memset(canvas->spare, 0, (size_t)canvas->width_px * (size_t)canvas->height_px * sizeof *canvas->spare);
    for (int y = 0; y < canvas->height_px; y++) {
        float *to = canvas->spare + (ptrdiff_t)y * canvas->width_px;
        for (int i = -reach; i <= reach; i++) {
            const float *from = canvas->grey + (ptrdiff_t)within(y + i, canvas->height_px) * canvas->width_px;
            for (int x = 0; x < canvas->width_px; x++) to[x] += weights[i + reach] * from[x];
        }
    }
    swap(canvas);
}

void canvas_blur(struct canvas *canvas, double deviation_px)
{
    float weights[2 * GAUSS_REACH_MOST + 1], sum = 0;
    int reach = (int)ceil(3 * deviation_px);

    if (deviation_px <= 0) return;
    if (reach > GAUSS_REACH_MOST) reach = GAUSS_REACH_MOST;
    for (int i = -reach; i <= reach; i++) {
        weights[i + reach] = (float)exp(-i * i / (2 * deviation_px * deviation_px));
        sum += weights[i + reach];
    }
    for (int i = 0; i <= 2 * reach; i++) weights[i] /= sum;
    blur_rows(canvas, weights, reach);
    blur_columns(canvas, weights, reach);
}

static float between(const struct canvas *canvas, double x, double y)
{
    int left = (int)floor(x), top = (int)floor(y);
    float u = (float)(x - left), v = (float)(y - top);
    const float *above = canvas->grey + (ptrdiff_t)within(top, canvas->height_px) * canvas->width_px;
    const float *below = canvas->grey + (ptrdiff_t)within(top + 1, canvas->height_px) * canvas->width_px;
    int x0 = within(left, canvas->width_px), x1 = within(left + 1, canvas->width_px);

    return (above[x0] * (1 - u) + above[x1] * u) * (1 - v) + (below[x0] * (1 - u) + below[x1] * u) * v;
}

void canvas_move(struct canvas *canvas, double length_px, double angle)
{
    int steps = (int)ceil(length_px) + 1;
    double step_x, step_y;

    if (length_px <= 0) return;
    if (steps > LINE_STEPS_MOST) steps = LINE_STEPS_MOST;
    step_x = cos(angle) * length_px / (steps - 1);
    step_y = sin(angle) * length_px / (steps - 1);
    for (int y = 0; y < canvas->height_px; y++) {
        for (int x = 0; x < canvas->width_px; x++) {
            float sum = 0;
            for (int i = 0; i < steps; i++) {
                double at = i - (steps - 1) / 2.0;
                sum += between(canvas, x + at * step_x, y + at * step_y);
            }
            canvas->spare[y * canvas->width_px + x] = sum / (float)steps;
        }
    }
    swap(canvas);
}

// One row's share in the disks around the row `to`: runs of pixels, each a difference of two running sums. At its ends
// a run takes part of a pixel, so that a disk of 1.3 pixels differs from one of 1.
static float add_row(float *to, const float *sums, int width_px, double half_px)
{
    int whole = (int)floor(half_px);
    float part = (float)(half_px - whole);

    for (int x = 0; x < width_px; x++) {
        int first = x - whole, last = x + whole;
        float sum = sums[within(last, width_px) + 1] - sums[within(first, width_px)];
        float left = sums[within(first - 1, width_px) + 1] - sums[within(first - 1, width_px)];
        float right = sums[within(last + 1, width_px) + 1] - sums[within(last + 1, width_px)];
        if (first < 0) sum += (float)-first * (sums[1] - sums[0]);
        if (last >= width_px) sum += (float)(last - width_px + 1) * (sums[width_px] - sums[width_px - 1]);
        to[x] += sum + part * (left + right);
    }
    return (float)(2 * whole + 1) + 2 * part;
}

void canvas_defocus(struct canvas *canvas, double radius_px)
{
    int width_px = canvas->width_px, height_px = canvas->height_px, reach = (int)floor(radius_px + 0.5);
    size_t row_sums = (size_t)width_px + 1;
    float *sums;

    if (reach < 1) return;
    sums = mem_zero_array(row_sums * (size_t)height_px, sizeof *sums);
    for (int y = 0; y < height_px; y++)
        for (int x = 0; x < width_px; x++) {
            float *row = sums + (size_t)y * row_sums;
            row[x + 1] = row[x] + canvas->grey[y * width_px + x];
        }
    for (int y = 0; y < height_px; y++) {
        float *to = canvas->spare + (ptrdiff_t)y * width_px, weight = 0;
        memset(to, 0, (size_t)width_px * sizeof *to);
        for (int i = -reach; i <= reach; i++) {
            double half_px = sqrt(fmax(0, (radius_px + 0.5) * (radius_px + 0.5) - i * i)) - 0.5;
            if (half_px < 0) continue;
            weight += add_row(to, sums + (size_t)within(y + i, height_px) * row_sums, width_px, half_px);
        }
        for (int x = 0; x < width_px; x++) to[x] /= weight;
    }
    swap(canvas);
    free(sums);
}
