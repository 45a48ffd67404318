#include "support/check.h"

#include "record/turnout.h"

#include "record/store_sqlite.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROSTER_TICKETS = 48, TICKETS_OF_A_PERSON = 3 };

static uint32_t roll(struct turnout *turnout, uint32_t sides)
{
    return (uint32_t)dice_below(&turnout->dice, (int)sides);
}

// 1 in_out, 2 and 3 buses, 4 once behind the door, 5 boxes that are counted, 6 boxes of the event, 7 boxes without end
static void make_lists(struct turnout *turnout)
{
    struct event *event = &turnout->door.event;

    event->list_count = 0;
    door_add_list(&turnout->door, LIST_MODE_IN_OUT, "Saal");
    id_set_add(&door_add_list(&turnout->door, LIST_MODE_ROLL_CALL, "Bus 1")->groups, 1);
    id_set_add(&door_add_list(&turnout->door, LIST_MODE_ROLL_CALL, "Bus 2")->groups, 2);
    door_add_list(&turnout->door, LIST_MODE_ONCE, "Buffet")->after = 1;
    door_add_list(&turnout->door, LIST_MODE_HAND_OUT, "Boxen");
    door_add_list(&turnout->door, LIST_MODE_HAND_OUT, "Taschen")->stock = 4000;
    id_set_add(&door_add_list(&turnout->door, LIST_MODE_HAND_OUT, "Flyer")->classes, 1);
    door_welcome_walk_ins(&turnout->door);
    for (size_t i = 0; i < RECKONING_LISTS; i++) turnout->reckoning->places[i].list = &event->lists[i];
}

static struct guest draw_guest(struct turnout *turnout, size_t ticket)
{
    struct guest guest = {.ticket = door_ticket(ticket)};

    if (ticket >= ROSTER_TICKETS || roll(turnout, 8) == 0) return guest; // on no roster
    guest.is_listed = true;
    guest.person = roll(turnout, RECKONING_PERSONS);
    guest.class_id = (uint8_t)(1 + roll(turnout, 2));
    guest.group = (uint8_t)roll(turnout, 4);
    guest.status = (enum guest_status)(roll(turnout, 4) == 0 ? roll(turnout, 4) : GUEST_STATUS_OK);
    guest.least_generation = roll(turnout, 9) == 0 ? GUEST_WITHDRAWN : 0;
    return guest;
}

// Who has which ticket, and whether it is good, changes for some from one version to the next.
void turnout_install(struct turnout *turnout)
{
    struct roster_entry entries[ROSTER_TICKETS];
    size_t count = 0, tickets_of[RECKONING_PERSONS] = {0};

    for (size_t ticket = 0; ticket < RECKONING_TICKETS; ticket++) {
        struct guest *guest = &turnout->reckoning->roster[ticket];
        if (turnout->version == 0 || roll(turnout, 6) == 0) *guest = draw_guest(turnout, ticket);
        if (tickets_of[guest->person]++ >= TICKETS_OF_A_PERSON) guest->person = 0;
        if (guest->is_listed) entries[count++] = (struct roster_entry){.guest = *guest};
    }
    door_document_with(&turnout->door, ++turnout->version, 0, entries, count);
    assert_int_equal(door_install(&turnout->door, turnout->store), STATUS_OK);
    turnout->newest++;
}

static void append(struct turnout *turnout, const struct record *record)
{
    uint64_t seq = 0;

    assert_int_equal(turnout->store->ops->append(turnout->store, record, &seq), STATUS_OK);
    assert_int_equal(seq, turnout->newest + 1);
    turnout->newest = seq;
}

struct record turnout_record(const struct turnout *turnout, size_t place, size_t ticket)
{
    struct record record = door_entry(&turnout->door, ticket);

    record.list = (uint16_t)(place + 1);
    record.person = turnout->reckoning->roster[ticket].person;
    return record;
}

// Of the newest record: it is later than all that is known.
static struct order place_of_newest(const struct turnout *turnout)
{
    const struct store_sqlite *store = store_sqlite_of(turnout->store);

    return order_of(store->newest_hlc, store->identity.log, turnout->newest);
}

static void check_in(struct turnout *turnout, size_t place, size_t ticket, bool is_entry)
{
    struct record record = turnout_record(turnout, place, ticket);

    if (roll(turnout, 10) == 0) record.person = roll(turnout, RECKONING_PERSONS); // as another roster had it; 0: none
    record.kind = is_entry ? RECORD_KIND_ENTRY : RECORD_KIND_EXIT;
    record.is_forced = is_entry && roll(turnout, 12) == 0;
    if (record.is_forced || !is_entry) strcpy(record.why, "steigt um");
    append(turnout, &record);
    turnout->happened[turnout->newest] = (struct past_happening){true, false, (uint8_t)place, (uint8_t)ticket};
    reckoning_add(turnout->reckoning, place, ticket,
                  (struct reckoning_scan){place_of_newest(turnout), true, record.person, is_entry});
}

