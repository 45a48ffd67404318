// blank.h -- what counts as a blank in texts that people bring: blanks, line breaks and other controls, and the spaces
// that don't break a line (U+00A0, U+202F), which come along from web pages. UTF-8. Pure; any thread.
#ifndef EINLASS_OFFICE_BLANK_H
#define EINLASS_OFFICE_BLANK_H

#include <stddef.h>

// How many bytes the blank has which the text begins or ends with; 0: none.
size_t blank_at_begin(const char *text, size_t length);
size_t blank_at_end(const char *text, size_t length);

#endif
