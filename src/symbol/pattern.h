// pattern.h -- what every QR code has, whatever it says: sizes, finder, timing and alignment patterns, format and
// version words.
// Modules: one byte each, 1 dark, 0 light, row by row, side x side. A mirrored symbol is one with rows and columns
// exchanged. Pure. Source: ISO/IEC 18004:2015, 6.3, 7.8.2, 7.9, 7.10 and annexes C to E.
#ifndef EINLASS_SYMBOL_PATTERN_H
#define EINLASS_SYMBOL_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PATTERN_LEAST_SIDE = 21,
    PATTERN_MOST_SIDE = 77, // version 15; larger ones are left to the classic way
    PATTERN_MAX_MODULES = PATTERN_MOST_SIDE * PATTERN_MOST_SIDE,
    PATTERN_MAX_ALIGNMENTS = 7,
    PATTERN_FORMAT_COUNT = 32,
};

// Coordinates of the alignment patterns' middles, both ways; 0 for version 1.
size_t pattern_alignments(int side, int out[PATTERN_MAX_ALIGNMENTS]);

// At the ends of these coordinates finders take the place of three alignment patterns.
static inline bool pattern_has_alignment(size_t count, size_t column, size_t row)
{
    size_t last = count - 1;
    return !((column == 0 && (row == 0 || row == last)) || (column == last && row == 0));
}

enum { PATTERN_MOST_FORMAT_ERRORS = 6 };
// How far the two copies of the format word are from the nearest valid one, in bits; `format_out` is that one's number
// (level and mask, as in the word). Both copies together PATTERN_MOST_FORMAT_ERRORS of 30 are to be believed; so is one
// copy with 1 of 15, whatever the other is (then 5 at most is said).
int pattern_read_format(const uint8_t modules[], int side, bool is_mirrored, int *format_out);

// Draws finders, timing, alignment patterns, the format and version words and the dark module, for they are known.
void pattern_stamp(uint8_t modules[], int side, bool is_mirrored, int format);

enum { PATTERN_MODE_STRUCTURED_APPEND = 3, PATTERN_MODE_ECI = 7 };
// The first mode indicator (4 bits): what kind of text follows.
int pattern_read_mode(const uint8_t modules[], int side, bool is_mirrored, int format);

#endif
