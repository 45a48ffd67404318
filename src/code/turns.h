// turns.h -- which way to look at the next frame.
// Readers have several ways of different cost and use; one is tried per frame. This decides which: by turns while the
// picture changes, through all of them once while it stays, and without those that were too slow lately.
// A code that stays in view must be seen again and again, or it would count as a new scan (debounce.h). So every
// second frame goes to a way that found one lately (of those that found the same, the last), the other ways share the
// rest: nobody who comes beside it waits for long.
// Pure (takes the time); value. One thread.
#ifndef EINLASS_CODE_TURNS_H
#define EINLASS_CODE_TURNS_H

#include <stdbool.h>
#include <stdint.h>

// Half size first: it is the cheapest and, in noise, reads more than full size.
enum way {
    WAY_HALF,
    WAY_FULL,
    WAY_HALF_INVERTED, // light modules on dark: phones in dark mode
    WAY_FULL_INVERTED,
    WAY_THIRD, // close to a phone's screen its pixels make a pattern that only vanishes here
    WAY_COUNT,
};

// A way that was too slow rests this many times as long as it took, twice that when it is slow again, and so on. So on
// a machine that is just too slow for full size, full size still gets its turn every few seconds.
enum { TURNS_REST_FACTOR = 4, TURNS_MOST_REST_FACTOR = 32, TURNS_MOST_REST_MS = 10000 };

// How long a way that found a code counts as one that will find it again: the quiet time used at a door, after which
// the code would be new in any case. So long it also rests less, that a slow look and its rest stay within that time.
enum { TURNS_HIT_FRESH_MS = 1500, TURNS_HIT_MOST_REST_MS = TURNS_HIT_FRESH_MS / 3 };

struct turns {
    int64_t budget_ms;
    unsigned next;     // in the order of turns
    bool has_picture;  // one was begun
    uint64_t digest;   // of the picture in view
    unsigned tried;    // bit per way: done with this picture
    bool was_for_hits; // the last frame went to a way that found a code lately
    struct turns_way {
        int64_t rests_until_ms;
        unsigned slow_count; // in a row
        uint64_t found;      // what it found last, at found_ms; 0: nothing, or another way found the same since
        int64_t found_ms, tried_ms;
    } ways[WAY_COUNT];
};

// The way for this frame; WAY_COUNT: none now (all done, or those that are left rest).
enum way turns_choose(struct turns *turns, uint64_t digest, int64_t mono_ms);

// What it took, and a digest of what it found (0: nothing). True if a way begins to rest or ends its slowness (worth a
// line in the log).
bool turns_note(struct turns *turns, enum way way, int64_t began_ms, int64_t ended_ms, uint64_t found);

bool turns_rests(const struct turns *turns, enum way way, int64_t mono_ms); // it was too slow lately

bool turns_is_exhausted(const struct turns *turns); // every way was tried with this picture

#endif
