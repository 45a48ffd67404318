// scan_pictures.c -- writes the studio's pictures as files, with manifests as scan_bench reads them: for the bench on
// machines without other pictures, and to look at.
#include "bench/scan/load.h"
#include "support/studio/hostile.h"
#include "support/studio/studio.h"

#include "base/mem.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_SIZE = 512, HAND_FRAMES = 30 };

static const char usage[] =
    "usage: scan_pictures FOLDER [N [SEED]]\n"
    "Writes FOLDER/frames (N pictures of each fault at 1280x720 and at 640x480, and frames without a code),\n"
    "FOLDER/seq (2 N presentations of 30 frames) and FOLDER/hostile, each with a manifest.json.\n"
    "N 10, SEED 1 if not said.\n";

struct set {
    char folder[PATH_SIZE];
    FILE *manifest;
    int count;
};

static void give_up(const char *path)
{
    fprintf(stderr, "scan_pictures: %s: %s\n", path, strerror(errno));
    exit(1);
}

static void make_folder(const char *path)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST) give_up(path);
}

static void set_begin(struct set *set, const char *parent, const char *name)
{
    char path[PATH_SIZE + 32];

    *set = (struct set){0};
    snprintf(set->folder, sizeof set->folder, "%.400s/%s", parent, name);
    make_folder(set->folder);
    snprintf(path, sizeof path, "%s/manifest.json", set->folder);
    set->manifest = fopen(path, "we");
    if (!set->manifest) give_up(path);
}

static void set_end(struct set *set)
{
    fprintf(set->manifest, "\n]\n");
    if (fclose(set->manifest) != 0) give_up(set->folder);
}

// Writes the picture and begins its entry in the manifest.
static void write_picture(struct set *set, const char *corpus, const char *name, const struct frame *frame)
{
    char path[PATH_SIZE + 64];

    snprintf(path, sizeof path, "%s/%s.pgm", set->folder, name);
    if (load_write_pgm(path, frame) != STATUS_OK) give_up(path);
    fprintf(set->manifest, "%s{\"corpus\": \"%s\", \"path\": \"%s.pgm\", \"w\": %d, \"h\": %d",
            set->count++ ? ",\n" : "[", corpus, name, frame->width_px, frame->height_px);
}

static void write_expected(struct set *set, const struct studio_recipe *recipe)
{
    const struct symbol_print *symbol = &recipe->card.symbol;
    double x_px[4], y_px[4];

    studio_corners(recipe, x_px, y_px);
    fprintf(set->manifest, ", \"exp\": \"");
    for (const char *c = symbol->text; *c; c++) fprintf(set->manifest, "%02x", (unsigned char)*c);
    fprintf(set->manifest, "\", \"quads\": [[");
    for (int i = 0; i < 4; i++) fprintf(set->manifest, "%s[%.2f, %.2f]", i ? ", " : "", x_px[i], y_px[i]);
    fprintf(set->manifest, "]], \"v\": %d, \"ecc\": \"%c\", \"mpx\": %.2f", symbol->version, symbol->level,
            studio_module_px(recipe));
}

static void write_frames(struct set *set, struct frame *frame, int width_px, int height_px, uint64_t seed, int count)
{
    static struct studio_recipe recipe;
    struct studio *studio;
    char corpus[64], name[64];

    studio_open(width_px, height_px, &studio);
    for (enum studio_fault fault = 0; fault < STUDIO_FAULT_COUNT; fault++) {
        const char *word = studio_fault_word(fault);
        snprintf(corpus, sizeof corpus, "syn%d/%s", width_px, word);
        for (int i = 0; i < (fault == STUDIO_FAULT_MIX ? 3 * count : count); i++) {
            studio_recipe(seed * 100000 + (uint64_t)i, fault, width_px, height_px, &recipe);
            studio_take(studio, &recipe, frame);
            snprintf(name, sizeof name, "%d-%s-%03d", width_px, word, i);
            write_picture(set, corpus, name, frame);
            write_expected(set, &recipe);
            fprintf(set->manifest, "}");
        }
    }
    snprintf(corpus, sizeof corpus, "syn%d/empty", width_px);
    for (int i = 0; i < 3 * count; i++) {
        studio_take_empty(studio, seed * 100000 + (uint64_t)i, frame);
        snprintf(name, sizeof name, "%d-empty-%03d", width_px, i);
        write_picture(set, corpus, name, frame);
        fprintf(set->manifest, ", \"exp\": null, \"quads\": []}");
    }
    studio_close(studio);
}

static void write_hands(struct set *set, struct frame *frame, uint64_t seed, int count)
{
    static struct studio_recipe recipe;
    static struct studio_hand hand;
    struct studio *studio;
    char corpus[64], name[64];

    studio_open(1280, 720, &studio);
    for (int i = 0; i < count; i++) {
        studio_hand(seed * 100000 + (uint64_t)i, 1280, 720, &hand);
        snprintf(corpus, sizeof corpus, "seq/%03d", i);
        for (int k = 0; k < HAND_FRAMES; k++) {
            bool is_whole = studio_hand_frame(&hand, k, &recipe);
            studio_take(studio, &recipe, frame);
            snprintf(name, sizeof name, "%03d-%03d", i, k);
            write_picture(set, corpus, name, frame);
            write_expected(set, &recipe);
            fprintf(set->manifest, ", \"frame\": %d, \"vis\": %s}", k, is_whole ? "true" : "false");
        }
    }
    studio_close(studio);
}

static void write_hostile(struct set *set, struct frame *frame)
{
    for (int i = 0; i < HOSTILE_COUNT; i++) {
        const char *name = hostile_draw(i, frame);
        write_picture(set, "hostile", name, frame);
        fprintf(set->manifest, ", \"exp\": null, \"quads\": []}");
    }
}

int main(int count, char **arguments)
{
    struct frame *frame = mem_zero(sizeof *frame);
    struct set set;

    if (count < 2 || count > 4 || arguments[1][0] == '-') {
        fputs(usage, count == 2 && strcmp(arguments[1], "--help") == 0 ? stdout : stderr);
        return count == 2 && strcmp(arguments[1], "--help") == 0 ? 0 : 2;
    }
    int pictures = count > 2 ? atoi(arguments[2]) : 10;
    uint64_t seed = count > 3 ? strtoull(arguments[3], NULL, 10) : 1;
    if (pictures < 1) pictures = 1;
    make_folder(arguments[1]);
    set_begin(&set, arguments[1], "frames");
    write_frames(&set, frame, 1280, 720, seed, pictures);
    write_frames(&set, frame, 640, 480, seed, pictures);
    set_end(&set);
    set_begin(&set, arguments[1], "seq");
    write_hands(&set, frame, seed, 2 * pictures);
    set_end(&set);
    set_begin(&set, arguments[1], "hostile");
    write_hostile(&set, frame);
    set_end(&set);
    free(frame);
    return 0;
}
