#include "ticket/picture.h"

#include <qrencode.h>
#include <string.h>

enum { QR_MAX_DIGITS = 7089 }; // version 40-L, numeric; ISO/IEC 18004 table 7

enum status picture_of_text(const char *text, struct picture *out)
{
    size_t length = strnlen(text, QR_MAX_DIGITS + 1);
    QRencodeMode mode = strspn(text, "0123456789") == length ? QR_MODE_NUM : QR_MODE_8;
    QRinput *input = NULL;
    QRcode *code = NULL;
    enum status status = STATUS_INVALID;

    if (length == 0 || length > QR_MAX_DIGITS) return STATUS_INVALID;
    input = QRinput_new2(0, QR_ECLEVEL_M); // 0: the smallest version that fits
    if (input && QRinput_append(input, mode, (int)length, (const unsigned char *)text) == 0)
        code = QRcode_encodeInput(input);
    if (code) {
        out->side = code->width;
        // Bit 0 is the colour; the others are the encoder's notes.
        for (int i = 0; i < code->width * code->width; i++) out->modules[i] = code->data[i] & 1;
        status = STATUS_OK;
    }
    QRcode_free(code);
    QRinput_free(input);
    return status;
}
