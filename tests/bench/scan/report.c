#include "bench/scan/report.h"

#include "base/mem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 128 };

size_t report_find(const struct trial *trial, const char *engine)
{
    for (size_t i = 0; i < trial->engine_count; i++)
        if (strcmp(trial->engines[i]->name, engine) == 0) return i;
    return TRIAL_ENGINES_MOST;
}

static void print_ratio(double value, double reference)
{
    if (reference > 0) printf(" %8.3f\n", value / reference);
    else printf("        -\n");
}

static void report_line(const struct trial *trial, const struct bench *bench, const char *corpus, bool has_code)
{
    size_t zbar = report_find(trial, "zbar");
    struct tally reference = {0};

    if (zbar < TRIAL_ENGINES_MOST) reference = tally_pictures(trial, zbar, corpus, has_code);
    for (size_t i = 0; i < trial->engine_count; i++) {
        struct tally tally = tally_pictures(trial, i, corpus, has_code);
        // Without a code each picture is one camera frame: nobody holds nothing still.
        double mean_ms = has_code ? tally.mean_ms : tally.mean_first_ms;
        double reference_ms = has_code ? reference.mean_ms : reference.mean_first_ms;
        if (tally.pictures == 0) continue;
        printf("%-24s %-6s %5zu %5zu %5.1f%% %4zu %8.2f %8.2f %8.2f", corpus[0] ? corpus : "in all",
               trial->engines[i]->name, tally.pictures, tally.right,
               has_code ? 100.0 * (double)tally.right / (double)tally.pictures : 0.0, tally.wrong, tally.p50_ms,
               tally.p95_ms, mean_ms);
        print_ratio(mean_ms, reference_ms);
        if (!bench->csv) continue;
        char what[NAME_SIZE + 32];
        snprintf(what, sizeof what, "%s%s %s", corpus[0] ? corpus : "in all", has_code ? "" : " (no code)",
                 trial->engines[i]->name);
        bench_write(bench, what, "pictures", (double)tally.pictures, NAN);
        bench_write(bench, what, "read", (double)tally.right, (double)reference.right);
        bench_write(bench, what, "misread", (double)tally.wrong, NAN);
        bench_write(bench, what, "p50_ms", tally.p50_ms, reference.p50_ms);
        bench_write(bench, what, "p95_ms", tally.p95_ms, reference.p95_ms);
        bench_write(bench, what, "mean_ms", mean_ms, reference_ms);
    }
}

static void print_heading(const char *title)
{
    printf("\n%-24s %-6s %5s %5s %6s %4s %8s %8s %8s %8s\n", title, "engine", "of", "read", "", "mis", "p50 ms",
           "p95 ms", "mean ms", "x zbar");
}

// A line for each corpus, and one for each family of several (what stands before the /).
static void each_corpus(const struct trial *trial, const struct bench *bench, bool has_code)
{
    const struct corpus *corpus = trial->corpus;
    char family[NAME_SIZE] = "", name[NAME_SIZE] = "";

    for (size_t i = 0; i < corpus->count; i++) {
        const struct corpus_entry *entry = &corpus->entries[i];
        if (entry->frame >= 0 || (entry->text_count > 0) != has_code) continue;
        if (family[0] && !tally_is_in(entry->corpus, family)) {
            report_line(trial, bench, family, has_code);
            family[0] = '\0';
        }
        if (strcmp(entry->corpus, name) == 0) continue;
        snprintf(name, sizeof name, "%s", entry->corpus);
        report_line(trial, bench, name, has_code);
        if (strchr(name, '/')) snprintf(family, sizeof family, "%.*s", (int)strcspn(name, "/"), name);
    }
    if (family[0]) report_line(trial, bench, family, has_code);
}

void report_pictures(const struct trial *trial, const struct bench *bench)
{
    if (tally_pictures(trial, 0, "", true).pictures > 0) {
        print_heading("pictures with a code");
        each_corpus(trial, bench, true);
        report_line(trial, bench, "", true);
    }
    if (tally_pictures(trial, 0, "", false).pictures > 0) {
        print_heading("frames without a code");
        each_corpus(trial, bench, false);
        report_line(trial, bench, "", false);
    }
    if (trial->unreadable_count > 0) printf("%zu pictures could not be loaded\n", trial->unreadable_count);
}

