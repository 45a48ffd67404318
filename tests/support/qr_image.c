#include "support/check.h"

#include "support/qr_image.h"

#include "base/mem.h"
#include "frame/picture_png.h"

#include <stdio.h>
#include <stdlib.h>

#include <qrencode.h>

void qr_image_clear(struct frame *frame, int width_px, int height_px, uint8_t grey)
{
    frame->width_px = width_px;
    frame->height_px = height_px;
    memset(frame->pixels, grey, (size_t)width_px * (size_t)height_px);
    frame_seal(frame);
}

static bool is_dark(const QRcode *qr, int column, int row)
{
    if (column < 0 || row < 0 || column >= qr->width || row >= qr->width) return false;
    return qr->data[row * qr->width + column] & 1;
}

static void draw(struct frame *frame, const struct qr_image *image, const QRcode *qr)
{
    int side_px = (qr->width + 2 * image->quiet_modules) * image->module_px;

    assert_true(image->left_px + side_px <= frame->width_px && image->top_px + side_px <= frame->height_px);
    for (int y = 0; y < side_px; y++) {
        uint8_t *row = frame->pixels + (image->top_px + y) * frame->width_px + image->left_px;
        for (int x = 0; x < side_px; x++) {
            int column = x / image->module_px - image->quiet_modules;
            bool is_black = is_dark(qr, column, y / image->module_px - image->quiet_modules) != image->is_inverted;
            row[x] = is_black ? 20 : 230;
        }
    }
    frame_seal(frame);
}

static void draw_at_level(struct frame *frame, const struct qr_image *image, QRecLevel level)
{
    QRcode *qr = QRcode_encodeString(image->text, 0, level, QR_MODE_8, 1);

    assert_non_null(qr);
    draw(frame, image, qr);
    QRcode_free(qr);
}

void qr_image_draw(struct frame *frame, const struct qr_image *image)
{
    draw_at_level(frame, image, QR_ECLEVEL_M);
}

void qr_image_draw_full(struct frame *frame, const struct qr_image *image)
{
    draw_at_level(frame, image, QR_ECLEVEL_L);
}

void qr_image_draw_part(struct frame *frame, const struct qr_image *image)
{
    QRcode_List *parts = QRcode_encodeStringStructured(image->text, 3, QR_ECLEVEL_M, QR_MODE_8, 1);

    assert_true(parts && QRcode_List_size(parts) > 1);
    draw(frame, image, parts->code);
    QRcode_List_free(parts);
}

void qr_image_ticket_text(char text[QR_IMAGE_TICKET_DIGITS + 1], unsigned seed)
{
    uint32_t state = seed * 2654435761U + 1;

    for (int i = 0; i < QR_IMAGE_TICKET_DIGITS; i++) {
        state = state * 1664525U + 1013904223U;
        text[i] = (char)('0' + (state >> 16) % 10);
    }
    text[QR_IMAGE_TICKET_DIGITS] = '\0';
}

void qr_image_write_pgm(const struct frame *frame, const char *path)
{
    size_t count = (size_t)frame->width_px * (size_t)frame->height_px;
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    fprintf(file, "P5\n%d %d\n255\n", frame->width_px, frame->height_px);
    assert_int_equal(fwrite(frame->pixels, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
}

void qr_image_write_png(const struct frame *frame, const char *path)
{
    size_t count = (size_t)frame->width_px * (size_t)frame->height_px;
    uint8_t *rgb = mem_zero_array(count, 3);

    for (size_t i = 0; i < count; i++) memset(rgb + 3 * i, frame->pixels[i], 3);
    assert_int_equal(picture_png_write(path, rgb, frame->width_px, frame->height_px, 3 * frame->width_px), STATUS_OK);
    free(rgb);
}
