#include "office/conflict.h"

const char *conflict_kind_word(enum conflict_kind kind)
{
    static const char *const words[] = {
#define X(name, word) [CONFLICT_KIND_##name] = (word),
        CONFLICT_KIND_LIST(X)
#undef X
    };

    return words[kind];
}
