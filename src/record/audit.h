// audit.h -- recomputes everything a kiosk database claims: chain, gapless order, check-ins,
// headcounts, rounds, stock, walk-ins, and the roster of each signed document.
// Reads only. Any thread that owns the call; the kiosk may be running (WAL readers don't block).
#ifndef EINLASS_RECORD_AUDIT_H
#define EINLASS_RECORD_AUDIT_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct audit {
    uint64_t record_count;
    uint64_t entry_count, refused_count;
    uint32_t difference_count; // 0: the database is what its log says
    bool is_outdated; // of an older version: only the log was looked at. The kiosk brings it up to date when it starts
};

// Writes one line per difference to `out` ("record 17: hash differs …", "records 18 to 40: are missing", "headcount of
// list 1: stored 41, recounted 42"). Takes as long as there are rows, whatever numbers stand in them. OK: it was read
// to the end (see difference_count); MISSING: no such file; INVALID: no kiosk database (another kind of file, another
// program's, a newer version's); CORRUPT: damaged. A kiosk database whose very beginning is damaged is told from a
// shopping list by the lock file the kiosk left beside it: without, it is INVALID.
enum status audit_sqlite(const char *path, FILE *out, struct audit *audit_out) MUST_CHECK;

// For a program that may have to end meanwhile: is_wanted() is asked every few records, by the thread that audits. True
// ends the audit, LATER; the lines so far stay in `out`.
struct audit_stop {
    bool (*is_wanted)(void *owner);
    void *owner;
};
enum status audit_sqlite_until(const char *path, const struct audit_stop *stop, FILE *out,
                               struct audit *audit_out) MUST_CHECK; // NULL: to the end

#endif
