#include "office/blank.h"

#include <stdbool.h>
#include <string.h>

static const char *const blanks[] = {"\xC2\xA0", "\xE2\x80\xAF"};
enum { BLANK_COUNT = sizeof blanks / sizeof *blanks };

static bool is_plain_blank(char byte)
{
    return (unsigned char)byte <= ' ' || byte == 0x7F;
}

size_t blank_at_begin(const char *text, size_t length)
{
    if (length > 0 && is_plain_blank(text[0])) return 1;
    for (size_t i = 0; i < BLANK_COUNT; i++) {
        size_t bytes = strlen(blanks[i]);
        if (length >= bytes && memcmp(text, blanks[i], bytes) == 0) return bytes;
    }
    return 0;
}

size_t blank_at_end(const char *text, size_t length)
{
    if (length > 0 && is_plain_blank(text[length - 1])) return 1;
    for (size_t i = 0; i < BLANK_COUNT; i++) {
        size_t bytes = strlen(blanks[i]);
        if (length >= bytes && memcmp(text + length - bytes, blanks[i], bytes) == 0) return bytes;
    }
    return 0;
}
