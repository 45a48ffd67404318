// answer_stage.h -- notices in words, for the tests of answers: an event, a list and both languages.
#ifndef EINLASS_TESTS_MODEL_ANSWER_STAGE_H
#define EINLASS_TESTS_MODEL_ANSWER_STAGE_H

#include "model/answer.h"
#include "screen/stage.h"

struct answer_stage {
    struct stage stage;
    struct words *words;
};

int answer_stage_set_up(void **state); // times are UTC's
int answer_stage_tear_down(void **state);
struct answer answer_stage_answer(struct answer_stage *answers, const struct notice *notice, enum language language);

#endif
