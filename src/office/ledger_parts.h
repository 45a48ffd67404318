// ledger_parts.h -- what the ledger's files (ledger*.c) share; for no one else.
#ifndef EINLASS_OFFICE_LEDGER_PARTS_H
#define EINLASS_OFFICE_LEDGER_PARTS_H

#include "office/ledger.h"

// Open addressing over places in `deeds` (plus 1; 0 is free). A table's key is what two check-ins of one chain share.
enum ledger_table { BY_TICKET, BY_PERSON, BY_RECORD, ANNULLED, WALK_IN, TABLE_COUNT };
struct table {
    uint32_t *slots;
    size_t size, count; // size: a power of two
};

struct ledger_order { // sorts by (hlc, place)
    int64_t hlc;
    uint32_t place;
};

struct ledger {
    // Check-ins; and annuls as what they take back, only in table ANNULLED; and walk-ins (`list` is their class and
    // group), only in table WALK_IN.
    struct ledger_deed *deeds;
    size_t count, size;
    struct table tables[TABLE_COUNT];
    struct ledger_watch watch;
    uint8_t (*logs)[LOG_ID_BYTES];
    size_t log_count, log_size;
    struct ledger_round *rounds;
    size_t round_count, round_size;
    struct ledger_stock *stocks;
    size_t stock_count, stock_size;
    // Conflicts, oldest first up to `in_order`; behind it news. Some may be none any more.
    struct ledger_order *conflicts;
    size_t listed_count, listed_size, in_order;
    size_t conflict_count; // of those that are one
};

// Room for one more; what was there stays.
void *ledger_grow(void *items, size_t count, size_t *size, size_t bytes);
// The check-in that begins that key's chain; NULL: none.
struct ledger_deed *ledger_find(const struct ledger *ledger, enum ledger_table kind, const struct ledger_deed *key);
// Where its chain begins, with room for it.
uint32_t *ledger_slot(struct ledger *ledger, enum ledger_table kind, const struct ledger_deed *deed);
uint32_t ledger_put(struct ledger *ledger, const struct ledger_deed *deed); // 1 + its place
// Says of a check-in what kind of conflict it is: 0 none; else 1 + enum conflict_kind.
void ledger_mark(struct ledger *ledger, struct ledger_deed *deed, uint8_t conflict);

// A check-in becomes its ticket's last one that stands, or is that no longer.
void ledger_set_last(struct ledger *ledger, struct ledger_deed *deed, bool is_last);
void ledger_chain_person(struct ledger *ledger, uint32_t place); // 1 + its place

#endif
