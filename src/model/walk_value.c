#include "model/walk_value.h"

#include "base/text.h"

#include <string.h>

void walk_value_trim(const char *typed, char out[EVENT_VALUE_SIZE])
{
    while (*typed == ' ') typed++;
    text_copy(out, EVENT_VALUE_SIZE, typed);
    for (size_t length = strlen(out); length > 0 && out[length - 1] == ' ';) out[--length] = '\0';
}

// Whether mail arrives there, only a mail can tell.
static bool is_address(const char *text)
{
    const char *at = strchr(text, '@'), *dot = at ? strrchr(at, '.') : NULL;

    return at && at > text && !strchr(at + 1, '@') && !strchr(text, ' ') && dot && dot > at + 1 && dot[1] && dot[2];
}

bool walk_value_is_fine(const struct walk_in_field *field, const char *typed)
{
    char value[EVENT_VALUE_SIZE];

    walk_value_trim(typed, value);
    if (value[0] == '\0') return !field->is_required && field->kind != FIELD_NAME;
    return field->kind != FIELD_EMAIL || is_address(value);
}
