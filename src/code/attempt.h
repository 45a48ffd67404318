// attempt.h -- from the grids that three finder patterns may mean to a text, or to what keeps them from being one
// (resource).
// Samples, dark or light, format word, known patterns drawn in, and only then the decoder: each step refuses what is no
// symbol before the next, dearer one. What is still unread gets the dear part: a better grid, more ways to tell dark
// from light.
// Ownership: open() hands you the attempt and borrows the decoder; close() it. Threads: one. Never fails.
#ifndef EINLASS_CODE_ATTEMPT_H
#define EINLASS_CODE_ATTEMPT_H

#include "code/decoder.h"
#include "code/grid.h"

// What is left to spend on one look; attempts take from it. zbar's time for one redrawn symbol is 0.12 to 0.35 ms, a
// climb's 0.3 ms, a restoration's 0.8 ms.
enum { EFFORT_DECODES = 10, EFFORT_CLIMBS = 6, EFFORT_RESTORES = 3 };
struct effort {
    int decodes, climbs, restores;
    size_t tried_count;
    uint64_t tried[EFFORT_DECODES]; // digests of what was decoded: the same again would end the same
};

static inline struct effort effort_whole(void)
{
    return (struct effort){.decodes = EFFORT_DECODES, .climbs = EFFORT_CLIMBS, .restores = EFFORT_RESTORES};
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

#endif
