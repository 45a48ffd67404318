// scan_kiosk_bench.c -- what scanning costs in the kiosk as it is put together: presentations at 30 frames a second
// through capture, mailbox, scan thread, reader and its child process, in real time. CPU of the scan thread and the
// child together, against zbar alone on each of the same frames.
#include "bench/bench.h"
#include "bench/scan/corpus.h"
#include "bench/scan/engine.h"
#include "bench/scan/load.h"
#include "bench/scan/trial.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "code/scan.h"
#include "frame/capture.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { BUDGET_MS = 200, QUIET_MS = 1500, CODES_ROOM = 64, READ_MOST_MS = 100 };

static void sleep_ms(int64_t ms)
{
    struct timespec left = {.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};

    if (ms > 0) nanosleep(&left, NULL);
}

// A camera that shows what stands in a manifest, each picture for a thirtieth of a second.
struct player {
    struct camera camera;
    struct clock *clock;
    struct corpus corpus;
    struct loader loader;
    size_t at;
    int64_t begun_ms;
};

static enum status player_read(struct camera *self, struct frame *out)
{
    struct player *player = (struct player *)self;
    int64_t due_ms = player->begun_ms + (int64_t)player->at * 1000 / TRIAL_FRAMES_PER_S;
    int64_t wait_ms = due_ms - player->clock->ops->mono_ms(player->clock);

    if (player->at == player->corpus.count || wait_ms > READ_MOST_MS) {
        sleep_ms(READ_MOST_MS);
        return STATUS_LATER;
    }
    sleep_ms(wait_ms);
    enum status status = load_frame(&player->loader, player->corpus.entries[player->at].path, out);
    player->at++;
    out->mono_ms = due_ms;
    return status == STATUS_OK ? STATUS_OK : STATUS_LATER;
}

static void player_close(struct camera *self)
{
    struct player *player = (struct player *)self;

    load_destroy(&player->loader);
    corpus_destroy(&player->corpus);
    free(player);
}

static enum status player_open(const struct camera_config *config, struct camera **out)
{
    static const struct camera_ops ops = {.read = player_read, .close = player_close};
    struct player *player = mem_zero(sizeof *player);
    char flaw[CORPUS_FLAW_SIZE];
    enum status status = corpus_add_manifest(&player->corpus, config->folder, flaw);

    player->camera.ops = &ops;
    player->clock = config->clock;
    player->begun_ms = config->clock->ops->mono_ms(config->clock);
    corpus_keep(&player->corpus, "seq/*", 0);
    corpus_cut(&player->corpus, corpus_first_presentations(&player->corpus, (size_t)config->frames_per_picture));
    *out = &player->camera;
    if (status != STATUS_OK) player_close(&player->camera);
    return status;
}

// Looks at the clock of the thread it is called from: all that the scan thread did up to the end of its last read.
struct meter {
    struct reader reader;
    struct reader *inner;
    double thread_ms;
    size_t frames;
};

static void meter_read(struct reader *self, const struct frame *frame, struct reading *out)
{
    struct meter *meter = (struct meter *)self;

    meter->inner->ops->read(meter->inner, frame, out);
    meter->frames++;
    meter->thread_ms = trial_cpu_ms();
}

static void meter_close(struct reader *self)
{
    (void)self; // the inner one is closed by who opened it
}

