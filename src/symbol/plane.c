#include "symbol/plane.h"

#include "symbol/equations.h"

#include <math.h>

enum { UNKNOWNS = 8 };

// So that all numbers are of about the same size: pixels are counted from the middle of the points, in their spread.
struct measure {
    double x_px, y_px, spread_px;
};

static struct measure take_measure(const struct plane_point *points, size_t count, size_t stride_bytes)
{
    struct measure measure = {0, 0, 0};

    for (size_t i = 0; i < count; i++) {
        const struct plane_point *point = (const void *)((const char *)points + i * stride_bytes);
        measure.x_px += (double)point->x_px / (double)count;
        measure.y_px += (double)point->y_px / (double)count;
    }
    for (size_t i = 0; i < count; i++) {
        const struct plane_point *point = (const void *)((const char *)points + i * stride_bytes);
        measure.spread_px +=
            hypot((double)point->x_px - measure.x_px, (double)point->y_px - measure.y_px) / (double)count;
    }
    return measure;
}

// From measures of about one back to modules and pixels.
static bool denormalise(const double n[UNKNOWNS], float side_modules, const struct measure *measure, struct plane *out)
{
    double q = 1.0 / (double)side_modules;
    double w[3] = {n[6] * q, n[7] * q, 1 - (n[6] + n[7]) / 2};
    double u[3] = {n[0] * q, n[1] * q, n[2] - (n[0] + n[1]) / 2};
    double v[3] = {n[3] * q, n[4] * q, n[5] - (n[3] + n[4]) / 2};
    double far = fmin(fmin(w[2], w[2] + n[6]), fmin(w[2] + n[7], w[2] + n[6] + n[7]));

    if (!(far > 1e-3)) return false; // a corner lies on the horizon or behind the camera
    for (int i = 0; i < 3; i++) {
        u[i] = (u[i] * measure->spread_px + w[i] * measure->x_px) / w[2];
        v[i] = (v[i] * measure->spread_px + w[i] * measure->y_px) / w[2];
    }
    *out = (struct plane){{(float)u[0], (float)u[1], (float)u[2], (float)v[0], (float)v[1], (float)v[2],
                           (float)(w[0] / w[2]), (float)(w[1] / w[2])}};
    return true;
}

// That the point lies on the line through its place in the picture, across the direction (1, 0) if it is upright.
static void add_point(struct equations *equations, const struct plane_point *point, float side_modules,
                      const struct measure *measure, const double across[2])
{
    double x = (double)(point->x / side_modules) - 0.5, y = (double)(point->y / side_modules) - 0.5;
    double u = ((double)point->x_px - measure->x_px) / measure->spread_px;
    double v = ((double)point->y_px - measure->y_px) / measure->spread_px;
    double a = across[0], b = across[1], w = a * u + b * v;

    equations_add(equations, (double[]){a * x, a * y, a, b * x, b * y, b, -w * x, -w * y}, w, (double)point->weight);
}

static bool finish(struct equations *equations, float side_modules, const struct measure *measure, struct plane *out)
{
    double unknowns[UNKNOWNS];

    return equations_solve(equations, unknowns) && denormalise(unknowns, side_modules, measure, out);
}

bool plane_fit_edges(const struct plane_edge edges[], size_t count, float side_modules, struct plane *out)
{
    struct measure measure = take_measure(&edges->point, count, sizeof edges[0]);
    struct equations equations;

    if (count < UNKNOWNS || !(measure.spread_px > 0)) return false;
    equations_begin(&equations, UNKNOWNS);
    for (size_t i = 0; i < count; i++) {
        double across[2] = {(double)edges[i].across_x, (double)edges[i].across_y};
        add_point(&equations, &edges[i].point, side_modules, &measure, across);
    }
    return finish(&equations, side_modules, &measure, out);
}

bool plane_fit(const struct plane_point points[], size_t count, float side_modules, struct plane *out)
{
    struct measure measure = take_measure(points, count, sizeof points[0]);
    struct equations equations;

    if (count < UNKNOWNS / 2 || !(measure.spread_px > 0)) return false;
    equations_begin(&equations, UNKNOWNS);
    for (size_t i = 0; i < count; i++) {
        add_point(&equations, &points[i], side_modules, &measure, (double[]){1, 0});
        add_point(&equations, &points[i], side_modules, &measure, (double[]){0, 1});
    }
    return finish(&equations, side_modules, &measure, out);
}
