// bidi.h -- the order in which the runs of a line stand from left to right. bidi_fribidi.c holds FriBidi.
// Pure; any thread. Source: Unicode UAX #9 (levels by FriBidi; rule L2 here).
#ifndef EINLASS_SCREEN_BIDI_H
#define EINLASS_SCREEN_BIDI_H

#include <stdbool.h>
#include <stddef.h>

enum { BIDI_MAX_RUNS = 32, BIDI_MAX_POINTS = 512 };

struct bidi_run { // bytes of the line, all of one direction, in reading order
    size_t start, length;
    bool is_right_to_left;
};

// Runs from left to right. More than fits (points or runs) stays in one last run from left to right.
size_t bidi_runs(const char *line, size_t length, struct bidi_run out[BIDI_MAX_RUNS]);

#endif
