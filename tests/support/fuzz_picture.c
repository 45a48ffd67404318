#include "support/fuzz_picture.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <qrencode.h>

enum {
    CODES_COUNT = 64,
    CODE_MOST_SIDE = 61, // version 11
    CODE_MOST_VERSION = 11,
    QUIET_MODULES = 4,
    SMALL_MOST_PX = 160, // of nearly all pictures: a million of them should not take the night
    LARGE_ONE_IN = 2000,
    LARGE_MOST_PX = 1280,
};

struct fuzz_code {
    int side; // modules
    uint8_t dark[CODE_MOST_SIDE * CODE_MOST_SIDE];
};

struct fuzz_picture {
    uint64_t random;
    struct fuzz_code codes[CODES_COUNT];
    struct fuzz_code mutated;
};

static uint32_t next(struct fuzz_picture *fuzz)
{
    fuzz->random = fuzz->random * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(fuzz->random >> 33);
}

static int below(struct fuzz_picture *fuzz, int bound)
{
    return (int)(next(fuzz) % (uint32_t)bound);
}

// ---- codes ----

static bool append_segment(struct fuzz_picture *fuzz, QRinput *input)
{
    static const char *const symbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    unsigned char bytes[48];
    int length = 1 + below(fuzz, (int)sizeof bytes);
    int kind = below(fuzz, 6);

    for (int i = 0; i < length; i++) {
        if (kind == 0) bytes[i] = (unsigned char)('0' + below(fuzz, 10));
        else if (kind == 1) bytes[i] = (unsigned char)symbols[below(fuzz, 45)];
        else if (kind == 2) bytes[i] = (unsigned char)(i % 2 ? 0x40 + below(fuzz, 0x3C) : 0x81 + below(fuzz, 0x1E));
        else bytes[i] = (unsigned char)below(fuzz, 256);
    }
    if (kind == 0) return QRinput_append(input, QR_MODE_NUM, length, bytes) == 0;
    if (kind == 1) return QRinput_append(input, QR_MODE_AN, length, bytes) == 0;
    if (kind == 2) return QRinput_append(input, QR_MODE_KANJI, length & ~1, bytes) == 0;
    if (kind == 3) return QRinput_appendECIheader(input, next(fuzz) % (below(fuzz, 2) ? 40 : 999999)) == 0;
    return QRinput_append(input, QR_MODE_8, length, bytes) == 0;
}

static bool keep_code(const QRcode *qr, struct fuzz_code *out)
{
    if (!qr || qr->width > CODE_MOST_SIDE) return false;
    out->side = qr->width;
    for (int i = 0; i < qr->width * qr->width; i++) out->dark[i] = qr->data[i] & 1;
    return true;
}

// One of several parts of a text (structured append), which a ticket never is.
static bool make_part(struct fuzz_picture *fuzz, QRinput *input, struct fuzz_code *out)
{
    QRinput_Struct *parts = QRinput_splitQRinputToStruct(input);
    QRcode_List *list;

    if (!parts) return false;
    if (below(fuzz, 2)) QRinput_Struct_setParity(parts, (unsigned char)below(fuzz, 256));
    list = QRcode_encodeInputStructured(parts);
    bool is_made = list && keep_code(list->code, out);
    if (list) QRcode_List_free(list);
    QRinput_Struct_free(parts);
    return is_made;
}

static bool make_code(struct fuzz_picture *fuzz, struct fuzz_code *out)
{
    bool is_part = below(fuzz, 4) == 0;
    QRinput *input = QRinput_new2(1 + below(fuzz, 1 + below(fuzz, CODE_MOST_VERSION)), (QRecLevel)below(fuzz, 4));
    bool is_made = false, has_content = false;

    for (int i = 1 + below(fuzz, 5); i > 0; i--) has_content |= append_segment(fuzz, input);
    if (!is_part && below(fuzz, 8) == 0) QRinput_setFNC1First(input);
    if (!is_part && below(fuzz, 8) == 0) QRinput_setFNC1Second(input, (unsigned char)below(fuzz, 256));
    if (has_content && is_part) is_made = make_part(fuzz, input, out);
    if (has_content && !is_part) {
        QRcode *qr = QRcode_encodeInput(input);
        is_made = keep_code(qr, out);
        QRcode_free(qr);
    }
    QRinput_free(input);
    return is_made;
}

static void renew_code(struct fuzz_picture *fuzz, struct fuzz_code *code)
{
    while (!make_code(fuzz, code)) continue; // too long for its version: another
}

// ---- pictures ----

static void fill(struct frame *frame, int left, int top, int width, int height, uint8_t grey)
{
    int right = left + width < frame->width_px ? left + width : frame->width_px;
    int bottom = top + height < frame->height_px ? top + height : frame->height_px;

    for (int y = top > 0 ? top : 0; y < bottom; y++)
        for (int x = left > 0 ? left : 0; x < right; x++) frame->pixels[y * frame->width_px + x] = grey;
}

// A few modules wrong, as damage does, or a whole stripe.
static void mutate(struct fuzz_picture *fuzz, struct fuzz_code *code)
{
    int count = code->side * code->side, flips = below(fuzz, 4) ? below(fuzz, 12) : below(fuzz, count / 2);

    for (int i = 0; i < flips; i++) code->dark[below(fuzz, count)] ^= 1;
    if (below(fuzz, 8) == 0) memset(code->dark + below(fuzz, count - code->side), below(fuzz, 2), (size_t)code->side);
}

