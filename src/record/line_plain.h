// line_plain.h -- a line's keys and values, for line_read.c; for no one else. Nearly every line is as line.c wrote it:
// such a plain one is cut up where it stands, several times as fast as a tree of it is built (an office reads a million
// of them). What isn't plain (spaces, escapes, nested values …) goes the long way, by jansson; both say the same.
#ifndef EINLASS_RECORD_LINE_PLAIN_H
#define EINLASS_RECORD_LINE_PLAIN_H

#include "record/record.h"

enum { PLAIN_MOST_VALUES = 40 };

enum plain_type { PLAIN_OTHER, PLAIN_INTEGER, PLAIN_TEXT, PLAIN_TRUE, PLAIN_OBJECT };
struct plain_value {
    const char *key, *text; // ended by NUL
    size_t length;          // of text
    int64_t number;
    enum plain_type type;
};

struct plain_line {
    struct plain_value values[PLAIN_MOST_VALUES];
    struct plain_value seen[RECORD_MOST_SEEN]; // what stands in the one object a line may have
    size_t count, seen_count;
    size_t at; // where the last one was found: they are asked for nearly in their order
    char text[RECORD_LINE_SIZE];
    struct json_t *tree; // the long way; NULL: it was plain
};

// INVALID: no JSON object. OK: plain_close() it.
enum status plain_read(const char *line, size_t length, struct plain_line *out) MUST_CHECK;
void plain_close(struct plain_line *line);
const struct plain_value *plain_get(struct plain_line *line, const char *key); // NULL: not there

#endif
