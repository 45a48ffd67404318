// line_keys.h -- what writing and reading a line of the log have in common (line.c, line_read.c): the keys and words of
// each kind. They are part of the format.
#ifndef EINLASS_RECORD_LINE_KEYS_H
#define EINLASS_RECORD_LINE_KEYS_H

#include "record/record.h"

// Which keys stand in a line of each kind, besides seq, kind and the four of the time.
enum {
    HAS_EVENT = 1,
    HAS_PLACE = 2,    // list and gate
    HAS_TICKET = 4,   // must be there
    MAY_TICKET = 8,   // if known; with either, `person` if known
    HAS_OUTCOME = 16, // reason and via
    MAY_CODE = 32,    // if it was a foreign code
    MAY_FORCED = 64,  // forced and why, if forced
    MAY_WHY = 128,    // if a reason was given
    HAS_ANNULS = 256,
    HAS_ROUND = 512, // round and stop
    HAS_STOCK = 1024,
    HAS_WALK_IN = 2048, // class, group and blob
    HAS_VERSION = 4096,
    HAS_UNCERTAINTY = 8192,
};

#define X(name, word) +1 // NOLINT(bugprone-macro-parentheses): a sum
enum {
    LINE_KIND_COUNT = RECORD_KIND_LIST(X),
    LINE_VIA_COUNT = CODE_VIA_LIST(X),
    LINE_CLOCK_COUNT = CLOCK_STATE_LIST(X),
    LINE_TICKET_DIGITS = 12,
    LINE_CODE_DIGITS = RECORD_CODE_HASH_SIZE - 1,
    LINE_SEEN_DIGITS = 8,
};
#undef X

extern const unsigned line_keys_of_kind[LINE_KIND_COUNT];
extern const char *const line_kind_words[LINE_KIND_COUNT];
extern const char *const line_via_words[LINE_VIA_COUNT];
extern const char *const line_clock_words[LINE_CLOCK_COUNT];

bool line_is_hex(const char *text, size_t digits); // exactly so many, lower case

#endif
