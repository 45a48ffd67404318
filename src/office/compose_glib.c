#include "office/compose.h"

#include <glib.h>
#include <string.h>

void compose(const char *text, char *to, size_t to_size)
{
    char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    size_t length = composed ? strlen(composed) : to_size;

    to[0] = '\0';
    if (length < to_size) memcpy(to, composed, length + 1);
    g_free(composed);
}
