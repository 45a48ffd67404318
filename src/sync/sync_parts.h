// sync_parts.h -- what the files of the kiosk's sync share: sync.c (open, close, news), line.c (a thread's way to the
// office), sender*.c, receiver*.c, enrol.c, anchor.c.
#ifndef EINLASS_SYNC_SYNC_PARTS_H
#define EINLASS_SYNC_SYNC_PARTS_H

#include "sync/back_off.h"
#include "sync/batch.h"
#include "sync/stick.h"

#include <string.h>

enum { LOOK_MS = 2000, RECEIPT_MOST_MS = 60 * 1000, FULL_QUEUE_MS = 50 };

// One thread's way to the office. `uplink` is changed under the lock only, as close() cancels it from another thread.
struct line {
    struct uplink *uplink;
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

struct sender {
    uint8_t log[LOG_ID_BYTES]; // that all below is about
    bool knows_place;
    uint64_t next;       // seq to be sent next
    uint64_t acked;      // the office has all before it
    uint64_t last;       // that is written here
    uint64_t kept_acked; // on disk
    int64_t kept_mono_ms;
    uint64_t shown_acked;   // as of the last time that the office had everything
    size_t most;            // lines in a batch, as of now
    bool was_chain_refused; // once; the second time it stops
    bool is_stopped;        // until somebody asks to try
    bool is_probing;        // the office has other records than we: looks for the first that differs, backwards
    uint64_t differs_at;    // this one does, for certain
    bool is_forking;        // the desk is to begin a new log
    uint64_t fork_serial;
    uint64_t walk_in;       // blobs up to this one were sent
    uint64_t there_walk_in; // all up to this one are there: none of them was refused
    uint64_t kept_walk_in;  // of these, on disk
    int64_t asked_mono_ms;
    struct outbox_batch *batch;
    char *text; // [BATCH_SIZE]
};

struct receiver {
    bool knows_cursor;
    char cursor[STORE_CURSOR_SIZE];
    struct feed_page *page; // being handed to the desk; NULL: none
    size_t at, next;        // the item to be handed next; the one after what is on its way
    uint64_t serial;        // of what is on its way; 0: nothing
    int64_t handed_mono_ms;
    unsigned pairing_number; // that the event was asked for
    bool wants_event;
    uint64_t event_serial; // an event file is on its way to the desk; 0: none
    char event_etag[128];  // its
    char refused_etag[128];
    bool has_event_trouble;
    int64_t polled_mono_ms;
};

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

// ---- line.c ----
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

// ---- enrol.c ----
void sync_enrol(struct sync *sync, const char *text);

// ---- anchor.c ----
void anchor_take(struct sync *sync, const struct uplink_answer *answer, int64_t now_ms);

// ---- sender*.c ----
void sender_open(struct sender *sender);
void sender_close(struct sender *sender);
void sender_keep_acked(struct sync *sync);               // if it changed
bool sender_look(struct sync *sync);                     // what there is; false: not readable now
int64_t sender_work(struct sync *sync, int64_t mono_ms); // after it
int64_t sync_sooner_ms(int64_t one_ms, int64_t other_ms);
void sender_try_again(struct sender *sender);                         // somebody asked, or a new pairing
bool sender_place(struct sync *sync, const struct wire_place *place); // false: back-off is set
int64_t sender_send_batch(struct sync *sync);
void sender_probe(struct sync *sync, uint64_t end); // records before `end`
void sender_fork(struct sync *sync, uint64_t at);
int64_t sender_await_fork(struct sync *sync);
int64_t sender_send_walk_in(struct sync *sync);
void sender_begin_walk_ins(struct sender *sender, uint64_t there); // those up to `there` need not be sent
void sender_name_log(const struct sender *sender, const char *behind, char *out, size_t out_size); // a path

// ---- receiver*.c ----
void receiver_close(struct receiver *receiver);
int64_t receiver_work(struct sync *sync, int64_t mono_ms);
bool receiver_fetch_event(struct sync *sync); // false: nothing could be done now
void receiver_take_event_receipt(struct sync *sync);

#endif
