// letters.h -- sets type: which font has a glyph, how wide a text is, what it covers. letters_sdl.c holds SDL_ttf.
// Fonts come from a list (assets/fonts.conf): lines "regular PATH", "bold PATH", "fallback PATH", searched in this
// order for each code point; missing files are passed over. Files are opened when a text first needs them.
// Ownership: open() hands you the letters. Threads: all calls from one thread. Memory: a bounded set of open sizes.
#ifndef EINLASS_SCREEN_LETTERS_H
#define EINLASS_SCREEN_LETTERS_H

#include "base/status.h"
#include "view/typeset.h"

#include <stdint.h>

struct letters;

// MISSING: no font of the list is there; the log names it.
enum status letters_open(const char *fonts_conf, struct letters **out) MUST_CHECK;
// Places a text mark's lines (typeset.h).
void letters_place(struct letters *letters, const struct mark *mark, const char *text, int *end_px,
                   struct typeset *out);
int letters_page_count(struct letters *letters, const struct mark *mark, const char *text);
int letters_width(struct letters *letters, const struct text_style *style, const char *text, size_t length,
                  int size_px);
// Marks above and below the line (and swashes beside it) reach outside the box by at most this.
int letters_overhang(const struct typeset *placed);
// What the placed lines cover: placed->box with the overhang on each side, row-major, zero before.
void letters_cover(struct letters *letters, const struct mark *mark, const char *text, const struct typeset *placed,
                   uint8_t *mask);
void letters_close(struct letters *letters); // NULL is fine

#endif
