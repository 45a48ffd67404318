#include "sync/booth.h"

#include "support/check.h"

#include "base/text.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void furnish(struct booth *booth)
{
    memcpy(booth->key.public_key, booth->door.device_key, DEVICE_KEY_BYTES);
    memcpy(booth->key.secret_key, booth->door.device_secret_key, sizeof booth->key.secret_key);
    snprintf(booth->pairing, sizeof booth->pairing, "%s/pairing.json", booth->door.folder);
    queue_init(&booth->deliveries, sizeof(struct delivery), 4, NULL);
    mailbox_init(&booth->states, sizeof(struct sync_state), NULL);
}

void booth_open(struct booth *booth, bool is_paired)
{
    struct pairing pairing;

    *booth = (struct booth){.refusal = STATUS_OK, .gate = "Nord"};
    door_init(&booth->door, NULL);
    booth->store = door_store(&booth->door, 10);
    furnish(booth);
    booth->office = office_open();
    booth->office->event = DOOR_EVENT;
    memcpy(booth->office->device_key, booth->door.device_key, DEVICE_KEY_BYTES);
    memcpy(booth->office->root_key, booth->door.root_key, ROOT_KEY_BYTES);
    pairing = office_pairing(booth->office);
    if (is_paired) assert_int_equal(pairing_save(booth->pairing, &pairing), STATUS_OK);
    booth_start_sync(booth);
}

void booth_open_beside(struct booth *booth, const struct door *first, const char *gate, uint8_t number)
{
    struct door *door = &booth->door;
    uint8_t seed[crypto_sign_SEEDBYTES] = {number};

    *booth = (struct booth){.refusal = STATUS_OK, .gate = gate};
    door_init(door, NULL);
    assert_int_equal(crypto_sign_seed_keypair(door->device_key, door->device_secret_key, seed), 0);
    door->event = first->event;
    door->document_length = first->document_length;
    assert_non_null(door->document = malloc(door->document_length));
    memcpy(door->document, first->document, door->document_length);
    memcpy(door->signature, first->signature, sizeof door->signature);
    assert_int_equal(door_open(door, &booth->store), STATUS_OK);
    assert_int_equal(door_install(door, booth->store), STATUS_OK);
    furnish(booth);
}

void booth_start_sync(struct booth *booth)
{
    struct sync_config config = {.database = booth->door.path,
                                 .pairing = booth->pairing,
                                 .stick = booth->stick,
                                 .device_key = &booth->key,
                                 .gate = booth->gate,
                                 .event = DOOR_EVENT,
                                 .clock = booth->door.clock,
                                 .deliveries = &booth->deliveries,
                                 .states = &booth->states,
                                 .hub = "",
                                 .discover = booth->discover};

    assert_int_equal(sync_open(&config, &booth->sync), STATUS_OK);
}

void booth_stop_sync(struct booth *booth)
{
    struct delivery delivery;

    sync_close(booth->sync);
    booth->sync = NULL;
    while (queue_take(&booth->deliveries, &delivery)) delivery_free(&delivery);
}

static void remove_beside(const struct booth *booth, const char *suffix)
{
    char path[160];

    snprintf(path, sizeof path, "%s%s", booth->door.path, suffix);
    unlink(path);
}

void booth_close(struct booth *booth)
{
    booth_stop_sync(booth);
    store_close(booth->store);
    if (booth->office) office_close(booth->office);
    queue_destroy(&booth->deliveries);
    mailbox_destroy(&booth->states);
    unlink(booth->pairing);
    for (int i = 1; i <= 3; i++) {
        char suffix[32];
        snprintf(suffix, sizeof suffix, ".fork-%d", i);
        remove_beside(booth, suffix);
    }
    door_destroy(&booth->door);
}

void booth_write(struct booth *booth, size_t count)
{
    uint64_t seq;

    assert_int_equal(booth->store->ops->begin(booth->store), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        struct record entry = door_entry(&booth->door, i % 10);
        assert_int_equal(booth->store->ops->append(booth->store, &entry, &seq), STATUS_OK);
    }
    assert_int_equal(booth->store->ops->end(booth->store, STATUS_OK), STATUS_OK);
    doorbell_ring(sync_bell(booth->sync));
}

uint64_t booth_last(const struct booth *booth)
{
    return door_record_count(&booth->door);
}

// ---- the desk ----

static enum status take_records(struct booth *booth, const struct delivery *delivery)
{
    struct foreign_line lines[DELIVERY_MOST_LINES];
    size_t count = 0, new_count;

