#include "office/roster.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct roster {
    const struct event *event; // while it is read
    struct roster_guest *by_ticket, *by_person;
    size_t count, size;
};

static uint32_t lists_of(const struct event *event, const struct guest *guest)
{
    uint32_t lists = 0;

    if (guest->status == GUEST_STATUS_CANCELED || guest->status == GUEST_STATUS_BLOCKED) return 0;
    if (guest->least_generation >= GUEST_WITHDRAWN) return 0;
    for (size_t i = 0; i < event->list_count; i++)
        if (list_takes(&event->lists[i], guest->class_id, guest->group)) lists |= UINT32_C(1) << i;
    return lists;
}

static enum status add(void *owner, const struct roster_entry *entry)
{
    struct roster *roster = owner;
    const struct guest *guest = &entry->guest;

    if (roster->count == roster->size) {
        size_t size = roster->size ? 2 * roster->size : 256;
        struct roster_guest *larger = mem_zero_array(size, sizeof *larger);
        if (roster->count > 0) memcpy(larger, roster->by_ticket, roster->count * sizeof *larger);
        free(roster->by_ticket);
        roster->by_ticket = larger;
        roster->size = size;
    }
    roster->by_ticket[roster->count++] = (struct roster_guest){.ticket = guest->ticket,
                                                               .person = guest->person,
                                                               .lists = lists_of(roster->event, guest),
                                                               .class_id = guest->class_id,
                                                               .group = guest->group};
    return STATUS_OK;
}

static int compare_tickets(const void *one, const void *other)
{
    const struct roster_guest *a = one, *b = other;

    return a->ticket < b->ticket ? -1 : a->ticket > b->ticket;
}

static int compare_persons(const void *one, const void *other)
{
    const struct roster_guest *a = one, *b = other;

    if (a->person != b->person) return a->person < b->person ? -1 : 1;
    return compare_tickets(one, other);
}

enum status roster_open(const uint8_t *bytes, size_t length, struct event *event, struct roster **out)
{
    struct roster *roster = mem_zero(sizeof *roster);
    struct event *read = event ? event : mem_zero(sizeof *read);
    struct event_flaw flaw;
    enum status status;

    roster->event = read;
    status = event_file_decode_unsigned(bytes, length, read, add, roster, &flaw);
    if (!event) free(read);
    roster->event = NULL;
    if (status != STATUS_OK) {
        roster_close(roster);
        return status;
    }
    roster->by_person = mem_zero_array(roster->count + 1, sizeof *roster->by_person);
    if (roster->count > 0) {
        memcpy(roster->by_person, roster->by_ticket, roster->count * sizeof *roster->by_person);
        qsort(roster->by_ticket, roster->count, sizeof *roster->by_ticket, compare_tickets);
        qsort(roster->by_person, roster->count, sizeof *roster->by_person, compare_persons);
    }
    *out = roster;
    return STATUS_OK;
}

void roster_close(struct roster *roster)
{
    if (!roster) return;
    free(roster->by_ticket);
    free(roster->by_person);
    free(roster);
}

const struct roster_guest *roster_find(const struct roster *roster, uint64_t ticket)
{
    struct roster_guest key = {.ticket = ticket};

    if (roster->count == 0) return NULL;
    return bsearch(&key, roster->by_ticket, roster->count, sizeof key, compare_tickets);
}

// The first of theirs by person.
static size_t find_person(const struct roster *roster, uint32_t person)
{
    size_t least = 0, most = roster->count;

    while (least < most) {
        size_t middle = least + (most - least) / 2;
        if (roster->by_person[middle].person < person) least = middle + 1;
        else most = middle;
    }
    return least;
}

bool roster_expects(const struct roster *roster, size_t list, uint32_t person, uint64_t ticket)
{
    uint32_t bit = UINT32_C(1) << list;
    const struct roster_guest *guest = person == 0 ? roster_find(roster, ticket) : NULL;

    if (person == 0) return guest && guest->person == 0 && guest->lists & bit;
    for (size_t i = find_person(roster, person); i < roster->count && roster->by_person[i].person == person; i++)
        if (roster->by_person[i].lists & bit) return true;
    return false;
}

void roster_each_expected(const struct roster *roster, size_t list, roster_visit *visit, void *owner)
{
    uint32_t bit = UINT32_C(1) << list, last = 0;

    for (size_t i = 0; i < roster->count; i++) {
        const struct roster_guest *guest = &roster->by_person[i];
        if (!(guest->lists & bit) || (guest->person != 0 && guest->person == last)) continue;
        last = guest->person;
        visit(owner, guest);
    }
}
