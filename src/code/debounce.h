// debounce.h -- the same code in view is one scan, and a text that means nothing to anybody has to stay in view.
// A code is new when it was not seen for `quiet_ms`; while it stays in view it stays one scan, however
// long. A different code is never delayed. Remembers the last DEBOUNCE_SLOTS distinct codes, those put aside least.
// What a code means is not known here. Whoever takes new codes puts those aside that mean nothing to them (the wifi
// code on the same paper, the web address on the same poster). One of these is offered once more when it has stayed in
// view, and nothing better beside it: every code counts as better that was not put aside, also while nobody has looked
// at it yet, and the one that was offered once more. So of several such texts one gets an answer. Pure (takes the
// time); value. One thread.
#ifndef EINLASS_CODE_DEBOUNCE_H
#define EINLASS_CODE_DEBOUNCE_H

#include "code/code.h"

#include <stdbool.h>

enum {
    DEBOUNCE_SLOTS = 16,
    DEBOUNCE_STAY_MS = 1000, // held up on purpose
    DEBOUNCE_BLIND_MS = 200, // reading one picture takes longer only on a machine that is too busy
    // In view together with something better, and alone since: that may still be there, unread. A ticket has more
    // modules than a wifi code and is lost first when the hand moves; its owner must not see a No behind the welcome.
    DEBOUNCE_ALONE_MS = 3000,
};

struct debounce {
    int64_t quiet_ms;
    struct debounce_slot {
        bool is_used, is_aside;
        int64_t since_ms, seen_ms, offered_ms; // in view since, last seen, last offered
        size_t length;
        uint64_t digest; // of the text: slots hold no texts
    } slots[DEBOUNCE_SLOTS];
};

bool debounce_is_new(struct debounce *debounce, const struct code *code); // and remembers it as seen at code->mono_ms
// True once: it was put aside and has stayed. After debounce_is_new with the same code.
bool debounce_has_stayed(struct debounce *debounce, const struct code *code);

// One picture was read for so long; after debounce_is_new with what was in it. Nobody looked meanwhile: what was in
// view may be there still.
void debounce_note_reading(struct debounce *debounce, int64_t took_ms);

// Answers to an offer at code->mono_ms. Too late if it was offered again since: that offer has its own answer.
void debounce_put_aside(struct debounce *debounce, const struct code *code); // it means nothing
void debounce_forget(struct debounce *debounce,
                     const struct code *code); // nobody took or kept it: the next sight is new

#endif
