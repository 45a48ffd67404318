// guest.h -- what the roster says about one ticket, and what already happened with it. Values.
#ifndef EINLASS_VERDICT_GUEST_H
#define EINLASS_VERDICT_GUEST_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

#define GUEST_STATUS_LIST(X)                                                                                           \
    X(OK, "ok")                                                                                                        \
    X(UNPAID, "unpaid")                                                                                                \
    X(BLOCKED, "blocked")                                                                                              \
    X(CANCELED, "canceled")

enum guest_status {
#define X(name, word) GUEST_STATUS_##name,
    GUEST_STATUS_LIST(X)
#undef X
};

const char *guest_status_word(enum guest_status status);
enum status guest_status_of_word(const char *word, enum guest_status *out) MUST_CHECK;

enum {
    GUEST_NAME_SIZE = 160,
    GUEST_NOTE_SIZE = 256,
    GUEST_LANGUAGE_SIZE = 3,
    GATE_SIZE = 64,
    GUEST_WITHDRAWN = 256, // least_generation of a ticket no generation of which is valid
};

struct guest {
    bool is_listed; // false: the roster doesn't know the ticket; a genuine signature still admits it
    uint64_t ticket;
    uint8_t class_id, group;
    uint16_t least_generation; // tickets of a lower generation are revoked
    enum guest_status status;
    uint32_t person;                    // 0 = unknown: the ticket stands for itself
    char name[GUEST_NAME_SIZE];         // full name; only the desk and staff pages see it
    char company[GUEST_NAME_SIZE];      // company or school
    char note[GUEST_NOTE_SIZE];         // for staff
    char language[GUEST_LANGUAGE_SIZE]; // ISO 639-1, "de"; "" = unknown
    bool is_walk_in;                    // was registered at a door, not by the office
};

// A check-in that stands (was not annulled).
struct past {
    bool is_known; // there is one; else all is zero
    bool is_entry;
    int64_t unix_ms; // by the wall clock then
    uint64_t seq;    // of its record; 0: another kiosk wrote it
    char gate[GATE_SIZE];
};

// What the log says about one ticket and its person on one list. On a roll_call list, only what happened in this round.
// A person who is unknown (0) is their ticket: then both are the same.
struct history {
    struct past ticket;    // this ticket's last check-in
    struct past person;    // the last one of all their tickets; decides who is inside
    bool has_passed_after; // the ticket or its person has an entry on the list named by list.after
    bool is_aboard;        // roll_call: their last check-in of any round is an entry: they travel with this list
    bool is_signed_off;    // roll_call: their last check-in of any round is an exit: nobody waits for them
    bool is_of_another;    // roll_call: the ticket was last checked in as somebody else's (the roster is newer), and is
                           // counted there until its next check-in
};

#endif
