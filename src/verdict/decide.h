// decide.h -- the rules of the door, as one total, pure function.
// Everything it may know stands in the question: no clock, no store, no allocation. Any thread.
// Rules are extended by lines in tests/verdict/cases.txt.
// Order (each with its own reason): a mode this version knows - a ticket at all - our event - genuine - practice -
// (exits are OK here) - revoked - status - class, group - day window - list opens/closes, after - already here - stock
// - capacity. Where ticket and roster differ in class or group, the roster wins: it is newer than the paper. Group 0
// passes every list; class 0 is a class like any other. A list is open from opens_ms until just before closes_ms.
#ifndef EINLASS_VERDICT_DECIDE_H
#define EINLASS_VERDICT_DECIDE_H

#include "ticket/ticket.h"
#include "verdict/guest.h"
#include "verdict/list.h"
#include "verdict/reason.h"

enum claim {
    CLAIM_NOTHING,   // neither a ticket nor a code the roster knows: invalid
    CLAIM_TICKET,    // a KT1 ticket; `ticket` is filled, `is_genuine` says whether an event key vouches for it
    CLAIM_ROSTER,    // a foreign code or a staff look-up that led to exactly one roster entry; no signature
    CLAIM_AMBIGUOUS, // a foreign code of several roster entries
};

struct question {
    enum claim claim;
    struct ticket ticket; // CLAIM_TICKET
    bool is_genuine;      // CLAIM_TICKET
    bool is_walk_in_only; // CLAIM_TICKET: its key may sign walk-ins and nobody else
    uint32_t event;       // served here
    struct guest guest;
    struct list list;
    struct history history;
    enum direction direction; // in_out: what a scan is taken for here; no other mode looks at it
    uint32_t inside;          // persons inside on this list
    bool is_stock_limited;    // hand_out
    int64_t left;   // hand_out: what can still be given here; may be negative, where more was given than counted
    bool is_forced; // staff take responsibility, with a reason: see decide()
    int today;      // clock_local_day
    int64_t unix_ms;
    bool is_clock_trusted; // false: day windows and opening hours never refuse
};

struct verdict {
    enum reason reason;
    bool is_practice;       // a practice ticket: reason is RULES, the screen is violet, nothing is counted
    bool is_clock_doubtful; // a time rule would have refused, but our clock isn't trusted
    bool is_exit; // OK: they go out; else they come in (or get their thing). ALREADY_REDEEMED: they went out just now
    bool is_friendly; // ALREADY_REDEEMED where nothing is wrong with it: roll_call, or in_out a moment after
};

// Whether a signature or the roster stands behind guest.ticket. Anybody can write a number into a code: what nobody
// vouches for is invalid, has no history, and is not recorded as that ticket. A key for walk-ins doesn't vouch for
// somebody whom the roster knows by another class.
bool question_is_vouched_for(const struct question *question);

// ALREADY_REDEEMED: the check-in it is about (when, where). once: of this ticket; else of the person.
const struct past *question_earlier(const struct question *question);

// Modes. once: a second scan of the ticket is refused; another ticket of the same person comes in. in_out: by
// direction; an exit is never refused to a ticket of ours, whatever its status, class or day: nobody is held inside,
// and another kiosk may have let them in. AUTO toggles by the person's last check-in, but less than DECIDE_TOGGLE_MS
// after it a scan is the same one again (friendly already_redeemed). roll_call: once per person and round, a second
// scan is friendly; who was signed off is back with a scan, and who was aboard in an earlier round (perhaps joined from
// another bus) is asked nothing more; a ticket that the roster has given to another person since is checked in anew, as
// theirs. hand_out: one per person; `exhausted` when none is left, but who has theirs is told that. Forced: always an
// entry. The staff's responsibility are revoked tickets, status, class, group, day, opening hours, `after`, capacity,
// the counted stock (they hold the thing in their hands) and (hand_out) a second thing; not whether the ticket is ours,
// nor a practice ticket, nor somebody who is inside already.
enum { DECIDE_TOGGLE_MS = 30000 };
void decide(const struct question *question, struct verdict *out);

#endif
