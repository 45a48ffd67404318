// case_words.h -- the little language of cases.txt; its top explains the words. Pure.
#ifndef EINLASS_TESTS_VERDICT_CASE_WORDS_H
#define EINLASS_TESTS_VERDICT_CASE_WORDS_H

#include "verdict/decide.h"

struct expectation {
    enum reason reason;
    bool is_practice, is_clock_doubtful, is_exit, is_friendly;
};

struct question case_usual_question(void); // what holds unless a line says otherwise

// Reads a line into the question, which was the usual one, and how it ends; cuts the line up. False: `wrong_word_out`
// was not understood, or says what is missing.
bool case_read(char *line, struct question *question, struct expectation *expected, const char **wrong_word_out);

#endif
