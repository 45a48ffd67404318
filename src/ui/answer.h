// answer.h -- a verdict in words: what the screen says to the person in front of it.
// Every No says what to do next. No codes, no blame. Pure but for the time zone of the process.
#ifndef EINLASS_UI_ANSWER_H
#define EINLASS_UI_ANSWER_H

#include "desk/notice.h"
#include "ui/words.h"

enum answer_kind { ANSWER_WELCOME, ANSWER_ALREADY, ANSWER_NO, ANSWER_PRACTICE };

enum { ANSWER_LINE_SIZE = 512 };

struct answer {
    enum answer_kind kind;
    char word[96];               // the large one
    char name[GUEST_NAME_SIZE];  // who (welcome)
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

enum answer_kind answer_kind_of(const struct verdict *verdict);
void answer_write(const struct notice *notice, const struct answer_scope *scope, struct answer *out);

#endif
