// desk_parts.h -- what the files of the desk share; everyone else sees desk.h.
//   desk.c      the thread, and the way of arrivals (arrival.h) through the desk
//   book.c      writing it down: the only way to the log
//   practice.c  practice mode's memory, in place of the book
//   session.c   who is staff
//   obey.c      commands: which need a session, and who does them
//   staff.c     finding, admitting, signing off by hand      undo.c   taking back
//   serve.c     rounds, stock, list and direction, practice  rows.c   people in rows
//   walk_in.c   registering somebody without a ticket        form.c   what they typed
//   errand.c    what staff have sync do
//   take_in.c   what sync delivers      edition.c   a new version of the event      anchor.c   what time it was
#ifndef EINLASS_DESK_DESK_PARTS_H
#define EINLASS_DESK_DESK_PARTS_H

#include "desk/arrival.h"
#include "desk/book.h"
#include "desk/desk.h"
#include "desk/practice.h"
#include "desk/session.h"
#include "sync/delivery.h"

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
    bool is_obeying;     // `command` isn't done
    bool is_rested;      // since something was last done
    bool is_holding;     // `held`
    bool has_news;       // others changed the headcount, and the screen wasn't told
    bool has_receipt;    // not yet taken by sync's queue
    struct session session;
    struct code early_offer;                  // desk_keep_offer
    int64_t offer_held_until_ms;              // a pairing offer before the camera is the one taken, still being held up
    struct notice notices[DESK_MOST_AT_ONCE]; // not yet taken by the screen's queue: from told_count to notice_count
    size_t told_count, notice_count;
    int64_t now_ms;       // mono_ms of this step
    int64_t busy_mono_ms; // when something was last done

    struct delivery delivery;           // being taken in
    struct delivery held;               // a large event that waits for a quiet moment, since held_mono_ms
    int64_t held_mono_ms, code_mono_ms; // code: the last one came
    int64_t news_mono_ms;               // the screen was told the headcount
    struct receipt receipt;
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

void desk_open_session(struct desk *desk, struct notice *out);

#endif
