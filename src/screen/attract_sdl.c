// SDL_image unpacks PNG and JPEG, and nothing else it could: every format more is a way in for a broken file. What a
// file claims to be is read from its first bytes before anything is unpacked.
#include "screen/attract.h"

#include "base/file.h"
#include "base/mem.h"

#include <SDL.h>
#include <SDL_image.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct claim { // what the first bytes say
    const char *kind;
    uint32_t width, height;
};

static uint32_t big_endian(const uint8_t *bytes, int count)
{
    uint32_t value = 0;

    for (int i = 0; i < count; i++) value = value << 8 | bytes[i];
    return value;
}

// From chunk to chunk until the last one. SDL_image gives libpng old bytes where a file ends too early, and a cut file
// would be read for ever. Source: PNG specification, 5.3.
static bool has_all_chunks(const uint8_t *bytes, size_t length)
{
    enum { FRAME_BYTES = 12 }; // length, type and checksum
    size_t at = 8;

    while (at + FRAME_BYTES <= length) {
        size_t content = big_endian(bytes + at, 4);
        if (content > length - at - FRAME_BYTES) return false;
        if (memcmp(bytes + at + 4, "IEND", 4) == 0) return true;
        at += content + FRAME_BYTES;
    }
    return false;
}

// Source: PNG specification, 5.2 and 11.2.2.
static bool claim_png(const uint8_t *bytes, size_t length, struct claim *out)
{
    static const uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};

    if (length < 24 || memcmp(bytes, signature, sizeof signature) != 0) return false;
    if (!has_all_chunks(bytes, length)) return false;
    *out = (struct claim){"PNG", big_endian(bytes + 16, 4), big_endian(bytes + 20, 4)};
    return true;
}

// From marker to marker until one that begins a frame. Source: ITU-T T.81, B.1.1.3 and B.2.2.
static bool claim_jpeg(const uint8_t *bytes, size_t length, struct claim *out)
{
    size_t at = 2;

    if (length < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8) return false;
    while (at + 9 < length && bytes[at] == 0xFF) {
        uint8_t marker = bytes[at + 1];
        bool is_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (is_frame) {
            *out = (struct claim){"JPG", big_endian(bytes + at + 7, 2), big_endian(bytes + at + 5, 2)};
            return true;
        }
        at += marker == 0xFF ? 1 : 2 + big_endian(bytes + at + 2, 2); // 0xFF alone fills up
    }
    return false;
}

static SDL_Surface *unpack(const uint8_t *bytes, size_t length)
{
    struct claim claim;
    SDL_RWops *source;

    if (!claim_png(bytes, length, &claim) && !claim_jpeg(bytes, length, &claim)) return NULL;
    if (claim.width == 0 || claim.height == 0 || (uint64_t)claim.width * claim.height > ATTRACT_MOST_DOTS) return NULL;
    source = SDL_RWFromConstMem(bytes, (int)length);
    return source ? IMG_LoadTyped_RW(source, 1, claim.kind) : NULL;
}

// Rows are converted one by one, so that there is no second copy of a large photograph. Only those with a palette
// must be converted as a whole; they have one byte a dot.
static SDL_Surface *without_palette(SDL_Surface *surface)
{
    SDL_Surface *converted;

    if (!SDL_ISPIXELFORMAT_INDEXED(surface->format->format)) return surface;
    converted = SDL_ConvertSurfaceFormat(surface, SDL_PIXELFORMAT_ARGB8888, 0);
    SDL_FreeSurface(surface);
    return converted;
}

static void set_size(const SDL_Surface *surface, int most_w, int most_h, struct attract_picture *out)
{
    double w = surface->w, h = surface->h, scale = 1;

    if (w * scale > most_w) scale = most_w / w;
    if (h * scale > most_h) scale = most_h / h;
    if (w * h * scale * scale > ATTRACT_MOST_PX) scale = sqrt(ATTRACT_MOST_PX / (w * h));
    out->width_px = (int)(w * scale) > 0 ? (int)(w * scale) : 1;
    out->height_px = (int)(h * scale) > 0 ? (int)(h * scale) : 1;
}

struct sums { // of the dots that become one
    uint32_t red, green, blue, count;
};

// Transparent dots are laid on white, where most signets come from.
static void add_row(const uint32_t *row, int row_px, struct sums *sums, int sum_count)
{
    for (int x = 0; x < row_px; x++) {
        struct sums *sum = &sums[(int64_t)x * sum_count / row_px];
        uint32_t dot = row[x], alpha = dot >> 24, white = 255 * (255 - alpha);
        sum->red += ((dot >> 16 & 0xFF) * alpha + white) / 255;
        sum->green += ((dot >> 8 & 0xFF) * alpha + white) / 255;
        sum->blue += ((dot & 0xFF) * alpha + white) / 255;
        sum->count++;
    }
}

static void take_sums(const struct sums *sums, int count, uint32_t *argb)
{
    for (int x = 0; x < count; x++) {
        const struct sums *sum = &sums[x];
        uint32_t n = sum->count > 0 ? sum->count : 1;
        argb[x] = 0xFF000000 | sum->red / n << 16 | sum->green / n << 8 | sum->blue / n;
    }
}

// Each dot of the result is the mean of those it stands for: a photograph made small shows no stairs.
static enum status shrink(SDL_Surface *surface, struct attract_picture *out)
{
    uint32_t *row = mem_zero_array((size_t)surface->w, sizeof *row);
    struct sums *sums = mem_zero_array((size_t)out->width_px, sizeof *sums);
    enum status status = STATUS_OK;

    for (int y = 0; y < out->height_px && status == STATUS_OK; y++) {
        int from = (int)((int64_t)y * surface->h / out->height_px);
        int until = (int)((int64_t)(y + 1) * surface->h / out->height_px);
        memset(sums, 0, (size_t)out->width_px * sizeof *sums);
        for (int at = from; at < until && status == STATUS_OK; at++) {
            const uint8_t *bytes = (const uint8_t *)surface->pixels + (ptrdiff_t)at * surface->pitch;
            if (SDL_ConvertPixels(surface->w, 1, surface->format->format, bytes, surface->pitch,
                                  SDL_PIXELFORMAT_ARGB8888, row, surface->w * 4))
                status = STATUS_INVALID;
            else add_row(row, surface->w, sums, out->width_px);
        }
        take_sums(sums, out->width_px, out->argb + (ptrdiff_t)y * out->width_px);
    }
    free(sums);
    free(row);
    return status;
}

enum status attract_read(const char *path, int most_width_px, int most_height_px, struct attract_picture *out)
{
    uint8_t *bytes = NULL;
    size_t length = 0;
    enum status status = file_read(path, ATTRACT_MOST_BYTES, &bytes, &length);
    SDL_Surface *surface = NULL;

    if (status != STATUS_OK) return status;
    status = STATUS_INVALID;
    surface = unpack(bytes, length);
    free(bytes);
    if (surface) surface = without_palette(surface);
    if (surface && surface->w > 0 && surface->h > 0) {
        set_size(surface, most_width_px, most_height_px, out);
        status = shrink(surface, out);
    }
    SDL_FreeSurface(surface);
    return status;
}
