// burst.h -- what a hand scanner types is not typed by anybody.
// A scanner that is not known yet (scanner/typist.h) types its first code into the screen, too: 202 digits and an
// Enter. Keys as quick as that are nobody's: what they wrote is taken back, the rest of them and their Enter do
// nothing, so that a scanned code never presses a button. Numbers: scanner/wedge.h. The screen looks at keys every 20
// ms, so quick ones seem to come together: averages count. Pure (takes the time, wraps around); value.
#ifndef EINLASS_SCREEN_BURST_H
#define EINLASS_SCREEN_BURST_H

#include <stdbool.h>
#include <stdint.h>

enum {
    BURST_GAP_MS = 100,   // a longer one before it is found begins another
    BURST_ON_MS = 60,     // this soon after it, a key belongs to a burst that was found
    BURST_QUIET_MS = 300, // this soon after the last of these, nothing counts: the screen may have been busy
    BURST_ENTER_KEYS = 6, // nobody types so many so quickly and then confirms them as quickly
};

struct input;
struct burst { // zero: nothing was typed yet
    int count; // of characters
    bool is_found;
    uint32_t began_ms, last_ms;
};

// False: drop the input. It may be changed into INPUT_TAKE_BACK. Only keys and text are looked at.
bool burst_pass(struct burst *burst, struct input *input, uint32_t now_ms);

#endif
