#include "base/status.h"

const char *status_words(enum status status)
{
    static const char *const words[] = {
#define X(name, text) [STATUS_##name] = (text),
        STATUS_LIST(X)
#undef X
    };
    return words[status];
}
