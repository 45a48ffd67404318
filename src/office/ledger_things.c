// ledger_things.c -- what the ledger keeps besides check-ins: rounds, stocks, walk-ins.
#include "office/ledger_parts.h"

void ledger_add_round(struct ledger *ledger, const struct ledger_deed *deed, uint32_t number)
{
    ledger->rounds = ledger_grow(ledger->rounds, ledger->round_count, &ledger->round_size, sizeof *ledger->rounds);
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
    ledger->stocks = ledger_grow(ledger->stocks, ledger->stock_count, &ledger->stock_size, sizeof *ledger->stocks);
    ledger->stocks[ledger->stock_count++] = (struct ledger_stock){.list = list, .log = log, .things = things};
}

void ledger_add_walk_in(struct ledger *ledger, uint64_t ticket, uint8_t class_id, uint8_t group)
{
    uint32_t place = ledger_put(ledger, &(struct ledger_deed){.kind = RECORD_KIND_WALK_IN,
                                                              .ticket = ticket,
                                                              .list = (uint16_t)(class_id << 8 | group)});

    *ledger_slot(ledger, WALK_IN, &ledger->deeds[place - 1]) = place;
}

bool ledger_walk_in(const struct ledger *ledger, uint64_t ticket, uint8_t *class_out, uint8_t *group_out)
{
    const struct ledger_deed *found = ledger_find(ledger, WALK_IN, &(struct ledger_deed){.ticket = ticket});

    if (!found) return false;
    *class_out = (uint8_t)(found->list >> 8);
    *group_out = (uint8_t)found->list;
    return true;
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