void report_presentations(const struct trial *trial, const struct bench *bench)
{
    size_t zbar = report_find(trial, "zbar");
    struct presentation_tally reference = {0};

    if (zbar < TRIAL_ENGINES_MOST) reference = tally_presentations(trial, zbar, "");
    for (size_t i = 0; i < trial->engine_count; i++) {
        struct presentation_tally tally = tally_presentations(trial, i, "");
        const char *name = trial->engines[i]->name;
        if (tally.presentations == 0) return;
        if (i == 0)
            printf("\n%-24s %-6s %5s %5s %6s %4s %8s %8s %8s %8s\n", "presentations", "engine", "of", "read", "", "mis",
                   "median", "p90 ms", "ms/frame", "x zbar");
        printf("%-24s %-6s %5zu %5zu %5.1f%% %4zu %8.0f %8.0f %8.2f", "", name, tally.presentations, tally.read,
               100.0 * (double)tally.read / (double)tally.presentations, tally.wrong, tally.median_ms, tally.p90_ms,
               tally.mean_frame_ms);
        print_ratio(tally.mean_frame_ms, reference.mean_frame_ms);
        if (!bench->csv) continue;
        char what[NAME_SIZE];
        snprintf(what, sizeof what, "presentations %s", name);
        bench_write(bench, what, "read", (double)tally.read, (double)reference.read);
        bench_write(bench, what, "misread", (double)tally.wrong, NAN);
        bench_write(bench, what, "median_ms", tally.median_ms, reference.median_ms);
        bench_write(bench, what, "p90_ms", tally.p90_ms, reference.p90_ms);
        bench_write(bench, what, "frame_ms", tally.mean_frame_ms, reference.mean_frame_ms);
    }
}

static const char *hint_words(enum hint hint)
{
    switch (hint) {
    case HINT_NEARER:
        return "modules too small";
    case HINT_FARTHER:
        return "too near";
    case HINT_BRIGHTER:
        return "hardly any contrast";
    case HINT_COVERED:
        return "no structure at all";
    case HINT_NONE:
    case HINT_BLIND:
    case HINT_COUNT:
        break;
    }
    return "";
}

// Those that took longer than four in five.
static void report_slow(const struct trial *trial, size_t engine)
{
    const struct corpus *corpus = trial->corpus;
    double *ms = mem_zero_array(corpus->count, sizeof *ms);
    size_t count = 0;

    for (size_t begin = 0, end; begin < corpus->count; begin = end) {
        double read_ms = tally_presentation_ms(trial, engine, begin, &end);
        if (corpus->entries[begin].frame >= 0) ms[count++] = read_ms;
    }
    double limit_ms = tally_percentile(ms, count, 80);
    for (size_t begin = 0, end; begin < corpus->count; begin = end) {
        double read_ms = tally_presentation_ms(trial, engine, begin, &end);
        if (corpus->entries[begin].frame >= 0 && (read_ms > limit_ms || isinf(read_ms)))
            printf("slow: %s, %.0f ms\n", corpus->entries[begin].corpus, read_ms);
    }
    free(ms);
}

void report_unread(const struct trial *trial, size_t engine)
{
    report_slow(trial, engine);
    for (size_t i = 0; i < trial->corpus->count; i++) {
        const struct corpus_entry *entry = &trial->corpus->entries[i];
        const struct outcome *outcome = trial_outcome(trial, i, engine);
        if (entry->frame >= 0 || !outcome->is_tried || (entry->text_count > 0 ? outcome->is_right : !outcome->is_wrong))
            continue;
        printf("%s: %s %s", entry->text_count > 0 ? "unread" : "invented", entry->corpus, entry->path);
        for (size_t k = 0; k < trial->engine_count; k++)
            if (k != engine && trial_outcome(trial, i, k)->is_right) printf(", %s reads it", trial->engines[k]->name);
        if (outcome->is_wrong) printf(", misread");
        if (outcome->hint != HINT_NONE) printf(" (%s)", hint_words(outcome->hint));
        printf("\n");
    }
}
