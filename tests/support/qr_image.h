// qr_image.h -- pictures of QR codes, drawn at test time (libqrencode).
#ifndef EINLASS_TESTS_SUPPORT_QR_IMAGE_H
#define EINLASS_TESTS_SUPPORT_QR_IMAGE_H

#include "frame/frame.h"

#include <stdbool.h>

struct qr_image {
    const char *text;
    int module_px;       // 4
    int quiet_modules;   // the light border around the code; 4
    int left_px, top_px; // where the border begins
    bool is_inverted;    // light modules on dark
};

// What the struct can't say: the first of several parts of one long text (structured append), …
void qr_image_draw_part(struct frame *frame, const struct qr_image *image);
// … and as much text as a code can hold, with the least error correction (level L).
void qr_image_draw_full(struct frame *frame, const struct qr_image *image);

enum { QR_IMAGE_TICKET_DIGITS = 202 };

void qr_image_clear(struct frame *frame, int width_px, int height_px, uint8_t grey);
void qr_image_draw(struct frame *frame, const struct qr_image *image);           // into what is there; seals the frame
void qr_image_ticket_text(char text[QR_IMAGE_TICKET_DIGITS + 1], unsigned seed); // digits, as long as a ticket's
void qr_image_write_pgm(const struct frame *frame, const char *path);
void qr_image_write_png(const struct frame *frame, const char *path);

#endif
