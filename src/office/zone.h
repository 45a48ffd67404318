// zone.h -- local times of an event as people write them, and back.
// zone_use sets the process's time zone (TZ), as app/assemble.c does in the kiosk; the other calls use it.
// Threads: one, before others start. Source of zones: the system's tz database.
#ifndef EINLASS_OFFICE_ZONE_H
#define EINLASS_OFFICE_ZONE_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

enum { ZONE_TIME_SIZE = 17 }; // "2026-11-22T09:00" and NUL

enum status zone_use(const char *zone) MUST_CHECK; // INVALID: not in the tz database
// "2026-11-22T09:00", a blank instead of the T is fine. INVALID: no such time, also for the hour that is skipped when
// summer time begins. Of the doubled hour when it ends, the first one is meant.
enum status zone_read_time(const char *text, int64_t *unix_ms_out) MUST_CHECK;
void zone_write_time(int64_t unix_ms, char out[ZONE_TIME_SIZE]);

#endif
