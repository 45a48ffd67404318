#include "support/check.h"

#include "support/qr_symbol.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

#include <qrencode.h>

// In libqrencode's modules: the lowest bit is dark, the highest one of a pattern or word.
enum { BIT_DARK = 1, BIT_KNOWN = 128 };

static QRcode *encode(const struct qr_kind *kind)
{
    QRinput *input = QRinput_new2(kind->version, (QRecLevel)kind->level);
    int length = (int)strlen(kind->text);

    assert_non_null(input);
    if (kind->mode == 7) assert_int_equal(QRinput_appendECIheader(input, 26), 0); // UTF-8
    QRencodeMode mode = kind->mode == 1 ? QR_MODE_NUM : QR_MODE_8;
    assert_int_equal(QRinput_append(input, mode, length, (const unsigned char *)kind->text), 0);
    QRcode *code = QRcode_encodeInput(input);
    QRinput_free(input);
    return code;
}

static void take(const QRcode *code, struct qr_symbol *out)
{
    int errors;

    assert_true(code && code->width <= PATTERN_MOST_SIDE);
    out->side = code->width;
    for (int i = 0; i < code->width * code->width; i++) {
        out->modules[i] = code->data[i] & BIT_DARK;
        out->is_free[i] = !(code->data[i] & BIT_KNOWN);
    }
    errors = pattern_read_format(out->modules, out->side, false, &out->format);
    assert_int_equal(errors, 0);
}

void qr_symbol_make(const struct qr_kind *kind, struct qr_symbol *out)
{
    if (kind->mode == 3) {
        QRcode_List *parts =
            QRcode_encodeStringStructured(kind->text, kind->version, (QRecLevel)kind->level, QR_MODE_8, 1);
        assert_true(parts && QRcode_List_size(parts) > 1);
        take(parts->code, out);
        QRcode_List_free(parts);
        return;
    }
    QRcode *code = encode(kind);
    take(code, out);
    QRcode_free(code);
    assert_int_equal(out->side, 17 + 4 * kind->version);
}

// ISO/IEC 18004, table 10, with i the row and j the column.
static bool is_flipped(int mask, int i, int j)
{
    const bool flips[QR_SYMBOL_MASKS] = {
        (i + j) % 2 == 0,
        i % 2 == 0,
        j % 3 == 0,
        (i + j) % 3 == 0,
        (i / 2 + j / 3) % 2 == 0,
        (i * j) % 2 + (i * j) % 3 == 0,
        ((i * j) % 2 + (i * j) % 3) % 2 == 0,
        ((i * j) % 3 + (i + j) % 2) % 2 == 0,
    };
    return flips[mask];
}

void qr_symbol_set_mask(struct qr_symbol *symbol, int mask)
{
    int side = symbol->side, old = symbol->format & 7;

    for (int i = 0; i < side * side; i++)
        if (symbol->is_free[i])
            symbol->modules[i] ^= is_flipped(old, i / side, i % side) != is_flipped(mask, i / side, i % side);
    symbol->format = (symbol->format & ~7) | mask;
    pattern_stamp(symbol->modules, side, false, symbol->format);
}

void qr_symbol_mirror(struct qr_symbol *symbol)
{
    for (int y = 0; y < symbol->side; y++) {
        for (int x = 0; x < y; x++) {
            uint8_t *one = &symbol->modules[y * symbol->side + x], *other = &symbol->modules[x * symbol->side + y];
            uint8_t kept = *one;
            *one = *other;
            *other = kept;
        }
    }
}

struct plane qr_photo_plane(int side, const float x_px[4], const float y_px[4])
{
    float far = (float)side;
    struct plane plane;
    const struct plane_point corners[4] = {{0, 0, x_px[0], y_px[0], 1},
                                           {far, 0, x_px[1], y_px[1], 1},
                                           {far, far, x_px[2], y_px[2], 1},
                                           {0, far, x_px[3], y_px[3], 1}};

    assert_true(plane_fit(corners, 4, far, &plane));
    return plane;
}

static bool is_dark_at(const struct qr_symbol *symbol, float x, float y)
{
    int column = (int)floorf(x), row = (int)floorf(y);

    if (column < 0 || row < 0 || column >= symbol->side || row >= symbol->side) return false;
    return symbol->modules[row * symbol->side + column];
}

// Whether anything within the swelling is dark (or, if negative, everything).
static bool is_printed(const struct qr_symbol *symbol, float x, float y, float swelling)
{
    float reach = fabsf(swelling);
    int dark = 0;

    if (reach == 0) return is_dark_at(symbol, x, y);
    for (int i = -1; i <= 1; i++)
        for (int j = -1; j <= 1; j++) dark += is_dark_at(symbol, x + reach * (float)i, y + reach * (float)j);
    return swelling > 0 ? dark > 0 : dark == 9;
}

