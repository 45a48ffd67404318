// sync_parts.h -- what the files of the kiosk's sync share; everyone else sees sync.h.
//   sync.c       open, close, and whose turn it is on either thread
//   sync_tell.c  what the screen and the desk are told
//   line.h       a thread's way to the office
//   sender.h     the log, out               receiver.h  the feed and events, in
//   enrol.c      pairing                    anchor.c    the office's time
#ifndef EINLASS_SYNC_SYNC_PARTS_H
#define EINLASS_SYNC_SYNC_PARTS_H

#include "sync/line.h"
#include "sync/receiver.h"
#include "sync/sender.h"
#include "sync/stick.h"

enum { LOOK_MS = 2000, RECEIPT_MOST_MS = 60 * 1000, FULL_QUEUE_MS = 50 };

struct anchor { // the best of the office's time that the desk was told
    bool is_told;
    int64_t told_mono_ms, uncertainty_ms;
};

struct sync {
    struct sync_config config;
    struct batch_maker maker;
    struct outbox *outbox, *feed_outbox;
    struct queue requests, receipts;
    struct doorbell bell, feed_bell;
    struct worker send_worker, feed_worker;
    struct sender sender;     // the sync thread's
    struct receiver receiver; // the feed thread's
    struct stick *stick;      // the sync thread's; NULL: none is looked for
    struct line send_line, feed_line;
    pthread_mutex_t lock; // of all below
    bool is_closing;
    struct pairing pairing;
    unsigned pairing_number; // 0: none yet
    struct sync_state state, told;
    bool is_put_back; // its feed began anew: what walk-ins said may be gone there
    bool is_in_doubt; // the office was away, or its feed began anew: it may have been put back from a backup
    struct anchor anchor;
    uint64_t serial;
    struct receipt sent_receipt, feed_receipt, event_receipt; // serial 0: none
};

int64_t sync_sooner_ms(int64_t one_ms, int64_t other_ms); // of two times to wait

// ---- sync_tell.c ----
void sync_tell(struct sync *sync); // the state to the screen, if it changed; takes the lock
void sync_tell_locked(struct sync *sync);
void sync_doubt_locked(struct sync *sync);  // the sender asks what the office has
void sync_take_receipts(struct sync *sync); // sorts them for the two threads
// LATER: the desk's queue is full; nothing was taken over. serial_out: of the delivery; may be NULL.
enum status sync_deliver(struct sync *sync, struct delivery *delivery, uint64_t *serial_out) MUST_CHECK;
bool sync_receipt(struct sync *sync, struct receipt *slot, uint64_t serial, struct receipt *out); // false: not yet
enum status sync_pair(struct sync *sync, const struct pairing *pairing) MUST_CHECK; // from now on; keeps it first
// Of the pairing with this token, if it still is the present one.
void sync_be_revoked(struct sync *sync, const char *token);
void sync_keep_acked(struct sync *sync, const char *token, const struct sender *sender);
void sync_keep_etag(struct sync *sync, const char *token, const char *etag);

// ---- enrol.c ----
void sync_enrol(struct sync *sync, const char *text);

// ---- anchor.c ----
void anchor_take(struct sync *sync, const struct uplink_answer *answer, int64_t now_ms);

#endif
