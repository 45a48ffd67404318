// corpus.h -- pictures and what is to be read in them: from a manifest, or from a folder with a text beside each
// picture. Manifest: a JSON array of {corpus, path, exp: text as hex or null, optional: frame, vis, mpx}; a path that
// doesn't begin with / is beside the manifest. Folder: N.png, N.jpg or N.pgm with N.txt, at any depth; without a text
// there is no code to be found. Ownership: init by zero, corpus_destroy() frees. Failure: INVALID and a sentence on
// what is wrong where (in `flaw`); MISSING there is no such file or folder.
#ifndef EINLASS_TESTS_BENCH_SCAN_CORPUS_H
#define EINLASS_TESTS_BENCH_SCAN_CORPUS_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

enum { CORPUS_TEXTS_MOST = 3, CORPUS_FLAW_SIZE = 512 };

struct corpus_text {
    char *bytes; // not terminated
    size_t length;
};

struct corpus_entry {
    char *corpus; // e.g. "syn1280/rot", "seq/007", "photos/qrcode-1"
    char *path;
    size_t text_count;                           // 0: a picture without a code
    struct corpus_text texts[CORPUS_TEXTS_MOST]; // any of them is right
    bool has_others;  // a photograph: there may be further codes in it, which nobody wrote down
    int frame;        // of a presentation, from 0; -1: a picture by itself
    bool is_whole;    // presentation: the code is wholly in the picture
    double module_px; // 0: unknown
};

struct corpus {
    size_t count, room;
    struct corpus_entry *entries;
};

enum status corpus_add_manifest(struct corpus *corpus, const char *path, char flaw[CORPUS_FLAW_SIZE]) MUST_CHECK;
// `name` goes before the folder's own names: photos -> photos/qrcode-1.
enum status corpus_add_folder(struct corpus *corpus, const char *folder, const char *name,
                              char flaw[CORPUS_FLAW_SIZE]) MUST_CHECK;
// A copy of the entry, strings and texts included.
void corpus_add(struct corpus *corpus, const struct corpus_entry *entry);
// Drops what is not of a corpus matching `pattern` (fnmatch(3); NULL: all), and what goes beyond the first `most` of
// each corpus (0: all).
void corpus_keep(struct corpus *corpus, const char *pattern, size_t most);
void corpus_cut(struct corpus *corpus, size_t count);                        // to the first ones
size_t corpus_first_presentations(const struct corpus *corpus, size_t most); // how many entries those are
bool corpus_entry_is_text(const struct corpus_entry *entry, const char *bytes, size_t length);
void corpus_destroy(struct corpus *corpus);

#endif
