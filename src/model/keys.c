#include "model/keys.h"

#include "base/grapheme.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>

void keys_follow(struct keys *keys, const char *text, bool are_names)
{
    size_t length = strlen(text);
    bool is_start = length == 0 || text[length - 1] == ' ' || text[length - 1] == '-';

    if (keys->layer == KEYS_SIGNS) return;
    keys->layer = are_names && is_start ? KEYS_CAPITAL : KEYS_SMALL;
}

// ---- what is typed into ----

// The code point at `bytes` as it may stand in a field; "" when it is none, or hidden. How many bytes it took.
static size_t take_point(const char *bytes, char out[8])
{
    size_t left = strnlen(bytes, 4), length = 1;

    out[0] = '\0';
    while (length <= left && !text_is_utf8(bytes, length)) length++;
    if (length > left) return 1; // one byte of something else
    text_make_showable(out, 8, bytes, length);
    return length;
}

bool field_append(char *text, size_t text_size, const char *more)
{
    size_t used = strlen(text);
    bool is_whole = true;

    while (*more) {
        char point[8];
        more += take_point(more, point);
        size_t length = strlen(point);
        if (used + length >= text_size) return false;
        memcpy(text + used, point, length + 1);
        used += length;
        is_whole = is_whole && length > 0;
    }
    return is_whole;
}

bool field_append_point(char *text, size_t text_size, int point)
{
    char bytes[5] = "";

    if (point <= 0 || point > 0x10FFFF) return false;
    text_write_point((uint32_t)point, bytes);
    return field_append(text, text_size, bytes);
}

void field_erase(char *text)
{
    size_t last = 0;

    for (size_t at = 0, length; (length = grapheme_length(text + at)) > 0; at += length) last = at;
    text[last] = '\0';
}
