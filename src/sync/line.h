// line.h -- one thread's way to the office: an uplink to where it was paired (or was heard of in the network), how long
// it is left alone after a failure, and what is told about that. Part of sync.
// Threads: the one whose line it is; what others may look at is under sync's lock. A call blocks until the uplink's
// timeout, or until sync is closed.
#ifndef EINLASS_SYNC_LINE_H
#define EINLASS_SYNC_LINE_H

#include "sync/back_off.h"
#include "sync/sync.h"

struct line {
    struct uplink *uplink;      // changed under the lock only, as close() cancels it from another thread
    unsigned pairing_number;    // that it was opened for; 0: none
    struct pairing pairing;     // a copy
    char url[PAIRING_URL_SIZE]; // where it goes
    bool is_elsewhere;          // not where it was paired: heard of in the network
    struct back_off back_off;
    int64_t retry_mono_ms; // 0: now. Under the lock, as all below but `network`
    uint64_t network;      // as of the last failure
    enum sync_trouble trouble;
    char words[WIRE_WORDS_SIZE];
};

bool line_open(struct sync *sync, struct line *line);                       // false: not paired, revoked, or closing
int64_t line_due_ms(struct sync *sync, struct line *line, int64_t mono_ms); // until the next try; 0: now
void line_set_uplink(struct sync *sync, struct line *line, struct uplink *uplink);
// OK: an answer of an office. LATER: none, back-off is set. GONE: sync is being closed.
enum status line_call(struct sync *sync, struct line *line, const struct uplink_request *request,
                      struct uplink_answer *out) MUST_CHECK;
void line_fine(struct sync *sync, struct line *line); // it went well
void line_fail(struct sync *sync, struct line *line, enum sync_trouble trouble, const char *words, int64_t least_ms);
void line_stop(struct sync *sync, struct line *line, enum sync_trouble trouble, const char *words); // no next try
// What means the same for every call: revoked, outdated, busy, …
void line_refused(struct sync *sync, struct line *line, const struct uplink_answer *answer);
enum sync_trouble line_trouble_of(enum uplink_trouble trouble);

#endif
