// decoder_zbar.c -- symbols by zbar. Tuned and fenced by measurement:
// QR only halves the time and keeps bar codes out. BINARY, as Debian's zbar guesses character sets ("Müller" becomes
// Japanese). The cache stays off: with it, a printed structured-append symbol ends the process by an assertion.
// The scanner is made anew every 64 reads, because it leaks a little with each read.
#include "symbol/decoder.h"

#include "base/mem.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <zbar.h>

enum { READS_PER_SCANNER = 64, CORNER_COUNT = 4 };

struct zbar_decoder {
    struct decoder decoder;
    zbar_image_scanner_t *scanner;
    zbar_image_t *image;
    int scanner_reads;
};

static void renew_scanner(struct zbar_decoder *zbar)
{
    if (zbar->scanner && zbar->scanner_reads < READS_PER_SCANNER) return;
    if (zbar->scanner) zbar_image_scanner_destroy(zbar->scanner);
    zbar->scanner = zbar_image_scanner_create();
    assert(zbar->scanner); // as mem.h
    zbar->scanner_reads = 0;
    zbar_image_scanner_set_config(zbar->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(zbar->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(zbar->scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    zbar_image_scanner_set_config(zbar->scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, 1);
    zbar_image_scanner_set_config(zbar->scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, 1);
}

// Parts of a structured append are refused: a ticket is one symbol, and zbar's joining of parts is where it breaks.
static bool is_wanted(const zbar_symbol_t *symbol)
{
    return zbar_symbol_get_type(symbol) == ZBAR_QRCODE && !zbar_symbol_get_components(symbol) &&
           zbar_symbol_get_loc_size(symbol) >= CORNER_COUNT && zbar_symbol_get_data_length(symbol) <= SYMBOL_MAX_BYTES;
}

static void keep(const zbar_symbol_t *symbol, struct symbol *out)
{
    for (unsigned i = 0; i < CORNER_COUNT; i++) {
        out->x_px[i] = (float)zbar_symbol_get_loc_x(symbol, i);
        out->y_px[i] = (float)zbar_symbol_get_loc_y(symbol, i);
    }
    out->length = zbar_symbol_get_data_length(symbol);
    memcpy(out->text, zbar_symbol_get_data(symbol), out->length);
}

static void zbar_decode(struct decoder *self, const struct grey_picture *picture, struct decoding *out)
{
    struct zbar_decoder *zbar = (struct zbar_decoder *)self;

    assert(picture->stride_bytes == picture->width_px); // zbar knows no other
    out->count = 0;
    renew_scanner(zbar);
    zbar->scanner_reads++;
    zbar_image_set_size(zbar->image, (unsigned)picture->width_px, (unsigned)picture->height_px);
    zbar_image_set_data(zbar->image, picture->pixels, (size_t)picture->width_px * (size_t)picture->height_px, NULL);
    if (zbar_scan_image(zbar->scanner, zbar->image) > 0) {
        const zbar_symbol_t *symbol = zbar_image_first_symbol(zbar->image);
        for (; symbol && out->count < DECODER_MAX_SYMBOLS; symbol = zbar_symbol_next(symbol))
            if (is_wanted(symbol)) keep(symbol, &out->symbols[out->count++]);
    }
    zbar_image_set_symbols(zbar->image, NULL); // given back to the scanner
    zbar_image_set_data(zbar->image, NULL, 0, NULL);
}

static void zbar_close(struct decoder *self)
{
    struct zbar_decoder *zbar = (struct zbar_decoder *)self;

    zbar_image_destroy(zbar->image);
    if (zbar->scanner) zbar_image_scanner_destroy(zbar->scanner);
    free(zbar);
}

enum status decoder_zbar_open(struct decoder **out)
{
    static const struct decoder_ops ops = {.decode = zbar_decode, .close = zbar_close};
    struct zbar_decoder *zbar = mem_zero(sizeof *zbar);

    zbar->decoder.ops = &ops;
    zbar->image = zbar_image_create();
    assert(zbar->image); // as mem.h
    zbar_image_set_format(zbar->image, zbar_fourcc('Y', '8', '0', '0'));
    *out = &zbar->decoder;
    return STATUS_OK;
}
