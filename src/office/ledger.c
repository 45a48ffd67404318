#include "office/ledger_parts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct ledger *ledger_open(void)
{
    return mem_zero(sizeof(struct ledger));
}

void ledger_tell(struct ledger *ledger, const struct ledger_watch *watch)
{
    ledger->watch = *watch;
}

void ledger_close(struct ledger *ledger)
{
    if (!ledger) return;
    for (size_t i = 0; i < TABLE_COUNT; i++) free(ledger->tables[i].slots);
    free(ledger->deeds);
    free(ledger->logs);
    free(ledger->rounds);
    free(ledger->stocks);
    free(ledger->conflicts);
    free(ledger);
}

uint32_t ledger_log(struct ledger *ledger, const uint8_t log[LOG_ID_BYTES])
{
    for (size_t i = 0; i < ledger->log_count; i++)
        if (memcmp(ledger->logs[i], log, LOG_ID_BYTES) == 0) return (uint32_t)i;
    ledger->logs = ledger_grow(ledger->logs, ledger->log_count, &ledger->log_size, LOG_ID_BYTES);
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
    uint32_t *link = ledger_slot(ledger, BY_TICKET, deed);
    bool is_last = !deed->is_annulled;

    while (*link && ledger_is_after(ledger, &ledger->deeds[*link - 1], deed)) {
        if (!ledger->deeds[*link - 1].is_annulled) is_last = false;
        link = &ledger->deeds[*link - 1].of_ticket;
    }
    deed->of_ticket = *link;
    *link = place;
    if (!is_last) return;
    ledger_set_last(ledger, deed, true);
    for (struct ledger_deed *older = ledger_older(ledger, deed); older; older = ledger_older(ledger, older)) {
        if (older->is_annulled) continue;
        ledger_set_last(ledger, older, false); // it was, and those before it were not
        break;
    }
}

static void tell_stands(const struct ledger *ledger, const struct ledger_deed *deed, int by)
{
    if (ledger->watch.stands) ledger->watch.stands(ledger->watch.owner, deed, by);
}

static void take_back(struct ledger *ledger, struct ledger_deed *deed)
{
    struct ledger_deed *older = deed;

    deed->is_annulled = true;
    tell_stands(ledger, deed, -1);
    if (!deed->is_last) return;
    ledger_set_last(ledger, deed, false);
    while ((older = ledger_older(ledger, older)) && older->is_annulled) {}
    if (older) ledger_set_last(ledger, older, true);
}

uint32_t ledger_add(struct ledger *ledger, const struct ledger_deed *deed)
{
    uint32_t place = ledger_put(ledger, deed);

    ledger->deeds[place - 1].is_annulled = ledger_find(ledger, ANNULLED, deed) != NULL;
    *ledger_slot(ledger, BY_RECORD, deed) = place;
    if (!ledger->deeds[place - 1].is_annulled) tell_stands(ledger, &ledger->deeds[place - 1], 1);
    ledger_chain_person(ledger, place);
    chain_ticket(ledger, place);
    return place - 1;
}

bool ledger_annul(struct ledger *ledger, uint32_t log, uint64_t seq, uint32_t *place_out)
{
    struct ledger_deed key = {.log = log, .seq = seq, .kind = RECORD_KIND_ANNUL};
    struct ledger_deed *deed;

    if (ledger_find(ledger, ANNULLED, &key)) return false;
    uint32_t place = ledger_put(ledger, &key);
    *ledger_slot(ledger, ANNULLED, &key) = place;
    if (!(deed = ledger_find(ledger, BY_RECORD, &key))) return false;
    take_back(ledger, deed);
    *place_out = (uint32_t)(deed - ledger->deeds);
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

struct ledger_deed *ledger_of_ticket(const struct ledger *ledger, uint16_t list, uint64_t ticket)
{
    return ledger_find(ledger, BY_TICKET, &(struct ledger_deed){.list = list, .ticket = ticket});
}

struct ledger_deed *ledger_older(const struct ledger *ledger, const struct ledger_deed *deed)
{
    return deed->of_ticket ? &ledger->deeds[deed->of_ticket - 1] : NULL;
}

struct ledger_deed *ledger_of_person(const struct ledger *ledger, uint16_t list, uint32_t person)
{
    return ledger_find(ledger, BY_PERSON, &(struct ledger_deed){.list = list, .person = person});
}

struct ledger_deed *ledger_next(const struct ledger *ledger, const struct ledger_deed *deed)
{
    return deed->of_person ? &ledger->deeds[deed->of_person - 1] : NULL;
}
