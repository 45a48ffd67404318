// office_probe.h -- does an office, or a hub, still answer? A process that hangs doesn't end, so nobody would start it
// again. Asked over the line that kiosks use: what is stuck anywhere between there and its answer is found.
// It counts as hung when it has answered since it was started, but none of the last OFFICE_PROBE_MOST questions. One
// that never did is still beginning: a large database takes its time. Ownership: the uplink stays the caller's.
// Threads: one. A step takes as long as a question, at most OFFICE_PROBE_ANSWER_MS; twice that until the uplink knows
// the key of who answers there.
#ifndef EINLASS_APP_OFFICE_PROBE_H
#define EINLASS_APP_OFFICE_PROBE_H

#include "sync/uplink.h"

#include <stdbool.h>

enum {
    OFFICE_PROBE_FIRST_MS = 1000, // between questions, until the first answer
    OFFICE_PROBE_EVERY_MS = 30 * 1000,
    OFFICE_PROBE_ANSWER_MS = 5 * 1000,
    OFFICE_PROBE_MOST = 4,
};

struct office_probe {
    int64_t next_ms;   // of the next question
    bool has_answered; // since it was started
    int missed;
};

void office_probe_begin(struct office_probe *probe, int64_t mono_ms);        // it was started now
bool office_probe_is_due(const struct office_probe *probe, int64_t mono_ms); // a question
// Asks if a question is due; until then as the last one ended.
bool office_probe_is_hung(struct office_probe *probe, struct uplink *uplink, int64_t mono_ms);

#endif
