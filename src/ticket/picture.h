// picture.h -- a text as the modules of a QR code (libqrencode, locked in picture.c).
// Pure; any thread. Value. Dark = 1. No quiet zone: whoever draws it leaves 4 modules.
#ifndef EINLASS_TICKET_PICTURE_H
#define EINLASS_TICKET_PICTURE_H

#include "base/status.h"

#include <stdint.h>

enum { PICTURE_MAX_SIDE = 177 };

struct picture {
    int side; // modules
    uint8_t modules[PICTURE_MAX_SIDE * PICTURE_MAX_SIDE];
};

// ECC level M. Digits become numeric mode: a ticket is version 5 (37 x 37). INVALID: too long or empty.
enum status picture_of_text(const char *text, struct picture *out) MUST_CHECK;

#endif
