// bench.h -- what every bench does: read `--csv FILE`, take times, say figures on the screen and append them to FILE.
// Columns: bench,case,metric,value,reference,ratio (reference and ratio empty where there is none).
#ifndef EINLASS_TESTS_BENCH_BENCH_H
#define EINLASS_TESTS_BENCH_BENCH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct bench {
    const char *name;
    FILE *csv; // NULL: only the screen
};

void bench_begin(struct bench *bench, const char *name, int count, char **arguments); // a wrong option ends the program
void bench_end(struct bench *bench);
void bench_report(const struct bench *bench, const char *what, const char *metric, double value);
void bench_compare(const struct bench *bench, const char *what, const char *metric, double value, double reference);

// Only into FILE, if there is one. reference NAN: none.
void bench_write(const struct bench *bench, const char *what, const char *metric, double value, double reference);

int64_t bench_now_ns(void);
// The value below which `percent` of them lie. Sorts them.
double bench_percentile(double *values, size_t count, double percent);

#endif
