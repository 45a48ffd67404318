// store_history_sqlite.h -- last check-ins of a ticket or a person, as the projections and the rules ask for them.
#ifndef EINLASS_RECORD_STORE_HISTORY_SQLITE_H
#define EINLASS_RECORD_STORE_HISTORY_SQLITE_H

#include "record/db_sqlite.h"
#include "record/order.h"
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
    bool is_known; // false: there is none, and all is zero
    struct order at;
    bool is_entry;
    int64_t unix_ms;
    uint32_t person; // it was recorded for
    char gate[GATE_SIZE];
};

struct store_owner store_owner_of(uint32_t person, uint64_t ticket);
// MISSING: there is none. `except`: one that is passed over; NULL: none is.
enum status store_last_of_ticket(struct db *db, const struct store_list *list, uint64_t ticket,
                                 const struct order *except, struct store_last *out) MUST_CHECK;
// The newest among the last check-ins of the tickets that belong to the owner.
enum status store_last_of(struct db *db, const struct store_list *list, const struct store_owner *owner,
                          struct store_last *out) MUST_CHECK;
// Check-ins behind it are of the round that runs; all zero: none was started.
enum status store_round_at(struct db *db, const struct store_list *list, struct order *out) MUST_CHECK;
void store_bind_order(struct sqlite3_stmt *statement, int index, const struct order *order); // borrowed
struct order store_order_column(struct sqlite3_stmt *row, int column);

#endif
