// reader.h -- frame to codes (port).
// Ownership: open() hands you the reader; close() it. Threads: all calls from the scan thread.
// Never fails: a frame without a readable code gives 0 codes.
// Effort: a few cheap attempts per call, other ones with each call (policy.h), never all. For the same picture (equal
// digests) calls go on through all of them, then say is_exhausted and cost nothing.
#ifndef EINLASS_CODE_READER_H
#define EINLASS_CODE_READER_H

#include "base/clock.h"
#include "base/status.h"
#include "code/code.h"
#include "code/hint.h"
#include "frame/frame.h"

enum {
    READER_MAX_CODES = 4, // in one frame; more are left for the next
    READER_LEAST_REST_MS = 1000,
    READER_MOST_REST_MS = 60000,
};

struct reading {
    size_t count; // codes found, largest in the picture first
    struct code codes[READER_MAX_CODES];
    struct sighting sightings[READER_MAX_CODES];
    bool has_passed;   // a classic pass was made: what may take long
    bool is_exhausted; // nothing new can come from the same picture: every way to read it was tried
    enum hint hint;    // of this frame alone; HINT_NONE if anything was read
};

struct reader {
    const struct reader_ops *ops;
};
struct reader_ops {
    void (*read)(struct reader *self, const struct frame *frame, struct reading *out);
    // No classic pass for so long, from now on; 0 ends the rest. NULL: makes none.
    void (*rest)(struct reader *self, int rest_ms);
    void (*close)(struct reader *self); // frees self
};

static inline void reader_close(struct reader *reader)
{
    if (reader) reader->ops->close(reader);
}

struct reader_config {
    struct clock *clock;
    int budget_ms;       // local: no further attempt begins after that; child: a read is cut off there
    const char *program; // child: the program that reads (einlass-reader)
};

// In this process: our front end and zbar. A read is not bounded by anything but its counts (look.h), and a hole in the
// decoder is a hole in the program: for the child, for tests and benches.
enum status reader_local_open(const struct reader_config *config, struct reader **out) MUST_CHECK;

// In a process of its own, without network, files or new descriptors: a crash or a hang costs one frame and at most
// budget_ms, and is logged; the picture is not kept. A still picture that ended several rests. The budget is the
// process's own time (child.h), so that on a busy machine a read takes longer rather than be lost. On a machine too
// slow for the passes of policy.h they rest after each cut-off, READER_LEAST_REST_MS first, twice as long each time.
// MISSING: there is no such program. GONE: it ends at once. LATER: it doesn't begin, or the machine has nothing left.
enum status reader_child_open(const struct reader_config *config, struct reader **out) MUST_CHECK;
unsigned reader_child_ended(const struct reader *reader); // how many processes crashed or were cut off so far

#endif
