// booth.h -- the room in which a reader works alone: shared memory, one socket, and the loop of the child process.
// The parent puts a frame into the booth and rings; the child reads it, puts the reading there and answers. Layout and
// words are the same program's on both sides (one package), so they carry no version.
// Trust: the child believes the parent. The parent believes nothing: pictures come from strangers, and a hole in the
// decoder may make the child theirs. So a reading crosses as plain numbers that may be anything (struct booth_reading),
// is copied out once, and only then looked at.
// Ownership: the parent makes memory and socket and hands both down as descriptors BOOTH_*_FD. Threads: one per side.
// Source: the privilege separation of OpenSSH (Provos, Friedl, Honeyman, "Preventing Privilege Escalation", 2003).
#ifndef EINLASS_CODE_BOOTH_H
#define EINLASS_CODE_BOOTH_H

#include "code/cage.h"
#include "code/reader.h"

#include <stdint.h>

// In the child: standard error is the socket too, so that its log lines, and what a library says when it gives up,
// reach the parent without a descriptor of their own.
enum { BOOTH_SOCKET_FD = 3, BOOTH_MEMORY_FD = 4 };

struct booth_code {
    uint32_t length;
    float x[4], y[4];
    char text[CODE_MAX_BYTES];
};

struct booth_reading {
    uint32_t count, has_passed, is_exhausted, hint;
    struct booth_code codes[READER_MAX_CODES];
};

struct booth {
    int32_t attempts_ms; // no further attempt begins after that; from the start on
    // The child ends itself when a read takes as much of a core, or as long, should the parent be held up.
    int32_t cpu_alarm_ms, wall_alarm_ms;
    int32_t rest_ms;    // for this read, and from it on: no classic passes for so long
    struct frame frame; // the parent's word
    struct booth_reading reading;
};

// One packet each. The parent sends a number, the child answers with it; 0 when it is in its cage and ready. Packets of
// other sizes are lines for the log.
struct booth_answer {
    uint32_t mark, number;
    struct cage cage;
};
enum { BOOTH_MARK = 0x45524447 };

void booth_pack(const struct reading *reading, struct booth_reading *out);
// Every count, length and coordinate is looked at. Times are the frame's. INVALID: no honest reader says that.
enum status booth_unpack(const struct booth_reading *packed, int64_t mono_ms, struct reading *out) MUST_CHECK;

typedef enum status booth_open_reader(const struct reader_config *config, struct reader **out);

// The child's main: opens the reader, enters the cage, reads until the parent is gone. Never returns.
_Noreturn void booth_serve(booth_open_reader *open_reader);

#endif
