// command.h -- what the screen may ask of the desk: values through a queue.
// Staff: a right PIN or staff ticket opens a session; its number goes with every command marked [staff]. The desk
// refuses them (NOTICE_LOCKED) without it, and forgets it after DESK_SESSION_MS without a command of it, or by LOCK.
// The screen hides pages, but the desk is what guards them.
#ifndef EINLASS_DESK_COMMAND_H
#define EINLASS_DESK_COMMAND_H

#include "record/event.h"
#include "verdict/guest.h"
#include "verdict/list.h"

#include <stdint.h>

enum command_kind {
    COMMAND_FIND,  // finds, never admits; anybody may. `text`: a ticket number (10 characters and a check character) or
                   // a foreign code, typed by hand. NOTICE_FOUND
    COMMAND_RETRY, // after "not saved": try whether the disk works again; only a record that reached it proves that.
                   // NOTICE_COUNT
    COMMAND_UNLOCK,  // `text`: a PIN; "" with number 1: the next staff ticket within DESK_STAFF_TICKET_MS opens a
                     // session instead of being checked in. NOTICE_UNLOCKED, NOTICE_PIN; nothing for ""
    COMMAND_LOCK,    // closes every session; leaves practice as it is. NOTICE_LOCKED
    COMMAND_WALK_IN, // registers `walk_in` and its plus-ones, checks them in. NOTICE_WALK_IN, NOTICE_NAMESAKE, or a
                     // verdict that refuses (full, invalid_time …)
    COMMAND_TOUCH,   // [staff] somebody is there: keeps the session. No notice but LOCKED

    COMMAND_PERSON, // [staff] all about `ticket`. NOTICE_FOUND, unlocked
    COMMAND_TICKET, // [staff] the ticket of the walk-in `ticket`, as it was shown when they registered here.
                    // NOTICE_WALK_IN with that one; NOTICE_TOO_LATE: there is none to be shown
    COMMAND_ADMIT,  // [staff] `ticket`, by the same rules as a scan. NOTICE_VERDICT
    COMMAND_FORCE,  // [staff] `ticket` enters although the rules refuse it; `text` says why. NOTICE_VERDICT
    COMMAND_EXIT,   // [staff] `ticket` goes out: in_out; on a roll_call list it is signed off, `text` says why
                    // (gone home, joined another bus). NOTICE_DONE, or a verdict: nobody of that ticket is known
    COMMAND_UNDO,   // [staff] takes back the check-in `seq` of `ticket` (0: whosever); later than DESK_UNDO_MS after it
                    // `text` must say why. NOTICE_DONE; NOTICE_TOO_LATE: nothing was taken back
    COMMAND_ROUND,  // [staff] a new round at the stop `text` (may be ""). NOTICE_DONE
    COMMAND_STOCK,  // [staff] `number` things came to this station (negative: were taken away, no more
                    // than are left there). NOTICE_DONE
    COMMAND_SERVE,  // [staff] from now on `list`, in `direction`; remembered over a restart. NOTICE_DONE
    COMMAND_SCHEDULE, // never of the screen: the kiosk's clock says that from now on `direction` is served. Not
                      // remembered. NOTICE_DONE
    COMMAND_PRACTISE, // [staff] `number` 1: from now on nothing counts; 0: it does again. Leaving needs no session: one
                      // tap. NOTICE_DONE
    COMMAND_PAIR,     // [staff] `text`: a pairing offer, handed to sync; "" with number 1: the next offer that is
                      // scanned within DESK_PAIR_MS is (number 0: no longer). Without a session an offer is a stray
                      // code. NOTICE_DONE, for each offer scanned too; NOTICE_TOO_LATE: it isn't whole
    COMMAND_EXPORT,   // [staff] writes the log onto the USB stick; how far it is: struct sync_state. NOTICE_DONE
    COMMAND_SYNC,     // [staff] tries the office now. NOTICE_DONE
    COMMAND_HUB,      // [staff] of a hub: a pairing offer for another kiosk, which is to be called `text`; how it goes:
                      // struct hub_state. NOTICE_DONE; NOTICE_TOO_LATE: no name, or this is no hub. "": only tells how
                      // the hub is, and looks for a while; no notice
    COMMAND_REMEMBER, // `text`: "key=value" for the next start (volume, brightness, …). No notice

    COMMAND_SEARCH,  // [staff] `text`. Rows
    COMMAND_MISSING, // [staff] from row `number` on. Rows
    COMMAND_RECENT,  // [staff] the last check-ins. Rows
    COMMAND_CENSUS,  // [staff] persons by class, group and list. NOTICE_CENSUS
};

enum {
    COMMAND_TEXT_SIZE = 257, // nobody types longer codes
    DESK_SESSION_MS = 120 * 1000,
    DESK_STAFF_TICKET_MS = 30 * 1000,
    DESK_UNDO_MS = 60 * 1000,
    DESK_PAIR_MS = 60 * 1000,
    DESK_RECENT_COUNT = 20,
    DESK_NEWS_MS = 250,                 // the least time between two NOTICE_NEWS
    DESK_QUIET_MS = 5000,               // without a code: a large event is installed
    DESK_MOST_HELD_MS = 10 * 60 * 1000, // or after this time in any case
};

struct walk_in_form {
    uint32_t event_version; // that asked for this: consents are to its texts, values in its fields; 0: the one served
    char values[EVENT_MAX_FIELDS][EVENT_VALUE_SIZE]; // as typed, in the order of event.walk_ins.fields
    uint32_t consents;                               // bit i: ticked
    uint8_t plus_ones;
    bool is_sure; // a namesake was pointed out, and it is somebody else
    char language[GUEST_LANGUAGE_SIZE];
};

struct command {
    enum command_kind kind;
    int64_t mono_ms;  // when it was asked
    uint64_t session; // [staff]
    uint64_t ticket, seq;
    int32_t number;
    uint16_t list;
    enum direction direction;
    char text[COMMAND_TEXT_SIZE];
    struct walk_in_form walk_in;
};

#endif
