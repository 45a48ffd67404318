// report.h -- a trial's figures as tables for people, and as lines for programs.
// The ratio is to plain zbar in the same run, by mean CPU time; empty without it.
#ifndef EINLASS_TESTS_BENCH_SCAN_REPORT_H
#define EINLASS_TESTS_BENCH_SCAN_REPORT_H

#include "bench/bench.h"
#include "bench/scan/tally.h"

// Each prints nothing if there are no such pictures.
void report_pictures(const struct trial *trial, const struct bench *bench);
void report_presentations(const struct trial *trial, const struct bench *bench);
// What was not read, with the reason as far as it is known, and the slowest fifth of presentations.
void report_unread(const struct trial *trial, size_t engine);

// The rows of the goals table that pictures decide (goals.csv holds the limits): of corpora named syn1280, syn640,
// photos, seq and hostile, with what plain zbar achieves beside. Nothing for corpora that are not there.
void report_goals(const struct trial *trial, const struct bench *bench);

size_t report_find(const struct trial *trial, const char *engine); // its number; TRIAL_ENGINES_MOST: not there

#endif
