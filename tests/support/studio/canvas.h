// canvas.h -- a picture while it is being made: grey as a real number, so that light adds up and nothing is cut off
// before the very end. And what light, lens and shutter do to it.
// Ownership: canvas_init/canvas_destroy. Threads: one. Sizes up to FRAME_MAX_PIXELS.
#ifndef EINLASS_TESTS_SUPPORT_STUDIO_CANVAS_H
#define EINLASS_TESTS_SUPPORT_STUDIO_CANVAS_H

#include "frame/frame.h"
#include "support/studio/dice.h"

struct canvas {
    int width_px, height_px;
    float *grey;  // row by row
    float *spare; // as large; for what can't be done in place
};

void canvas_init(struct canvas *canvas, int width_px, int height_px);
void canvas_destroy(struct canvas *canvas);
void canvas_copy(struct canvas *to, const struct canvas *from); // same size

// What may be behind a code: soft spots of many sizes (value noise; Perlin, "An image synthesizer", 1985, is the
// ancestor), edges of furniture, lines of print.
void canvas_draw_room(struct canvas *canvas, struct dice *dice);
void canvas_draw_print(struct canvas *canvas, struct dice *dice); // a page of text-like marks

struct canvas_glare {
    double x_px, y_px, radius_x_px, radius_y_px, strength, veil;
};
struct canvas_shadow {
    double x_px, y_px, angle, soft_px, dark, light; // an edge through (x, y); factors on its two sides
};
struct canvas_moire {
    double angle, cycles_per_px, depth;
};
void canvas_scale(struct canvas *canvas, double gain, double lift); // grey * gain + lift
void canvas_glare(struct canvas *canvas, const struct canvas_glare *glare);
void canvas_shadow(struct canvas *canvas, const struct canvas_shadow *shadow);
void canvas_moire(struct canvas *canvas, const struct canvas_moire *moire);

void canvas_move(struct canvas *canvas, double length_px, double angle); // smeared along a line
void canvas_defocus(struct canvas *canvas, double radius_px);            // each point a disk
void canvas_blur(struct canvas *canvas, double deviation_px);            // Gauss

// The sensor: noise of this deviation, cut to 0 … 255, sealed.
void canvas_expose(const struct canvas *canvas, struct dice *dice, double noise, struct frame *frame);

#endif
