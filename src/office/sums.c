#include "office/sums_parts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static struct sums_list *find_list(struct sums *sums, uint16_t id)
{
    for (size_t i = 0; i < sums->list_count; i++)
        if (sums->lists[i].id == id) return &sums->lists[i];
    return NULL;
}

// ---- who is there ----

static void count_parts(const struct sums *sums, struct sums_list *list, const struct ledger_deed *deed, int by)
{
    const struct roster_guest *guest = sums->roster ? roster_find(sums->roster, deed->ticket) : NULL;
    uint8_t class_id, group;

    if (guest) {
        class_id = guest->class_id;
        group = guest->group;
    } else if (!ledger_walk_in(sums->ledger, deed->ticket, &class_id, &group)) return;
    list->classes[class_id].inside += (uint32_t)by;
    list->groups[group].inside += (uint32_t)by;
}

// One owner by their newest check-in. Numbers wrap round on their way, if they do.
static void count_owner(struct sums *sums, const struct ledger_deed *deed, int by)
{
    struct sums_list *list = find_list(sums, deed->list);
    bool is_entry = deed->kind == RECORD_KIND_ENTRY, is_inside = is_entry;

    if (!list) return;
    if (list->mode == LIST_MODE_ROLL_CALL) {
        bool is_expected =
            sums->roster && roster_expects(sums->roster, (size_t)(list - sums->lists), deed->person, deed->ticket);
        if (list->round) is_inside = is_entry && ledger_is_after(sums->ledger, deed, &list->round->deed);
        if (is_entry && !is_expected) list->expected += (uint32_t)by; // joined from another bus
        if (!is_entry && is_expected) list->expected -= (uint32_t)by;
        if (!is_entry) list->signed_off += (uint32_t)by;
    }
    if (!is_inside) return;
    list->inside += (uint32_t)by;
    count_parts(sums, list, deed, by);
}

static void newest(void *owner, const struct ledger_deed *deed, int by)
{
    struct sums *sums = owner;

    if (sums->is_counted) count_owner(sums, deed, by);
}

void sums_count_ticket(struct sums *sums, uint64_t ticket, int by)
{
    for (size_t i = 0; i < sums->list_count && sums->is_counted; i++) {
        const struct ledger_deed *deed = ledger_of_ticket(sums->ledger, sums->lists[i].id, ticket);
        for (; deed; deed = ledger_older(sums->ledger, deed))
            if (deed->is_newest) count_owner(sums, deed, by);
    }
}

// ---- when they came ----

static uint32_t place_of(const struct sums *sums, const struct ledger_deed *deed)
{
    return (uint32_t)(deed - ledger_at(sums->ledger, 0));
}

static void note_last(struct sums *sums, struct sums_list *list, const struct ledger_deed *deed)
{
    if (list->has_last && !ledger_is_after(sums->ledger, deed, ledger_at(sums->ledger, list->last))) return;
    list->last = place_of(sums, deed);
    list->has_last = true;
}

static void stands(void *owner, const struct ledger_deed *deed, int by)
{
    struct sums *sums = owner;
    struct sums_list *list = sums->is_counted ? find_list(sums, deed->list) : NULL;
    struct cell *arrivals = cells_at(sums->arrivals, deed->list, deed->unix_ms / TALLY_BUCKET_MS);

    arrivals->check_ins += (uint32_t)by;
    if (deed->kind == RECORD_KIND_ENTRY) {
        arrivals->entries += (uint32_t)by;
        cells_at(sums->given, deed->list, deed->log)->entries += (uint32_t)by;
    }
    if (list && by > 0) note_last(sums, list, deed);
    if (list && by < 0 && list->has_last && list->last == place_of(sums, deed)) list->is_last_gone = true;
}

// ---- from the beginning ----

static void count_expected(void *owner, const struct roster_guest *guest)
{
    struct sums_list *list = owner;

    list->expected++;
    list->classes[guest->class_id].expected++;
    list->groups[guest->group].expected++;
}

static void find_rounds(struct sums *sums)
{
    size_t count;
    const struct ledger_round *rounds = ledger_rounds(sums->ledger, &count);

    for (size_t i = 0; i < count; i++) {
        struct sums_list *list = find_list(sums, rounds[i].list);
        if (list && (!list->round || ledger_is_after(sums->ledger, &rounds[i].deed, &list->round->deed)))
            list->round = &rounds[i];
    }
}

static bool is_same(const struct sums *sums, const struct event *event)
{
    if (sums->list_count != event->list_count) return false;
    for (size_t i = 0; i < event->list_count; i++)
        if (sums->lists[i].id != event->lists[i].id || sums->lists[i].mode != event->lists[i].mode) return false;
    return true;
}

static bool is_standing(const struct ledger_deed *deed)
{
    return (deed->kind == RECORD_KIND_ENTRY || deed->kind == RECORD_KIND_EXIT) && !deed->is_annulled;
}

static void count_all(struct sums *sums)
{
    size_t count = ledger_count(sums->ledger);

    for (size_t i = 0; i < count; i++) {
        const struct ledger_deed *deed = ledger_at(sums->ledger, (uint32_t)i);
        struct sums_list *list = is_standing(deed) ? find_list(sums, deed->list) : NULL;
        if (list) note_last(sums, list, deed);
        if (deed->is_newest) count_owner(sums, deed, 1);
    }
}

static void begin_again(struct sums *sums, const struct event *event, const struct roster *roster)
{
    memset(sums->lists, 0, sizeof sums->lists);
    sums->list_count = event->list_count;
    sums->roster = roster;
    for (size_t i = 0; i < event->list_count; i++) {
        sums->lists[i].id = event->lists[i].id;
        sums->lists[i].mode = event->lists[i].mode;
        if (roster) roster_each_expected(roster, i, count_expected, &sums->lists[i]);
    }
    find_rounds(sums);
    count_all(sums);
    sums->is_counted = true;
}

static void find_last(struct sums *sums, struct sums_list *list)
{
    size_t count = ledger_count(sums->ledger);

    list->has_last = list->is_last_gone = false;
    for (size_t i = 0; i < count; i++) {
        const struct ledger_deed *deed = ledger_at(sums->ledger, (uint32_t)i);
        if (is_standing(deed) && deed->list == list->id) note_last(sums, list, deed);
    }
}

void sums_bring_up(struct sums *sums, const struct event *event, const struct roster *roster)
{
    if (!sums->is_counted || sums->roster != roster || !is_same(sums, event)) begin_again(sums, event, roster);
    for (size_t i = 0; i < sums->list_count; i++)
        if (sums->lists[i].is_last_gone) find_last(sums, &sums->lists[i]);
}

void sums_forget(struct sums *sums)
{
    sums->is_counted = false;
}

const struct ledger_round *sums_round(const struct sums *sums, size_t list)
{
    return sums->lists[list].mode == LIST_MODE_ROLL_CALL ? sums->lists[list].round : NULL;
}

struct sums *sums_open(struct ledger *ledger)
{
    struct sums *sums = mem_zero(sizeof *sums);

    sums->ledger = ledger;
    sums->arrivals = cells_open();
    sums->given = cells_open();
    ledger_tell(ledger, &(struct ledger_watch){.stands = stands, .newest = newest, .owner = sums});
    return sums;
}

void sums_close(struct sums *sums)
{
    if (!sums) return;
    cells_close(sums->arrivals);
    cells_close(sums->given);
    free(sums);
}
