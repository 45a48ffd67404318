// notice.h -- what the desk tells the screen: values through a queue; nothing in them refers to anything.
#ifndef EINLASS_DESK_NOTICE_H
#define EINLASS_DESK_NOTICE_H

#include "desk/command.h"
#include "record/store.h"
#include "verdict/decide.h"

enum notice_kind {
    NOTICE_NONE,
    NOTICE_VERDICT,   // a scan was decided, and (reason OK) its record is on disk
    NOTICE_NOT_SAVED, // decided, but the record could not be stored: nobody was let in; or COMMAND_RETRY failed
    NOTICE_FOUND,     // a person (is_found), or nobody
    NOTICE_PIN,       // a wrong PIN: for wait_ms every further try is refused
    NOTICE_COUNT,     // the headcount as it is: sent at start, and when COMMAND_RETRY found the disk working again
    NOTICE_UNLOCKED,  // `session` is open, by a PIN or a staff ticket
    NOTICE_LOCKED,    // no session is open (any more): of LOCK, of time, or of a command without a right one
    NOTICE_DONE,      // `asked` was done, and (where it writes) is on disk
    NOTICE_TOO_LATE,  // `asked` was not done, nothing was written: UNDO: there is no such check-in that stands; UNDO,
                      // FORCE, EXIT: a reason is wanted; EXIT, ROUND, STOCK, SERVE: not of this list; STOCK: so
                      // many aren't left at this station; TICKET: this kiosk made none; PAIR: no whole offer;
                      // PAIR, EXPORT, SYNC: nothing is synced here, or sync is behind
    NOTICE_WALK_IN,   // registered and checked in, on disk: `tickets` to show as QR; or `asked` TICKET: shown again
    NOTICE_NAMESAKE,  // COMMAND_WALK_IN: somebody of that name is known already; nothing was written
    NOTICE_CENSUS,    // COMMAND_CENSUS
    NOTICE_NEWS,      // other kiosks' records changed the headcount here; not for each of them, see DESK_NEWS_MS
    NOTICE_EVENT,     // a new version of the event is served from now on: `event`
};

enum { NOTICE_MOST_TICKETS = 10 }; // a walk-in and nine plus-ones

// What the desk serves now: in every notice, so that the screen can't be wrong about it.
struct stance {
    uint16_t list;
    enum direction direction;
    bool is_practising; // nothing is written, nothing counts
};

struct notice {
    enum notice_kind kind;
    struct verdict verdict;
    uint64_t seq;    // of the record, 0 = none; unlocked: of the ticket's last check-in, to be taken back
    int64_t mono_ms; // of the frame or command that led here
    struct headcount headcount;
    char first_name[GUEST_NAME_SIZE]; // "" unless the event shows names
    uint8_t class_id, group;          // OK, ALREADY_REDEEMED, FOUND; PRODUCT: the ones the list doesn't take
    uint64_t ticket;                  // NOTICE_FOUND: to be handed back in the next command
    bool is_found;
    bool is_stray;    // TOO_LATE to PAIR: the code was none of an office at all, but a ticket, perhaps
    bool is_unlocked; // NOTICE_FOUND: a session opens what only staff see: class, the next three, when and where
    char full_name[GUEST_NAME_SIZE], company[GUEST_NAME_SIZE];
    char note[GUEST_NOTE_SIZE];                       // and OK, while a session is open
    int64_t earlier_unix_ms;                          // ALREADY_REDEEMED, or unlocked and inside: when
    char earlier_gate[GATE_SIZE];                     // and where
    char event_name[LANGUAGE_COUNT][EVENT_NAME_SIZE]; // WRONG_EVENT: the ticket's event if we know it, else ""
    uint16_t from_day, until_day; // INVALID_TIME: days since 2025-01-01; both 0: the list's opening hours refused
    int64_t opens_ms, closes_ms;  // INVALID_TIME by the list's opening hours
    uint32_t capacity;            // FULL
    int64_t wait_ms;              // NOTICE_PIN
    struct stance stance;
    enum command_kind asked;            // of an answer to a command but UNLOCK
    uint64_t session;                   // NOTICE_UNLOCKED
    bool has_note;                      // OK, ALREADY_REDEEMED: there is a note for staff about this person
    char language[GUEST_LANGUAGE_SIZE]; // the guest's, if known: OK, ALREADY_REDEEMED and refusals of a known guest
    uint16_t after;                     // RULES: the list that must be passed first
    enum guest_status status;           // unlocked
    bool has_ticket_here;               // unlocked: registered at this kiosk, COMMAND_TICKET shows their ticket again
    bool was_aboard;                    // OK, roll_call: they were counted in an earlier round
    bool is_signed_off;                 // unlocked; OK: nobody waited for them any more, they are back again
    size_t ticket_count; // NOTICE_WALK_IN: with `seq` of the first one's entry; 0: this kiosk may sign none (its key
                         // isn't in the event file)
    char tickets[NOTICE_MOST_TICKETS][TICKET_TEXT_SIZE]; // NOTICE_WALK_IN: KT1 texts
    struct census census;                                // NOTICE_CENSUS
    const struct event *event; // NOTICE_EVENT: the desk's; it and every earlier one stay until the desk is closed
};

#endif
