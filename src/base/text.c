#include "base/text.h"

#include <string.h>

// Length of the well-formed sequence at `bytes`, 0 if there is none. Source: RFC 3629, table in section 4.
static size_t sequence_length(const uint8_t *bytes, size_t left)
{
    uint8_t lead = bytes[0];
    uint8_t low = 0x80, high = 0xBF;
    size_t length;

    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) length = 2;
    else if (lead >= 0xE0 && lead <= 0xEF) length = 3;
    else if (lead >= 0xF0 && lead <= 0xF4) length = 4;
    else return 0;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
    if (left < length || bytes[1] < low || bytes[1] > high) return 0;
    for (size_t i = 2; i < length; i++)
        if (bytes[i] < 0x80 || bytes[i] > 0xBF) return 0;
    return length;
}

void text_copy(char *to, size_t to_size, const char *from)
{
    size_t length = strlen(from);

    if (length >= to_size) {
        length = to_size - 1;
        while (length > 0 && ((uint8_t)from[length] & 0xC0) == 0x80) length--;
    }
    memcpy(to, from, length);
    to[length] = '\0';
}

bool text_is_utf8(const char *bytes, size_t length)
{
    const uint8_t *at = (const uint8_t *)bytes;

    while (length > 0) {
        size_t step = sequence_length(at, length);
        if (step == 0 || *at == 0) return false;
        at += step;
        length -= step;
    }
    return true;
}

static uint32_t decode(const uint8_t *at, size_t length)
{
    static const uint8_t lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t point = at[0] & lead_bits[length];

    for (size_t i = 1; i < length; i++) point = point << 6 | (at[i] & 0x3F);
    return point;
}

uint32_t text_next(const char **cursor)
{
    const uint8_t *at = (const uint8_t *)*cursor;
    size_t length = *at ? sequence_length(at, strnlen(*cursor, 4)) : 0;

    if (*at == 0) return 0;
    if (length == 0) length = 1; // a caller's mistake must not loop for ever
    *cursor += length;
    return decode(at, length);
}

size_t text_write_point(uint32_t point, char out[TEXT_POINT_SIZE])
{
    size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;

    for (size_t i = length; i-- > 1; point >>= 6) out[i] = (char)(0x80 | (point & 0x3F));
    out[0] = (char)(length == 1 ? point : (0xF00u >> length & 0xF0) | point);
    out[length] = '\0';
    return length;
}

void text_hex(const uint8_t *bytes, size_t length, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < length; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * length] = '\0';
}

// Of a digit that was checked.
static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return digit - 'A' + 10;
}

enum status text_unhex(const char *hex, uint8_t *out, size_t length)
{
    if (strlen(hex) != 2 * length || strspn(hex, "0123456789abcdefABCDEF") != 2 * length) return STATUS_INVALID;
    for (size_t i = 0; i < length; i++) out[i] = (uint8_t)(hex_value(hex[2 * i]) * 16 + hex_value(hex[2 * i + 1]));
    return STATUS_OK;
}

// Controls, and characters that reorder what surrounds them. Source: Unicode UAX #9, "Trojan Source".
static bool is_hidden(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

void text_make_showable(char *to, size_t to_size, const char *bytes, size_t length)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    const uint8_t *at = (const uint8_t *)bytes;
    size_t used = 0;

    while (length > 0) {
        size_t step = sequence_length(at, length);
        const char *piece = step ? (const char *)at : replacement;
        size_t piece_length = step ? step : sizeof replacement - 1;
        bool is_shown = !step || !is_hidden(decode(at, step));
        if (step == 0) step = 1;
        if (is_shown) {
            if (used + piece_length >= to_size) break;
            memcpy(to + used, piece, piece_length);
            used += piece_length;
        }
        at += step;
        length -= step;
    }
    to[used] = '\0';
}

bool text_is_name(const char *text, size_t size)
{
    size_t length = strlen(text);

    if (length == 0 || length >= size || !text_is_utf8(text, length)) return false;
    for (const char *at = text; *at;)
        if (is_hidden(text_next(&at))) return false;
    return true;
}
