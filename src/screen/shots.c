#include "screen/shots.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_SHOT_MS = 1000 }; // so long a picture is waited for

bool shots_want(struct shots *shots, const struct model *model, bool lacks_picture, int64_t mono_ms,
                char path_out[SHOTS_PATH_SIZE])
{
    char name[VIEW_NAME_SIZE];

    if (!shots->folder || shots->count == SHOTS_MAX || !view_is_settled(model, mono_ms)) return false;
    if (lacks_picture && mono_ms - model->since_ms < FIRST_SHOT_MS) return false;
    view_name(model, name);
    for (size_t i = 0; i < shots->count; i++)
        if (!strcmp(shots->names[i], name)) return false;
    text_copy(shots->names[shots->count++], VIEW_NAME_SIZE, name);
    snprintf(path_out, SHOTS_PATH_SIZE, "%s/%02zu-%s.png", shots->folder, shots->count, name);
    return true;
}
