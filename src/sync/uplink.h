// uplink.h -- one HTTP call to the office (port; libcurl, in tests also something that lies).
// TLS 1.2 or newer. Pinned: the server's key must be the pinned one, and its certificate's dates and names don't matter
// (a kiosk without a battery clock believes it is 1970). Else the system's authorities, name and dates are checked. No
// redirects are followed, no proxy of the environment is used, no compression is asked for but gzip. Threads: one call
// at a time, with SIGPIPE blocked (worker.h) or ignored; cancel() from any thread ends the present call and every later
// one with GONE.
#ifndef EINLASS_SYNC_UPLINK_H
#define EINLASS_SYNC_UPLINK_H

#include "base/clock.h"
#include "base/watch.h"
#include "sync/pairing.h"

enum uplink_trouble { // why there was no answer; only where call() says LATER or INVALID
    UPLINK_FINE,
    UPLINK_NO_NETWORK,  // no route, no such name
    UPLINK_UNREACHABLE, // nobody answers there
    UPLINK_TOO_SLOW,    // a timeout; the batch may have arrived
    UPLINK_CUT_OFF,     // the connection ended within the answer
    UPLINK_WRONG_KEY,   // TLS: another server, or an authority nobody knows
    UPLINK_EXPIRED,     // TLS by authorities: the certificate's time is over
    UPLINK_NOT_YET,     // TLS by authorities: it hasn't begun. Our clock, perhaps
    UPLINK_WRONG_NAME,  // TLS by authorities
    UPLINK_NO_OFFICE,   // an answer that is none of ours: a captive portal, a router's page
};

#define UPLINK_JSON "application/json"
#define UPLINK_EVENT_FILE "application/vnd.einlass.event" // the signature's hex digits, a newline, the document
enum { UPLINK_MOST_ANSWER_BYTES = 4 * 1024 * 1024, UPLINK_CONNECT_MS = 5000, UPLINK_TOTAL_MS = 30 * 1000 };
enum { UPLINK_PATIENCE_MS = 60 * 1000 }; // without a turn of a call's loop, and then with its answer

struct uplink_request {
    const char *method; // "GET", "POST", "PUT"
    const char *path;   // "/v1/feed?after=…"
    const char *token;  // NULL: none
    const void *body;
    size_t length;
    const char *type;          // of the body
    bool is_gzip;              // the body
    const char *if_none_match; // NULL: none
    int64_t most_ms;           // 0: UPLINK_TOTAL_MS
    size_t most_bytes;         // of the answer; 0: UPLINK_MOST_ANSWER_BYTES
};

struct uplink_answer { // texts and body: borrowed until the next call
    int status;        // 200 …
    int retry_after_s; // -1: the answer names none
    const char *body;  // with a NUL behind it; JSON, but for the event file
    size_t length;
    char type[64], etag[128];
    int64_t sent_mono_ms, answered_mono_ms; // for clock anchors
    enum uplink_trouble trouble;
};

struct uplink {
    const struct uplink_ops *ops;
    struct watch_mark *mark; // of the thread that calls, moved while a call goes on; NULL: nobody looks
};
struct uplink_ops {
    // OK: an answer of an office (status 200 … 599, JSON or event file). LATER: none, `trouble` says why. GONE:
    // cancelled.
    enum status (*call)(struct uplink *self, const struct uplink_request *request, struct uplink_answer *out);
    void (*cancel)(struct uplink *self);
    void (*close)(struct uplink *self); // frees self
};

enum status uplink_curl_open(const char *url, const uint8_t *pin, struct clock *clock,
                             struct uplink **out) MUST_CHECK; // pin: PAIRING_PIN_BYTES, or NULL
// The same, but with the authorities in this file (PEM) instead of the system's.
enum status uplink_curl_open_trusting(const char *url, const char *authorities, struct clock *clock,
                                      struct uplink **out) MUST_CHECK;

#endif
