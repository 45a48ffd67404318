// day.h -- days and moments as people read them: "23.11." and "10:02 Uhr", "23 Nov" and "10:02".
// Days are counted since 2025-01-01 in the event's zone (base/clock.h). Pure but for the zone; any thread.
#ifndef EINLASS_MODEL_DAY_H
#define EINLASS_MODEL_DAY_H

#include "base/clock.h"
#include "record/event.h"

enum { DAY_TEXT_SIZE = 40 };

// The year is named only when it is not today's.
void day_write(int day, int today, enum language language, char out[DAY_TEXT_SIZE]);
// The day is named only when it is not the day of `now_ms`.
void day_write_moment(int64_t unix_ms, int64_t now_ms, enum language language, char out[DAY_TEXT_SIZE]);

#endif
