#include "bench/bench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void bench_begin(struct bench *bench, const char *name, int count, char **arguments)
{
    const char *path = count == 3 && strcmp(arguments[1], "--csv") == 0 ? arguments[2] : NULL;

    *bench = (struct bench){.name = name};
    if (path) bench->csv = fopen(path, "ae");
    if (count != 1 && !bench->csv) {
        fprintf(stderr, "usage: %s [--csv FILE]\n", arguments[0]);
        exit(2);
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
}

void bench_end(struct bench *bench)
{
    if (bench->csv) fclose(bench->csv);
}

void bench_report(const struct bench *bench, const char *what, const char *metric, double value)
{
    printf("%-10s %-22s %-16s %12.3f\n", bench->name, what, metric, value);
    bench_write(bench, what, metric, value, NAN);
}

void bench_compare(const struct bench *bench, const char *what, const char *metric, double value, double reference)
{
    printf("%-10s %-22s %-16s %12.3f   reference %12.3f", bench->name, what, metric, value, reference);
    if (reference != 0 && isfinite(reference)) printf("   ratio %.3f\n", value / reference);
    else printf("\n");
    bench_write(bench, what, metric, value, reference);
}

void bench_write(const struct bench *bench, const char *what, const char *metric, double value, double reference)
{
    if (!bench->csv) return;
    fprintf(bench->csv, "%s,%s,%s,%.4f,", bench->name, what, metric, value);
    if (isnan(reference)) fprintf(bench->csv, ",\n");
    else if (reference == 0 || isinf(reference)) fprintf(bench->csv, "%.4f,\n", reference);
    else fprintf(bench->csv, "%.4f,%.4f\n", reference, value / reference);
}

int64_t bench_now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int compare_values(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

double bench_percentile(double *values, size_t count, double percent)
{
    qsort(values, count, sizeof *values, compare_values);
    size_t at = (size_t)((double)count * percent / 100.0);
    return values[at < count ? at : count - 1];
}
