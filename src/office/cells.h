// cells.h -- counts by list and by something else (a time, a log). Resource. Threads: one at a time.
#ifndef EINLASS_OFFICE_CELLS_H
#define EINLASS_OFFICE_CELLS_H

#include <stddef.h>
#include <stdint.h>

struct cell {
    int64_t key;
    uint16_t list;
    uint32_t entries, check_ins; // entries, and exits too
};

struct cells;
struct cells *cells_open(void);
void cells_close(struct cells *cells);                                      // NULL is fine
struct cell *cells_at(struct cells *cells, uint16_t list, int64_t key);     // made where it wasn't; until the next call
const struct cell *cells_all(const struct cells *cells, size_t *count_out); // in no order

#endif