static double children_ms(void)
{
    struct rusage usage;

    getrusage(RUSAGE_CHILDREN, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

struct result {
    double cpu_ms; // of scan thread and child
    size_t frames; // that reached the reader
    size_t read;   // presentations
    size_t foreign;
};

// Which presentation this is the text of, once.
static void note_code(const struct corpus *corpus, bool *is_read, const struct code *code, struct result *result)
{
    for (size_t i = 0; i < corpus->count; i++) {
        if (!corpus_entry_is_text(&corpus->entries[i], code->text, code->length)) continue;
        size_t first = i;
        while (first > 0 && strcmp(corpus->entries[first - 1].corpus, corpus->entries[i].corpus) == 0) first--;
        result->read += !is_read[first];
        is_read[first] = true;
        return;
    }
    result->foreign++;
}

static struct result run_kiosk(const struct corpus *corpus, const char *manifest, int presentations,
                               struct reader *reader)
{
    static const struct reader_ops ops = {.read = meter_read, .close = meter_close};
    struct meter meter = {.reader.ops = &ops, .inner = reader};
    struct scan_config scan_config = {.reader = &meter.reader, .clock = clock_system(), .quiet_ms = QUIET_MS};
    struct capture_config capture_config = {.open = player_open, .clock = clock_system()};
    bool *is_read = mem_zero_array(corpus->count, sizeof *is_read);
    struct code *code = mem_zero(sizeof *code);
    struct result result = {0};
    struct mailbox states;
    struct queue codes;
    struct scan *scan;
    struct capture *capture;

    queue_init(&codes, sizeof(struct code), CODES_ROOM, NULL);
    mailbox_init(&states, sizeof(struct camera_state), NULL);
    scan_config.codes = &codes;
    if (scan_open(&scan_config, &scan) != STATUS_OK) exit(1);
    capture_config.scan_frames = scan_frames(scan);
    capture_config.states = &states;
    capture_config.camera.clock = clock_system();
    capture_config.camera.frames_per_picture = presentations; // the player's own use of it
    text_copy(capture_config.camera.folder, sizeof capture_config.camera.folder, manifest);
    if (capture_open(&capture_config, &capture) != STATUS_OK) exit(1);
    scan_start(scan);
    capture_start(capture);
    for (int64_t left_ms = (int64_t)corpus->count * 1000 / TRIAL_FRAMES_PER_S + 1000; left_ms > 0; left_ms -= 50) {
        sleep_ms(50);
        while (queue_take(&codes, code)) note_code(corpus, is_read, code, &result);
    }
    capture_close(capture);
    scan_close(scan);
    mailbox_destroy(&states);
    queue_destroy(&codes);
    free(code);
    free(is_read);
    result.cpu_ms = meter.thread_ms;
    result.frames = meter.frames;
    return result;
}

static double run_plain(const struct corpus *corpus)
{
    struct frame *frame = mem_zero(sizeof *frame);
    struct answers *answers = mem_zero(sizeof *answers);
    struct engine *engine = engine_zbar_open();
    struct loader loader = {0};
    double sum_ms = 0;

    for (size_t i = 0; i < corpus->count; i++) {
        if (load_frame(&loader, corpus->entries[i].path, frame) != STATUS_OK) continue;
        double begun_ms = trial_cpu_ms();
        engine->ops->attempt(engine, frame, answers);
        sum_ms += trial_cpu_ms() - begun_ms;
    }
    engine_close(engine);
    load_destroy(&loader);
    free(answers);
    free(frame);
    return sum_ms;
}

struct options {
    const char *manifest, *csv;
    int most;
};

static struct options read_options(int count, char **arguments)
{
    static const struct option known[] = {{"csv", 1, NULL, 'f'}, {"most", 1, NULL, 'm'}, {NULL, 0, NULL, 0}};
    struct options options = {.most = 20};
    bool is_known = true;

    for (int option; (option = getopt_long(count, arguments, "", known, NULL)) != -1;) {
        if (option == 'f') options.csv = optarg;
        else if (option == 'm') options.most = atoi(optarg);
        else is_known = false;
    }
    if (!is_known || optind + 1 != count || options.most < 1) {
        fputs("usage: scan_kiosk_bench [--csv FILE] [--most PRESENTATIONS] MANIFEST\n", stderr);
        exit(2);
    }
    options.manifest = arguments[optind];
    return options;
}

static void read_presentations(const struct options *options, struct corpus *corpus)
{
    char flaw[CORPUS_FLAW_SIZE] = "there are no presentations";
    enum status status = corpus_add_manifest(corpus, options->manifest, flaw);

    if (status == STATUS_OK) {
        corpus_keep(corpus, "seq/*", 0);
        corpus_cut(corpus, corpus_first_presentations(corpus, (size_t)options->most));
    }
    if (corpus->count > 0) return;
    fprintf(stderr, "scan_kiosk_bench: %s\n", flaw);
    exit(2);
}

int main(int count, char **arguments)
{
    struct reader_config config = {.clock = clock_system(), .budget_ms = BUDGET_MS, .program = READER_PROGRAM};
    struct options options = read_options(count, arguments);
    struct bench bench = {.name = "kiosk"};
    const char *what = "30 frames a second";
    struct corpus corpus = {0};
    struct reader *reader;

    log_set_level(LOG_ERROR);
    if (options.csv && !(bench.csv = fopen(options.csv, "ae"))) return 1;
    read_presentations(&options, &corpus);
    double before_ms = children_ms(), frames = (double)corpus.count;
    if (reader_child_open(&config, &reader) != STATUS_OK) return 1;
    struct result result = run_kiosk(&corpus, options.manifest, options.most, reader);
    reader_close(reader); // waits for the child, so its time is known
    if (result.frames == 0) return 1;
    double child_ms = children_ms() - before_ms, plain_ms = run_plain(&corpus);
    bench_report(&bench, what, "frames", frames);
    bench_report(&bench, what, "frames scanned", (double)result.frames);
    bench_report(&bench, what, "read", (double)result.read);
    bench_report(&bench, what, "misread", (double)result.foreign);
    double scanned = (double)result.frames; // a busy machine drops frames
    bench_report(&bench, what, "ms scan thread", result.cpu_ms / scanned);
    bench_report(&bench, what, "ms child", child_ms / scanned); // its start included: some 30 ms
    bench_compare(&bench, what, "ms per frame", (result.cpu_ms + child_ms) / scanned, plain_ms / frames);
    corpus_destroy(&corpus);
    bench_end(&bench);
    return 0;
}
