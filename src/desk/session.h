// session.h -- who is staff: a PIN or a staff ticket opens one session; time or LOCK closes it. Part of the desk.
// Pure, but for the random number of a session and the time argon2id takes: tens of ms a verifier. Desk thread.
// Times: mono_ms of the desk.
#ifndef EINLASS_DESK_SESSION_H
#define EINLASS_DESK_SESSION_H

#include "record/event.h"

struct patience { // with wrong PINs
    uint32_t wrong_count;
    int64_t until_mono_ms; // no try counts before
};

struct trial { // of one PIN, one verifier a step
    size_t tried_count;
    bool is_right;
};

struct session {
    uint64_t number; // what commands must carry; 0: none is open
    int64_t until_ms;
    int64_t ticket_until_ms; // a staff ticket shown before opens one; 0: none is waited for
    int64_t offer_until_ms;  // a pairing offer shown before is taken for one; 0: none is waited for
    struct patience patience;
    struct trial trial;
};

// One verifier a call; every one is tried in any case, so that the time taken tells nothing. OK: right. LATER: call
// again with the same PIN, not all were tried. INVALID: refused, and for how long the next try will be.
enum status session_try_pin(struct session *session, const struct event *event, const char *pin, int64_t mono_ms,
                            int64_t *wait_ms_out) MUST_CHECK;

void session_begin(struct session *session, int64_t mono_ms); // a new number; the one before is worth nothing any more
void session_end(struct session *session);
bool session_is_open(const struct session *session, int64_t mono_ms);
bool session_take(struct session *session, uint64_t number, int64_t mono_ms); // whether it is the open one; keeps it
bool session_expire(struct session *session, int64_t mono_ms);                // true: it ended just now, by time
int64_t session_rest_ms(const struct session *session, int64_t mono_ms); // until then; DOORBELL_FOREVER: none is open

// is_wanted: from now on a staff ticket opens a session, for a while; else no longer.
void session_want_ticket(struct session *session, bool is_wanted, int64_t mono_ms);
bool session_wants_ticket(const struct session *session, int64_t mono_ms);
// The same for pairing offers, but only while the session is open.
void session_want_offer(struct session *session, bool is_wanted, int64_t mono_ms);
bool session_wants_offer(const struct session *session, int64_t mono_ms);

#endif
