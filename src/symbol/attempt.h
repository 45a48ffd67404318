// attempt.h -- from the grids that three finder patterns may mean to a text, or to what keeps them from being one
// (resource).
// Samples, dark or light, format word, known patterns drawn in, and only then the decoder: each step refuses what is no
// symbol before the next, dearer one. What is still unread gets the dear part: a better grid, more ways to tell dark
// from light.
// Ownership: open() hands you the attempt and borrows the decoder; close() it. Threads: one. Never fails.
#ifndef EINLASS_SYMBOL_ATTEMPT_H
#define EINLASS_SYMBOL_ATTEMPT_H

#include "symbol/decoder.h"
#include "symbol/grid.h"

// What is left to spend on one look. Every dear step has a price, about what it takes on a desk machine; not measured,
// so that the same picture always ends the same. Of 3,200 symbols that were read 99 of 100 took half of it at most.
enum {
    EFFORT_US = 5500,
    EFFORT_CROWD_US = 1800, // where finders crowd: a carpet of them, made to take long, or mere noise
    EFFORT_DECODES = 10,    // calls of the decoder
    EFFORT_TRIPLE_US = 20,  // a first look at one
    EFFORT_GRID_US = 300,   // when there are grids
    EFFORT_SAMPLES_US = 100,
    EFFORT_CLIMB_US = 300,
    EFFORT_RESTORE_US = 600,
    EFFORT_THIRD_US = 300,
    EFFORT_EQUALISE_US = 600, // a filter from known modules
    EFFORT_EQUALISE_AGAIN_US = 1500,
};
struct effort {
    int left_us, decodes;
    size_t tried_count;
    uint64_t tried[EFFORT_DECODES]; // digests of what was decoded: the same again would end the same
};

static inline struct effort effort_whole(void)
{
    return (struct effort){.left_us = EFFORT_US, .decodes = EFFORT_DECODES};
}

// False: it can't be paid any more.
static inline bool effort_spend(struct effort *effort, int price_us)
{
    if (effort->left_us < price_us) return false;
    effort->left_us -= price_us;
    return true;
}

enum attempt_end {
    ATTEMPT_NOTHING, // no symbol
    ATTEMPT_REFUSED, // a symbol of a kind that no ticket is: part of a longer text, or with its own character set
    ATTEMPT_UNREAD,  // a symbol, but its text can't be told
    ATTEMPT_READ,
};

struct attempt_result {
    struct grid grid;          // the best; unless NOTHING
    float contrast;            // grey values between its light and dark modules; unless NOTHING
    const struct symbol *text; // if READ, corners in pixels of the picture; the attempt's own, until its next
};

struct attempt;
enum status attempt_open(struct decoder *decoder, struct attempt **out) MUST_CHECK;
void attempt_close(struct attempt *attempt);

enum attempt_end attempt_read(struct attempt *attempt, const struct grey_picture *picture, const struct grids *grids,
                              struct effort *effort, struct attempt_result *out);

// The same for a symbol that is smeared up and down the picture (streak.h): by a filter that is learnt from it alone
// (equalise.h).
enum attempt_end attempt_read_smeared(struct attempt *attempt, const struct grey_picture *picture,
                                      const struct grids *grids, struct effort *effort, struct attempt_result *out);

#endif
