// recount.h -- the numbers of one list, counted again from the lines of a log by somebody who knows nothing of the
// store's tables: all records are read, annulled ones struck out, the rest played once from the beginning.
#ifndef EINLASS_TESTS_SUPPORT_RECOUNT_H
#define EINLASS_TESTS_SUPPORT_RECOUNT_H

#include <stdint.h>

struct recount {
    uint32_t inside; // persons whose last check-in is an entry; on a list with rounds: of the newest round
    uint32_t given;  // entries that stand
    uint32_t rounds;
    uint32_t walk_ins; // records of that kind for the list
    uint32_t entries, exits, refusals, annuls;
};

// Of a kiosk's database, read beside whoever has it open.
void recount_list(const char *path, uint16_t list, struct recount *out);

#endif
