#include "support/studio/card.h"

#include <math.h>

#define DEGREE 0.017453292519943295
#define FOCAL 1.6 // picture heights: a webcam's; the card is as far away as that, so that side_px is its size

void pose_map(const double plane[9], double x, double y, double *x_out, double *y_out)
{
    double w = plane[6] * x + plane[7] * y + plane[8];

    *x_out = (plane[0] * x + plane[1] * y + plane[2]) / w;
    *y_out = (plane[3] * x + plane[4] * y + plane[5]) / w;
}

// By cofactors; the scale is of no importance.
static void invert(const double from[9], double to[9])
{
    for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 3; column++) {
            int r1 = (column + 1) % 3, r2 = (column + 2) % 3, c1 = (row + 1) % 3, c2 = (row + 2) % 3;
            to[row * 3 + column] = from[r1 * 3 + c1] * from[r2 * 3 + c2] - from[r1 * 3 + c2] * from[r2 * 3 + c1];
        }
    }
}

// The first two columns of the rotation Rx(tilt_x) * Ry(tilt_y) * Rz(turn), for the card has no depth.
static void rotate(const struct pose *pose, double along_x[3], double along_y[3])
{
    double a = pose->turn_deg * DEGREE, b = pose->tilt_x_deg * DEGREE, c = pose->tilt_y_deg * DEGREE;
    double ends[2][3] = {{cos(a), sin(a), 0}, {-sin(a), cos(a), 0}};
    double *out[2] = {along_x, along_y};

    for (int i = 0; i < 2; i++) {
        double x = ends[i][0] * cos(c), y = ends[i][1], z = -ends[i][0] * sin(c); // Ry
        out[i][0] = x;
        out[i][1] = y * cos(b) - z * sin(b); // Rx
        out[i][2] = y * sin(b) + z * cos(b);
    }
}

struct pose_plane pose_plane_of(const struct pose *pose, int side, int height_px)
{
    double along_x[3], along_y[3], focal_px = FOCAL * height_px, scale = pose->side_px / side, middle = side / 2.0;
    struct pose_plane plane;
    double *h = plane.forth;

    rotate(pose, along_x, along_y);
    h[6] = along_x[2] * scale;
    h[7] = along_y[2] * scale;
    h[8] = focal_px - middle * (h[6] + h[7]);
    for (int i = 0; i < 2; i++) {
        double at_px = i == 0 ? pose->x_px : pose->y_px, u = focal_px * scale * along_x[i],
               v = focal_px * scale * along_y[i];
        h[i * 3] = u + at_px * h[6];
        h[i * 3 + 1] = v + at_px * h[7];
        h[i * 3 + 2] = -middle * (u + v) + at_px * h[8];
    }
    invert(plane.forth, plane.back);
    return plane;
}
