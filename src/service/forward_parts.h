// forward_parts.h -- what the files of the forwarder share; everyone else sees forward.h.
//   forward.c         whose turn it is: the pairing, back-off, one call a step
//   forward_logs.c    records and walk-ins' data, up
//   forward_events.c  the office's events, down
#ifndef EINLASS_SERVICE_FORWARD_PARTS_H
#define EINLASS_SERVICE_FORWARD_PARTS_H

#include "base/worker.h"
#include "office/inbox.h"
#include "service/forward.h"
#include "sync/uplink.h"

#include <pthread.h>

enum {
    FORWARD_MOST_LOGS = 256,
    FORWARD_MOST_EVENTS = 64,
    FORWARD_LOOK_MS = 1000,
    FORWARD_ASIDE_MS = 60 * 1000,
    FORWARD_DOUBT_MS = 10 * 60 * 1000, // then a log that is all there is asked about again
};

struct forward_log {
    uint8_t id[LOG_ID_BYTES];
    uint64_t next;         // the office waits for this one; 0: not asked yet
    uint64_t here;         // the hub's own next
    uint64_t had;          // what the office waited for when it was heard last
    int64_t heard_mono_ms; // when that was
    int64_t aside_mono_ms; // left alone until then; 0: it isn't
};

// What one turn came to.
enum forward_turn {
    FORWARD_IDLE,  // nothing to be done
    FORWARD_DONE,  // one call, and there may be more
    FORWARD_LATER, // no answer, or the office can't now
    FORWARD_STOP,  // the office wants no more of this pairing
};

struct forward {
    struct forward_config config;
    struct doorbell bell;
    struct worker worker;
    struct inbox *inbox;
    struct pairing pairing;
    bool is_paired;
    pthread_mutex_t lock;  // of these two, as close() cancels a call from another thread
    struct uplink *uplink; // changed by the worker only
    bool is_closing;
    struct uplink_answer answer;
    int64_t now_ms;
    int64_t wait_ms; // the back-off's next
    bool is_waiting;
    int64_t looked_ms;
    struct forward_log logs[FORWARD_MOST_LOGS];
    size_t log_count;
    int64_t blob; // of the inbox: all up to this one are at the office
    char cursor[STORE_CURSOR_SIZE];
    bool has_news;                         // of the feed: asked for again at once
    uint32_t offered[FORWARD_MOST_EVENTS]; // events to be fetched
    size_t offered_count;
};

// One call with the hub's token. OK: `forward->answer` is one of an office. Else `turn_out`.
bool forward_call(struct forward *forward, struct uplink_request *request, enum forward_turn *turn_out);
// What every call may be answered besides what it is for: 401, 403, 426, 429, 5xx …
enum forward_turn forward_judge(struct forward *forward);

void forward_find_logs(struct forward *forward); // which there are, and how long
void forward_doubt(struct forward *forward);     // what the office had it may have lost: it is asked again
enum forward_turn forward_records(struct forward *forward);
enum forward_turn forward_blobs(struct forward *forward);
enum forward_turn forward_events(struct forward *forward);

#endif
