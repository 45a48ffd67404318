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
    GATE_SIZE = 64,
    GUEST_WITHDRAWN = 256, // least_generation of a ticket no generation of which is valid
};

struct guest {
    bool is_listed; // false: the roster doesn't know the ticket; a genuine signature still admits it
    uint64_t ticket;
    uint8_t class_id, group;
    uint16_t least_generation; // tickets of a lower generation are revoked
    enum guest_status status;
    uint32_t person;               // 0 = unknown: the ticket stands for itself
    char name[GUEST_NAME_SIZE];    // full name; only the desk and staff pages see it
    char company[GUEST_NAME_SIZE]; // company or school
    char note[GUEST_NOTE_SIZE];    // for staff
};

// What the log says about one ticket on one list.
struct history {
    bool is_inside;  // its last check-in there is an entry
    int64_t unix_ms; // of that entry, by the wall clock then
    char gate[GATE_SIZE];
    bool has_passed_after; // was checked in on the list named by list.after
};

#endif