static void draw_code(struct fuzz_picture *fuzz, struct frame *frame, const struct fuzz_code *code, int module_px)
{
    bool is_inverted = below(fuzz, 4) == 0;
    int side_px = (code->side + 2 * QUIET_MODULES) * module_px, left = below(fuzz, 16), top = below(fuzz, 16);
    uint8_t dark = (uint8_t)below(fuzz, 100), light = (uint8_t)(150 + below(fuzz, 106));

    fill(frame, left, top, side_px, side_px, is_inverted ? dark : light);
    left += QUIET_MODULES * module_px;
    top += QUIET_MODULES * module_px;
    for (int i = 0; i < code->side * code->side; i++)
        fill(frame, left + i % code->side * module_px, top + i / code->side * module_px, module_px, module_px,
             code->dark[i] != is_inverted ? dark : light);
}

// Of a stock that changes slowly, as making one takes longer than drawing it.
static const struct fuzz_code *choose_code(struct fuzz_picture *fuzz)
{
    struct fuzz_code *stock = &fuzz->codes[below(fuzz, CODES_COUNT)];

    if (below(fuzz, 32) == 0) renew_code(fuzz, stock);
    fuzz->mutated = *stock;
    if (below(fuzz, 3) == 0) mutate(fuzz, &fuzz->mutated);
    return &fuzz->mutated;
}

static void draw_carpet(struct fuzz_picture *fuzz, struct frame *frame)
{
    int module_px = 1 + below(fuzz, 4), pitch_px = module_px * (7 + below(fuzz, 6));

    for (int top = 0; top < frame->height_px; top += pitch_px)
        for (int left = below(fuzz, 3); left < frame->width_px; left += pitch_px) {
            if (below(fuzz, 8) == 0) continue;
            fill(frame, left, top, 7 * module_px, 7 * module_px, 10);
            fill(frame, left + module_px, top + module_px, 5 * module_px, 5 * module_px, 240);
            fill(frame, left + 2 * module_px, top + 2 * module_px, 3 * module_px, 3 * module_px, 10);
        }
}

static void draw_blocks(struct fuzz_picture *fuzz, struct frame *frame)
{
    for (int i = below(fuzz, 200); i > 0; i--)
        fill(frame, below(fuzz, frame->width_px), below(fuzz, frame->height_px), 1 + below(fuzz, 20),
             1 + below(fuzz, 20), (uint8_t)below(fuzz, 256));
}

static void add_noise(struct fuzz_picture *fuzz, struct frame *frame)
{
    int strength = 1 + below(fuzz, 60);

    for (int i = 0; i < frame->width_px * frame->height_px; i++) {
        int grey = frame->pixels[i] + below(fuzz, 2 * strength) - strength;
        frame->pixels[i] = (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
    }
}

static void choose_size(struct fuzz_picture *fuzz, struct frame *frame)
{
    bool is_large = below(fuzz, LARGE_ONE_IN) == 0;
    int most_px = is_large ? LARGE_MOST_PX : below(fuzz, 2) ? SMALL_MOST_PX : 24;

    frame->width_px = 1 + below(fuzz, most_px);
    frame->height_px = 1 + below(fuzz, is_large ? FRAME_MAX_PIXELS / frame->width_px : most_px);
}

// With room for the code, mostly.
static void fit_size(struct fuzz_picture *fuzz, struct frame *frame, int side, int module_px)
{
    if (below(fuzz, 8) == 0) {
        choose_size(fuzz, frame);
        return;
    }
    frame->width_px = (side + 2 * QUIET_MODULES) * module_px + below(fuzz, 32);
    frame->height_px = (side + 2 * QUIET_MODULES) * module_px + below(fuzz, 32);
}

static void clear(struct fuzz_picture *fuzz, struct frame *frame)
{
    memset(frame->pixels, below(fuzz, 256), (size_t)frame->width_px * (size_t)frame->height_px);
}

void fuzz_picture_draw(struct fuzz_picture *fuzz, struct frame *frame)
{
    const struct fuzz_code *code = choose_code(fuzz);
    int kind = below(fuzz, 8), module_px = 2 + below(fuzz, 3);

    if (kind < 2) choose_size(fuzz, frame);
    else fit_size(fuzz, frame, code->side, module_px);
    clear(fuzz, frame);
    if (kind == 0) draw_blocks(fuzz, frame);
    if (kind == 1 || kind == 2) draw_carpet(fuzz, frame);
    if (kind >= 2) draw_code(fuzz, frame, code, module_px);
    if (below(fuzz, 8) == 0) add_noise(fuzz, frame);
    if (below(fuzz, 16) == 0) draw_blocks(fuzz, frame);
    frame_seal(frame);
}

struct fuzz_picture *fuzz_picture_open(uint64_t seed)
{
    struct fuzz_picture *fuzz = mem_zero(sizeof *fuzz);

    fuzz->random = seed;
    for (int i = 0; i < CODES_COUNT; i++) renew_code(fuzz, &fuzz->codes[i]);
    return fuzz;
}

void fuzz_picture_close(struct fuzz_picture *fuzz)
{
    free(fuzz);
}
