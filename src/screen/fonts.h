// fonts.h -- open fonts by place in the list and size, the least used closed first; fonts_sdl.c holds SDL_ttf's files.
// Internal to letters_sdl.c. One thread.
#ifndef EINLASS_SCREEN_FONTS_H
#define EINLASS_SCREEN_FONTS_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

struct fonts;

enum status fonts_open(const char *fonts_conf, struct fonts **out) MUST_CHECK;
// The list's place of the font that has a glyph for the code point; the main font when none has.
int fonts_find(struct fonts *fonts, uint32_t point, bool is_bold, int size_px);
bool fonts_has(struct fonts *fonts, int entry, uint32_t point, int size_px);
int fonts_main(const struct fonts *fonts, bool is_bold);
// SDL_ttf's TTF_Font, whose struct is called otherwise in each of its versions. Borrowed until the next call of
// fonts_*. NULL: the file is damaged.
void *fonts_get(struct fonts *fonts, int entry, int size_px);
void fonts_close(struct fonts *fonts); // NULL is fine

#endif
