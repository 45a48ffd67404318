// answer.h -- a verdict in words: what the screen says to the person in front of it.
// Every No says why, with the facts, and what to do next. No codes, no blame. Pure but for the time zone of the
// process.
#ifndef EINLASS_MODEL_ANSWER_H
#define EINLASS_MODEL_ANSWER_H

#include "desk/notice.h"
#include "model/words.h"

enum answer_kind {
    ANSWER_WELCOME,
    ANSWER_GOODBYE,    // went out
    ANSWER_ALL_HERE,   // roll_call: with this one everybody is there
    ANSWER_ATTENTION,  // is in, and staff have a note about them
    ANSWER_ALREADY,    // also the friendly kind
    ANSWER_NO,         // also an undo that came too late
    ANSWER_PRACTICE,   // a practice ticket
    ANSWER_TAKEN_BACK, // an undo was done
};

enum { ANSWER_LINE_SIZE = 512 };

struct answer {
    enum answer_kind kind;
    char word[96];               // the large one
    char name[GUEST_NAME_SIZE];  // who, if the word doesn't say it
    char figure[64];             // how many, large: "42 von 45"
    char place[128];             // group or bus (welcome), when and where (already)
    char why[ANSWER_LINE_SIZE];  // a sentence
    char next[ANSWER_LINE_SIZE]; // what to do
    bool is_clock_doubtful;
};

struct answer_scope {
    const struct event *event;
    const struct list *list;
    const struct words *words; // in the language given beside
    enum language language;
    int64_t unix_ms; // when the notice came
};

// Of a NOTICE_VERDICT on this list, or of what became of an undo.
enum answer_kind answer_kind_of(const struct notice *notice, const struct list *list);
void answer_write(const struct notice *notice, const struct answer_scope *scope, struct answer *out);

// "42 von 45", "42", or nothing where the event shows no numbers.
void answer_write_figure(const struct headcount *count, const struct answer_scope *scope, char *out, size_t out_size);
// "noch 37"
void answer_write_left(int64_t left, const struct answer_scope *scope, char *out, size_t out_size);

#endif
