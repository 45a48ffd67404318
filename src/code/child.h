// child.h -- one reading process, seen from outside: start it, let it read a frame, end it.
// It may be anybody's by now (booth.h): nothing it says or does can hold the caller up, and what it says is checked.
// A read is bounded by the child's own time, as a busy machine is no fault of its: at the deadline, one that sleeps or
// is stopped is late; one that only waits for a core has until it had as much of one, or CHILD_MOST_STARVED_MS more.
// Ownership: `struct child` is storage; zero is "none". start() fills it, end() empties it. Threads: one at a time; the
// process dies with the thread that started it. Descriptors: one socket each, closed on exec, as everything is.
// Source: posix_spawn(3), memfd_create(2), unix(7) (SOCK_SEQPACKET).
#ifndef EINLASS_CODE_CHILD_H
#define EINLASS_CODE_CHILD_H

#include "base/clock.h"
#include "code/booth.h"

#include <stdbool.h>
#include <sys/types.h>

enum {
    CHILD_MOST_START_MS = 5000,
    CHILD_MOST_STARVED_MS = 900 * CAGE_SLOWNESS,
    // Lines of its log that reach ours, and after how many reads there is one more: a reader logs changes only. What
    // talks on and on is no reader. A sanitizer's last words are long, and wanted.
    CHILD_LINES_IN_STOCK = CAGE_IS_SANITIZED ? 500 : 16,
    CHILD_READS_PER_LINE = 256,
    CHILD_MOST_LINES_AT_ONCE = 4 * CHILD_LINES_IN_STOCK,
};

struct child {
    pid_t pid; // 0: none
    int socket;
    struct booth *booth;
    bool is_retry; // set before start(): the start before failed, so nothing is said if this one does
    bool is_ready; // it is in its cage
    struct cage cage;
    int budget_ms;
    int64_t started_ms;
    uint32_t number; // of the last ring
    int lines_left;  // of its log
    int rest_ms;     // goes with the next frame (booth.h)
};

// How a read went. Only GONE, LATE and NONSENSE end the child.
enum child_outcome {
    CHILD_READ,
    CHILD_STARTS,   // not ready yet, and it still may take its time
    CHILD_GONE,     // ended by itself
    CHILD_LATE,     // its time is up
    CHILD_NONSENSE, // said what no honest reader says
};

// Returns at once; it becomes ready later. MISSING: no such program. LATER: the machine has no process, memory or
// descriptor left.
enum status child_start(const char *program, int budget_ms, struct clock *clock, struct child *out) MUST_CHECK;

enum child_outcome child_await_ready(struct child *child, struct clock *clock, int64_t deadline_ms);
// `copy` is room for what it said. `has_rung_out`: the frame was handed over; that is while half of its budget is left
// before the deadline, or not at all.
enum child_outcome child_read(struct child *child, const struct frame *frame, struct clock *clock, int64_t deadline_ms,
                              struct booth_reading *copy, struct reading *out, bool *has_rung_out);

bool child_is_alive(const struct child *child);         // it hasn't ended by itself
long child_resident_bytes(const struct child *child);   // its memory; -1: unknown
bool child_leave(struct child *child, int *status_out); // false: told to go, still there; call again
void child_end(struct child *child, int *status_out);   // waits for it; none is fine. status: as of waitpid(2)

#endif
