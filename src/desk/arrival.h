// arrival.h -- somebody at the desk, from the question to the notice. Part of the desk (desk_parts.h).
//   ask.c       what the rules need to know about an arrival
//   note.c      what is written down about it
//   tell.c      what the screen is told
//   unsaved.c   codes that go back to where they are read
#ifndef EINLASS_DESK_ARRIVAL_H
#define EINLASS_DESK_ARRIVAL_H

#include "desk/desk.h"

struct desk;

// How somebody comes to the desk: with a code, or picked by staff (then `text` is empty).
struct arrival {
    int64_t mono_ms;
    const char *text;
    size_t length;
    uint64_t ticket; // of whom staff picked
    bool is_picked;
    bool has_stayed;
    enum code_via via;
    enum direction direction;
    bool is_forced;
    bool is_signed_off; // on a roll call, by staff
    const char *why;    // of staff: forced, or going out by hand; NULL: no reason was given
};

// ---- ask.c, note.c, tell.c ----
// OK: `out` has all that decide() wants. A failure of the store: nothing can be decided.
enum status desk_ask(struct desk *desk, const struct arrival *arrival, struct question *out) MUST_CHECK;
// Whom staff picked. MISSING: neither the roster nor the log of this list knows that ticket, nor was it shown lately.
enum status desk_find_picked(struct desk *desk, uint64_t ticket, struct guest *out) MUST_CHECK;
// The question of somebody who isn't there yet, with all that the place says: list, count, time.
struct question desk_question(const struct desk *desk);
// A text that was never meant for a door: not on the roster, and not even of a ticket's shape. `question` as asked.
bool desk_is_stray(const struct arrival *arrival, const struct question *question);
// A genuine, current ticket of staff, and one is waited for.
bool desk_is_staff_ticket(const struct desk *desk, const struct question *question);

struct record desk_note(const struct desk *desk, const struct arrival *arrival, const struct question *question,
                        const struct verdict *verdict);
struct record desk_note_of(const struct desk *desk, enum record_kind kind); // what every record of this desk has

// `out` has its verdict already.
void desk_tell(struct desk *desk, const struct question *question, struct notice *out);
void desk_tell_first_name(char out[GUEST_NAME_SIZE], const char *name);
struct notice desk_news(const struct desk *desk, enum notice_kind kind, int64_t mono_ms); // with count and stance

// ---- desk.c ----
// The way of arrivals through the desk, in their order: codes, or whom staff picked. One notice each; NOTICE_NONE: put
// aside.
void desk_receive(struct desk *desk, const struct arrival arrivals[], size_t count, struct notice notices[]);

// ---- unsaved.c ----
// An arrival that could not be saved; and that something was saved again.
void desk_lose(struct desk *desk, const struct arrival *arrival);
void desk_offer_lost(struct desk *desk);
// An arrival that means nothing here, and may have been seen in passing.
void desk_put_aside(struct desk *desk, const struct arrival *arrival);
// A pairing offer that came before staff waited for one, and may still be in view when they do.
void desk_keep_offer(struct desk *desk, const struct arrival *arrival);
void desk_offer_again(struct desk *desk);

#endif
