#include "office/ledger.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

// Open addressing over places in `deeds` (plus 1; 0 is free). A table's key is what two check-ins of one chain share.
enum table_kind { BY_TICKET, BY_PERSON, BY_RECORD, ANNULLED, WALK_IN, TABLE_COUNT };
struct table {
    uint32_t *slots;
    size_t size, count; // size: a power of two
};

struct ledger {
    // Check-ins; and annuls as what they take back, only in table ANNULLED; and walk-ins (`list` is their class and
    // group), only in table WALK_IN.
    struct ledger_deed *deeds;
    size_t count, size;
    struct table tables[TABLE_COUNT];
    uint8_t (*logs)[LOG_ID_BYTES];
    size_t log_count, log_size;
    struct ledger_round *rounds;
    size_t round_count, round_size;
    struct ledger_stock *stocks;
    size_t stock_count, stock_size;
};

// Room for one more; what was there stays.
static void *grow(void *items, size_t count, size_t *size, size_t bytes)
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

static uint64_t key_of(enum table_kind kind, const struct ledger_deed *deed)
{
    if (kind == BY_TICKET) return stir((uint64_t)deed->list << 48 ^ deed->ticket);
    if (kind == BY_PERSON) return stir((uint64_t)deed->list << 48 ^ deed->person);
    if (kind == WALK_IN) return stir(deed->ticket);
    return stir((uint64_t)deed->log << 40 ^ deed->seq);
}

static bool is_same(enum table_kind kind, const struct ledger_deed *one, const struct ledger_deed *other)
{
    if (kind == BY_TICKET) return one->list == other->list && one->ticket == other->ticket;
    if (kind == BY_PERSON) return one->list == other->list && one->person == other->person;
    if (kind == WALK_IN) return one->ticket == other->ticket;
    return one->log == other->log && one->seq == other->seq;
}

// The slot of that key: its chain's, or the free one where it would stand.
static uint32_t *slot_of(const struct ledger *ledger, enum table_kind kind, const struct ledger_deed *deed)
{
    const struct table *table = &ledger->tables[kind];
    size_t at = (size_t)key_of(kind, deed) & (table->size - 1);

    while (table->slots[at] && !is_same(kind, &ledger->deeds[table->slots[at] - 1], deed))
        at = (at + 1) & (table->size - 1);
    return &table->slots[at];
}

static void make_room(struct ledger *ledger, enum table_kind kind)
{
    struct table *table = &ledger->tables[kind], old = *table;

    if (2 * (table->count + 1) <= table->size) return;
    table->size = old.size ? 2 * old.size : 1024;
    table->slots = mem_zero_array(table->size, sizeof *table->slots);
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i]) *slot_of(ledger, kind, &ledger->deeds[old.slots[i] - 1]) = old.slots[i];
    free(old.slots);
}

// Its slot, with room for it.
static uint32_t *open_slot(struct ledger *ledger, enum table_kind kind, const struct ledger_deed *deed)
{
    uint32_t *slot;

    make_room(ledger, kind);
    slot = slot_of(ledger, kind, deed);
    if (!*slot) ledger->tables[kind].count++;
    return slot;
}

static struct ledger_deed *find(const struct ledger *ledger, enum table_kind kind, const struct ledger_deed *deed)
{
    uint32_t place = ledger->tables[kind].size ? *slot_of(ledger, kind, deed) : 0;

    return place ? &ledger->deeds[place - 1] : NULL;
}

struct ledger *ledger_open(void)
{
    return mem_zero(sizeof(struct ledger));
}

void ledger_close(struct ledger *ledger)
{
    if (!ledger) return;
    for (size_t i = 0; i < TABLE_COUNT; i++) free(ledger->tables[i].slots);
    free(ledger->deeds);
    free(ledger->logs);
    free(ledger->rounds);
    free(ledger->stocks);
    free(ledger);
}

uint32_t ledger_log(struct ledger *ledger, const uint8_t log[LOG_ID_BYTES])
{
    for (size_t i = 0; i < ledger->log_count; i++)
        if (memcmp(ledger->logs[i], log, LOG_ID_BYTES) == 0) return (uint32_t)i;
    ledger->logs = grow(ledger->logs, ledger->log_count, &ledger->log_size, LOG_ID_BYTES);
    memcpy(ledger->logs[ledger->log_count], log, LOG_ID_BYTES);
    return (uint32_t)ledger->log_count++;
}

const uint8_t *ledger_log_id(const struct ledger *ledger, uint32_t log)
{
    return ledger->logs[log];
}

bool ledger_is_after(const struct ledger *ledger, const struct ledger_deed *deed, const struct ledger_deed *other)
{
    int logs = memcmp(ledger->logs[deed->log], ledger->logs[other->log], LOG_ID_BYTES);

    if (deed->hlc != other->hlc) return deed->hlc > other->hlc;
    return logs != 0 ? logs > 0 : deed->seq > other->seq;
}

// Into the ticket's chain, which has the newest first: nearly always its beginning.
static void chain_ticket(struct ledger *ledger, uint32_t place)
{
    struct ledger_deed *deed = &ledger->deeds[place - 1];
    uint32_t *link = open_slot(ledger, BY_TICKET, deed);
    bool is_last = !deed->is_annulled;

    while (*link && ledger_is_after(ledger, &ledger->deeds[*link - 1], deed)) {
        if (!ledger->deeds[*link - 1].is_annulled) is_last = false;
        link = &ledger->deeds[*link - 1].of_ticket;
    }
    deed->of_ticket = *link;
    *link = place;
    if (!is_last) return;
    for (struct ledger_deed *older = ledger_older(ledger, deed); older; older = ledger_older(ledger, older)) {
        if (older->is_annulled) continue;
        older->is_last = false; // it was, and those before it were not
        break;
    }
    deed->is_last = true;
}

