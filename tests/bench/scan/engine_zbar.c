// engine_zbar.c -- zbar by itself, as most programs use it, only restricted to QR codes (which halves its time).
// The yardstick: everything is measured against this, in the same run.
#include "bench/scan/engine.h"

#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>

#include <zbar.h>

struct plain {
    struct engine engine;
    zbar_image_scanner_t *scanner;
};

static void plain_attempt(struct engine *self, const struct frame *frame, struct answers *out)
{
    struct plain *plain = (struct plain *)self;
    zbar_image_t *image = zbar_image_create();

    assert(image);
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)frame->width_px, (unsigned)frame->height_px);
    zbar_image_set_data(image, frame->pixels, (size_t)frame->width_px * (size_t)frame->height_px, NULL);
    zbar_scan_image(plain->scanner, image);
    out->count = 0;
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol; symbol = zbar_symbol_next(symbol))
        answers_add(out, zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
    out->is_exhausted = true;
    out->hint = HINT_NONE;
    zbar_image_destroy(image);
}

static void plain_close(struct engine *self)
{
    struct plain *plain = (struct plain *)self;

    zbar_image_scanner_destroy(plain->scanner);
    free(plain);
}

struct engine *engine_zbar_open(void)
{
    static const struct engine_ops ops = {.attempt = plain_attempt, .close = plain_close};
    struct plain *plain = mem_zero(sizeof *plain);

    plain->engine = (struct engine){"zbar", &ops, false};
    plain->scanner = zbar_image_scanner_create();
    assert(plain->scanner);
    zbar_image_scanner_set_config(plain->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(plain->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(plain->scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    return &plain->engine;
}
