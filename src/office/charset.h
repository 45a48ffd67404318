// charset.h -- bytes of a text file as UTF-8 (port; iconv). Pure; any thread.
#ifndef EINLASS_OFFICE_CHARSET_H
#define EINLASS_OFFICE_CHARSET_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct charset_text {
    char *text; // yours (free()), with a NUL behind the last byte
    size_t length;
    bool is_guess; // Windows-1252: bytes of another old charset would look the same
};

// Takes UTF-8 (a byte order mark is dropped) or, if it is none, Windows-1252. INVALID: neither of them; `why_out` says
// so in English (static storage), `at_out` where.
enum status charset_to_utf8(const uint8_t *bytes, size_t length, struct charset_text *out, const char **why_out,
                            size_t *at_out) MUST_CHECK;

#endif
