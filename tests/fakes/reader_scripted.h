// reader_scripted.h -- a reader that finds what a test wrote down, one line per call; nothing after the last.
#ifndef EINLASS_TESTS_FAKES_READER_SCRIPTED_H
#define EINLASS_TESTS_FAKES_READER_SCRIPTED_H

#include "code/reader.h"

struct reading_line {
    const char *texts[READER_MAX_CODES]; // until the first NULL
    float sizes[READER_MAX_CODES];       // sides of the squares they are seen as; 0: no size
    bool is_exhausted;
    enum hint hint;
};

struct reader_scripted {
    struct reader reader;
    const struct reading_line *lines;
    int count, at; // at: calls so far
};

void reader_scripted_init(struct reader_scripted *reader, const struct reading_line *lines, int count);

#endif
