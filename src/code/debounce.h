// debounce.h -- the same code in view is one scan.
// A code is new when it was not seen for `quiet_ms`; while it stays in view it stays one scan, however
// long. A different code is never delayed. Remembers the last DEBOUNCE_SLOTS distinct codes.
// Pure (takes the time); value. One thread.
#ifndef EINLASS_CODE_DEBOUNCE_H
#define EINLASS_CODE_DEBOUNCE_H

#include "code/code.h"

#include <stdbool.h>

enum { DEBOUNCE_SLOTS = 8 };

struct debounce {
    int64_t quiet_ms;
    struct debounce_slot {
        bool is_used;
        int64_t seen_ms, new_ms; // last seen; last new
        size_t length;
        uint64_t digest; // of the text: slots hold no texts
    } slots[DEBOUNCE_SLOTS];
};

bool debounce_is_new(struct debounce *debounce, const struct code *code); // and remembers it as seen at code->mono_ms
// Nobody took or kept it: the next sight is new. Only if it was new at code->mono_ms: a later scan has its own answer.
void debounce_forget(struct debounce *debounce, const struct code *code);

#endif
