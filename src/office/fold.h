// fold.h -- words as people type them, compared without pedantry: case, blanks and punctuation don't matter, umlauts
// may be spelt out (Übergroße = UEBERGROSSE). Pure; any thread.
#ifndef EINLASS_OFFICE_FOLD_H
#define EINLASS_OFFICE_FOLD_H

#include <stdbool.h>

enum { FOLD_SIZE = 64 };

// What is left of `text`: a-z and 0-9, the first 63 of them. It must be UTF-8.
void fold_word(const char *text, char out[FOLD_SIZE]);

// Equal, or equal when folded to something (words without any such letter are compared as they are).
bool fold_is_same(const char *one, const char *other);

#endif
