// reader_zbar.c -- codes by zbar. Tuned and fenced by measurement:
// QR only halves the time and keeps bar codes out. BINARY, as Debian's zbar guesses character sets ("Müller" becomes
// Japanese). The cache stays off: with it, a printed structured-append symbol ends the process by an assertion.
// The scanner is made anew every 64 reads, because it leaks a little with each read.
// Not fenced here: zbar runs in this process, so a hostile symbol that corrupts its memory can end the program.
#define LOG_MODULE "reader"

#include "code/reader.h"

#include "base/digest.h"
#include "base/log.h"
#include "base/mem.h"
#include "code/crowd.h"
#include "code/turns.h"
#include "frame/shrink.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <zbar.h>

enum { READS_PER_SCANNER = 64, CORNER_COUNT = 4 };

// From how many finder patterns on a picture is read in parts, and how many a part has at most. zbar gives up a picture
// after 8192 triples that are no code (37 patterns), 0.4 s on a desk machine; 16 have 560. Of 179 photographs none had
// more than 27, mostly mistaken ones.
enum { FINDERS_CROWD = 28, FINDERS_IN_PART = 16 };

// A code of 2,000 bytes and more is no crowd, though 44 to 69 places in its data look like a pattern: it must be seen
// whole, and as zbar begins with the largest patterns, it is read before they matter. Of all its patterns 3 to 6 are
// solid; of the hostile pictures measured nearly all or none, and two such codes side by side have at most 140.
enum { FINDERS_OF_CODE = 3, FINDERS_DENSE = 160 };

// What is hostile can be made to look like such a code. So when nothing was found in one, the way it was looked at sees
// this many parts next, and parts only while its looks at whole dense codes rest: most looks stay quick.
enum { PARTS_AFTER_MISS = 2 };

struct zbar_reader {
    struct reader reader;
    struct clock *clock;
    struct turns turns;
    zbar_image_scanner_t *scanner; // NULL: to be made
    int scanner_reads;
    float areas[READER_MAX_CODES]; // of the codes found, as parts of the picture; falling
    struct crowd crowd;
    unsigned crowd_turn;
    struct turns dense;       // of looks at whole dense codes; only their rests count
    int parts_due[WAY_COUNT]; // before the next of them
    uint8_t pixels[FRAME_MAX_PIXELS];
};

