// ledger_owner.c -- who counts: a ticket belongs to the person of its last check-in on the list, and a person is where
// the newest of these says; as at the door (record/store_project_sqlite.c). That one stands first among the person's.
#include "office/ledger_parts.h"

static void set_newest(const struct ledger *ledger, struct ledger_deed *deed, bool is_newest)
{
    if (deed->is_newest == is_newest) return;
    deed->is_newest = is_newest;
    if (ledger->watch.newest) ledger->watch.newest(ledger->watch.owner, deed, is_newest ? 1 : -1);
}

static void bring_first(struct ledger *ledger, struct ledger_deed *deed)
{
    uint32_t *first = ledger_slot(ledger, BY_PERSON, deed), *link = first;
    uint32_t place = 1 + (uint32_t)(deed - ledger->deeds);

    while (*link != place) link = &ledger->deeds[*link - 1].of_person;
    if (link == first) return;
    *link = deed->of_person;
    deed->of_person = *first;
    *first = place;
}

static void succeed(struct ledger *ledger, struct ledger_deed *before, struct ledger_deed *deed)
{
    set_newest(ledger, before, false);
    if (!deed) return;
    bring_first(ledger, deed);
    set_newest(ledger, deed, true);
}

static struct ledger_deed *find_newest(const struct ledger *ledger, struct ledger_deed *first)
{
    struct ledger_deed *newest = NULL;

    for (struct ledger_deed *deed = first; deed; deed = ledger_next(ledger, deed))
        if (deed->is_last && (!newest || ledger_is_after(ledger, deed, newest))) newest = deed;
    return newest;
}

void ledger_set_last(struct ledger *ledger, struct ledger_deed *deed, bool is_last)
{
    struct ledger_deed *first;

    deed->is_last = is_last;
    if (deed->person == 0) {
        set_newest(ledger, deed, is_last);
        return;
    }
    first = ledger_of_person(ledger, deed->list, deed->person);
    if (is_last && (!first->is_newest || ledger_is_after(ledger, deed, first))) succeed(ledger, first, deed);
    if (!is_last && deed->is_newest) succeed(ledger, deed, find_newest(ledger, first));
}

// Second: whether it is to be the first is not known yet.
void ledger_chain_person(struct ledger *ledger, uint32_t place)
{
    struct ledger_deed *deed = &ledger->deeds[place - 1];
    uint32_t *link;

    if (deed->person == 0) return;
    link = ledger_slot(ledger, BY_PERSON, deed);
    if (*link) link = &ledger->deeds[*link - 1].of_person;
    deed->of_person = *link;
    *link = place;
}
