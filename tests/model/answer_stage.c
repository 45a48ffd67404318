#include "model/answer_stage.h"

#include "base/mem.h"

#include <stdlib.h>
#include <time.h>

int answer_stage_set_up(void **state)
{
    struct answer_stage *answers = mem_zero(sizeof *answers);

    setenv("TZ", "UTC0", 1);
    tzset();
    stage_init(&answers->stage);
    words_gettext_open(LOCALE_FOLDER, &answers->words);
    *state = answers;
    return 0;
}

int answer_stage_tear_down(void **state)
{
    struct answer_stage *answers = *state;

    words_close(answers->words);
    stage_destroy(&answers->stage);
    free(answers);
    return 0;
}

struct answer answer_stage_answer(struct answer_stage *answers, const struct notice *notice, enum language language)
{
    struct answer_scope scope = {&answers->stage.event, &answers->stage.list, answers->words, language,
                                 answers->stage.unix_ms};
    struct answer out;

    answers->words->ops->choose(answers->words, language);
    answer_write(notice, &scope, &out);
    return out;
}
