// painter.h -- marks on a renderer; painter_sdl.c holds SDL. Internal to screen_sdl.c. Main thread.
#ifndef EINLASS_SCREEN_PAINTER_H
#define EINLASS_SCREEN_PAINTER_H

#include "screen/tiles.h"

struct painter { // all borrowed
    struct SDL_Renderer *renderer;
    struct tiles *tiles;
    struct SDL_Texture *picture; // NULL: none yet
    struct SDL_Texture *sponsor; // likewise
};

void painter_paint(struct painter *painter, const struct scene *scene);
// Only the picture, mark number `at`, and what lies over it.
void painter_repaint_picture(struct painter *painter, const struct scene *scene, size_t at);

#endif
