// ready.h -- what Ready says, by the mode of the list that is served: what to do, how many are there, what is left.
// Pure. Words are the language's that is set.
#ifndef EINLASS_MODEL_READY_H
#define EINLASS_MODEL_READY_H

#include "model/model.h"
#include "model/words.h"

enum { READY_TEXT_SIZE = 192, READY_NAME_SIZE = LIST_NAME_SIZE + EVENT_NAME_SIZE + 8 };

struct ready {
    char name[READY_NAME_SIZE];  // of the event; before it the list's, where there are several to be at: "Bus 1"
    const char *call;            // the one sentence
    const char *line;            // quietly below it; "" = nothing
    char count[READY_TEXT_SIZE]; // "42 von 45 da"
    char more[READY_TEXT_SIZE];  // the stop, or how many places are left
    bool is_scarce;              // `more` is a warning
    bool is_count_large;         // it is what everybody looks for
    bool is_off;                 // nobody comes in, or nothing is given, for now
    bool has_direction;          // people go in and out on this list
};

void ready_of(const struct model *model, const struct words *words, struct ready *out);
const char *ready_direction(enum direction direction, const struct words *words); // "Ausgang"
// "42 da von 45"; "60 da, 58 angemeldet"
void ready_write_here(const struct model *model, const struct words *words, char *out, size_t out_size);

#endif
