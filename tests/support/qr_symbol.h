// qr_symbol.h -- QR symbols as modules (libqrencode), of any version, level and mask, and pictures of them as a camera
// would take them: by a known perspective, blurred, noisy, shaded, swollen.
#ifndef EINLASS_TESTS_SUPPORT_QR_SYMBOL_H
#define EINLASS_TESTS_SUPPORT_QR_SYMBOL_H

#include "symbol/pattern.h"
#include "symbol/plane.h"
#include "frame/shrink.h"

enum { QR_SYMBOL_LEVELS = 4, QR_SYMBOL_MASKS = 8 };

struct qr_symbol {
    int side, format; // the number in the format word: level and mask
    uint8_t modules[PATTERN_MAX_MODULES];
    bool is_free[PATTERN_MAX_MODULES]; // masked data, as opposed to patterns and words
};

struct qr_kind {
    int version, level; // 0 (L) … 3 (H)
    int mode;           // as in the symbol: 1 digits, 4 bytes, 7 ECI and bytes, 3 the first part of several
    const char *text;
};

void qr_symbol_make(const struct qr_kind *kind, struct qr_symbol *out);
void qr_symbol_set_mask(struct qr_symbol *symbol, int mask);
void qr_symbol_mirror(struct qr_symbol *symbol); // rows and columns exchanged

// Where light falls how.
struct qr_photo {
    struct plane plane;     // modules to pixels
    float swelling_modules; // by which dark grows into light; negative: light into dark
    float bend_modules;     // rolled paper: columns are off by so much times t^3 - t, t from -1 to 1
    float blur_px;          // standard deviation
    int noise;              // greatest, in grey values
    float shadow;           // of the light, right of the symbol's middle; 0: none
    bool is_inverted;
    unsigned seed;
};

enum { QR_PHOTO_WIDTH_PX = 640, QR_PHOTO_HEIGHT_PX = 480 };
// The picture refers to `pixels`.
struct grey_picture qr_symbol_photograph(const struct qr_symbol *symbol, const struct qr_photo *photo,
                                         uint8_t pixels[QR_PHOTO_WIDTH_PX * QR_PHOTO_HEIGHT_PX]);

// Where a column stands on paper that is bent so.
float qr_photo_bent(int side, float bend_modules, float x);

// A plane with the symbol's corners there, clockwise from its top left.
struct plane qr_photo_plane(int side, const float x_px[4], const float y_px[4]);

#endif
