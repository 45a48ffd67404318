// font_list.h -- the list of font files (assets/fonts.conf): "regular PATH", "bold PATH", "fallback PATH".
// Empty lines and lines that begin with # are passed over; a line that is neither is named in the log.
#ifndef EINLASS_SCREEN_FONT_LIST_H
#define EINLASS_SCREEN_FONT_LIST_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

enum { FONT_LIST_MAX = 24, FONT_PATH_SIZE = 256 };

enum font_role { FONT_ROLE_REGULAR, FONT_ROLE_BOLD, FONT_ROLE_FALLBACK };

struct font_list {
    size_t count;
    struct font_list_entry {
        enum font_role role;
        char path[FONT_PATH_SIZE];
    } entries[FONT_LIST_MAX];
};

// Keeps the entries whose files can be read. MISSING: the list is not there, or no file of it.
enum status font_list_read(const char *path, struct font_list *out) MUST_CHECK;

#endif
