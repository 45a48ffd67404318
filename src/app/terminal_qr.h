// terminal_qr.h -- a QR code drawn in a terminal: two modules above each other are one character (half blocks).
#ifndef EINLASS_APP_TERMINAL_QR_H
#define EINLASS_APP_TERMINAL_QR_H

#include "ticket/picture.h"

#include <stdbool.h>
#include <stdio.h>

// In black on white whatever the terminal's colours are; not coloured: light modules are the terminal's text colour,
// as it is right on a dark one.
void terminal_qr_write(const struct picture *picture, bool is_coloured, FILE *out);

#endif
