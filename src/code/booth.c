#include "code/booth.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

// Corners may lie a little outside the picture, as a symbol does that is cut off.
static const float CORNER_LEAST = -1, CORNER_MOST = 2;

void booth_pack(const struct reading *reading, struct booth_reading *out)
{
    out->count = (uint32_t)reading->count;
    out->has_passed = reading->has_passed;
    out->is_exhausted = reading->is_exhausted;
    out->hint = (uint32_t)reading->hint;
    for (size_t i = 0; i < reading->count; i++) {
        struct booth_code *packed = &out->codes[i];
        packed->length = (uint32_t)reading->codes[i].length;
        memcpy(packed->x, reading->sightings[i].x, sizeof packed->x);
        memcpy(packed->y, reading->sightings[i].y, sizeof packed->y);
        memcpy(packed->text, reading->codes[i].text, packed->length);
    }
}

static bool is_corner(float at)
{
    return isfinite(at) && at >= CORNER_LEAST && at <= CORNER_MOST;
}

static bool is_plausible(const struct booth_code *packed)
{
    for (int i = 0; i < 4; i++)
        if (!is_corner(packed->x[i]) || !is_corner(packed->y[i])) return false;
    return packed->length <= CODE_MAX_BYTES;
}

enum status booth_unpack(const struct booth_reading *packed, int64_t mono_ms, struct reading *out)
{
    if (packed->count > READER_MAX_CODES || packed->hint >= HINT_COUNT) return STATUS_INVALID;
    if (packed->has_passed > 1 || packed->is_exhausted > 1) return STATUS_INVALID;
    for (uint32_t i = 0; i < packed->count; i++)
        if (!is_plausible(&packed->codes[i])) return STATUS_INVALID;
    out->count = packed->count;
    out->has_passed = packed->has_passed;
    out->is_exhausted = packed->is_exhausted;
    out->hint = (enum hint)packed->hint;
    for (uint32_t i = 0; i < packed->count; i++) {
        const struct booth_code *from = &packed->codes[i];
        out->codes[i].via = CODE_VIA_CAMERA;
        out->codes[i].mono_ms = out->sightings[i].mono_ms = mono_ms;
        out->codes[i].length = from->length;
        memcpy(out->codes[i].text, from->text, from->length);
        memcpy(out->sightings[i].x, from->x, sizeof from->x);
        memcpy(out->sightings[i].y, from->y, sizeof from->y);
    }
    return STATUS_OK;
}
