// sync.h -- a kiosk's way to its office: sends the log, takes the feed, fetches events. Two threads, "sync" and "feed",
// each with an uplink of its own; so news arrives while a long batch is on its way. Promise: nothing is dropped on any
// answer, and nothing here decides anything at the door. A record is sent until the office said that it is durable
// there; what the office says it has is asked again at each start (its copy may have been put back). Back-off: 1 s … 60
// s with jitter (15 s where nobody of ours answers), at once after a pairing or when the network comes back. Ownership:
// open() borrows everything in the config until close(). Threads: open/start/close from the assembling one; requests
// from any; steps from their own threads (or tests). close() ends calls under way: within 200 ms.
#ifndef EINLASS_SYNC_SYNC_H
#define EINLASS_SYNC_SYNC_H

#include "base/mailbox.h"
#include "base/queue.h"
#include "base/worker.h"
#include "record/device_key.h"
#include "sync/delivery.h"
#include "sync/uplink.h"
#include "sync/wire.h"

// What keeps the records from the office. Each has its sentence on the staff page (model/sync_words.h).
#define SYNC_TROUBLE_LIST(X)                                                                                           \
    X(FINE, "fine")                                                                                                    \
    X(NOT_PAIRED, "not_paired")                                                                                        \
    X(NO_NETWORK, "no_network")                                                                                        \
    X(UNREACHABLE, "unreachable")                                                                                      \
    X(TOO_SLOW, "too_slow")                                                                                            \
    X(WRONG_KEY, "wrong_key")                                                                                          \
    X(EXPIRED, "expired")                                                                                              \
    X(NOT_YET, "not_yet")                                                                                              \
    X(WRONG_NAME, "wrong_name")                                                                                        \
    X(NO_OFFICE, "no_office")     /* a captive portal */                                                               \
    X(REVOKED, "revoked")         /* 401, 403: stops until paired again */                                             \
    X(FORKED, "forked")           /* a copy of this kiosk was used elsewhere: a new log was begun, all goes on */      \
    X(BAD_CHAIN, "bad_chain")     /* 422 twice: damaged here, or on its way. Stops, keeps all */                       \
    X(NOT_TAKEN, "not_taken")     /* 400: the office keeps the request aside */                                        \
    X(OUTDATED, "outdated")       /* 426 */                                                                            \
    X(BUSY, "busy")               /* 429, 503 */                                                                       \
    X(BAD_EVENT, "bad_event")     /* the office offers an event file we can't take: words say why */                   \
    X(OLDER_EVENT, "older_event") /* the office offers an older version than ours: ours stays */                       \
    X(DISK, "disk")               /* what arrives can't be stored here */                                              \
    X(BAD_CODE, "bad_code")       /* pairing: unknown, used, or too old */

enum sync_trouble {
#define X(name, word) SYNC_##name,
    SYNC_TROUBLE_LIST(X)
#undef X
};
const char *sync_trouble_word(enum sync_trouble trouble); // for logs

struct sync_state { // value, to the screen
    bool is_paired, is_sending, is_pairing;
    bool is_hub; // as configured: its office is its own hub
    char office[PAIRING_URL_SIZE], device[PAIRING_NAME_SIZE];
    enum sync_trouble trouble;      // now
    enum sync_trouble feed_trouble; // of the other thread, where it differs
    enum sync_trouble pair_trouble; // why the last pairing came to nothing; FINE: it didn't, or none was tried
    // These three stay until somebody paired or restarted:
    bool was_forked;                    // this log began after a fork
    bool was_refilled;                  // the office didn't have any more what it had, and got it once more
    bool was_filled;                    // what happened before came from the office: this database was new
    char words[WIRE_WORDS_SIZE];        // what the office or a check said, English, for logs and the small print
    uint64_t waiting;                   // records that the office doesn't have
    int64_t synced_unix_ms;             // when the office last had everything, or answered; 0: never
    int64_t retry_mono_ms;              // when it is tried again; 0: under way, or never
    uint32_t export_done, export_total; // a USB stick is being written: records
    enum sync_stick {
        STICK_NONE, // no stick is there
        STICK_THERE,
        STICK_WRITING,
        STICK_DONE, // written and synced: it may be pulled out
        STICK_FULL,
        STICK_READ_ONLY,
        STICK_FAILED,
    } stick;
};

enum sync_request_kind { SYNC_REQUEST_PAIR, SYNC_REQUEST_EXPORT, SYNC_REQUEST_NOW };
struct sync_request {
    enum sync_request_kind kind;
    char text[PAIRING_TEXT_SIZE]; // PAIR: the offer
};

typedef enum status uplink_opener(const char *url, const uint8_t *pin, struct clock *clock, struct uplink **out);

struct sync_config {
    const char *database; // path; read through outbox.h
    const char *pairing;  // path of the pairing's file
    const char *stick;    // folder where sticks are mounted; "" = none
    const struct device_key *device_key;
    const char *gate;
    uint32_t event; // that is served; 0: none yet
    struct clock *clock;
    struct watch *watch;        // base/watch.h; NULL: nobody looks
    struct queue *deliveries;   // of struct delivery, to the desk
    struct mailbox *states;     // of struct sync_state, to the screen; the newest wins
    bool is_hub;                // what it is paired with is the hub that this kiosk runs
    const char *hub;            // the hub's address given by hand; "" = by pairing, or found
    struct discover *discover;  // asked while nobody answers where it was paired (sync/discover.h); NULL: nobody looks
    uplink_opener *open_uplink; // NULL: uplink_curl_open
};

struct sync;
enum status sync_open(const struct sync_config *config, struct sync **out) MUST_CHECK;
struct queue *sync_requests(struct sync *sync); // of struct sync_request
struct queue *sync_receipts(struct sync *sync); // of struct receipt, from the desk; 16 deep
struct doorbell *sync_bell(struct sync *sync);  // rung by the desk after each commit
uint64_t sync_waiting(struct sync *sync);       // records that the office doesn't have; 0: not paired. Any thread
void sync_start(struct sync *sync);
void sync_close(struct sync *sync); // NULL is fine

// What the threads do, for tests: a call at most, then the ms until the next (worker.h).
int64_t sync_send_step(void *sync, int64_t mono_ms);
int64_t sync_feed_step(void *sync, int64_t mono_ms);

#endif
