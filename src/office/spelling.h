// spelling.h -- words as people type them, compared without pedantry: case, blanks and punctuation don't matter,
// umlauts may be spelt out (Übergroße = UEBERGROSSE). Stricter than record/fold.h, by which people are found: a label
// decides who may come in, so Bär and Baer are one, but Bar is another. Pure; any thread.
#ifndef EINLASS_OFFICE_SPELLING_H
#define EINLASS_OFFICE_SPELLING_H

#include <stdbool.h>

enum { SPELLING_SIZE = 64 };

// What is left of `text`: a-z and 0-9, the first 63 of them. It must be UTF-8.
void spelling_fold(const char *text, char out[SPELLING_SIZE]);

// Equal, or equal when folded to something (words without any such letter are compared as they are).
bool spelling_is_same(const char *one, const char *other);

#endif
