// take_in.h -- what sync delivers, taken in: other kiosks' records, a new version of the event, the office's time; and
// what staff have sync do. Part of the desk.
#ifndef EINLASS_DESK_TAKE_IN_H
#define EINLASS_DESK_TAKE_IN_H

#include "desk/desk_parts.h"

// ---- take_in.c ----
// One delivery, if there is one that may be taken now, or its news. True: something was done, `out` is what the screen
// is told.
bool desk_take_in(struct desk *desk, struct notice *out);
int64_t desk_due_in_ms(const struct desk *desk); // until it must be called again; DOORBELL_FOREVER: only when rung
bool desk_give_receipt(struct desk *desk);       // false: sync's queue is full
void desk_drop_deliveries(struct desk *desk);

// ---- edition.c, anchor.c ----
enum status desk_take_event(struct desk *desk, const struct delivery *delivery, struct notice *out) MUST_CHECK;
void desk_free_editions(struct desk *desk);
// Whether walk-ins were asked the same by that version (0: the one served). One that nobody knows any more: no.
bool desk_asked_the_same(const struct desk *desk, uint32_t version);
enum status desk_take_clock(struct desk *desk, const struct delivery *delivery) MUST_CHECK;
// Writes an anchor when NTP has set the clock since the last look; what fails is tried again at the next.
void desk_watch_clock(struct desk *desk);

// ---- errand.c ----
// True: staff waits for a pairing offer, and this is one (or begins like one), or one that was taken just now is still
// being held up; `out` says what became of it.
bool desk_take_offer(struct desk *desk, const struct arrival *arrival, struct notice *out);

#endif