    assert_true(delivery->count <= DELIVERY_MOST_LINES);
    booth->record_pieces++;
    for (size_t i = 0; i < delivery->count; i++) lines[count++] = delivery->page->items[delivery->first + i].record;
    return booth->store->ops->append_foreign(booth->store, lines, count, delivery->cursor, &new_count);
}

static enum status take_event(struct booth *booth, const struct delivery *delivery, struct receipt *receipt)
{
    struct record stamp = {.kind = RECORD_KIND_EVENT_VERSION, .unix_ms = DOOR_UNIX_MS};

    booth->events++;
    return booth->store->ops->install_event(booth->store, delivery->bytes, delivery->length, delivery->signature,
                                            delivery->root_key, &stamp, &receipt->event, &receipt->flaw);
}

static enum status take(struct booth *booth, const struct delivery *delivery, struct receipt *receipt)
{
    if (delivery->kind == DELIVERY_CLOCK) {
        booth->clocks++;
        booth->last_clock = *delivery;
    }
    if (delivery->kind == DELIVERY_FORK) {
        booth->forks++;
        booth->last_fork = *delivery;
        if (booth->refusal != STATUS_OK) return booth->refusal;
        return booth->store->ops->begin_new_log(booth->store, delivery->seq);
    }
    if (booth->refusal != STATUS_OK) return booth->refusal;
    if (delivery->kind == DELIVERY_RECORDS) return take_records(booth, delivery);
    if (delivery->kind == DELIVERY_EVENT) return take_event(booth, delivery, receipt);
    return STATUS_OK;
}

void booth_desk(struct booth *booth)
{
    struct delivery delivery;

    while (!booth->is_away && queue_take(&booth->deliveries, &delivery)) {
        struct receipt receipt = {.serial = delivery.serial, .kind = delivery.kind};
        receipt.status = take(booth, &delivery, &receipt);
        receipt.is_older = strstr(receipt.flaw.words, "older") || strstr(receipt.flaw.words, "version");
        if (delivery.kind == DELIVERY_EVENT) booth->last_event = receipt;
        delivery_free(&delivery);
        assert_int_equal(queue_put(sync_receipts(booth->sync), &receipt), STATUS_OK);
    }
}

// ---- time ----

static void look(struct booth *booth)
{
    const struct sync_state *state = mailbox_take(&booth->states);

    if (state) booth->state = *state;
}

static int64_t step(struct booth *booth, worker_step *function)
{
    int64_t due_ms;

    if (booth->office) liar_meet(booth->office->liar);
    due_ms = function(booth->sync, booth->door.clock->ops->mono_ms(booth->door.clock));
    if (booth->office) liar_meet(booth->office->liar);
    booth_desk(booth);
    look(booth);
    return due_ms;
}

void booth_send(struct booth *booth, int most)
{
    for (int i = 0; i < most; i++) {
        booth->send_due_ms = step(booth, sync_send_step);
        if (booth->send_due_ms != 0) return;
    }
}

void booth_feed(struct booth *booth, int most)
{
    for (int i = 0; i < most; i++) {
        booth->feed_due_ms = step(booth, sync_feed_step);
        if (booth->feed_due_ms != 0 && queue_count(sync_receipts(booth->sync)) == 0) return;
    }
}

void booth_move(struct booth *booth, int64_t ms)
{
    clock_hand_move(&booth->door.hand, ms);
}

void booth_ask(struct booth *booth, enum sync_request_kind kind, const char *text)
{
    struct sync_request request = {.kind = kind};

    text_copy(request.text, sizeof request.text, text);
    assert_int_equal(queue_put(sync_requests(booth->sync), &request), STATUS_OK);
}

void booth_offer(const struct booth *booth, const char *code, char out[PAIRING_TEXT_SIZE])
{
    struct pairing pairing = office_pairing(booth->office);
    struct pairing_offer offer = {.is_pinned = true};

    strcpy(offer.url, pairing.url);
    strcpy(offer.code, code);
    memcpy(offer.pin, pairing.pin, PAIRING_PIN_BYTES);
    assert_int_equal(pairing_write_offer(&offer, out), STATUS_OK);
}

void booth_is_at_the_office(struct booth *booth)
{
    uint64_t last = booth_last(booth);

    assert_int_equal(booth->office->next, last + 1);
    for (uint64_t seq = 1; seq <= last; seq++) {
        char line[RECORD_LINE_SIZE];
        if (last > 200 && seq % 97 > 2 && seq < last - 5) continue; // opening the database takes its time
        door_read_line(&booth->door, seq, line);
        assert_string_equal(booth->office->lines[seq], line);
    }
    assert_int_equal(booth->state.waiting, 0);
}
