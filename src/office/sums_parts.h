// sums_parts.h -- what sums.c keeps and sums_fill.c tells; for no one else.
#ifndef EINLASS_OFFICE_SUMS_PARTS_H
#define EINLASS_OFFICE_SUMS_PARTS_H

#include "office/cells.h"
#include "office/sums.h"

struct sums_list {
    uint16_t id;
    enum list_mode mode;
    const struct ledger_round *round; // the newest; NULL: none
    uint32_t inside, expected, signed_off;
    uint32_t last;     // place of the last check-in that stands
    bool has_last;     // there is one
    bool is_last_gone; // it was taken back: look for it
    struct tally_part classes[UINT8_MAX + 1], groups[UINT8_MAX + 1];
};

struct sums {
    struct ledger *ledger;
    // By what is on the disk alone: always right.
    struct cells *arrivals; // by list and (key) five minutes since 1970
    struct cells *given;    // by list and (key) log
    // By roster, lists and rounds as well.
    bool is_counted;
    const struct roster *roster;
    size_t list_count;
    struct sums_list lists[EVENT_MAX_LISTS]; // in the event's order
};

#endif
