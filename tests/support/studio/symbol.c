#include "support/studio/card.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include <qrencode.h>

enum { TICKET_DIGITS = 202, TICKET_VERSION = 5 };

// In byte mode, or as the text is shortest (digits: numeric mode).
static void encode(const char *text, int version, QRecLevel level, bool is_bytes, struct symbol_print *out)
{
    QRcode *code = is_bytes ? QRcode_encodeString8bit(text, version, level)
                            : QRcode_encodeString(text, version, level, QR_MODE_8, 1);

    assert(code && code->width <= SYMBOL_SIDE_MOST);
    out->side = code->width;
    out->version = code->version;
    out->level = "LMQH"[level];
    for (int i = 0; i < code->width * code->width; i++) out->modules[i] = code->data[i] & 1;
    QRcode_free(code);
}

void symbol_of_text(const char *text, int version, char level, struct symbol_print *out)
{
    const char *levels = "LMQH";

    snprintf(out->text, sizeof out->text, "%s", text);
    encode(text, version, (QRecLevel)(strchr(levels, level) - levels), true, out);
}

void symbol_draw(struct dice *dice, struct symbol_print *out)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    // Bytes that fit into versions 3 to 6 at levels M and Q. Source: ISO/IEC 18004, table 7.
    static const struct {
        int version;
        char level;
        int bytes;
    } sizes[] = {{3, 'M', 42}, {3, 'Q', 32}, {4, 'M', 62},  {4, 'Q', 46},
                 {5, 'M', 84}, {5, 'Q', 60}, {6, 'M', 106}, {6, 'Q', 74}};

    if (dice_is(dice, 0.5)) {
        for (int i = 0; i < TICKET_DIGITS; i++) out->text[i] = (char)('0' + dice_below(dice, 10));
        out->text[TICKET_DIGITS] = '\0';
        encode(out->text, TICKET_VERSION, QR_ECLEVEL_M, false, out);
        return;
    }
    int size = dice_below(dice, sizeof sizes / sizeof sizes[0]);
    char text[SYMBOL_TEXT_MOST + 1] = {0};
    for (int i = 0; i < sizes[size].bytes; i++) text[i] = letters[dice_below(dice, sizeof letters - 1)];
    symbol_of_text(text, sizes[size].version, sizes[size].level, out);
}
