// ledger_table.c -- where the ledger's check-ins are found: by ticket, by person, by record.
#include "office/ledger_parts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void *ledger_grow(void *items, size_t count, size_t *size, size_t bytes)
{
    void *larger;

    if (count < *size) return items;
    *size = *size ? 2 * *size : 64;
    larger = mem_zero_array(*size, bytes);
    if (count > 0) memcpy(larger, items, count * bytes);
    free(items);
    return larger;
}

static uint64_t stir(uint64_t key) // SplitMix64's last step (Steele, Lea, Flood 2014): tickets may be any numbers
{
    key = (key ^ key >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    key = (key ^ key >> 27) * UINT64_C(0x94D049BB133111EB);
    return key ^ key >> 31;
}

static uint64_t key_of(enum ledger_table kind, const struct ledger_deed *deed)
{
    if (kind == BY_TICKET) return stir((uint64_t)deed->list << 48 ^ deed->ticket);
    if (kind == BY_PERSON) return stir((uint64_t)deed->list << 48 ^ deed->person);
    if (kind == WALK_IN) return stir(deed->ticket);
    return stir((uint64_t)deed->log << 40 ^ deed->seq);
}

static bool is_same(enum ledger_table kind, const struct ledger_deed *one, const struct ledger_deed *other)
{
    if (kind == BY_TICKET) return one->list == other->list && one->ticket == other->ticket;
    if (kind == BY_PERSON) return one->list == other->list && one->person == other->person;
    if (kind == WALK_IN) return one->ticket == other->ticket;
    return one->log == other->log && one->seq == other->seq;
}

// The slot of that key: its chain's, or the free one where it would stand.
static uint32_t *slot_of(const struct ledger *ledger, enum ledger_table kind, const struct ledger_deed *deed)
{
    const struct table *table = &ledger->tables[kind];
    size_t at = (size_t)key_of(kind, deed) & (table->size - 1);

    while (table->slots[at] && !is_same(kind, &ledger->deeds[table->slots[at] - 1], deed))
        at = (at + 1) & (table->size - 1);
    return &table->slots[at];
}

static void make_room(struct ledger *ledger, enum ledger_table kind)
{
    struct table *table = &ledger->tables[kind], old = *table;

    if (2 * (table->count + 1) <= table->size) return;
    table->size = old.size ? 2 * old.size : 1024;
    table->slots = mem_zero_array(table->size, sizeof *table->slots);
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i]) *slot_of(ledger, kind, &ledger->deeds[old.slots[i] - 1]) = old.slots[i];
    free(old.slots);
}

uint32_t *ledger_slot(struct ledger *ledger, enum ledger_table kind, const struct ledger_deed *deed)
{
    uint32_t *slot;

    make_room(ledger, kind);
    slot = slot_of(ledger, kind, deed);
    if (!*slot) ledger->tables[kind].count++;
    return slot;
}

struct ledger_deed *ledger_find(const struct ledger *ledger, enum ledger_table kind, const struct ledger_deed *key)
{
    uint32_t place = ledger->tables[kind].size ? *slot_of(ledger, kind, key) : 0;

    return place ? &ledger->deeds[place - 1] : NULL;
}

uint32_t ledger_put(struct ledger *ledger, const struct ledger_deed *deed)
{
    ledger->deeds = ledger_grow(ledger->deeds, ledger->count, &ledger->size, sizeof *ledger->deeds);
    ledger->deeds[ledger->count] = *deed;
    return (uint32_t)++ledger->count;
}
