// away.h -- an office in a process of its own, reached through a line that can be cut: it may be killed at any moment.
#ifndef EINLASS_TESTS_OFFICE_AWAY_H
#define EINLASS_TESTS_OFFICE_AWAY_H

#include "office/counter.h"

#include <sys/types.h>

struct away {
    const char *where; // the database
    pid_t pid;
    int line;
};

struct away_answer {
    enum status status;
    enum inbox_answer answer;
    uint64_t next;
};

void away_start(struct away *away, const char *where);
void away_kill(struct away *away); // -9
// A batch (or, where length is LOG_ID_BYTES, the question what is there of that log). kill_after_us >= 0: it is killed
// that long after the batch went out, and begins anew. False: no answer came.
bool away_call(struct away *away, const char *bytes, size_t length, int kill_after_us, struct away_answer *out);

#endif
