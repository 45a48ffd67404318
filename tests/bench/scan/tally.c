#include "bench/scan/tally.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool tally_is_in(const char *name, const char *corpus)
{
    size_t length = strlen(corpus);

    return length == 0 || (strncmp(name, corpus, length) == 0 && (name[length] == '\0' || name[length] == '/'));
}

static int compare_values(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

double tally_percentile(double *values, size_t count, double percent)
{
    if (count == 0) return 0;
    qsort(values, count, sizeof *values, compare_values);
    size_t rank = (size_t)ceil(percent / 100 * (double)count);
    return values[rank > 0 ? rank - 1 : 0];
}

struct tally tally_pictures(const struct trial *trial, size_t engine, const char *corpus, bool has_code)
{
    double *ms = mem_zero_array(trial->corpus->count + 1, sizeof *ms), sum_ms = 0, sum_first_ms = 0;
    struct tally tally = {0};
    int frames = 0;

    for (size_t i = 0; i < trial->corpus->count; i++) {
        const struct corpus_entry *entry = &trial->corpus->entries[i];
        const struct outcome *outcome = trial_outcome(trial, i, engine);
        if (!outcome->is_tried || entry->frame >= 0 || (entry->text_count > 0) != has_code) continue;
        if (!tally_is_in(entry->corpus, corpus)) continue;
        if (tally.pictures == 0 || outcome->worst_ms > tally.worst_ms) {
            tally.worst_ms = outcome->worst_ms;
            tally.worst_entry = i;
        }
        ms[tally.pictures++] = outcome->ms;
        sum_ms += outcome->ms;
        frames += outcome->attempts;
        sum_first_ms += outcome->first_ms;
        tally.right += outcome->is_right;
        tally.wrong += outcome->is_wrong;
    }
    if (tally.pictures > 0) {
        tally.mean_ms = sum_ms / (double)tally.pictures;
        tally.mean_first_ms = sum_first_ms / (double)tally.pictures;
        tally.mean_frame_ms = sum_ms / frames;
        tally.p50_ms = tally_percentile(ms, tally.pictures, 50);
        tally.p95_ms = tally_percentile(ms, tally.pictures, 95);
    }
    free(ms);
    return tally;
}

static double time_to_read(const struct trial *trial, size_t engine, size_t begin, size_t end)
{
    int whole_frame = -1;

    for (size_t i = begin; i < end; i++) {
        const struct corpus_entry *entry = &trial->corpus->entries[i];
        const struct outcome *outcome = trial_outcome(trial, i, engine);
        if (entry->is_whole && whole_frame < 0) whole_frame = entry->frame;
        if (!outcome->is_right) continue;
        // One that is read before all its corners are in the picture is read at once.
        int waited_frames = whole_frame < 0 ? 0 : entry->frame - whole_frame;
        return waited_frames * 1000.0 / TRIAL_FRAMES_PER_S + outcome->ms;
    }
    return INFINITY;
}

// Frames of one presentation stand together.
static size_t presentation_end(const struct corpus *corpus, size_t begin)
{
    size_t end = begin + 1;

    while (end < corpus->count && corpus->entries[end].frame > corpus->entries[end - 1].frame &&
           strcmp(corpus->entries[end].corpus, corpus->entries[begin].corpus) == 0)
        end++;
    return end;
}

double tally_presentation_ms(const struct trial *trial, size_t engine, size_t begin, size_t *end_out)
{
    *end_out = presentation_end(trial->corpus, begin);
    return time_to_read(trial, engine, begin, *end_out);
}

struct presentation_tally tally_presentations(const struct trial *trial, size_t engine, const char *corpus)
{
    const struct corpus *all = trial->corpus;
    struct presentation_tally tally = {0};
    double *ms = mem_zero_array(all->count + 1, sizeof *ms), sum_ms = 0;

    for (size_t begin = 0, end; begin < all->count; begin = end) {
        double read_ms = tally_presentation_ms(trial, engine, begin, &end);
        if (all->entries[begin].frame < 0 || !tally_is_in(all->entries[begin].corpus, corpus)) continue;
        for (size_t i = begin; i < end; i++) {
            const struct outcome *outcome = trial_outcome(trial, i, engine);
            tally.frames += outcome->is_tried;
            tally.wrong += outcome->is_wrong;
            sum_ms += outcome->ms;
        }
        ms[tally.presentations++] = read_ms;
        if (isfinite(read_ms)) tally.read++;
    }
    if (tally.frames > 0) tally.mean_frame_ms = sum_ms / (double)tally.frames;
    tally.median_ms = tally_percentile(ms, tally.presentations, 50);
    tally.p90_ms = tally_percentile(ms, tally.presentations, 90);
    free(ms);
    return tally;
}
