// reader.h -- frame to codes (port).
// Ownership: open() hands you the reader; close() it. Threads: all calls from the scan thread.
// Never fails: a frame without a readable code gives 0 codes.
// Effort: one attempt per call, each call another way (half size, full size, inverted …), by turns. For the same
// picture (equal digests) calls go on through all ways, then say is_exhausted and cost nothing.
// Time: one call is one attempt; it can't be interrupted, and no limit on it is promised. Two things keep it near
// `budget_ms`. A picture crowded with finder patterns is read in parts, another part with each attempt (crowd.h), so
// that most hostile pictures stay below it; a single code of thousands of bytes is seen whole, unless that was too
// slow. A way that took longer than `budget_ms` all the same rests for a while that grows each time (turns.h), while
// the quick ways go on. Which ways rest is logged when it changes. Of a crowded picture that stands still, the parts
// that had no turn stay unread.
#ifndef EINLASS_CODE_READER_H
#define EINLASS_CODE_READER_H

#include "base/clock.h"
#include "base/status.h"
#include "code/code.h"
#include "frame/frame.h"

enum { READER_MAX_CODES = 4 }; // in one frame; more are left for the next

struct reading {
    size_t count; // codes found, largest in the picture first
    struct code codes[READER_MAX_CODES];
    struct sighting sightings[READER_MAX_CODES];
    bool is_exhausted; // nothing new can come from the same picture: every way to read it was tried
};

struct reader {
    const struct reader_ops *ops;
};
struct reader_ops {
    void (*read)(struct reader *self, const struct frame *frame, struct reading *out);
    void (*close)(struct reader *self); // frees self
};

static inline void reader_close(struct reader *reader)
{
    if (reader) reader->ops->close(reader);
}

enum status reader_zbar_open(struct clock *clock, int budget_ms, struct reader **out) MUST_CHECK;

#endif
