#include "service/gates.h"

#include "record/tally.h"
#include "sync/sync_parts.h"

#include <stdio.h>

enum { LOST_PERCENT = 15, STRUCK_PERCENT = 3, HALL = 3, FIRST_NUMBER = 10, WALK_INS_FROM = 1000, WALK_INS_EACH = 500 };

// ---- the day begins ----

static void publish(struct gates *gates)
{
    struct event_edition edition = {.event = DOOR_EVENT, .version = 1};
    struct door *house = &gates->house;

    door_init(house, NULL);
    assert_int_equal(door_add_list(house, LIST_MODE_IN_OUT, "Halle")->id, HALL);
    door_welcome_walk_ins(house);
    door_document(house, 1, GATES_GUESTS);
    event_file_digest(house->document, house->document_length, edition.digest);
    assert_int_equal(
        inbox_put_event(gates->counter->inbox, &edition, house->document, house->document_length, house->signature),
        STATUS_OK);
}

static void pair(struct gates *gates, size_t kiosk)
{
    static const char *const names[GATES_MOST] = {"Nord", "Ost", "Süd", "West", "Hof", "Turm", "Saal", "Keller"};
    struct booth *booth = &gates->kiosks[kiosk];
    struct inbox *inbox = gates->counter->inbox;
    struct pairing pairing = {.is_pinned = true, .event = DOOR_EVENT};
    struct wire_enroll enroll = {.version = "0.1.0"};

    booth_open_beside(booth, &gates->house, names[kiosk], (uint8_t)(FIRST_NUMBER + kiosk));
    snprintf(enroll.name, sizeof enroll.name, "%s", names[kiosk]);
    memcpy(enroll.device_public_key, booth->key.public_key, DEVICE_KEY_BYTES);
    assert_int_equal(inbox_offer(inbox, names[kiosk], DOOR_EVENT, false, 60 * 1000, enroll.code), STATUS_OK);
    assert_int_equal(inbox_enroll(inbox, &enroll, &gates->devices[kiosk], pairing.token), STATUS_OK);
    snprintf(pairing.url, sizeof pairing.url, "https://127.0.0.1:%u", lossy_port(gates->line));
    snprintf(pairing.device, sizeof pairing.device, "%s", names[kiosk]);
    memcpy(pairing.pin, identity_key(gates->identity), PAIRING_PIN_BYTES);
    memcpy(pairing.root_key, gates->house.root_key, ROOT_KEY_BYTES);
    assert_int_equal(pairing_save(booth->pairing, &pairing), STATUS_OK);
    booth_start_sync(booth);
}

void gates_open(struct gates *gates, const struct counter *counter, uint64_t seed, size_t kiosks, size_t records)
{
    memset(gates, 0, sizeof *gates);
    gates->counter = counter;
    gates->dice.state = seed;
    gates->count = kiosks;
    publish(gates);
    premises_open(&gates->office, &counter->folder, counter->where);
    gates->identity = identity_make(&(struct identity_wish){.name = "einlass", .until = 4000000000});
    gates->line = lossy_open(&(struct lossy_config){.identity = gates->identity,
                                                    .to_port = gates->office.port,
                                                    .seed = seed,
                                                    .lost_percent = LOST_PERCENT,
                                                    .struck_percent = STRUCK_PERCENT,
                                                    .strike = premises_strike,
                                                    .owner = &gates->office});
    for (size_t i = 0; i < kiosks; i++) {
        pair(gates, i);
        gates->left[i] = records;
    }
    premises_start(&gates->office);
}

void gates_close(struct gates *gates)
{
    for (size_t i = 0; i < gates->count; i++) booth_close(&gates->kiosks[i]);
    premises_end(&gates->office);
    lossy_close(gates->line);
    identity_free(gates->identity);
    door_destroy(&gates->house);
}

// ---- what happens at the doors ----

static int roll(struct gates *gates, int sides)
{
    return dice_below(&gates->dice, sides);
}

static void note(struct gates *gates, size_t kiosk, const struct record *record, uint64_t seq)
{
    assert_true(gates->deed_count[kiosk] < GATES_MOST_DEEDS);
    gates->deeds[kiosk][gates->deed_count[kiosk]++] =
        (struct gates_deed){.seq = seq, .list = record->list, .person = record->person};
}

