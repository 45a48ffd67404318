// tiles.h -- the textures of texts and icons that were painted lately; tiles_sdl.c holds SDL.
// White with coverage as alpha, so that one tile serves every colour. Bounded in number and bytes, the least used
// goes first. Internal to screen_sdl.c. Main thread.
#ifndef EINLASS_SCREEN_TILES_H
#define EINLASS_SCREEN_TILES_H

#include "screen/letters.h"

struct SDL_Renderer;
struct SDL_Texture;

struct tile {
    struct SDL_Texture *texture; // NULL: nothing to see
    struct box box;              // where it belongs
    int end_px;                  // of a text: where the next may begin
};

struct tiles;
// `most_px`: pixels of the largest tile that will be asked for; larger ones are not painted.
struct tiles *tiles_open(struct SDL_Renderer *renderer, struct letters *letters, size_t most_px);
const struct tile *tiles_icon(struct tiles *tiles, enum icon icon, int size_px); // borrowed until the next call
const struct tile *tiles_text(struct tiles *tiles, const struct mark *mark, const char *text, int end_px);
void tiles_close(struct tiles *tiles); // NULL is fine

#endif
