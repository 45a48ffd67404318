// sender.h -- the log, sent batch by batch until the office has all of it; and what walk-ins said. Part of sync.
//   sender.c          what there is, what the office has, and what comes next
//   sender_batch.c    a batch, and what it is answered
//   sender_fork.c     the office has other records than we: where they differ, and a new log
//   sender_walk_in.c  walk-ins' blobs
// Threads: sync's. A step makes one call at most.
#ifndef EINLASS_SYNC_SENDER_H
#define EINLASS_SYNC_SENDER_H

#include "sync/batch.h"
#include "sync/sync.h"

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

void sender_open(struct sender *sender);
void sender_close(struct sender *sender);
void sender_keep_acked(struct sync *sync);                            // if it changed
bool sender_look(struct sync *sync);                                  // what there is; false: not readable now
int64_t sender_work(struct sync *sync, int64_t mono_ms);              // after it
void sender_try_again(struct sender *sender);                         // somebody asked, or a new pairing
bool sender_place(struct sync *sync, const struct wire_place *place); // false: back-off is set
int64_t sender_send_batch(struct sync *sync);
void sender_probe(struct sync *sync, uint64_t end); // records before `end`
void sender_fork(struct sync *sync, uint64_t at);
int64_t sender_await_fork(struct sync *sync);
void sender_begin_walk_ins(struct sender *sender, uint64_t there); // those up to `there` need not be sent
int64_t sender_send_walk_in(struct sync *sync);
void sender_name_log(const struct sender *sender, const char *behind, char *out, size_t out_size); // a path

#endif
