// goals.c -- the figures that the front end was built for.
#include "bench/scan/report.h"

enum { NAME_SIZE = 128, SLOW_MS = 50 };

static double percent(size_t part, size_t whole)
{
    return whole > 0 ? 100.0 * (double)part / (double)whole : 0;
}

static void goal_rate(const struct trial *trial, const struct bench *bench, const char *corpus, const size_t engines[2])
{
    struct tally ours = tally_pictures(trial, engines[0], corpus, true);
    struct tally zbar = tally_pictures(trial, engines[1], corpus, true);
    char what[NAME_SIZE];

    if (ours.pictures == 0) return;
    snprintf(what, sizeof what, "goal %s", corpus);
    bench_compare(bench, what, "read %", percent(ours.right, ours.pictures), percent(zbar.right, zbar.pictures));
    bench_compare(bench, what, "ms with code", ours.mean_ms, zbar.mean_ms); // until read or given up
    bench_compare(bench, what, "ms per frame", ours.mean_frame_ms, zbar.mean_frame_ms);
    ours = tally_pictures(trial, engines[0], corpus, false);
    zbar = tally_pictures(trial, engines[1], corpus, false);
    if (ours.pictures > 0) bench_compare(bench, what, "ms without code", ours.mean_first_ms, zbar.mean_first_ms);
}

// The longest that a single frame took ours, against zbar alone on the same frame. What the limit is for is a frame
// that takes zbar long; where zbar is quick (a large version that is no ticket: it looks once and so do we), the ratio
// says nothing, and the time itself is given beside.
static void goal_hostile_worst(const struct trial *trial, const struct bench *bench, const size_t engines[2],
                               bool is_slow)
{
    const struct outcome *worst = NULL;
    size_t at = 0;

    for (size_t i = 0; i < trial->corpus->count; i++) {
        const struct outcome *ours = trial_outcome(trial, i, engines[0]);
        if (!tally_is_in(trial->corpus->entries[i].corpus, "hostile") || !ours->is_tried) continue;
        if ((trial_outcome(trial, i, engines[1])->worst_ms >= SLOW_MS) != is_slow) continue;
        if (worst && ours->worst_ms <= worst->worst_ms) continue;
        worst = ours;
        at = i;
    }
    if (!worst) return;
    bench_compare(bench, "goal hostile", is_slow ? "worst frame ms" : "worst frame ms where zbar is quick",
                  worst->worst_ms, trial_outcome(trial, at, engines[1])->worst_ms);
    printf("%36s %s, frame %d of it\n", "it was", trial->corpus->entries[at].path, worst->worst_attempt);
}

static void goal_hostile(const struct trial *trial, const struct bench *bench, const size_t engines[2])
{
    goal_hostile_worst(trial, bench, engines, true);
    goal_hostile_worst(trial, bench, engines, false);
}

static void goal_presentations(const struct trial *trial, const struct bench *bench, const size_t engines[2])
{
    struct presentation_tally ours = tally_presentations(trial, engines[0], "");
    struct presentation_tally zbar = tally_presentations(trial, engines[1], "");
    const char *what = "goal presentations";

    if (ours.presentations == 0) return;
    bench_compare(bench, what, "read %", percent(ours.read, ours.presentations),
                  percent(zbar.read, zbar.presentations));
    bench_compare(bench, what, "median ms", ours.median_ms, zbar.median_ms);
    bench_compare(bench, what, "p90 ms", ours.p90_ms, zbar.p90_ms);
    bench_compare(bench, what, "ms per frame", ours.mean_frame_ms, zbar.mean_frame_ms);
}

static size_t misreads(const struct trial *trial, size_t engine)
{
    return tally_pictures(trial, engine, "", true).wrong + tally_pictures(trial, engine, "", false).wrong +
           tally_presentations(trial, engine, "").wrong;
}

void report_goals(const struct trial *trial, const struct bench *bench)
{
    const size_t engines[2] = {report_find(trial, "ours"), report_find(trial, "zbar")};

    if (engines[0] == TRIAL_ENGINES_MOST || engines[1] == TRIAL_ENGINES_MOST) return;
    printf("\n");
    goal_rate(trial, bench, "syn1280", engines);
    goal_rate(trial, bench, "syn640", engines);
    goal_rate(trial, bench, "photos", engines);
    goal_presentations(trial, bench, engines);
    goal_hostile(trial, bench, engines);
    bench_compare(bench, "goal all pictures", "misread", (double)misreads(trial, engines[0]),
                  (double)misreads(trial, engines[1]));
}
