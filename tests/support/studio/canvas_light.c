// canvas_light.c -- what light does to a picture, and what the sensor makes of it.
#include "support/studio/canvas.h"

#include <math.h>

void canvas_scale(struct canvas *canvas, double gain, double lift)
{
    int count = canvas->width_px * canvas->height_px;

    for (int i = 0; i < count; i++) canvas->grey[i] = canvas->grey[i] * (float)gain + (float)lift;
}

void canvas_glare(struct canvas *canvas, const struct canvas_glare *glare)
{
    for (int y = 0; y < canvas->height_px; y++) {
        double v = (y - glare->y_px) / glare->radius_y_px;
        for (int x = 0; x < canvas->width_px; x++) {
            double u = (x - glare->x_px) / glare->radius_x_px, far = u * u + v * v;
            double light = far < 30 ? glare->strength * exp(-far) : 0;
            canvas->grey[y * canvas->width_px + x] += (float)(light + glare->veil);
        }
    }
}

void canvas_shadow(struct canvas *canvas, const struct canvas_shadow *shadow)
{
    double across_x = cos(shadow->angle), across_y = sin(shadow->angle);

    for (int y = 0; y < canvas->height_px; y++) {
        for (int x = 0; x < canvas->width_px; x++) {
            double from_edge = (x - shadow->x_px) * across_x + (y - shadow->y_px) * across_y;
            double share = 1 / (1 + exp(-from_edge / shadow->soft_px * 3));
            canvas->grey[y * canvas->width_px + x] *= (float)(shadow->dark + (shadow->light - shadow->dark) * share);
        }
    }
}

void canvas_moire(struct canvas *canvas, const struct canvas_moire *moire)
{
    double wave = 2 * 3.14159265358979 * moire->cycles_per_px;
    double along_x = wave * cos(moire->angle), along_y = wave * sin(moire->angle);

    for (int y = 0; y < canvas->height_px; y++)
        for (int x = 0; x < canvas->width_px; x++)
            canvas->grey[y * canvas->width_px + x] *= (float)(1 + moire->depth * sin(x * along_x + y * along_y));
}

void canvas_expose(const struct canvas *canvas, struct dice *dice, double noise, struct frame *frame)
{
    int count = canvas->width_px * canvas->height_px;

    frame->width_px = canvas->width_px;
    frame->height_px = canvas->height_px;
    for (int i = 0; i < count; i++) {
        double grey = canvas->grey[i] + noise * dice_normal(dice);
        frame->pixels[i] = grey <= 0 ? 0 : grey >= 255 ? 255 : (uint8_t)(grey + 0.5);
    }
    frame_seal(frame);
}
