// hand.h -- what people do with fingers and keys, done to the model. Pure: no window, no SDL.
// What only concerns the window is handed back.
#ifndef EINLASS_SCREEN_HAND_H
#define EINLASS_SCREEN_HAND_H

#include "screen/corner.h"
#include "screen/input.h"
#include "view/layout.h"
#include "model/model.h"
#include "view/scene.h"

struct hand { // zero: nothing is held
    struct corner corner;
    enum language before_hold; // a button in the corner may have switched it, without meaning to
};

struct reach { // what a hand acts on; borrowed for a call
    struct model *model;
    const struct scene *drawn; // as people see it
    const struct layout *layout;
};

enum hand_wish {
    HAND_NOTHING,
    HAND_CLOSE,  // the window, if that is allowed
    HAND_REDRAW, // what is shown is gone
    HAND_RESET,  // measure the window anew
};

enum hand_wish hand_do(struct hand *hand, const struct reach *reach, const struct input *input, int64_t mono_ms);
void hand_hold(struct hand *hand, struct model *model, int64_t mono_ms); // each step: a held corner asks for the PIN

#endif
