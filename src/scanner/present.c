#include "scanner/present.h"

#include "base/text.h"

#include <string.h>

static void add(struct present *present, const char *name)
{
    size_t used = strlen(present->names);
    const char *between = used > 0 ? ", " : "";

    if (used + strlen(between) + strlen(name) >= sizeof present->names) return;
    text_copy(present->names + used, sizeof present->names - used, between);
    used += strlen(between);
    text_copy(present->names + used, sizeof present->names - used, name);
}

void present_tell(struct present *told, const struct typist *typists, size_t count, const char *serial,
                  struct mailbox *box)
{
    struct present now = {0};

    for (size_t i = 0; i < count; i++) {
        bool is_scanner = typists[i].keyboard && (typists[i].use == KEYBOARD_USE_SCANNER || typists[i].is_learned);
        if (is_scanner) add(&now, typists[i].facts.name);
    }
    if (serial) add(&now, serial);
    if (!box || strcmp(now.names, told->names) == 0) return;
    *told = now;
    *(struct present *)mailbox_writable(box) = now;
    mailbox_put(box);
}
