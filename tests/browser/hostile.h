// hostile.h -- words as nobody should have to print them: markup, scripts, formulas, control characters, both
// directions of writing. Valid UTF-8 without NUL, as event files are. The same for the same seed.
#ifndef EINLASS_TESTS_BROWSER_HOSTILE_H
#define EINLASS_TESTS_BROWSER_HOSTILE_H

#include "record/tally.h"

#include <stdint.h>

void hostile_write(uint64_t seed, char *out, size_t out_size);
// Every name in it anew: HOSTILE_NAMES of them.
enum { HOSTILE_NAMES = 14 };
void hostile_name(struct tally *tally, uint64_t seed);

#endif
