// scan_growth_bench.c -- whether memory grows while codes are read: 100,000 small pictures through our reader in this
// process, through the isolated one (this process and its child together), and through zbar alone.
// Memory: what is resident, from after a warm-up to the end. zbar alone reads fewer and is scaled: it grows evenly.
#include "bench/bench.h"
#include "bench/scan/engine.h"
#include "support/studio/studio.h"

#include "base/log.h"
#include "base/mem.h"
#include "code/reader.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PICTURES = 16,
    WIDTH_PX = 200,
    HEIGHT_PX = 160,
    READS = 100000,
    PLAIN_READS = 10000,
    WARM_UP = 2000,
    BUDGET_MS = 200
};

static struct frame *draw_pictures(void)
{
    static const enum studio_fault faults[] = {STUDIO_FAULT_CLEAN, STUDIO_FAULT_TURNED, STUDIO_FAULT_INVERTED,
                                               STUDIO_FAULT_SCREEN};
    struct frame *frames = mem_zero_array(PICTURES, sizeof *frames);
    struct studio_recipe *recipe = mem_zero(sizeof *recipe);
    struct studio *studio;

    studio_open(WIDTH_PX, HEIGHT_PX, &studio);
    for (int i = 0; i < PICTURES; i++) {
        studio_recipe((uint64_t)i, faults[i % 4], WIDTH_PX, HEIGHT_PX, recipe);
        recipe->pose.side_px = 0.75 * HEIGHT_PX;
        recipe->pose.x_px = WIDTH_PX / 2.0;
        recipe->pose.y_px = HEIGHT_PX / 2.0;
        studio_take(studio, recipe, &frames[i]);
    }
    studio_close(studio);
    free(recipe);
    return frames;
}

static long resident_kib(const char *process)
{
    char path[64];
    long size, resident = 0;

    snprintf(path, sizeof path, "/proc/%s/statm", process);
    FILE *file = fopen(path, "re");
    if (!file) return 0; // ended meanwhile
    if (fscanf(file, "%ld %ld", &size, &resident) != 2) resident = 0;
    fclose(file);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

// Ours and our children's.
static long memory_kib(void)
{
    long sum = resident_kib("self"), child;
    FILE *file = fopen("/proc/thread-self/children", "re");

    while (file && fscanf(file, "%ld", &child) == 1) {
        char process[32];
        snprintf(process, sizeof process, "%ld", child);
        sum += resident_kib(process);
    }
    if (file) fclose(file);
    return sum;
}

struct growth {
    long kib;
    size_t codes;
};

static struct growth run_reader(struct reader *reader, struct frame *frames, int reads)
{
    struct reading *reading = mem_zero(sizeof *reading);
    struct growth growth = {0, 0};

    for (int i = 0; i < WARM_UP + reads; i++) {
        struct frame *frame = &frames[i % PICTURES];
        if (i == WARM_UP) growth = (struct growth){-memory_kib(), 0};
        frame->mono_ms = clock_system()->ops->mono_ms(clock_system());
        reader->ops->read(reader, frame, reading);
        growth.codes += reading->count;
    }
    growth.kib += memory_kib();
    free(reading);
    return growth;
}

static struct growth run_plain(struct frame *frames)
{
    struct answers *answers = mem_zero(sizeof *answers);
    struct engine *engine = engine_zbar_open();
    struct growth growth = {0, 0};

    for (int i = 0; i < WARM_UP + PLAIN_READS; i++) {
        if (i == WARM_UP) growth = (struct growth){-memory_kib(), 0};
        engine->ops->attempt(engine, &frames[i % PICTURES], answers);
        growth.codes += answers->count;
    }
    growth.kib += memory_kib();
    engine_close(engine);
    free(answers);
    return (struct growth){growth.kib * (READS / PLAIN_READS), growth.codes * (READS / PLAIN_READS)};
}

int main(int count, char **arguments)
{
    struct reader_config config = {.clock = clock_system(), .budget_ms = BUDGET_MS, .program = READER_PROGRAM};
    struct reader *local = NULL, *child = NULL;
    struct bench bench;

    bench_begin(&bench, "growth", count, arguments);
    log_set_level(LOG_ERROR);
    struct frame *frames = draw_pictures();
    if (reader_local_open(&config, &local) != STATUS_OK || reader_child_open(&config, &child) != STATUS_OK) return 1;
    struct growth ours = run_reader(local, frames, READS);
    struct growth isolated = run_reader(child, frames, READS);
    struct growth plain = run_plain(frames); // last, as it may leave the most behind
    bench_report(&bench, "100000 reads", "codes", (double)ours.codes);
    bench_report(&bench, "100000 reads", "codes isolated", (double)isolated.codes);
    bench_compare(&bench, "100000 reads", "KiB in process", (double)ours.kib, (double)plain.kib);
    bench_compare(&bench, "100000 reads", "KiB isolated", (double)isolated.kib, (double)plain.kib);
    reader_close(local);
    reader_close(child);
    free(frames);
    bench_end(&bench);
    return ours.codes > 0 && isolated.codes > 0 ? 0 : 1; // what reads nothing proves nothing
}
