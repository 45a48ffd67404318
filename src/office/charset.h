// charset.h -- bytes of a text file as UTF-8 (port; iconv). Pure; any thread.
#ifndef EINLASS_OFFICE_CHARSET_H
#define EINLASS_OFFICE_CHARSET_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

// Takes UTF-8 (a byte order mark is dropped) or, if it is none, Windows-1252. `text_out` is yours (free()), with a
// NUL behind the last byte. INVALID: neither of them; `why_out` says so in English (static storage), `at_out` where.
enum status charset_to_utf8(const uint8_t *bytes, size_t length, char **text_out, size_t *length_out,
                            const char **why_out, size_t *at_out) MUST_CHECK;

#endif
