// roster.h -- of an event file's roster what is counted: who is expected where, and of which class and group a ticket
// is. No names. Resource; made once for a version. Threads: one at a time. Look-ups are O(log n).
#ifndef EINLASS_OFFICE_ROSTER_H
#define EINLASS_OFFICE_ROSTER_H

#include "record/event_file.h"

struct roster_guest {
    uint64_t ticket;
    uint32_t person; // 0: the ticket stands for itself
    uint32_t lists;  // that expect them: a bit for each of the event's, in their order
    uint8_t class_id, group;
};

struct roster;
// INVALID: no event file. `event`: what it says besides; may be NULL.
enum status roster_open(const uint8_t *bytes, size_t length, struct event *event, struct roster **out) MUST_CHECK;
void roster_close(struct roster *roster); // NULL is fine

const struct roster_guest *roster_find(const struct roster *roster, uint64_t ticket); // NULL: not on it
// Whether that person (0: that ticket by itself) is expected at the list with that place in the event.
bool roster_expects(const struct roster *roster, size_t list, uint32_t person, uint64_t ticket);
// Each person once who is expected there, by one of their tickets.
typedef void roster_visit(void *owner, const struct roster_guest *guest);
void roster_each_expected(const struct roster *roster, size_t list, roster_visit *visit, void *owner);

#endif