static void append(struct gates *gates, size_t kiosk, const struct record *record)
{
    struct store *store = gates->kiosks[kiosk].store;
    uint64_t seq;

    assert_int_equal(store->ops->append(store, record, &seq), STATUS_OK);
    if (record->kind == RECORD_KIND_ENTRY) note(gates, kiosk, record, seq);
}

static void take_back(struct gates *gates, size_t kiosk)
{
    struct gates_deed *deed;
    struct store *store = gates->kiosks[kiosk].store;
    struct record record;

    if (gates->deed_count[kiosk] == 0) return;
    deed = &gates->deeds[kiosk][roll(gates, (int)gates->deed_count[kiosk])];
    if (deed->is_annulled) return;
    assert_int_equal(store->ops->find_record(store, deed->seq, &record), STATUS_OK);
    record.kind = RECORD_KIND_ANNUL;
    record.annuls = deed->seq;
    deed->is_annulled = true;
    append(gates, kiosk, &record);
}

static void welcome(struct gates *gates, size_t kiosk)
{
    struct booth *booth = &gates->kiosks[kiosk];
    size_t guest = WALK_INS_FROM + WALK_INS_EACH * kiosk + gates->walk_ins[kiosk]++;
    struct record record = door_entry(&booth->door, guest);
    struct walk_in walk_in = {.ticket = record.ticket, .language = "de"};
    uint64_t seq;

    assert_true(gates->walk_ins[kiosk] < WALK_INS_EACH);
    snprintf(walk_in.values[0], sizeof walk_in.values[0], "Zoë Nummer %zu", guest);
    for (size_t i = 0; i < sizeof walk_in.salt; i++) walk_in.salt[i] = (uint8_t)roll(gates, 256);
    record.gate[0] = '\0';
    record.person = 0;
    record.class_id = DOOR_CLASS_WALK_IN;
    record.kind = RECORD_KIND_WALK_IN;
    assert_int_equal(
        booth->store->ops->append_walk_in(booth->store, &record, &walk_in, &gates->house.event.walk_ins, &seq),
        STATUS_OK);
    record = door_entry(&booth->door, guest);
    record.person = 0;
    append(gates, kiosk, &record);
}

static void happen(struct gates *gates, size_t kiosk)
{
    struct booth *booth = &gates->kiosks[kiosk];
    struct record record = door_entry(&booth->door, (size_t)roll(gates, GATES_GUESTS));
    int kind = roll(gates, 20);

    snprintf(record.gate, sizeof record.gate, "%s", booth->gate);
    record.list = (uint16_t)(1 + roll(gates, HALL));
    if (kind == 0) {
        take_back(gates, kiosk);
        return;
    }
    if (kind == 1) {
        welcome(gates, kiosk);
        return;
    }
    if (kind == 2) {
        record.kind = RECORD_KIND_REFUSED;
        record.reason = REASON_UNPAID;
    } else if (record.list == HALL && roll(gates, 2) == 0) record.kind = RECORD_KIND_EXIT;
    append(gates, kiosk, &record);
}

void gates_write(struct gates *gates, size_t kiosk)
{
    struct booth *booth = &gates->kiosks[kiosk];
    size_t most = gates->left[kiosk] < 8 ? gates->left[kiosk] : 8, count = 1 + (size_t)roll(gates, (int)most);

    assert_int_equal(booth->store->ops->begin(booth->store), STATUS_OK);
    for (size_t i = 0; i < count; i++) happen(gates, kiosk);
    assert_int_equal(booth->store->ops->end(booth->store, STATUS_OK), STATUS_OK);
    gates->left[kiosk] -= count;
    doorbell_ring(sync_bell(booth->sync));
}

// ---- what must be true ----

void gates_check_promises(struct gates *gates)
{
    struct inbox *inbox = NULL;

    assert_int_equal(inbox_open(gates->counter->where, clock_system(), &inbox), STATUS_OK);
    for (size_t i = 0; i < gates->count; i++) {
        const struct sender *sender = &gates->kiosks[i].sync->sender;
        struct wire_place place;
        if (!sender->knows_place) continue;
        assert_int_equal(inbox_place(inbox, sender->log, &gates->devices[i], &place), STATUS_OK);
        if (place.next < sender->acked) fail_msg("the office forgot what it had called durable");
    }
    inbox_close(inbox);
}
