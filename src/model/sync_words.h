// sync_words.h -- what is between this kiosk and its office, for staff: what is the matter, and what to do next.
// Never whose fault it is, and always that nothing is lost. German, to be translated. Pure.
#ifndef EINLASS_MODEL_SYNC_WORDS_H
#define EINLASS_MODEL_SYNC_WORDS_H

#include "model/mood.h"
#include "sync/sync.h"

struct sync_words {
    enum mood mood;
    const char *title, *line;
};

// The one thing there is to say of a state: of sending before receiving, of both before what happened earlier.
enum sync_trouble sync_words_trouble(const struct sync_state *state);
const struct sync_words *sync_words_of(enum sync_trouble trouble);
const struct sync_words *sync_words_of_state(const struct sync_state *state); // the same; and where all is well, what a
                                                                              // hub is, or what was made good
// Of the USB stick; the line is what to do next. No stick: the title is "".
const struct sync_words *sync_words_of_stick(enum sync_stick stick);

#endif
