#include "bench/scan/corpus.h"

#include "base/mem.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

static char *copy_bytes(const char *bytes, size_t length)
{
    char *copy = mem_zero(length + 1);

    memcpy(copy, bytes, length);
    return copy;
}

static void make_room(struct corpus *corpus)
{
    if (corpus->count < corpus->room) return;
    size_t room = corpus->room ? 2 * corpus->room : 256;
    struct corpus_entry *entries = mem_zero_array(room, sizeof *entries);
    if (corpus->count) memcpy(entries, corpus->entries, corpus->count * sizeof *entries);
    free(corpus->entries);
    corpus->entries = entries;
    corpus->room = room;
}

void corpus_add(struct corpus *corpus, const struct corpus_entry *entry)
{
    make_room(corpus);
    struct corpus_entry *added = &corpus->entries[corpus->count++];
    *added = *entry;
    added->corpus = copy_bytes(entry->corpus, strlen(entry->corpus));
    added->path = copy_bytes(entry->path, strlen(entry->path));
    for (size_t i = 0; i < entry->text_count; i++)
        added->texts[i].bytes = copy_bytes(entry->texts[i].bytes, entry->texts[i].length);
}

bool corpus_entry_is_text(const struct corpus_entry *entry, const char *bytes, size_t length)
{
    for (size_t i = 0; i < entry->text_count; i++) {
        const struct corpus_text *text = &entry->texts[i];
        if (text->length == length && memcmp(text->bytes, bytes, length) == 0) return true;
    }
    return false;
}

static void free_entry(struct corpus_entry *entry)
{
    for (size_t i = 0; i < entry->text_count; i++) free(entry->texts[i].bytes);
    free(entry->corpus);
    free(entry->path);
}

void corpus_keep(struct corpus *corpus, const char *pattern, size_t most)
{
    size_t kept = 0, in_corpus = 0; // entries of a corpus stand together

    for (size_t i = 0; i < corpus->count; i++) {
        struct corpus_entry entry = corpus->entries[i];
        bool is_wanted = !pattern || fnmatch(pattern, entry.corpus, 0) == 0;
        if (kept == 0 || strcmp(corpus->entries[kept - 1].corpus, entry.corpus) != 0) in_corpus = 0;
        if (is_wanted && (most == 0 || in_corpus < most)) {
            corpus->entries[kept++] = entry;
            in_corpus++;
        } else {
            free_entry(&entry);
        }
    }
    corpus->count = kept;
}

void corpus_cut(struct corpus *corpus, size_t count)
{
    while (corpus->count > count) free_entry(&corpus->entries[--corpus->count]);
}

size_t corpus_first_presentations(const struct corpus *corpus, size_t most)
{
    size_t presentations = 0, i = 0;

    for (; i < corpus->count; i++) {
        bool is_next = i == 0 || strcmp(corpus->entries[i].corpus, corpus->entries[i - 1].corpus) != 0;
        if (is_next && presentations++ == most) break;
    }
    return i;
}

void corpus_destroy(struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++) free_entry(&corpus->entries[i]);
    free(corpus->entries);
    *corpus = (struct corpus){0};
}
