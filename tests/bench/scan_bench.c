// scan_bench.c -- how well and how quickly codes are read, ours against zbar alone, over any pictures.
#include "bench/scan/chart.h"
#include "bench/scan/report.h"
#include "bench/scan/tally.h"
#include "bench/scan/trial.h"

#include "base/log.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char usage[] =
    "usage: scan_bench [OPTION]… FOLDER|MANIFEST…\n"
    "Reads pictures and says which texts each engine found, and the CPU time it took.\n"
    "  FOLDER            with a manifest.json (corpus, path, exp in hex or null, frame, vis, mpx), or with photos\n"
    "                    N.png, N.jpg, N.pgm and the text of each in N.txt, at any depth\n"
    "  --only NAMES      engines, with commas between: ours,zbar,zxing,quirc (all that there are)\n"
    "  --corpus PATTERN  only pictures of these corpora (as in a shell: 'syn1280/*')\n"
    "  --most N          only the first N pictures of each corpus\n"
    "  --unread          lists what ours didn't read, with what it can say about the reason, and what it read late\n"
    "  --goals           judges the front end's goals (needs ours and zbar)\n"
    "  --chart FILE      draws how the share read depends on the modules' size (SVG)\n"
    "  --csv FILE        appends the figures\n"
    "  --help\n"
    "Pictures of more than 1280x1024 pixels are shrunk to that for every engine, as the kiosk's camera would.\n";

struct options {
    const char *only, *pattern, *csv;
    size_t most;
    const char *chart;
    bool is_unread, has_goals;
};

static const struct {
    const char *name;
    engine_opener *open;
} openers[] = {
    {"ours", engine_ours_open}, {"zbar", engine_zbar_open}, {"zxing", engine_zxing_open}, {"quirc", engine_quirc_open}};

static bool is_named(const char *names, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = names; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
        if (strncmp(at, name, length) == 0 && (at[length] == ',' || at[length] == '\0')) return true;
    return false;
}

static void open_engines(struct trial *trial, const char *only)
{
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
        if (only && !is_named(only, openers[i].name)) continue;
        struct engine *engine = openers[i].open();
        if (engine) trial->engines[trial->engine_count++] = engine;
    }
}

static void read_pictures(struct corpus *corpus, char *path)
{
    char manifest[4096], flaw[CORPUS_FLAW_SIZE];
    struct stat facts;
    enum status status;

    for (size_t end = strlen(path); end > 1 && path[end - 1] == '/'; end--) path[end - 1] = '\0';
    snprintf(manifest, sizeof manifest, "%s/manifest.json", path);
    if (stat(manifest, &facts) == 0) status = corpus_add_manifest(corpus, manifest, flaw);
    else if (stat(path, &facts) == 0 && S_ISREG(facts.st_mode)) status = corpus_add_manifest(corpus, path, flaw);
    else status = corpus_add_folder(corpus, path, basename(path), flaw);
    if (status == STATUS_OK) return;
    fprintf(stderr, "scan_bench: %s\n", flaw);
    exit(2);
}

static struct options read_options(int count, char **arguments)
{
    static const struct option known[] = {{"only", 1, NULL, 'o'},   {"corpus", 1, NULL, 'c'}, {"most", 1, NULL, 'm'},
                                          {"unread", 0, NULL, 'u'}, {"csv", 1, NULL, 'f'},    {"help", 0, NULL, 'h'},
                                          {"goals", 0, NULL, 'g'},  {"chart", 1, NULL, 's'},  {NULL, 0, NULL, 0}};
    struct options options = {0};

    for (int option; (option = getopt_long(count, arguments, "", known, NULL)) != -1;) {
        switch (option) {
        case 'o':
            options.only = optarg;
            break;
        case 'c':
            options.pattern = optarg;
            break;
        case 'm':
            options.most = strtoul(optarg, NULL, 10);
            break;
        case 'u':
            options.is_unread = true;
            break;
        case 'f':
            options.csv = optarg;
            break;
        case 'g':
            options.has_goals = true;
            break;
        case 's':
            options.chart = optarg;
            break;
        case 'h':
            fputs(usage, stdout);
            exit(0);
        default:
            fputs(usage, stderr);
            exit(2);
        }
    }
    return options;
}

// What was asked for, in this order; false: a drawing could not be made.
static bool report(const struct trial *trial, const struct options *options, const struct bench *bench)
{
    report_pictures(trial, bench);
    report_presentations(trial, bench);
    if (options->has_goals) report_goals(trial, bench);
    if (options->is_unread) report_unread(trial, 0);
    if (!options->chart || chart_write(trial, options->chart) == STATUS_OK) return true;
    fprintf(stderr, "scan_bench: %s: nothing to draw (no manifest says \"mpx\"), or not writable\n", options->chart);
    return false;
}

static void check_open(const struct trial *trial, const struct options *options, const struct bench *bench)
{
    if (trial->corpus->count == 0) fputs("scan_bench: there are no such pictures (--help)\n", stderr);
    else if (trial->engine_count == 0) fputs("scan_bench: there is no such engine\n", stderr);
    else if (options->csv && !bench->csv) perror(options->csv);
    else return;
    exit(2);
}

int main(int count, char **arguments)
{
    struct options options = read_options(count, arguments);
    struct bench bench = {.name = "scan"};
    struct corpus corpus = {0};
    struct trial trial;

    log_set_level(LOG_ERROR);
    for (int i = optind; i < count; i++) read_pictures(&corpus, arguments[i]);
    corpus_keep(&corpus, options.pattern, options.most);
    trial_open(&trial, &corpus);
    open_engines(&trial, options.only);
    if (options.csv) bench.csv = fopen(options.csv, "ae");
    check_open(&trial, &options, &bench);
    trial_run(&trial, true);
    bool is_reported = report(&trial, &options, &bench);
    for (size_t i = 0; i < trial.engine_count; i++) engine_close(trial.engines[i]);
    trial_close(&trial);
    corpus_destroy(&corpus);
    bench_end(&bench);
    return is_reported ? 0 : 1;
}
