#include "frame/camera_mode.h"

#include <stdbool.h>

struct limits {
    int width_px, height_px;
};

static bool is_usable(const struct camera_mode *mode)
{
    return mode->width_px > 0 && mode->height_px > 0 && mode->width_px <= FRAME_MAX_PIXELS / mode->height_px;
}

static bool fits(const struct camera_mode *mode, struct limits most)
{
    return mode->width_px <= most.width_px && mode->height_px <= most.height_px;
}

static bool is_fluent(const struct camera_mode *mode)
{
    return !(mode->frames_per_s > 0) || mode->frames_per_s >= CAMERA_MODE_FLUENT_FRAMES_PER_S;
}

static bool is_better(const struct camera_mode *a, const struct camera_mode *b, struct limits most)
{
    int a_pixels = a->width_px * a->height_px, b_pixels = b->width_px * b->height_px;

    if (fits(a, most) != fits(b, most)) return fits(a, most);
    if (!fits(a, most) && a_pixels != b_pixels) return a_pixels < b_pixels;
    if (is_fluent(a) != is_fluent(b)) return is_fluent(a);
    if (a_pixels != b_pixels) return a_pixels > b_pixels;
    if (a->format != b->format) return a->format < b->format;
    return a->frames_per_s > b->frames_per_s;
}

size_t camera_mode_best(const struct camera_mode *modes, size_t count, int most_width_px, int most_height_px)
{
    struct limits most = {most_width_px, most_height_px};
    size_t best = count;

    for (size_t i = 0; i < count; i++)
        if (is_usable(&modes[i]) && (best == count || is_better(&modes[i], &modes[best], most))) best = i;
    return best;
}
