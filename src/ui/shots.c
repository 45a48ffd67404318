#include "ui/shots.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

bool shots_want(struct shots *shots, const char *name, char path_out[SHOTS_PATH_SIZE])
{
    if (!shots->folder || shots->count == SHOTS_MAX) return false;
    for (size_t i = 0; i < shots->count; i++)
        if (!strcmp(shots->names[i], name)) return false;
    text_copy(shots->names[shots->count++], VIEW_NAME_SIZE, name);
    snprintf(path_out, SHOTS_PATH_SIZE, "%s/%02zu-%s.png", shots->folder, shots->count, name);
    return true;
}
