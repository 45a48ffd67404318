#include "bench/scan/trial.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/clock.h"
#include "bench/scan/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BETWEEN_PICTURES_MS = 10000, PROGRESS_EVERY = 200 };

// What a run needs besides its results; large.
struct run {
    struct frame frame;
    struct answers answers;
    struct loader loader;
    int64_t now_ms; // of the frames
};

double trial_cpu_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void judge(struct outcome *outcome, const struct corpus_entry *entry, const struct answers *answers)
{
    for (size_t i = 0; i < answers->count; i++) {
        const struct answer *answer = &answers->answers[i];
        if (corpus_entry_is_text(entry, answer->text, answer->length)) {
            outcome->is_right = true;
        } else if (!outcome->is_wrong) {
            outcome->is_wrong = true;
            outcome->wrong_digest = digest_of(answer->text, answer->length);
        }
    }
    outcome->hint = answers->hint;
}

static struct outcome try_engine(struct run *run, struct engine *engine, const struct corpus_entry *entry)
{
    int most = entry->frame < 0 ? TRIAL_FRAMES : 1;
    struct outcome outcome = {.is_tried = true};

    while (outcome.attempts < most && !outcome.is_right) {
        run->frame.mono_ms = run->now_ms + outcome.attempts * 1000 / TRIAL_FRAMES_PER_S;
        double begun_ms = trial_cpu_ms();
        engine->ops->attempt(engine, &run->frame, &run->answers);
        double ms = trial_cpu_ms() - begun_ms;
        outcome.ms += ms;
        if (outcome.attempts++ == 0) outcome.first_ms = ms;
        if (ms > outcome.worst_ms) {
            outcome.worst_ms = ms;
            outcome.worst_attempt = outcome.attempts;
        }
        judge(&outcome, entry, &run->answers);
        if (run->answers.is_exhausted) break;
    }
    return outcome;
}

// In a photograph there may be codes that nobody wrote down. A text is one of those if the right one was read beside
// it, or if two engines agree on it.
static void pardon(struct outcome *outcomes, size_t count)
{
    bool is_pardoned[TRIAL_ENGINES_MOST] = {false};

    for (size_t i = 0; i < count; i++) {
        is_pardoned[i] = outcomes[i].is_right;
        for (size_t k = 0; k < count; k++)
            is_pardoned[i] |= k != i && outcomes[k].is_wrong && outcomes[k].wrong_digest == outcomes[i].wrong_digest;
    }
    for (size_t i = 0; i < count; i++) outcomes[i].is_wrong &= !is_pardoned[i];
}

static void try_entry(struct trial *trial, struct run *run, size_t at)
{
    const struct corpus_entry *entry = &trial->corpus->entries[at];
    struct outcome *outcomes = &trial->outcomes[at * trial->engine_count];
    size_t count = trial->engine_count;

    if (load_frame(&run->loader, entry->path, &run->frame) != STATUS_OK) {
        trial->unreadable_count++;
        return;
    }
    run->now_ms += entry->frame <= 0 ? BETWEEN_PICTURES_MS : 1000 / TRIAL_FRAMES_PER_S;
    bool is_hostile = strcmp(entry->corpus, "hostile") == 0;
    for (size_t i = 0; i < count; i++) {
        size_t engine = (at + i) % count; // nobody is always the first on a cold cache
        // Peers may take 20 s for one of those; the limit is for ours, and the yardstick is zbar.
        if (is_hostile && trial->engines[engine]->is_peer) continue;
        outcomes[engine] = try_engine(run, trial->engines[engine], entry);
    }
    if (entry->has_others) pardon(outcomes, count);
    // Hundreds of codes, whose texts nobody wrote down.
    for (size_t i = 0; i < count; i++) outcomes[i].is_wrong &= !is_hostile;
}

void trial_open(struct trial *trial, const struct corpus *corpus)
{
    *trial = (struct trial){.corpus = corpus};
}

void trial_run(struct trial *trial, bool has_progress)
{
    const struct corpus *corpus = trial->corpus;
    struct run *run = mem_zero(sizeof *run);

    trial->outcomes = mem_zero_array(corpus->count * trial->engine_count, sizeof *trial->outcomes);
    run->now_ms = clock_system()->ops->mono_ms(clock_system());
    for (size_t i = 0; i < corpus->count; i++) {
        try_entry(trial, run, i);
        if (has_progress && (i + 1) % PROGRESS_EVERY == 0)
            fprintf(stderr, "%zu of %zu pictures\n", i + 1, corpus->count);
    }
    load_destroy(&run->loader);
    free(run);
}

const struct outcome *trial_outcome(const struct trial *trial, size_t entry, size_t engine)
{
    return &trial->outcomes[entry * trial->engine_count + engine];
}

void trial_close(struct trial *trial)
{
    free(trial->outcomes);
    *trial = (struct trial){0};
}
