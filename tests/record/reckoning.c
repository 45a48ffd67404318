#include "record/reckoning.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void reckoning_free(struct reckoning *reckoning)
{
    for (size_t place = 0; place < RECKONING_LISTS; place++)
        for (size_t ticket = 0; ticket < RECKONING_TICKETS; ticket++)
            free(reckoning->places[place].tickets[ticket].scans);
    free(reckoning);
}

static bool is_later(const struct reckoning_scan *scan, const struct reckoning_scan *other)
{
    return order_is_after(&scan->at, &other->at);
}

void reckoning_add(struct reckoning *reckoning, size_t place, size_t ticket, struct reckoning_scan scan)
{
    struct reckoning_ticket *to = &reckoning->places[place].tickets[ticket];

    if (to->count == to->size) {
        to->size = to->size ? 2 * to->size : 16;
        to->scans = realloc(to->scans, to->size * sizeof *to->scans);
        if (!to->scans) abort();
    }
    size_t index = to->count++;
    for (; index > 0 && is_later(&to->scans[index - 1], &scan); index--) to->scans[index] = to->scans[index - 1];
    to->scans[index] = scan;
}

void reckoning_take_back(struct reckoning *reckoning, size_t place, size_t ticket, const struct order *which)
{
    struct reckoning_ticket *from = &reckoning->places[place].tickets[ticket];

    for (size_t i = 0; i < from->count; i++) {
        if (memcmp(ORDER_IDENTITY(&from->scans[i].at), ORDER_IDENTITY(which), ORDER_IDENTITY_BYTES) != 0) continue;
        memmove(&from->scans[i], &from->scans[i + 1], (from->count - i - 1) * sizeof *from->scans);
        from->count--;
        return;
    }
}

// Owners: persons by their number, then each ticket that stands for itself.
static size_t owner_of(uint32_t person, size_t ticket)
{
    return person != 0 ? person : RECKONING_PERSONS + ticket;
}

static bool is_known(const struct reckoning_scan *scan)
{
    return order_seq(&scan->at) != 0;
}

static struct reckoning_scan last_of_ticket(const struct reckoning_place *place, size_t ticket)
{
    const struct reckoning_ticket *scans = &place->tickets[ticket];

    return scans->count ? scans->scans[scans->count - 1] : (struct reckoning_scan){0};
}

void reckoning_begin_round(struct reckoning *reckoning, size_t index, const struct record *round,
                           const struct order *at)
{
    struct reckoning_place *place = &reckoning->places[index];

    if (!order_is_after(at, &place->round_at)) return;
    place->round_at = *at;
    place->round = round->round;
    text_copy(place->stop, sizeof place->stop, round->stop);
}

static void find_lasts(const struct reckoning_place *place, struct reckoning_scan lasts[RECKONING_OWNERS])
{
    memset(lasts, 0, RECKONING_OWNERS * sizeof *lasts);
    for (size_t ticket = 0; ticket < RECKONING_TICKETS; ticket++) {
        struct reckoning_scan last = last_of_ticket(place, ticket);
        size_t owner = owner_of(last.person, ticket);
        if (is_later(&last, &lasts[owner])) lasts[owner] = last;
    }
}

static void find_expected(const struct reckoning *reckoning, const struct list *list,
                          bool is_expected[RECKONING_OWNERS])
{
    memset(is_expected, 0, RECKONING_OWNERS * sizeof *is_expected);
    for (size_t ticket = 0; ticket < RECKONING_TICKETS; ticket++) {
        const struct guest *guest = &reckoning->roster[ticket];
        if (!guest->is_listed || guest->status == GUEST_STATUS_CANCELED || guest->status == GUEST_STATUS_BLOCKED)
            continue;
        if (guest->least_generation < GUEST_WITHDRAWN && list_takes(list, guest->class_id, guest->group))
            is_expected[owner_of(guest->person, ticket)] = true;
    }
}

static void count_things(const struct reckoning_place *place, struct headcount *headcount)
{
    int64_t left = INT64_MAX, given_here = 0;

    for (size_t ticket = 0; ticket < RECKONING_TICKETS; ticket++)
        for (size_t i = 0; i < place->tickets[ticket].count; i++) {
            const struct reckoning_scan *scan = &place->tickets[ticket].scans[i];
            headcount->given += scan->is_entry;
            given_here += scan->is_entry && scan->is_here;
        }
    headcount->is_stocked = place->is_stocked;
    if (place->is_stocked) left = headcount->left_here = place->stock - given_here;
    if (place->list->stock != 0 && (int64_t)place->list->stock - headcount->given < left)
        left = (int64_t)place->list->stock - headcount->given;
    headcount->is_limited = left != INT64_MAX;
    headcount->left = headcount->is_limited ? left : 0;
}

struct headcount reckoning_count(const struct reckoning *reckoning, size_t index)
{
    const struct reckoning_place *place = &reckoning->places[index];
    bool is_roll_call = place->list->mode == LIST_MODE_ROLL_CALL;
    struct reckoning_scan lasts[RECKONING_OWNERS];
    bool is_expected[RECKONING_OWNERS];
    struct headcount headcount = {0};

    find_lasts(place, lasts);
    find_expected(reckoning, place->list, is_expected);
    for (size_t owner = 0; owner < RECKONING_OWNERS; owner++) {
        const struct reckoning_scan *last = &lasts[owner];
        bool is_out = is_known(last) && !last->is_entry;
        if (last->is_entry && (!is_roll_call || order_is_after(&last->at, &place->round_at))) headcount.inside++;
        if (is_roll_call ? (is_expected[owner] || last->is_entry) && !is_out : is_expected[owner]) headcount.expected++;
        if (is_roll_call && is_out) headcount.signed_off++;
    }
    if (is_roll_call) {
        headcount.round = place->round;
        text_copy(headcount.stop, sizeof headcount.stop, place->stop);
    }
    if (place->list->mode == LIST_MODE_HAND_OUT) count_things(place, &headcount);
    return headcount;
}

static struct past past_of(const struct reckoning_place *place, struct reckoning_scan scan)
{
    if (!is_known(&scan)) return (struct past){0};
    if (place->list->mode == LIST_MODE_ROLL_CALL && !order_is_after(&scan.at, &place->round_at))
        return (struct past){0};
    return (struct past){.is_known = true, .is_entry = scan.is_entry, .seq = scan.is_here ? order_seq(&scan.at) : 0};
}

struct history reckoning_history(const struct reckoning *reckoning, size_t index, size_t ticket)
{
    const struct reckoning_place *place = &reckoning->places[index];
    uint32_t person = reckoning->roster[ticket].person;
    struct reckoning_scan lasts[RECKONING_OWNERS], of_ticket = last_of_ticket(place, ticket), of_person = of_ticket;
    struct history history = {0};

    find_lasts(place, lasts);
    if (person != 0 && is_later(&lasts[person], &of_person)) of_person = lasts[person];
    history.ticket = past_of(place, of_ticket);
    history.person = past_of(place, of_person);
    if (place->list->mode == LIST_MODE_ROLL_CALL) history.is_signed_off = is_known(&of_person) && !of_person.is_entry;
    if (place->list->after == 0) return history;
    for (size_t i = 0; i < RECKONING_TICKETS; i++) {
        const struct reckoning_ticket *passed = &reckoning->places[place->list->after - 1].tickets[i];
        for (size_t j = 0; j < passed->count; j++)
            if (passed->scans[j].is_entry && (i == ticket || (person != 0 && passed->scans[j].person == person)))
                history.has_passed_after = true;
    }
    return history;
}
