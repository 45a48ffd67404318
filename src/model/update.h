// update.h -- a new version of the program, as the machine's updater tells of it (kiosk/update), and the sentences for
// it: German, to be translated. Staff look for one, and have it installed; nothing of it happens by itself. The updater
// is another program, with other rights: what staff want of it is a wish. Values; pure.
#ifndef EINLASS_MODEL_UPDATE_H
#define EINLASS_MODEL_UPDATE_H

#include "model/mood.h"

#include <stdbool.h>
#include <stdint.h>

enum { UPDATE_VERSION_SIZE = 48 };

enum update_phase {
    UPDATE_ABSENT, // this machine has no updater
    UPDATE_IDLE,
    UPDATE_LOOKING,
    UPDATE_CURRENT, // there is no newer version
    UPDATE_FOUND,
    UPDATE_FETCHING,
    UPDATE_INSTALLING,
    UPDATE_TRIAL, // it runs, and has yet to prove itself
    UPDATE_GOING_BACK,
    UPDATE_DONE,
    UPDATE_BACK, // the version before runs again
    UPDATE_FAILED,
};

enum update_why { // FAILED, BACK
    UPDATE_WHY_OTHER,
    UPDATE_WHY_NO_SOURCE,
    UPDATE_WHY_NO_NETWORK,
    UPDATE_WHY_NO_KEY,
    UPDATE_WHY_BAD_SIGNATURE,
    UPDATE_WHY_DAMAGED,
    UPDATE_WHY_DEPENDS,
    UPDATE_WHY_NO_SPACE,
    UPDATE_WHY_NO_PREVIOUS,
    UPDATE_WHY_ASKED, // BACK: somebody wanted it
};

enum update_wish { UPDATE_WISH_NONE, UPDATE_WISH_LOOK, UPDATE_WISH_INSTALL };

struct update {
    enum update_phase phase;
    enum update_why why;
    char installed[UPDATE_VERSION_SIZE], offered[UPDATE_VERSION_SIZE]; // "" = not known
    int percent;                                                       // of all there is to do; FETCHING … TRIAL
    int64_t told_ms; // differs from what was told before; no time that means anything
};

struct update_words {
    enum mood mood;
    const char *title, *line;
};
const struct update_words *update_words_of(const struct update *update);
// Something is being done that another wish would disturb.
bool update_is_busy(enum update_phase phase);

#endif
