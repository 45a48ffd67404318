// action.h -- what a touch or a key on a target means, whatever page it stands on. Values.
#ifndef EINLASS_MODEL_ACTION_H
#define EINLASS_MODEL_ACTION_H

#include <stdbool.h>

enum act {
    ACT_NONE,
    ACT_GERMAN,
    ACT_ENGLISH,
    ACT_PRIVACY,
    ACT_HAND, // a ticket number is to be typed
    ACT_BACK,
    ACT_KEY, // key: the code point of a key of the keyboard on the screen
    ACT_ERASE,
    ACT_FIND,
    ACT_UNLOCK,
    ACT_RETRY,
    ACT_PAGE_BACK,
    ACT_PAGE_ON,
    ACT_DISMISS,    // a touch anywhere on a result
    ACT_HELP,       // "Ohne Ticket?": type a number, register, or the team
    ACT_WALK_IN,    // opens walk.h's form
    ACT_WALK,       // key: walk_key()
    ACT_STAFF_DOOR, // hold of the corner, F1: asks for the PIN
    ACT_STAFF,      // key: staff_key()
    ACT_LAYER,      // key: enum keys_layer
    ACT_LARGE,      // large text on and off
    ACT_UNDO,       // on a result: takes its check-in back; asks for the PIN where no session is open
    ACT_NOTE,       // on a result: staff read what is noted about the person
    ACT_LEAVE_PRACTICE,
    ACT_PAIRING,    // key: enum pairing_act
    ACT_STAFF_SYNC, // on Ready, where something is wanted of staff: the PIN, then what it is
    ACT_DEFAULT,    // Enter where nothing is chosen: what the screen is for
};

struct action {
    enum act act;
    int key;
};

static inline bool action_equals(struct action left, struct action right)
{
    return left.act == right.act && left.key == right.key;
}

#endif
