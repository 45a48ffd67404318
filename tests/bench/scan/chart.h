// chart.h -- how the share of pictures read depends on how large a module is in the picture, as a drawing (SVG 1.1).
// One line per engine, over pictures by themselves whose module size is known; classes of about equal ratio.
// LATER: the file can't be written. MISSING: there are no such pictures.
#ifndef EINLASS_TESTS_BENCH_SCAN_CHART_H
#define EINLASS_TESTS_BENCH_SCAN_CHART_H

#include "bench/scan/trial.h"

enum status chart_write(const struct trial *trial, const char *path) MUST_CHECK;

#endif