static void take_back(struct ledger *ledger, struct ledger_deed *deed)
{
    struct ledger_deed *older = deed;

    deed->is_annulled = true;
    if (!deed->is_last) return;
    deed->is_last = false;
    while ((older = ledger_older(ledger, older)) && older->is_annulled) {}
    if (older) older->is_last = true;
}

static void chain_person(struct ledger *ledger, uint32_t place)
{
    struct ledger_deed *deed = &ledger->deeds[place - 1];
    uint32_t *link;

    if (deed->person == 0) return;
    link = open_slot(ledger, BY_PERSON, deed);
    deed->of_person = *link;
    *link = place;
}

static uint32_t put(struct ledger *ledger, const struct ledger_deed *deed)
{
    ledger->deeds = grow(ledger->deeds, ledger->count, &ledger->size, sizeof *ledger->deeds);
    ledger->deeds[ledger->count] = *deed;
    return (uint32_t)++ledger->count;
}

uint32_t ledger_add(struct ledger *ledger, const struct ledger_deed *deed)
{
    uint32_t place = put(ledger, deed);

    ledger->deeds[place - 1].is_annulled = find(ledger, ANNULLED, deed) != NULL;
    *open_slot(ledger, BY_RECORD, deed) = place;
    chain_ticket(ledger, place);
    chain_person(ledger, place);
    return place - 1;
}

bool ledger_annul(struct ledger *ledger, uint32_t log, uint64_t seq, uint32_t *place_out)
{
    struct ledger_deed key = {.log = log, .seq = seq, .kind = RECORD_KIND_ANNUL};
    struct ledger_deed *deed;

    if (find(ledger, ANNULLED, &key)) return false;
    uint32_t place = put(ledger, &key);
    *open_slot(ledger, ANNULLED, &key) = place;
    if (!(deed = find(ledger, BY_RECORD, &key))) return false;
    take_back(ledger, deed);
    *place_out = (uint32_t)(deed - ledger->deeds);
    return true;
}

void ledger_add_round(struct ledger *ledger, const struct ledger_deed *deed, uint32_t number)
{
    ledger->rounds = grow(ledger->rounds, ledger->round_count, &ledger->round_size, sizeof *ledger->rounds);
    ledger->rounds[ledger->round_count++] = (struct ledger_round){.list = deed->list, .number = number, .deed = *deed};
}

void ledger_add_stock(struct ledger *ledger, uint16_t list, uint32_t log, int64_t things)
{
    for (size_t i = 0; i < ledger->stock_count; i++) {
        struct ledger_stock *stock = &ledger->stocks[i];
        if (stock->list != list || stock->log != log) continue;
        stock->things += things;
        return;
    }
    ledger->stocks = grow(ledger->stocks, ledger->stock_count, &ledger->stock_size, sizeof *ledger->stocks);
    ledger->stocks[ledger->stock_count++] = (struct ledger_stock){.list = list, .log = log, .things = things};
}

void ledger_add_walk_in(struct ledger *ledger, uint64_t ticket, uint8_t class_id, uint8_t group)
{
    uint32_t place =
        put(ledger, &(struct ledger_deed){
                        .kind = RECORD_KIND_WALK_IN, .ticket = ticket, .list = (uint16_t)(class_id << 8 | group)});

    *open_slot(ledger, WALK_IN, &ledger->deeds[place - 1]) = place;
}

bool ledger_walk_in(const struct ledger *ledger, uint64_t ticket, uint8_t *class_out, uint8_t *group_out)
{
    const struct ledger_deed *found = find(ledger, WALK_IN, &(struct ledger_deed){.ticket = ticket});

    if (!found) return false;
    *class_out = (uint8_t)(found->list >> 8);
    *group_out = (uint8_t)found->list;
    return true;
}

size_t ledger_count(const struct ledger *ledger)
{
    return ledger->count;
}

struct ledger_deed *ledger_at(const struct ledger *ledger, uint32_t place)
{
    return &ledger->deeds[place];
}

const struct ledger_round *ledger_rounds(const struct ledger *ledger, size_t *count_out)
{
    *count_out = ledger->round_count;
    return ledger->rounds;
}

const struct ledger_stock *ledger_stocks(const struct ledger *ledger, size_t *count_out)
{
    *count_out = ledger->stock_count;
    return ledger->stocks;
}

struct ledger_deed *ledger_of_ticket(const struct ledger *ledger, uint16_t list, uint64_t ticket)
{
    return find(ledger, BY_TICKET, &(struct ledger_deed){.list = list, .ticket = ticket});
}

struct ledger_deed *ledger_older(const struct ledger *ledger, const struct ledger_deed *deed)
{
    return deed->of_ticket ? &ledger->deeds[deed->of_ticket - 1] : NULL;
}

struct ledger_deed *ledger_of_person(const struct ledger *ledger, uint16_t list, uint32_t person)
{
    return find(ledger, BY_PERSON, &(struct ledger_deed){.list = list, .person = person});
}

struct ledger_deed *ledger_next(const struct ledger *ledger, const struct ledger_deed *deed)
{
    return deed->of_person ? &ledger->deeds[deed->of_person - 1] : NULL;
}

const struct ledger_deed *ledger_each_last(const struct ledger *ledger, size_t *at)
{
    while (*at < ledger->count) {
        const struct ledger_deed *deed = &ledger->deeds[(*at)++];
        if (deed->is_last) return deed;
    }
    return NULL;
}
