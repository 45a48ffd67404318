// trial.h -- every engine on every picture, in turns, so that a noisy machine disturbs all alike.
// A picture by itself is handed in again, as a ticket held still is, until it is read, the engine says that nothing new
// can come, or TRIAL_FRAMES frames have passed; its time is the sum. Frames of a presentation come once each, 30 a
// second. Between two pictures lie ten seconds, in the frames' own time, so that no engine profits from the last one.
// Times: CPU of the calling thread, ms, of the attempts only. Ownership: trial_open/trial_close; corpus and engines are
// not owned. A picture that can't be loaded is left out and counted.
#ifndef EINLASS_TESTS_BENCH_SCAN_TRIAL_H
#define EINLASS_TESTS_BENCH_SCAN_TRIAL_H

#include "bench/scan/corpus.h"
#include "bench/scan/engine.h"

enum { TRIAL_FRAMES = 12, TRIAL_ENGINES_MOST = 6, TRIAL_FRAMES_PER_S = 30 };

struct outcome {
    bool is_tried;         // false: the picture could not be loaded
    bool is_right;         // an expected text was among the answers
    bool is_wrong;         // a text was that is not in the picture
    int attempts;          // frames it took
    double ms;             // of all attempts
    double first_ms;       // of the first
    double worst_ms;       // of the longest
    int worst_attempt;     // which that was, from 1
    uint64_t wrong_digest; // of the first wrong text
    enum hint hint;        // after the last attempt
};

struct trial {
    const struct corpus *corpus;
    size_t engine_count;
    struct engine *engines[TRIAL_ENGINES_MOST];
    struct outcome *outcomes; // engine_count for each entry of the corpus
    size_t unreadable_count;
};

void trial_open(struct trial *trial, const struct corpus *corpus);
void trial_run(struct trial *trial, bool has_progress); // progress: a line on standard error now and then
const struct outcome *trial_outcome(const struct trial *trial, size_t entry, size_t engine);
void trial_close(struct trial *trial);

double trial_cpu_ms(void); // of the calling thread, since it began

#endif
