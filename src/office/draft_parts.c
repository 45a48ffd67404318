#include "office/draft_parts.h"

#include "base/text.h"
#include "office/spelling.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum status draft_refuse(struct draft_flaw *flaw, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(flaw->words, sizeof flaw->words, format, arguments);
    va_end(arguments);
    return STATUS_INVALID;
}

// Controls, and characters that reorder what surrounds them (UAX #9).
static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

static bool is_blank(uint32_t point)
{
    return point == ' ' || point == 0xA0 || point == 0x202F || (point >= 0x200B && point <= 0x200F) || point == 0xFEFF;
}

// A text that is not longer than its place and can be shown everywhere; only notices have several lines.
enum status draft_text(const char *typed, const char *what, char *to, size_t to_size, struct draft_flaw *flaw)
{
    bool has_lines = to_size == EVENT_TEXT_SIZE, has_ink = false;

    if (!typed || !*typed) return STATUS_OK;
    size_t length = strlen(typed);
    if (!text_is_utf8(typed, length)) return draft_refuse(flaw, "%s is not UTF-8", what);
    if (length >= to_size) return draft_refuse(flaw, "%s is longer than %zu bytes", what, to_size - 1);
    const char *at = typed;
    for (uint32_t point; (point = text_next(&at));) {
        bool is_break = point == '\n' || point == '\r' || point == '\t';
        if (is_control(point) && !(has_lines && is_break))
            return draft_refuse(flaw, "%s has a line break or another control character in it", what);
        has_ink |= !is_blank(point) && !is_break;
    }
    if (!has_ink) return draft_refuse(flaw, "%s is blank", what);
    text_copy(to, to_size, typed);
    return STATUS_OK;
}

// German, and English which is the same unless given.
enum status draft_texts(const char *german, const char *english, const char *what, char *to, size_t to_size,
                        struct draft_flaw *flaw)
{
    if (draft_text(german, what, to, to_size, flaw) != STATUS_OK) return STATUS_INVALID;
    return draft_text(english && *english ? english : german, what, to + to_size, to_size, flaw);
}

enum status draft_number(const char *typed, const char *what, uint32_t most, uint32_t *to, struct draft_flaw *flaw)
{
    unsigned long long number;

    if (!typed) return STATUS_OK;
    if (strspn(typed, "0123456789") != strlen(typed) || strlen(typed) - 1 > 9)
        return draft_refuse(flaw, "%s must be a number, not '%s'", what, typed);
    number = strtoull(typed, NULL, 10);
    if (number == 0 || number > most) return draft_refuse(flaw, "%s must be 1 to %u", what, most);
    *to = (uint32_t)number;
    return STATUS_OK;
}

void draft_cut(char *text, const char *parts[DRAFT_PARTS])
{
    for (size_t i = 0; i < DRAFT_PARTS; i++) {
        parts[i] = text && *text ? text : NULL;
        char *bar = text && i + 1 < DRAFT_PARTS ? strchr(text, '|') : NULL;
        if (bar) *bar++ = '\0';
        text = bar;
    }
    for (size_t i = 0; i < DRAFT_PARTS; i++)
        if (parts[i] && !*parts[i]) parts[i] = NULL;
}

enum status draft_label(const char *typed, const struct event_label *labels, size_t count, uint8_t *out)
{
    char number[8];

    for (size_t i = 0; i < count; i++) {
        snprintf(number, sizeof number, "%u", labels[i].id);
        if (strcmp(typed, number) != 0 && !spelling_is_same(typed, labels[i].name[LANGUAGE_DE]) &&
            !spelling_is_same(typed, labels[i].name[LANGUAGE_EN]))
            continue;
        *out = labels[i].id;
        return STATUS_OK;
    }
    return STATUS_INVALID;
}

char *draft_trim(char *text)
{
    text += strspn(text, " ");
    for (size_t length = strlen(text); length > 0 && text[length - 1] == ' '; length--) text[length - 1] = '\0';
    return text;
}