// Cramer's rule on the two equations that plane_map solves.
static void unmap(const struct plane *plane, float x_px, float y_px, float *x, float *y)
{
    const float *h = plane->h;
    double a = (double)(h[0] - x_px * h[6]), b = (double)(h[1] - x_px * h[7]), e = (double)(x_px - h[2]);
    double c = (double)(h[3] - y_px * h[6]), d = (double)(h[4] - y_px * h[7]), f = (double)(y_px - h[5]);
    double determinant = a * d - b * c;

    *x = (float)((e * d - b * f) / determinant);
    *y = (float)((a * f - e * c) / determinant);
}

static float paper(const struct qr_photo *photo, bool is_in_shadow, bool is_dark)
{
    return (is_dark != photo->is_inverted ? 30.0f : 215.0f) * (is_in_shadow ? 1 - photo->shadow : 1);
}

float qr_photo_bent(int side, float bend_modules, float x)
{
    float t = 2 * x / (float)side - 1;

    return x + bend_modules * (t * t * t - t);
}

// The column that stands there, step by step.
static float unbent(int side, float bend_modules, float at)
{
    float x = at;

    if (bend_modules == 0) return at;
    for (int i = 0; i < 20; i++) x += at - qr_photo_bent(side, bend_modules, x);
    return x;
}

static float light_at(const struct qr_symbol *symbol, const struct qr_photo *photo, int column, int row)
{
    enum { FINE = 3 };
    float sum = 0, middle_x, middle_y, most = (float)symbol->side + 2;

    unmap(&photo->plane, (float)column + 0.5f, (float)row + 0.5f, &middle_x, &middle_y);
    if (middle_x < -2 || middle_y < -2 || middle_x > most || middle_y > most)
        return paper(photo, middle_x * 2 > (float)symbol->side, false);

    for (int i = 0; i < FINE * FINE; i++) {
        float x, y;
        unmap(&photo->plane, (float)column + ((float)(i % FINE) + 0.5f) / FINE,
              (float)row + ((float)(i / FINE) + 0.5f) / FINE, &x, &y);
        x = unbent(symbol->side, photo->bend_modules, x);
        sum += paper(photo, x * 2 > (float)symbol->side, is_printed(symbol, x, y, photo->swelling_modules));
    }
    return sum / (FINE * FINE);
}

enum { MOST_BLUR_PX = 40 };

// One direction of a Gaussian blur.
static void blur(float *values, const float *from, float sigma_px, int step, int length)
{
    float weights[MOST_BLUR_PX + 1];
    int reach = (int)ceilf(3 * sigma_px), count = QR_PHOTO_WIDTH_PX * QR_PHOTO_HEIGHT_PX;

    assert_true(reach <= MOST_BLUR_PX);
    for (int i = 0; i <= reach; i++) weights[i] = i == 0 ? 1 : expf(-(float)(i * i) / (2 * sigma_px * sigma_px));
    for (int at = 0; at < count; at++) {
        int along = at / step % length;
        float sum = 0, all = 0;
        for (int i = -reach; i <= reach; i++) {
            if (along + i < 0 || along + i >= length) continue;
            sum += weights[abs(i)] * from[at + i * step];
            all += weights[abs(i)];
        }
        values[at] = sum / all;
    }
}

struct grey_picture qr_symbol_photograph(const struct qr_symbol *symbol, const struct qr_photo *photo,
                                         uint8_t pixels[QR_PHOTO_WIDTH_PX * QR_PHOTO_HEIGHT_PX])
{
    enum { COUNT = QR_PHOTO_WIDTH_PX * QR_PHOTO_HEIGHT_PX };
    float *sharp = mem_zero_array(COUNT, sizeof *sharp), *half = mem_zero_array(COUNT, sizeof *half);
    uint32_t random = photo->seed * 2654435761U + 1;

    for (int i = 0; i < COUNT; i++) sharp[i] = light_at(symbol, photo, i % QR_PHOTO_WIDTH_PX, i / QR_PHOTO_WIDTH_PX);
    blur(half, sharp, photo->blur_px, 1, QR_PHOTO_WIDTH_PX);
    blur(sharp, half, photo->blur_px, QR_PHOTO_WIDTH_PX, QR_PHOTO_HEIGHT_PX);
    for (int i = 0; i < COUNT; i++) {
        random = random * 1664525U + 1013904223U;
        int noise = photo->noise ? (int)(random >> 16) % (2 * photo->noise + 1) - photo->noise : 0;
        int value = (int)lrintf(sharp[i]) + noise;
        pixels[i] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
    free(sharp);
    free(half);
    return (struct grey_picture){pixels, QR_PHOTO_WIDTH_PX, QR_PHOTO_HEIGHT_PX, QR_PHOTO_WIDTH_PX};
}