static void renew_scanner(struct zbar_reader *zbar)
{
    if (zbar->scanner && zbar->scanner_reads < READS_PER_SCANNER) return;
    if (zbar->scanner) zbar_image_scanner_destroy(zbar->scanner);
    zbar->scanner = zbar_image_scanner_create();
    assert(zbar->scanner); // as mem.h
    zbar->scanner_reads = 0;
    zbar_image_scanner_set_config(zbar->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(zbar->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(zbar->scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
}

static void invert(uint8_t *to, const uint8_t *from, int count)
{
    for (int i = 0; i < count; i++) to[i] = (uint8_t)(255 - from[i]);
}

// The frame as this way wants it; in zbar->pixels unless it is the frame itself.
static struct grey_picture prepare(struct zbar_reader *zbar, const struct frame *frame, enum way way)
{
    struct grey_picture whole = {frame->pixels, frame->width_px, frame->height_px, frame->width_px};
    struct grey_picture picture = {zbar->pixels, whole.width_px, whole.height_px, 0};

    switch (way) {
    case WAY_FULL:
        return whole;
    case WAY_FULL_INVERTED:
        invert(zbar->pixels, whole.pixels, whole.width_px * whole.height_px);
        break;
    case WAY_HALF:
    case WAY_HALF_INVERTED:
        picture.width_px /= 2;
        picture.height_px /= 2;
        shrink_half(&whole, zbar->pixels);
        if (way == WAY_HALF_INVERTED) invert(zbar->pixels, zbar->pixels, picture.width_px * picture.height_px);
        break;
    case WAY_THIRD:
        picture.width_px /= 3;
        picture.height_px /= 3;
        shrink_area(&whole, zbar->pixels, picture.width_px, picture.height_px);
        break;
    case WAY_COUNT:
        assert(false); // no way to look
    }
    picture.stride_bytes = picture.width_px;
    return picture;
}

// What zbar gets to see: the whole picture, or a part of it.
struct look {
    struct grey_picture picture;
    int left_px, top_px, whole_width_px, whole_height_px;
    bool is_dense; // whole, though it would be a crowd if it were no code
};

static bool is_dense_code(const struct crowd *crowd)
{
    return crowd->count <= FINDERS_DENSE && crowd->solid_count >= FINDERS_OF_CODE &&
           crowd->solid_count <= FINDERS_IN_PART;
}

// Of a crowd of finder patterns a part; cut out in zbar->pixels, which may hold the picture itself.
static struct look thin_out(struct zbar_reader *zbar, const struct grey_picture *picture, enum way way, int64_t mono_ms)
{
    struct look look = {*picture, 0, 0, picture->width_px, picture->height_px, false};

    crowd_count(picture, &zbar->crowd);
    if (zbar->crowd.count < FINDERS_CROWD) return look;
    look.is_dense =
        is_dense_code(&zbar->crowd) && zbar->parts_due[way] == 0 && !turns_rests(&zbar->dense, way, mono_ms);
    if (look.is_dense) return look;
    if (zbar->parts_due[way] > 0) zbar->parts_due[way]--;
    struct crowd_part part = crowd_choose(&zbar->crowd, picture, FINDERS_IN_PART, zbar->crowd_turn++);
    for (ptrdiff_t y = 0; y < part.height_px; y++)
        memmove(zbar->pixels + y * part.width_px,
                picture->pixels + (part.top_px + y) * picture->stride_bytes + part.left_px, (size_t)part.width_px);
    look.picture = (struct grey_picture){zbar->pixels, part.width_px, part.height_px, part.width_px};
    look.left_px = part.left_px;
    look.top_px = part.top_px;
    return look;
}

// The corners zbar gives, as parts of the whole picture, and the area they enclose (Gauss' formula).
static float locate(const zbar_symbol_t *symbol, const struct look *look, struct sighting *out)
{
    float twice_area = 0;

    for (unsigned i = 0; i < CORNER_COUNT; i++) {
        out->x[i] = (float)(look->left_px + zbar_symbol_get_loc_x(symbol, i)) / (float)look->whole_width_px;
        out->y[i] = (float)(look->top_px + zbar_symbol_get_loc_y(symbol, i)) / (float)look->whole_height_px;
    }
    for (unsigned i = 0; i < CORNER_COUNT; i++) {
        unsigned next = (i + 1) % CORNER_COUNT;
        twice_area += out->x[i] * out->y[next] - out->x[next] * out->y[i];
    }
    return twice_area < 0 ? -twice_area / 2 : twice_area / 2;
}

// Parts of a structured append are refused: a ticket is one symbol, and zbar's joining of parts is where it breaks.
static bool is_wanted(const zbar_symbol_t *symbol)
{
    return zbar_symbol_get_type(symbol) == ZBAR_QRCODE && !zbar_symbol_get_components(symbol) &&
           zbar_symbol_get_loc_size(symbol) >= CORNER_COUNT && zbar_symbol_get_data_length(symbol) <= CODE_MAX_BYTES;
}

static void keep(struct zbar_reader *zbar, const zbar_symbol_t *symbol, const struct look *look,
                 const struct frame *frame, struct reading *out)
{
    struct sighting sighting = {.mono_ms = frame->mono_ms};
    float area = locate(symbol, look, &sighting);
    size_t at = out->count;

    while (at > 0 && zbar->areas[at - 1] < area) at--;
    if (at == READER_MAX_CODES) return;
    if (out->count < READER_MAX_CODES) out->count++;
    for (size_t i = out->count - 1; i > at; i--) {
        zbar->areas[i] = zbar->areas[i - 1];
        out->codes[i] = out->codes[i - 1];
        out->sightings[i] = out->sightings[i - 1];
    }
    zbar->areas[at] = area;
    out->sightings[at] = sighting;
    struct code *code = &out->codes[at];
    code->via = CODE_VIA_CAMERA;
    code->mono_ms = frame->mono_ms;
    code->length = zbar_symbol_get_data_length(symbol);
    memcpy(code->text, zbar_symbol_get_data(symbol), code->length);
}

static void decode(struct zbar_reader *zbar, const struct look *look, const struct frame *frame, struct reading *out)
{
    const struct grey_picture *picture = &look->picture;
    zbar_image_t *image = zbar_image_create();

    assert(image);
    renew_scanner(zbar);
    zbar->scanner_reads++;
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)picture->width_px, (unsigned)picture->height_px);
    zbar_image_set_data(image, picture->pixels, (size_t)picture->width_px * (size_t)picture->height_px, NULL);
    if (zbar_scan_image(zbar->scanner, image) > 0) {
        const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
        for (; symbol; symbol = zbar_symbol_next(symbol))
            if (is_wanted(symbol)) keep(zbar, symbol, look, frame, out);
    }
    zbar_image_destroy(image);
}

static void note(struct zbar_reader *zbar, enum way way, int64_t began_ms, uint64_t found, bool is_dense)
{
    static const char *const names[WAY_COUNT] = {
        [WAY_HALF] = "half",
        [WAY_FULL] = "full",
        [WAY_HALF_INVERTED] = "half-inverted",
        [WAY_FULL_INVERTED] = "full-inverted",
        [WAY_THIRD] = "third",
    };
    int64_t ended_ms = zbar->clock->ops->mono_ms(zbar->clock);

    if (is_dense) {
        (void)turns_note(&zbar->dense, way, began_ms, ended_ms, found);
        zbar->parts_due[way] = found ? 0 : PARTS_AFTER_MISS;
    }
    if (!turns_note(&zbar->turns, way, began_ms, ended_ms, found)) return;
    bool is_slow = ended_ms - began_ms > zbar->turns.budget_ms;
    log_info("reading at %s size is %s took_ms=%lld budget_ms=%lld", names[way],
             is_slow ? "too slow and rests now and then" : "quick again", (long long)(ended_ms - began_ms),
             (long long)zbar->turns.budget_ms);
}

static uint64_t digest_codes(const struct reading *reading)
{
    uint64_t digest = 0;

    for (size_t i = 0; i < reading->count; i++)
        digest = digest_add(digest, reading->codes[i].text, reading->codes[i].length);
    return digest;
}

static void zbar_read(struct reader *self, const struct frame *frame, struct reading *out)
{
    struct zbar_reader *zbar = (struct zbar_reader *)self;
    int64_t began_ms = zbar->clock->ops->mono_ms(zbar->clock);
    enum way way = turns_choose(&zbar->turns, frame->digest, began_ms);
    bool is_dense = false;

    out->count = 0;
    if (way != WAY_COUNT) {
        struct grey_picture picture = prepare(zbar, frame, way);
        if (picture.width_px > 0 && picture.height_px > 0) {
            struct look look = thin_out(zbar, &picture, way, began_ms);
            decode(zbar, &look, frame, out);
            is_dense = look.is_dense;
        }
        note(zbar, way, began_ms, digest_codes(out), is_dense);
    }
    out->is_exhausted = turns_is_exhausted(&zbar->turns);
}

static void zbar_close(struct reader *self)
{
    struct zbar_reader *zbar = (struct zbar_reader *)self;

    if (zbar->scanner) zbar_image_scanner_destroy(zbar->scanner);
    free(zbar);
}

enum status reader_zbar_open(struct clock *clock, int budget_ms, struct reader **out)
{
    static const struct reader_ops ops = {.read = zbar_read, .close = zbar_close};
    struct zbar_reader *zbar = mem_zero(sizeof *zbar);

    zbar->reader.ops = &ops;
    zbar->clock = clock;
    zbar->turns.budget_ms = zbar->dense.budget_ms = budget_ms;
    renew_scanner(zbar);
    *out = &zbar->reader;
    return STATUS_OK;
}
