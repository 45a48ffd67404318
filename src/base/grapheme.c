#include "base/grapheme.h"

#include "base/text.h"

static bool is_mark(uint32_t point)
{
    return (point >= 0x0300 && point <= 0x036F) || (point >= 0x0591 && point <= 0x05C7) ||
           (point >= 0x0610 && point <= 0x061A) || (point >= 0x064B && point <= 0x065F) || point == 0x0670 ||
           (point >= 0x06D6 && point <= 0x06ED) || (point >= 0x1AB0 && point <= 0x1AFF) ||
           (point >= 0x1DC0 && point <= 0x1DFF) || (point >= 0x20D0 && point <= 0x20FF) ||
           (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xFE20 && point <= 0xFE2F) || point == 0x200D ||
           (point >= 0x1F3FB && point <= 0x1F3FF) || (point >= 0xE0020 && point <= 0xE007F);
}

static bool is_flag_half(uint32_t point)
{
    return point >= 0x1F1E6 && point <= 0x1F1FF;
}

size_t grapheme_length(const char *text)
{
    const char *end = text;
    uint32_t before = text_next(&end);

    if (before == 0) return 0;
    const char *next = end;
    if (is_flag_half(before) && is_flag_half(text_next(&next))) end = next;
    for (;;) {
        next = end;
        uint32_t point = text_next(&next);
        if (point == 0 || (!is_mark(point) && before != 0x200D)) break;
        before = point;
        end = next;
    }
    return (size_t)(end - text);
}
