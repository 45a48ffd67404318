#include "sync/sync.h"

const char *sync_trouble_word(enum sync_trouble trouble)
{
    static const char *const words[] = {
#define X(name, word) [SYNC_##name] = (word),
        SYNC_TROUBLE_LIST(X)
#undef X
    };
    return words[trouble];
}
