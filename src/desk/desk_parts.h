// desk_parts.h -- what the files of the desk share; everyone else sees desk.h.
//   desk.c      the thread, and the way of arrivals through the desk
//   ask.c       what the rules need to know about an arrival
//   note.c      what is written down about it
//   tell.c      what the screen is told
//   book.c      writing it down: the only way to the log
//   practice.c  practice mode's memory, in place of the book
//   unsaved.c   codes that go back to where they are read
//   session.c   who is staff
//   obey.c      commands: which need a session, and who does them
//   staff.c     finding, admitting, signing off by hand      undo.c   taking back
//   serve.c     rounds, stock, list and direction, practice  rows.c   people in rows
//   walk_in.c   registering somebody without a ticket        form.c   what they typed
//   errand.c    what staff have sync do
//   take_in.c   what sync delivers      edition.c   a new version of the event      anchor.c   what time it was
#ifndef EINLASS_DESK_DESK_PARTS_H
#define EINLASS_DESK_DESK_PARTS_H

#include "desk/book.h"
#include "desk/desk.h"
#include "desk/practice.h"
#include "desk/session.h"
#include "sync/delivery.h"

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

// A genuine ticket that the roster doesn't know, as it was shown here: whom the rules refused, staff may yet let in.
struct stranger {
    uint64_t ticket;
    uint8_t class_id, group;
};

// An event as it is, or was, served: what the screen shows may point into an earlier one.
struct edition {
    struct event event;
    struct edition *before;
};

// So many share one trip to the disk when a queue has formed; alone, nobody waits for others.
enum { DESK_MOST_AT_ONCE = 16, DESK_MOST_UNSAVED = 8, DESK_MOST_ASIDE = 8, DESK_MOST_STRANGERS = 64 };

struct desk {
    struct desk_config config;
    const struct list *list; // stance.list
    struct stance stance;
    struct stance stance_before; // practice began
    struct headcount headcount_before_practice;
    struct doorbell bell;
    struct worker worker;
    struct queue codes, commands, deliveries, unsaved, aside;

    struct headcount headcount;        // as the store last said; only the desk changes it
    struct headcount headcount_before; // the book was opened; practice_before likewise
    bool is_book_open;
    bool has_kept;       // something, in this book
    bool needs_recovery; // a record could not be stored, or the store not be asked
    struct session session;
    int64_t offer_held_until_ms; // a pairing offer before the camera is the one taken, still being held up
    bool is_obeying;                          // `command` isn't done
    struct notice notices[DESK_MOST_AT_ONCE]; // not yet taken by the screen's queue: from told_count to notice_count
    size_t told_count, notice_count;
    int64_t now_ms;       // mono_ms of this step
    int64_t busy_mono_ms; // when something was last done
    bool is_rested;       // since then

    struct delivery delivery; // being taken in
    struct delivery held;     // a large event that waits for a quiet moment, since held_mono_ms
    bool is_holding;
    int64_t held_mono_ms, code_mono_ms; // code: the last one came
    bool has_news;                      // others changed the headcount, and the screen wasn't told
    int64_t news_mono_ms;               // it was told
    struct receipt receipt;
    bool has_receipt;                // not yet taken by sync's queue
    const struct event *first_event; // that open() was given
    struct edition *editions;        // the newest first; the one that open() was given isn't among them
    enum clock_state clock_state;    // as last looked at

    struct stranger strangers[DESK_MOST_STRANGERS]; // the last; a ring, stranger_count counts on
    size_t stranger_count;
    struct code lost[DESK_MOST_UNSAVED]; // not saved; a ring, lost_count counts on
    size_t lost_count;
    struct code codes_taken[DESK_MOST_AT_ONCE]; // what is being worked on: too large for a stack
    struct code stray;                          // likewise: on its way back
    struct command command;
    struct question question;
    struct event other_event;
    struct practice practice, practice_before;
    struct walk_in party[NOTICE_MOST_TICKETS];
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
void desk_open_session(struct desk *desk, struct notice *out);

// ---- unsaved.c ----
// An arrival that could not be saved; and that something was saved again.
void desk_lose(struct desk *desk, const struct arrival *arrival);
void desk_offer_lost(struct desk *desk);
// An arrival that means nothing here, and may have been seen in passing.
void desk_put_aside(struct desk *desk, const struct arrival *arrival);

#endif
