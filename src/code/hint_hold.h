// hint_hold.h -- hints that people can read, out of those of single frames.
// A reader tries other things with each frame and so says now this, now nothing; people need a word that stands still,
// is true when they read it, and doesn't nag. So a hint is shown when its cause has been seen for a while, goes at once
// when a code was read and soon after its cause has gone, and after a while unheeded: then it rests, since a poster in
// the background or somebody who only chats in front of the camera would otherwise bring it up all evening.
// HINT_BLIND stays as long as it is true, too.
// HINT_COVERED is for staff and a quiet line: it comes later, only when each frame says so, and stays as long as it is
// true.
// Pure (takes the time); value, valid when zero. One thread.
#ifndef EINLASS_CODE_HINT_HOLD_H
#define EINLASS_CODE_HINT_HOLD_H

#include "code/hint.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    HINT_HOLD_STEADY_MS = 1500, // its cause was seen for so long …
    HINT_HOLD_COVERED_MS = 5000,
    HINT_HOLD_GAP_MS = 500,    // … with no gap as long as this
    HINT_HOLD_GONE_MS = 1000,  // the cause was not seen for so long: the hint goes
    HINT_HOLD_MOST_MS = 8000,  // on the screen, unheeded
    HINT_HOLD_REST_MS = 30000, // before the same hint comes again then
};

struct hint_hold {
    struct hint_cause {
        bool is_seen;
        int64_t since_ms, last_ms; // seen
        bool is_resting;
        int64_t rests_until_ms;
    } causes[HINT_COUNT];
    enum hint shown;
    int64_t shown_ms; // since
};

// One frame: what the reader said of it, and whether it read a code. Answers what is to be shown from now on.
enum hint hint_hold_step(struct hint_hold *hold, enum hint seen, bool has_read, int64_t mono_ms);

const char *hint_word(enum hint hint); // for logs and names of files: "nearer"

#endif
