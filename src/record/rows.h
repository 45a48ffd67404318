// rows.h -- people as staff pages list them. Value (about 28 kB: lives in a resource or a mailbox, never on a stack).
#ifndef EINLASS_RECORD_ROWS_H
#define EINLASS_RECORD_ROWS_H

#include "record/event.h"
#include "record/record.h"

enum { ROWS_MOST = 64 };

enum rows_kind {
    ROWS_NONE,
    ROWS_FOUND,   // answer to a search, in the order of names
    ROWS_MISSING, // expected and not aboard in this round (other lists than roll_call: never came), in the order of
                  // names
    ROWS_RECENT,  // check-ins of this list, newest first, annulled ones left out
};

struct row {
    uint64_t ticket;
    uint32_t person;
    uint8_t class_id, group;
    enum guest_status status;
    char name[GUEST_NAME_SIZE]; // as stored, not yet made showable; "" = unknown to the roster
    char company[GUEST_NAME_SIZE];
    bool has_note, is_walk_in;
    struct past past; // on the list served (roll_call: in this round); ROWS_RECENT: that check-in
    bool is_signed_off;
    bool can_be_undone; // ROWS_RECENT: this kiosk wrote it, within DESK_UNDO_MS
};

struct rows {
    enum rows_kind kind;
    int64_t mono_ms; // of the command that asked
    uint32_t from;   // rows left out before these
    uint32_t total;  // ROWS_MISSING: of all; else 0
    bool has_more;
    size_t count;
    struct row rows[ROWS_MOST];
};

// How many persons by class and group, on one list: in the order of the event's labels; [count] of each.
struct census {
    struct {
        uint32_t inside, expected;
    } classes[EVENT_MAX_LABELS], groups[EVENT_MAX_LABELS], lists[EVENT_MAX_LISTS];
};

#endif
