// text.h -- bytes that people and strangers bring: bounded copies, UTF-8, hex.
// Pure; any thread. Sizes in bytes, including the terminating NUL where a buffer is meant.
#ifndef EINLASS_BASE_TEXT_H
#define EINLASS_BASE_TEXT_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Copies as much of `from` as fits, cut between code points; `to` always ends in NUL.
void text_copy(char *to, size_t to_size, const char *from);

bool text_is_utf8(const char *bytes, size_t length); // well formed (no surrogates, no overlong forms), no NUL

// The code point at *cursor (which must be valid UTF-8) and moves the cursor behind it; 0 at the end.
uint32_t text_next(const char **cursor);

// The UTF-8 of a code point below 0x110000, ended by NUL. Gives its length without.
enum { TEXT_POINT_SIZE = 5 };
size_t text_write_point(uint32_t point, char out[TEXT_POINT_SIZE]);

// Lower-case hexadecimal. `out` holds 2 * length + 1 bytes.
void text_hex(const uint8_t *bytes, size_t length, char *out);
enum status text_unhex(const char *hex, uint8_t *out, size_t length) MUST_CHECK; // exactly 2 * length digits

// Replaces bytes that are not valid UTF-8, and control and direction-changing characters, by U+FFFD or nothing,
// so that what strangers wrote can be shown. `to` always ends in NUL.
void text_make_showable(char *to, size_t to_size, const char *bytes, size_t length);
// Not empty, fits `size` bytes, and showable as it is: what may be somebody's or something's name.
bool text_is_name(const char *text, size_t size);

#endif
