// grapheme.h -- what a reader takes for one character: where a text may be cut, and what an erasing key takes away.
// Pure; any thread.
#ifndef EINLASS_BASE_GRAPHEME_H
#define EINLASS_BASE_GRAPHEME_H

#include <stddef.h>

// Bytes of the grapheme at `text` (valid UTF-8; 0 at the end): a base with its marks, joiners, variation selectors,
// skin tones, and flags. Source: Unicode UAX #29, reduced to what European, Arabic and Hebrew names and emoji need.
size_t grapheme_length(const char *text);

#endif
