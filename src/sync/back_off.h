// back_off.h -- how long to wait before the next try: from 1 s, longer each time, and never all kiosks at once.
// Value, valid when zero; pure but for its dice; one thread.
#ifndef EINLASS_SYNC_BACK_OFF_H
#define EINLASS_SYNC_BACK_OFF_H

#include <stdint.h>

// AWAY: where nobody of ours answers, a try is at nobody's cost, and whoever puts the office up again waits for it.
enum { BACK_OFF_LEAST_MS = 1000, BACK_OFF_MOST_MS = 60 * 1000, BACK_OFF_AWAY_MS = 15 * 1000 };

struct back_off {
    unsigned failures; // in a row
};

// After a failure. least_ms: what the other side asked for (0: nothing); more than most_ms is not waited.
int64_t back_off_ms(struct back_off *back_off, int64_t least_ms, int64_t most_ms);
void back_off_end(struct back_off *back_off); // it went well

#endif
