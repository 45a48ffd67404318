// words_cairo.h -- centred lines of text on a ticket, as large as fits; for paper_cairo.c only.
// Lengths are millimetres, sizes of letters are points; the drawing must be scaled so that a unit is a millimetre.
// Threads: one.
#ifndef EINLASS_OFFICE_WORDS_CAIRO_H
#define EINLASS_OFFICE_WORDS_CAIRO_H

#include <cairo.h>
#include <stdbool.h>

struct colour {
    double red, green, blue;
};

enum weight { WEIGHT_NORMAL = 400, WEIGHT_MEDIUM = 500, WEIGHT_SEMIBOLD = 600, WEIGHT_BOLD = 700 }; // as CSS has them

struct words {
    const char *text; // UTF-8; "" takes no room
    enum weight weight;
    double size_pt, least_pt; // as large as fits `lines`; else the least, on `most_lines`, where "…" ends it
    int lines, most_lines;
    struct colour colour;
};

double words_height(cairo_t *cairo, double width, const struct words *words);
double words_draw(cairo_t *cairo, double x, double y, double width, const struct words *words); // answers the height
bool words_have_boxes(const char *text); // no font here has one of the letters

#endif
