// hanging.h -- the pictures that hang on the screen beside what is drawn: the camera's, and a sponsor's.
// Both are borrowed from their mailboxes until the next; the screen holds copies, which it loses when it is measured
// anew. Value, embedded in the front; main thread.
#ifndef EINLASS_SCREEN_HANGING_H
#define EINLASS_SCREEN_HANGING_H

#include "base/mailbox.h"
#include "screen/attract.h"
#include "model/model.h"
#include "screen/screen.h"

enum { HANGING_PICTURE_MS = 66 }; // 15 of the camera's a second

struct hanging {
    int64_t picture_ms;        // when the last one was taken
    const struct frame *frame; // the last one taken
    bool has_picture;          // the screen holds it
    const struct attract_picture *sponsor;
    bool has_sponsor; // the screen holds it
};

void hanging_lose(struct hanging *hanging);                                // the screen forgot both
void hanging_drop_picture(struct hanging *hanging, struct screen *screen); // the camera went away

// A new frame for the place the scene has for it, not too often; or the old one again, when the screen lost it.
bool hanging_take_picture(struct hanging *hanging, struct mailbox *frames, struct screen *screen,
                          const struct scene *scene, int64_t mono_ms);

void hanging_take_sponsor(struct hanging *hanging, struct mailbox *sponsors, struct model *model);
bool hanging_show_sponsor(struct hanging *hanging, struct screen *screen, const struct model *model); // true: it is new

#endif
