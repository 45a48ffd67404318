#include "record/fold.h"

#include "base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

enum {
    LONGEST_DECOMPOSITION = 18, // U+FDFA
    LONGEST_CASE_FOLDING = 3,   // of one code point: CaseFolding.txt
};

// Letters that Unicode doesn't decompose, though people type a plain one. Lower case.
static const struct {
    uint32_t point;
    const char *letters;
} plain_letters[] = {
    {0xE6, "ae"},  // æ
    {0xF0, "d"},   // ð
    {0xF8, "oe"},  // ø
    {0xFE, "th"},  // þ
    {0x111, "d"},  // đ
    {0x127, "h"},  // ħ
    {0x131, "i"},  // ı
    {0x138, "k"},  // ĸ
    {0x142, "l"},  // ł
    {0x14B, "n"},  // ŋ
    {0x153, "oe"}, // œ
    {0x167, "t"},  // ŧ
    {0x180, "b"},  // ƀ
    {0x1B6, "z"},  // ƶ
    {0x1E5, "g"},  // ǥ
    {0x259, "a"},  // ə
    {0x268, "i"},  // ɨ
};

struct folder {
    char *out;
    size_t used, size;
    enum fold_compound compound;
    enum { GAP_NONE, GAP_IN_COMPOUND, GAP_OF_WORDS } gap; // since the last letter
    bool is_number;                                       // the word began with a digit
    bool takes_e;                                         // behind a, o, u and the e's that followed
};

static void put(struct folder *folder, const char *bytes, size_t length)
{
    if (folder->used + length >= folder->size) {
        folder->size = 0; // nothing more, or a later, shorter letter would close up
        return;
    }
    memcpy(folder->out + folder->used, bytes, length);
    folder->used += length;
    folder->out[folder->used] = '\0';
}

static void close_gap(struct folder *folder, bool is_digit)
{
    bool is_in_word = folder->gap == GAP_NONE || (folder->gap == GAP_IN_COMPOUND && folder->compound == FOLD_TOGETHER);
    char between = folder->gap == GAP_IN_COMPOUND ? (char)folder->compound : ' ';

    folder->gap = GAP_NONE;
    if (is_in_word && folder->used > 0) return;
    folder->is_number = is_digit;
    folder->takes_e = false;
    if (folder->used > 0) put(folder, &between, 1);
}

static void put_letter(struct folder *folder, uint32_t point)
{
    uint8_t bytes[4];

    close_gap(folder, point >= '0' && point <= '9');
    if (point == 'e' && folder->takes_e) return;
    folder->takes_e = !folder->is_number && (point == 'a' || point == 'o' || point == 'u');
    int length = u8_uctomb(bytes, point, sizeof bytes);
    if (length > 0) put(folder, (const char *)bytes, (size_t)length);
}

static void put_plain(struct folder *folder, uint32_t point)
{
    for (size_t i = 0; i < sizeof plain_letters / sizeof *plain_letters; i++) {
        if (plain_letters[i].point != point) continue;
        for (const char *letter = plain_letters[i].letters; *letter; letter++) put_letter(folder, (uint8_t)*letter);
        return;
    }
    put_letter(folder, point);
}

static void note_gap(struct folder *folder, bool is_in_compound)
{
    if (!is_in_compound) folder->gap = GAP_OF_WORDS;
    else if (folder->gap == GAP_NONE) folder->gap = GAP_IN_COMPOUND;
}

// Apostrophes as they are typed and as Unicode has them; the acute accent would decompose to a blank.
static bool is_apostrophe(uint32_t point)
{
    return point == '\'' || point == '`' || point == 0xB4 || (point >= 0x2B9 && point <= 0x2BC) ||
           (point >= 0x2018 && point <= 0x201B) || point == 0x2032 || point == 0xFF07;
}

static void put_decomposed(struct folder *folder, uint32_t point)
{
    uint32_t whole[LONGEST_DECOMPOSITION], lower[LONGEST_DECOMPOSITION * LONGEST_CASE_FOLDING];
    size_t count = sizeof whole / sizeof *whole, lower_count = sizeof lower / sizeof *lower;

    // Given memory that suffices, neither allocates its result.
    if (u32_normalize(UNINORM_NFKD, &point, 1, whole, &count) != whole) return;
    if (u32_casefold(whole, count, NULL, UNINORM_NFKD, lower, &lower_count) != lower) return;
    for (size_t i = 0; i < lower_count; i++) {
        if (uc_is_general_category(lower[i], UC_MARK) || uc_is_general_category(lower[i], UC_FORMAT)) continue;
        if (is_apostrophe(lower[i])) note_gap(folder, true); // of ŉ
        else if (uc_is_general_category(lower[i], UC_LETTER) || uc_is_general_category(lower[i], UC_NUMBER))
            put_plain(folder, lower[i]);
        else note_gap(folder, uc_is_general_category(lower[i], UC_DASH_PUNCTUATION));
    }
}

void fold_text(const char *text, enum fold_compound compound, char *out, size_t out_size)
{
    struct folder folder = {.out = out, .size = out_size, .compound = compound};

    out[0] = '\0';
    for (uint32_t point; (point = text_next(&text));) {
        if (point >= 'A' && point <= 'Z') point += 'a' - 'A'; // nearly all of it
        if ((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9')) put_letter(&folder, point);
        else if (is_apostrophe(point) || point == '-') note_gap(&folder, true);
        else if (point < 0x80) note_gap(&folder, false);
        else put_decomposed(&folder, point);
    }
}
