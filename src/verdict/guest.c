#include "verdict/guest.h"

#include <string.h>

static const char *const words[] = {
#define X(name, word) [GUEST_STATUS_##name] = (word),
    GUEST_STATUS_LIST(X)
#undef X
};

const char *guest_status_word(enum guest_status status)
{
    return words[status];
}

enum status guest_status_of_word(const char *word, enum guest_status *out)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *out = (enum guest_status)i;
            return STATUS_OK;
        }
    return STATUS_INVALID;
}
