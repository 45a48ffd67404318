// pattern.h -- what every QR code has, whatever it says: sizes, finder, timing and alignment patterns, format words.
// Modules: one byte each, 1 dark, 0 light, row by row, side x side. Pure. Source: ISO/IEC 18004:2015, 6.3 and 7.9.
#ifndef EINLASS_CODE_PATTERN_H
#define EINLASS_CODE_PATTERN_H

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

// How far the two copies of the format word are from the nearest valid one, in bits; `format_out` is that one's number.
// Both copies together 6 of 30, or one of them 1 of 15 (then 5 at most is said).
int pattern_read_format(const uint8_t modules[], int side, bool is_mirrored, int *format_out);

// Draws finders, timing, alignment patterns, the format word and the dark module, for they are known.
void pattern_stamp(uint8_t modules[], int side, bool is_mirrored, int format);

enum { PATTERN_MODE_STRUCTURED_APPEND = 3, PATTERN_MODE_ECI = 7 };
// The first mode indicator (4 bits): what kind of text follows.
int pattern_read_mode(const uint8_t modules[], int side, bool is_mirrored, int format);

#endif
