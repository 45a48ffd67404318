// reader.h -- frame to codes (port).
// Ownership: open() hands you the reader; close() it. Threads: all calls from the scan thread.
// Never fails: a frame without a readable code gives 0 codes.
// Effort: one attempt per call, each call another way (half size, full size, inverted …), by turns. For the same
// picture (equal digests) calls go on through all ways, then say is_exhausted and cost nothing.
// Time: one call is one attempt. It can't be interrupted, and nothing bounds it by the picture's size alone: a
// picture made to be hostile (a carpet of finder patterns) took zbar 0.3 s on a desk machine. What is bounded is how
// often that happens: a way that took longer than `budget_ms` rests for a while that grows each time (turns.h; at most
// 10 s), while the quick ways go on. Which ways rest is logged when it changes.
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
