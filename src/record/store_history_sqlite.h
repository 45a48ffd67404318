// store_history_sqlite.h -- last check-ins of a ticket or a person, as the projections and the rules ask for them.
#ifndef EINLASS_RECORD_STORE_HISTORY_SQLITE_H
#define EINLASS_RECORD_STORE_HISTORY_SQLITE_H

#include "record/db_sqlite.h"
#include "verdict/guest.h"

struct store_list {
    uint32_t event;
    uint16_t list;
};
struct store_owner { // of check-ins: a person, or with person 0 a ticket that stands for itself
    uint32_t person;
    uint64_t ticket; // 0 with a person
};
struct store_last {
    uint64_t seq;
    bool is_entry;
    int64_t unix_ms;
    uint32_t person; // it was recorded for
    char gate[GATE_SIZE];
};

struct store_owner store_owner_of(uint32_t person, uint64_t ticket);
// MISSING: there is none. `except`: a seq that is passed over; 0: none is.
enum status store_last_of_ticket(struct db *db, const struct store_list *list, uint64_t ticket, uint64_t except,
                                 struct store_last *out) MUST_CHECK;
// The newest among the last check-ins of the tickets that belong to the owner.
enum status store_last_of(struct db *db, const struct store_list *list, const struct store_owner *owner,
                          struct store_last *out) MUST_CHECK;
// Check-ins behind it are of the round that runs; 0: none was started.
enum status store_round_seq(struct db *db, const struct store_list *list, uint64_t *out) MUST_CHECK;

#endif
