#include "office/charset.h"

#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

enum { UTF8_PER_WINDOWS_BYTE = 3 }; // e.g. 0x80, the euro sign

static bool begins_with(const uint8_t *bytes, size_t length, const char *mark)
{
    return length >= strlen(mark) && memcmp(bytes, mark, strlen(mark)) == 0;
}

static enum status convert(const uint8_t *bytes, size_t length, struct charset_text *out, size_t *at_out)
{
    iconv_t converter = iconv_open("UTF-8", "WINDOWS-1252");
    char *text, *to, *from = (char *)bytes; // iconv's parameter lacks a const
    size_t from_left = length, to_left = length * UTF8_PER_WINDOWS_BYTE;

    if (converter == (iconv_t)-1) return STATUS_LATER;
    text = to = mem_zero(to_left + 1);
    size_t failed = iconv(converter, &from, &from_left, &to, &to_left);
    iconv_close(converter);
    if (failed == (size_t)-1) {
        free(text);
        *at_out = length - from_left;
        return STATUS_INVALID;
    }
    *out = (struct charset_text){text, (size_t)(to - text), .is_guess = true};
    return STATUS_OK;
}

enum status charset_to_utf8(const uint8_t *bytes, size_t length, struct charset_text *out, const char **why_out,
                            size_t *at_out)
{
    static const char utf8_mark[] = "\xEF\xBB\xBF";
    bool is_marked = begins_with(bytes, length, utf8_mark);
    const uint8_t *zero;

    *at_out = 0;
    *why_out = "the file is UTF-16; save it as \"CSV UTF-8\"";
    if (begins_with(bytes, length, "\xFF\xFE") || begins_with(bytes, length, "\xFE\xFF")) return STATUS_INVALID;
    if (is_marked) {
        bytes += strlen(utf8_mark);
        length -= strlen(utf8_mark);
    }
    *why_out = "this is no text file; save the table as CSV";
    if ((zero = memchr(bytes, 0, length))) {
        *at_out = (size_t)(zero - bytes);
        return STATUS_INVALID;
    }
    if (text_is_utf8((const char *)bytes, length)) {
        *out = (struct charset_text){mem_zero(length + 1), length, .is_guess = false};
        memcpy(out->text, bytes, length);
        return STATUS_OK;
    }
    *why_out = is_marked ? "the file says it is UTF-8 and isn't; save it as \"CSV UTF-8\""
                         : "the text is neither UTF-8 nor Windows-1252; save it as \"CSV UTF-8\"";
    return is_marked ? STATUS_INVALID : convert(bytes, length, out, at_out);
}
