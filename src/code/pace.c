#include "code/pace.h"

#include <limits.h>

void pace_note(struct pace *pace, int pixels, int64_t took_us, int64_t mono_ms)
{
    float us_per_pixel = (float)(took_us > 0 ? took_us : 1) / (float)pixels;
    float slowly = (3 * pace->us_per_pixel + us_per_pixel) / 4;

    pace->us_per_pixel = us_per_pixel > slowly ? us_per_pixel : slowly;
    pace->known_until_ms = mono_ms + PACE_KNOWN_MS;
}

int pace_most_pixels(const struct pace *pace, int64_t most_us, int64_t mono_ms)
{
    bool is_known = pace->us_per_pixel > 0 && mono_ms < pace->known_until_ms;

    if (!is_known) return pace->is_careful ? PACE_CAREFUL_MOST_PIXELS : INT_MAX;
    float pixels = (float)most_us / pace->us_per_pixel;
    return pixels < (float)(INT_MAX / 2) ? (int)pixels : INT_MAX;
}
