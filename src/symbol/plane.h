// plane.h -- perspective: where a point of the symbol's plane lies in the picture. A value; pure.
// Modules to pixels: the symbol's top left corner is (0, 0), the middle of its first module (0.5, 0.5).
// Source: Hartley and Zisserman, "Multiple View Geometry", 4.1 (direct linear transformation, normalised).
#ifndef EINLASS_SYMBOL_PLANE_H
#define EINLASS_SYMBOL_PLANE_H

#include <stdbool.h>
#include <stddef.h>

struct plane {
    float h[8]; // row by row; the ninth is 1
};

struct plane_point {
    float x, y;       // in modules
    float x_px, y_px; // in the picture
    float weight;
};

// An edge in the picture that a point lies on: where along the edge is not known.
struct plane_edge {
    struct plane_point point;
    float across_x, across_y; // direction across the edge, in the picture
};

// Least squares through edges: eight or more.
bool plane_fit_edges(const struct plane_edge edges[], size_t count, float side_modules, struct plane *out);

// Least squares through four points or more. False: they don't span a plane.
bool plane_fit(const struct plane_point points[], size_t count, float side_modules, struct plane *out);

static inline void plane_map(const struct plane *plane, float x, float y, float *x_px, float *y_px)
{
    const float *h = plane->h;
    float w = 1.0f / (h[6] * x + h[7] * y + 1.0f);

    *x_px = (h[0] * x + h[1] * y + h[2]) * w;
    *y_px = (h[3] * x + h[4] * y + h[5]) * w;
}

#endif