// Of anything: also of what was taken back before, and of an earlier round.
static size_t annul(struct turnout *turnout)
{
    uint32_t back = roll(turnout, 4) == 0 ? roll(turnout, (uint32_t)turnout->newest) : roll(turnout, 60);
    uint64_t seq = back < turnout->newest ? turnout->newest - back : 1, got = 0;
    struct past_happening happened = turnout->happened[seq];
    struct record record = turnout_record(turnout, happened.place, happened.ticket);

    record.kind = RECORD_KIND_ANNUL;
    record.annuls = seq;
    if (!happened.is_check_in) { // nothing else can be taken back, nor may it be written
        assert_int_equal(turnout->store->ops->end(turnout->store, STATUS_OK), STATUS_OK);
        assert_int_equal(turnout->store->ops->append(turnout->store, &record, &got), STATUS_INVALID);
        assert_int_equal(turnout->store->ops->begin(turnout->store), STATUS_OK);
        return happened.place;
    }
    append(turnout, &record);
    struct order which = order_of(0, turnout->store->ops->identity(turnout->store)->log, seq);
    reckoning_take_back(turnout->reckoning, happened.place, happened.ticket, &which);
    return happened.place;
}

static void begin_round(struct turnout *turnout, size_t index)
{
    struct reckoning_place *place = &turnout->reckoning->places[index];
    struct record record = turnout_record(turnout, index, 0);

    record.kind = RECORD_KIND_ROUND;
    struct order at;
    record.round = place->round + 1;
    snprintf(record.stop, sizeof record.stop, "Halt %u", record.round % 7);
    append(turnout, &record);
    at = place_of_newest(turnout);
    reckoning_begin_round(turnout->reckoning, index, &record, &at);
}

static void deliver(struct turnout *turnout, size_t index)
{
    struct reckoning_place *place = &turnout->reckoning->places[index];
    struct record record = turnout_record(turnout, index, 0);

    record.kind = RECORD_KIND_STOCK;
    record.stock = (int32_t)roll(turnout, 300) - 60;
    append(turnout, &record);
    place->is_stocked = true;
    place->stock += record.stock;
}

static void refuse(struct turnout *turnout, size_t place, size_t ticket)
{
    struct record record = turnout_record(turnout, place, ticket);

    record.kind = RECORD_KIND_REFUSED;
    record.reason = REASON_FULL;
    append(turnout, &record);
}

static void register_walk_in(struct turnout *turnout, size_t place, size_t ticket)
{
    struct record record = turnout_record(turnout, place, ticket);
    struct walk_in walk_in = {.ticket = record.ticket, .values = {"Öztürk, Ayşe"}, .language = "de"};
    uint64_t seq = 0;

    record.kind = RECORD_KIND_WALK_IN;
    record.person = 0;
    assert_int_equal(
        turnout->store->ops->append_walk_in(turnout->store, &record, &walk_in, &turnout->door.event.walk_ins, &seq),
        STATUS_OK);
    turnout->newest = seq;
    check_in(turnout, place, ticket, true);
}

size_t turnout_happen(struct turnout *turnout)
{
    size_t place = roll(turnout, RECKONING_LISTS), ticket = roll(turnout, RECKONING_TICKETS);
    uint32_t kind = roll(turnout, 100);

    if (kind < 48) check_in(turnout, place, ticket, true);
    else if (kind < 70) check_in(turnout, place, ticket, false);
    else if (kind < 90) place = annul(turnout);
    else if (kind < 94) refuse(turnout, place, ticket);
    else if (kind < 97) begin_round(turnout, 1 + place % 2);
    else if (kind < 98) deliver(turnout, 4);
    else if (kind < 99 && ticket >= ROSTER_TICKETS) register_walk_in(turnout, place, ticket);
    else check_in(turnout, place, ticket, true);
    return kind < 94 || kind >= 98 ? place : kind < 97 ? 1 + place % 2 : 4;
}

void turnout_open(struct turnout *turnout, uint64_t seed, size_t most)
{
    *turnout = (struct turnout){.dice = {seed}};
    door_init(&turnout->door, NULL);
    turnout->reckoning = calloc(1, sizeof *turnout->reckoning);
    turnout->happened = calloc(2 * most + 1000, sizeof *turnout->happened);
    assert_true(turnout->reckoning && turnout->happened);
    make_lists(turnout);
    assert_int_equal(door_open(&turnout->door, &turnout->store), STATUS_OK);
    turnout->newest = 1; // the boot record
    turnout->most = most;
}

void turnout_close(struct turnout *turnout)
{
    store_close(turnout->store);
    free(turnout->happened);
    reckoning_free(turnout->reckoning);
    door_destroy(&turnout->door);
}
