#include "sync/back_off.h"

#include <sodium.h>

enum { MOST_DOUBLINGS = 6 };

int64_t back_off_ms(struct back_off *back_off, int64_t least_ms, int64_t most_ms)
{
    int64_t from_ms, to_ms;

    if (back_off->failures < MOST_DOUBLINGS) back_off->failures++;
    to_ms = (int64_t)BACK_OFF_LEAST_MS << back_off->failures;
    if (to_ms > most_ms) to_ms = most_ms;
    from_ms = to_ms / 2;
    if (least_ms > from_ms) from_ms = least_ms;
    if (from_ms > most_ms) from_ms = most_ms;
    if (to_ms < from_ms + from_ms / 4) to_ms = from_ms + from_ms / 4; // so that not all come when the office said
    if (to_ms > most_ms) to_ms = most_ms;
    return from_ms + randombytes_uniform((uint32_t)(to_ms - from_ms) + 1);
}

void back_off_end(struct back_off *back_off)
{
    back_off->failures = 0;
}
