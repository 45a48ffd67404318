// tally.h -- what the outcomes of a trial amount to. Pure.
// Of a corpus (a name, or what names begin with before a /; "" is all), of one engine.
#ifndef EINLASS_TESTS_BENCH_SCAN_TALLY_H
#define EINLASS_TESTS_BENCH_SCAN_TALLY_H

#include "bench/scan/trial.h"

// Pictures by themselves; those with a code, and those without, are different questions.
struct tally {
    size_t pictures, right, wrong; // wrong: texts that are not in the picture, with or without a right one
    double p50_ms, p95_ms, mean_ms, mean_first_ms; // of pictures: of all their frames, and of the first alone
    double mean_frame_ms;                          // of frames
    size_t worst_entry;                            // the longest single frame; only if there are pictures
    double worst_ms;
};
struct tally tally_pictures(const struct trial *trial, size_t engine, const char *corpus, bool has_code);

// Presentations: each from the first frame that shows the whole code to the end of the first right read.
// What was never read counts as endless in median and p90 (INFINITY).
struct presentation_tally {
    size_t presentations, read, frames, wrong;
    double median_ms, p90_ms, mean_frame_ms;
};
// Of the one that begins with this entry: the time, and where the next one begins. INFINITY: not read.
double tally_presentation_ms(const struct trial *trial, size_t engine, size_t begin, size_t *end_out);
struct presentation_tally tally_presentations(const struct trial *trial, size_t engine, const char *corpus);

bool tally_is_in(const char *name, const char *corpus);
// Nearest rank; sorts. 0 of no values. Source: the usual definition, ceil(p/100 * n).
double tally_percentile(double *values, size_t count, double percent);

#endif
