#include "symbol/pattern.h"

#include <stdlib.h>

enum { COPIES = 2, FORMAT_BITS = 15, VERSION_BITS = 18, FIRST_VERSION_WITH_WORD = 7 };

static int version_of(int side)
{
    return (side - 17) / 4;
}

size_t pattern_alignments(int side, int out[PATTERN_MAX_ALIGNMENTS])
{
    int version = version_of(side);
    if (version < 2) return 0;
    int count = version / 7 + 2;
    // Annex E: from the last one backwards in equal even steps; what is left over lies between the first two.
    int step = version == 32 ? 26 : (version * 4 + count * 2 + 1) / (2 * count - 2) * 2;

    out[0] = 6;
    for (int i = count - 1, at = side - 7; i > 0; i--, at -= step) out[i] = at;
    return (size_t)count;
}

// A word's number and behind it the remainder of a division by the generator: a BCH code.
static uint32_t add_remainder(uint32_t number, uint32_t generator, int remainder_bits, int bits)
{
    uint32_t rest = number << remainder_bits;

    for (int bit = bits - 1; bit >= remainder_bits; bit--)
        if (rest >> bit & 1) rest ^= generator << (bit - remainder_bits);
    return number << remainder_bits | rest;
}

static uint32_t format_word(int format)
{
    return add_remainder((uint32_t)format, 0x537, 10, FORMAT_BITS) ^ 0x5412;
}

static uint32_t version_word(int version)
{
    return add_remainder((uint32_t)version, 0x1F25, 12, VERSION_BITS);
}

struct place {
    int column, row;
};

// Where bit `bit` (0: the lowest) of a copy of the format word stands (figure 25).
static struct place format_place(int side, int copy, int bit)
{
    int from_top = FORMAT_BITS - 1 - bit;

    if (copy == 0) {
        if (from_top < 6) return (struct place){from_top, 8};
        if (from_top == 6) return (struct place){7, 8};
        return (struct place){8, bit < 6 ? bit : bit + 1};
    }
    if (from_top < 7) return (struct place){8, side - 1 - from_top};
    return (struct place){side - 1 - bit, 8};
}

static size_t place_index(int side, bool is_mirrored, struct place place)
{
    return is_mirrored ? (size_t)(place.column * side + place.row) : (size_t)(place.row * side + place.column);
}

static uint32_t read_format_word(const uint8_t modules[], int side, bool is_mirrored, int copy)
{
    uint32_t word = 0;

    for (int bit = 0; bit < FORMAT_BITS; bit++)
        word |= (uint32_t)modules[place_index(side, is_mirrored, format_place(side, copy, bit))] << bit;
    return word;
}

int pattern_read_format(const uint8_t modules[], int side, bool is_mirrored, int *format_out)
{
    uint32_t first = read_format_word(modules, side, is_mirrored, 0);
    uint32_t second = read_format_word(modules, side, is_mirrored, 1);
    int least = COPIES * FORMAT_BITS + 1;

    for (int format = 0; format < PATTERN_FORMAT_COUNT; format++) {
        uint32_t word = format_word(format);
        int first_errors = __builtin_popcount(first ^ word), second_errors = __builtin_popcount(second ^ word);
        int errors = first_errors + second_errors;
        if ((first_errors <= 1 || second_errors <= 1) && errors > 5) errors = 5;
        if (errors >= least) continue;
        least = errors;
        *format_out = format;
    }
    return least;
}

// Rings around a middle: of a finder 0, 1 and 3 are dark, of an alignment pattern 0 and 2.
static void stamp_rings(uint8_t modules[], int side, struct place middle, int radius, unsigned dark_rings)
{
    for (int y = -radius; y <= radius; y++) {
        for (int x = -radius; x <= radius; x++) {
            int column = middle.column + x, row = middle.row + y;
            if (column < 0 || row < 0 || column >= side || row >= side) continue;
            int ring = abs(x) > abs(y) ? abs(x) : abs(y);
            modules[row * side + column] = dark_rings >> ring & 1;
        }
    }
}

static void stamp_version(uint8_t modules[], int side)
{
    uint32_t word = version_word(version_of(side));

    for (int bit = 0; bit < VERSION_BITS; bit++) {
        int along = bit / 3, across = side - 11 + bit % 3;
        uint8_t is_dark = word >> bit & 1;
        modules[across * side + along] = modules[along * side + across] = is_dark;
    }
}

static void stamp_format(uint8_t modules[], int side, bool is_mirrored, int format)
{
    uint32_t word = format_word(format);

    for (int copy = 0; copy < COPIES; copy++)
        for (int bit = 0; bit < FORMAT_BITS; bit++)
            modules[place_index(side, is_mirrored, format_place(side, copy, bit))] = word >> bit & 1;
    modules[place_index(side, is_mirrored, (struct place){8, side - 8})] = 1; // always dark
}

void pattern_stamp(uint8_t modules[], int side, bool is_mirrored, int format)
{
    int at[PATTERN_MAX_ALIGNMENTS];
    size_t count = pattern_alignments(side, at);

    stamp_rings(modules, side, (struct place){3, 3}, 4, 0x0b);
    stamp_rings(modules, side, (struct place){side - 4, 3}, 4, 0x0b);
    stamp_rings(modules, side, (struct place){3, side - 4}, 4, 0x0b);
    for (int i = 8; i < side - 8; i++) modules[6 * side + i] = modules[i * side + 6] = !(i & 1);
    for (size_t row = 0; row < count; row++)
        for (size_t column = 0; column < count; column++)
            if (pattern_has_alignment(count, column, row))
                stamp_rings(modules, side, (struct place){at[column], at[row]}, 2, 0x05);
    if (version_of(side) >= FIRST_VERSION_WITH_WORD) stamp_version(modules, side);
    stamp_format(modules, side, is_mirrored, format);
}

// Table 10.
static bool is_flipped(int mask, struct place place)
{
    int i = place.row, j = place.column;

    switch (mask) {
    case 0:
        return (i + j) % 2 == 0;
    case 1:
        return i % 2 == 0;
    case 2:
        return j % 3 == 0;
    case 3:
        return (i + j) % 3 == 0;
    case 4:
        return (i / 2 + j / 3) % 2 == 0;
    case 5:
        return i * j % 2 + i * j % 3 == 0;
    case 6:
        return (i * j % 2 + i * j % 3) % 2 == 0;
    default:
        return ((i + j) % 2 + i * j % 3) % 2 == 0;
    }
}

int pattern_read_mode(const uint8_t modules[], int side, bool is_mirrored, int format)
{
    int mode = 0;

    // The stream begins in the bottom right corner and goes up in two columns, right one first.
    for (int bit = 0; bit < 4; bit++) {
        struct place place = {side - 1 - bit % 2, side - 1 - bit / 2};
        bool is_dark = modules[place_index(side, is_mirrored, place)];
        mode = mode << 1 | (is_dark != is_flipped(format & 7, place));
    }
    return mode;
}
