// staff_update.h -- the page "Neue Fassung": staff's wish for a new version of the program, and whether the machine's
// updater (update.h) answers. Pure; part of the model.
#ifndef EINLASS_MODEL_STAFF_UPDATE_H
#define EINLASS_MODEL_STAFF_UPDATE_H

#include "model/update.h"

enum { STAFF_UPDATE_PATIENCE_MS = 12000 };

struct staff_update {
    enum update_wish wish; // until the front passes it on
    char version[UPDATE_VERSION_SIZE];
    int64_t wished_ms, told_ms; // a wish waits for an answer (0: none); the news before it
    bool is_unheard;            // none came
};

struct model;
bool staff_has_update(const struct model *model); // this machine has an updater
// INSTALL: a new version may be wanted now, or be looked for again; LOOK: only that.
enum update_wish staff_update_wish(const struct model *model);
void staff_want_update(struct model *model, enum update_wish wish, int64_t mono_ms);
void staff_tick_update(struct model *model, int64_t mono_ms);
enum update_wish staff_take_update(struct model *model, char version_out[UPDATE_VERSION_SIZE]); // once; NONE: nothing

#endif
