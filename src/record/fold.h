// fold.h -- names as people look for them: what sounds alike and is typed alike becomes the same letters.
// Case, accents and compatibility forms don't count (Unicode NFKD without marks, case folded); ß is ss; ø ł đ ı and
// their like are their plain letters. ä, ae and a are all a, as are ö, oe, o and ü, ue, u: an e behind a, o or u is
// left out, however it came there. Words that begin with a digit keep their e's: ticket numbers are exact. Letters and
// digits remain, words stand one blank apart. The parts of a compound (Anna-Lena, O'Neill) are words too. Promises: the
// fold of any beginning of a text is a beginning of the fold of the text, so that a search narrows as somebody types;
// folding twice is folding once. Not office/spelling.h, which tells labels and headings apart: there Bär and Bar are
// two. Sources: Unicode Standard Annex 15 (NFKD), DIN 5007-1 (umlauts are sorted as their plain letters). Pure; any
// thread. libunistring may allocate for a letter outside ASCII.
#ifndef EINLASS_RECORD_FOLD_H
#define EINLASS_RECORD_FOLD_H

#include <stddef.h>

// What stands between the parts of a compound: they are words of their own, or marked, or made one word.
enum fold_compound { FOLD_APART = ' ', FOLD_MARKED = '-', FOLD_TOGETHER = '\0' };

// `text` is UTF-8. What doesn't fit is cut off between letters; `out` always ends in NUL.
void fold_text(const char *text, enum fold_compound compound, char *out, size_t out_size);

#endif
