// desk.h -- the desk decides: a code in, a verdict and a durable record out, then the notice. Read desk.c first.
// It alone uses the database. Nothing here waits for a network, a screen or a person.
// Promise: no notice with reason OK before its record is on disk; one record per decided scan. Codes that wait
// together are stored together: all of them or, with a notice "not saved" each, none.
// Ownership: open() hands you the desk; the store, clock and event stay yours and must outlive it.
// Threads: codes and commands may be put from any thread; the step runs on the desk thread (or in a test).
// A step takes all codes that wait, or else one command, or else one delivery: one transaction, one trip to the disk (a
// delivered event is as long as it is; a large one waits for a quiet moment). A command with a PIN
// takes a step per verifier of the event, tens of ms each; codes that come meanwhile are decided first.
#ifndef EINLASS_DESK_DESK_H
#define EINLASS_DESK_DESK_H

#include "base/clock_anchored.h"
#include "base/queue.h"
#include "base/worker.h"
#include "desk/command.h"
#include "desk/notice.h"

struct desk_config {
    struct store *store;
    struct clock *clock;
    struct watch *watch;             // base/watch.h; NULL: nobody looks
    struct clock_anchored *anchored; // `clock`, kept to the office's time where it has none of its own; NULL: it is not
    const struct event *event;       // to begin with: a new version that sync delivers is served instead
    uint16_t list;
    char gate[GATE_SIZE];
    enum direction direction;
    bool is_just_paired;                 // the code it was paired by may still be before the camera
    const struct device_key *device_key; // signs tickets of walk-ins; NULL: none are made
    struct queue *notices;  // of struct notice, to the screen; a full queue makes the desk wait for it, never drop
    struct queue *requests; // of struct sync_request, to sync; NULL: nothing is synced
    struct queue *receipts; // of struct receipt, to sync; with `requests`
    struct queue *hub;      // of struct hub_request; NULL: this kiosk is no hub
    struct doorbell *outbox_bell, *board_bell; // rung after each commit; NULL: nobody waits
    struct mailbox
        *rows; // of struct rows, to the screen: answers to SEARCH, MISSING, RECENT, the newest wins; NULL: none
};

struct desk;
enum status desk_open(const struct desk_config *config,
                      struct desk **out) MUST_CHECK; // INVALID: no such list, a gate that is no UTF-8
// Before start, where those of the config weren't there yet: sync and desk each need the other's queues.
void desk_connect(struct desk *desk, struct queue *requests, struct queue *receipts, struct doorbell *outbox_bell);
void desk_connect_hub(struct desk *desk, struct queue *hub); // likewise
struct queue *desk_codes(struct desk *desk);                 // of struct code, 16 deep
struct queue *desk_commands(struct desk *desk);              // of struct command, 16 deep
// Of struct delivery, 8 deep, from sync: taken one a step, when no code and no command waits. What it points at is the
// desk's then.
struct queue *desk_deliveries(struct desk *desk);
// Of struct code, to whoever reads codes: not saved, and now the disk works again. Who still holds the ticket up is
// read again, as if it were new, and gets an answer; who has left is not let in behind their back. The newest few; who
// takes none loses nothing but that.
struct queue *desk_unsaved(struct desk *desk);
// Of struct code, to whoever reads codes: put aside, as what the camera saw is neither a ticket nor on the roster, and
// has not stayed in view. No record, no notice, until it comes again with has_stayed: a wifi code beside a ticket is
// nobody's business, and who holds up a wrong code gets an answer.
struct queue *desk_aside(struct desk *desk);
int64_t desk_step(void *desk,
                  int64_t mono_ms); // a worker_step: codes first, then commands; comes back when a session ends
void desk_start(struct desk *desk);
void desk_stop(struct desk *desk);
void desk_close(struct desk *desk); // stops first; NULL is fine

// The product: decides one code and writes it down (NOTICE_NONE: put aside). Also what tests and benches call.
void desk_admit(struct desk *desk, const struct code *code, struct notice *out);

#endif
