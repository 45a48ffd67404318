#include "verdict/reason.h"

#include <string.h>

static const char *const words[] = {
#define X(name, word) [REASON_##name] = (word),
    REASON_LIST(X)
#undef X
};

const char *reason_word(enum reason reason)
{
    return words[reason];
}

enum status reason_of_word(const char *word, enum reason *out)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *out = (enum reason)i;
            return STATUS_OK;
        }
    return STATUS_INVALID;
}
