// shots.h -- a picture of each kind of screen when it is first shown: 01-ready.png, 02-welcome.png …
// Value; one thread.
#ifndef EINLASS_SCREEN_SHOTS_H
#define EINLASS_SCREEN_SHOTS_H

#include "view/view.h"

enum { SHOTS_MAX = 40, SHOTS_PATH_SIZE = 4096 };

struct shots {
    const char *folder; // NULL: none are taken
    size_t count;
    char names[SHOTS_MAX][VIEW_NAME_SIZE];
};

// True, and the path to write, when this kind of screen is to be taken now: it wasn't before, its colour is up, and a
// camera's picture that it still `lacks_picture` has been waited for.
bool shots_want(struct shots *shots, const struct model *model, bool lacks_picture, int64_t mono_ms,
                char path_out[SHOTS_PATH_SIZE]);

#endif
