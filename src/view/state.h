// state.h -- what staff's pages say of the office, of a stick, of a new version: an icon for how to take it, the words
// beside it, and a bar for what takes a while.
#ifndef EINLASS_VIEW_STATE_H
#define EINLASS_VIEW_STATE_H

#include "model/mood.h"
#include "view/column.h"

struct state_sign {
    enum icon icon;
    uint32_t rgb;
};
struct state_sign state_sign_of(enum mood mood);
// The sign at the room's left top, one and a half lines high, and the words at its right.
void state_draw(const struct brush *brush, struct box room, enum mood mood, const struct column_text *texts,
                size_t count);
// `done` of `total` (more than 0), with words on it.
void state_progress(const struct brush *brush, struct box box, int64_t done, int64_t total, const char *words);

#endif
