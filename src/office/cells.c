#include "office/cells.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct cells {
    struct cell *items;
    uint32_t *slots; // 1 + place in `items`; 0: free. Twice as many as there is room for items
    size_t count, room;
};

struct cells *cells_open(void)
{
    struct cells *cells = mem_zero(sizeof *cells);

    cells->room = 512;
    cells->items = mem_zero_array(cells->room, sizeof *cells->items);
    cells->slots = mem_zero_array(2 * cells->room, sizeof *cells->slots);
    return cells;
}

void cells_close(struct cells *cells)
{
    if (!cells) return;
    free(cells->items);
    free(cells->slots);
    free(cells);
}

// Keys come in rows (times) or are small (logs): multiplied by an odd number they lie apart (Knuth, vol. 3, 6.4).
static uint32_t *slot_of(const struct cells *cells, uint16_t list, int64_t key)
{
    size_t most = 2 * cells->room - 1;
    size_t at = (size_t)((((uint64_t)key << 5 ^ list) * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & most;

    for (; cells->slots[at]; at = (at + 1) & most) {
        const struct cell *cell = &cells->items[cells->slots[at] - 1];
        if (cell->key == key && cell->list == list) break;
    }
    return &cells->slots[at];
}

static void make_room(struct cells *cells)
{
    struct cell *larger = mem_zero_array(2 * cells->room, sizeof *larger);

    memcpy(larger, cells->items, cells->count * sizeof *larger);
    free(cells->items);
    free(cells->slots);
    cells->items = larger;
    cells->room *= 2;
    cells->slots = mem_zero_array(2 * cells->room, sizeof *cells->slots);
    for (size_t i = 0; i < cells->count; i++) *slot_of(cells, larger[i].list, larger[i].key) = (uint32_t)(i + 1);
}

struct cell *cells_at(struct cells *cells, uint16_t list, int64_t key)
{
    uint32_t *slot = slot_of(cells, list, key);

    if (*slot) return &cells->items[*slot - 1];
    if (cells->count == cells->room) {
        make_room(cells);
        slot = slot_of(cells, list, key);
    }
    cells->items[cells->count] = (struct cell){.key = key, .list = list};
    *slot = (uint32_t)++cells->count;
    return &cells->items[cells->count - 1];
}

const struct cell *cells_all(const struct cells *cells, size_t *count_out)
{
    *count_out = cells->count;
    return cells->items;
}
