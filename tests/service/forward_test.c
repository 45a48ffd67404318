// forward: what came to a hub reaches the office byte for byte, over a bad line, whatever the office answers.
#include "support/check.h"

#include "fakes/clock_hand.h"
#include "fakes/uplink_inbox.h"
#include "service/forward.h"
#include "support/door.h"
#include "support/folder.h"
#include "support/scribe.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum { KIOSKS = 3, LINES = 900, MOST_STEPS = 20000 };

struct field { // a hub in the field, and its office
    struct folder folder;
    struct clock_hand hand;
    struct clock *clock;
    char hub_path[128], office_path[128], pairing_path[128];
    struct inbox *hub, *office;
    struct scribe *scribes[KIOSKS];
    struct line line;
    struct forward *forward;
};

static enum status open_line(void *owner, const struct pairing *pairing, struct uplink **out)
{
    (void)pairing;
    uplink_inbox_open(owner, out);
    return STATUS_OK;
}

static struct device enrol(struct inbox *inbox, const char *name, const uint8_t key[DEVICE_KEY_BYTES], bool is_hub)
{
    struct wire_enroll enroll = {0};
    struct device device;
    char token[PAIRING_TOKEN_SIZE];

    assert_int_equal(inbox_offer(inbox, name, 0, is_hub, 60 * 1000, enroll.code), STATUS_OK);
    snprintf(enroll.name, sizeof enroll.name, "%s", name);
    memcpy(enroll.device_public_key, key, DEVICE_KEY_BYTES);
    assert_int_equal(inbox_enroll(inbox, &enroll, &device, token), STATUS_OK);
    return device;
}

static void pair_hub(struct field *field, const uint8_t root_key[ROOT_KEY_BYTES])
{
    struct pairing pairing = {.url = "https://127.0.0.1:1", .token = "AAAA", .device = "Hub"};

    memcpy(pairing.root_key, root_key, ROOT_KEY_BYTES);
    assert_int_equal(pairing_save(field->pairing_path, &pairing), STATUS_OK);
}

static void open_forward(struct field *field)
{
    struct forward_config config = {.database = field->hub_path,
                                    .pairing = field->pairing_path,
                                    .clock = field->clock,
                                    .open_uplink = open_line,
                                    .owner = &field->line};

    assert_int_equal(forward_open(&config, &field->forward), STATUS_OK);
}

static int open_field(void **state)
{
    static const uint8_t hub_key[DEVICE_KEY_BYTES] = {7}, no_key[ROOT_KEY_BYTES] = {0};
    struct field *field = calloc(1, sizeof *field);

    assert_non_null(field);
    assert_true(sodium_init() >= 0);
    folder_make(&field->folder);
    folder_file(&field->folder, "hub.db", field->hub_path);
    folder_file(&field->folder, "office.db", field->office_path);
    folder_file(&field->folder, "upstream.json", field->pairing_path);
    clock_hand_init(&field->hand, DOOR_UNIX_MS);
    field->clock = &field->hand.clock;
    assert_int_equal(inbox_open(field->hub_path, field->clock, &field->hub), STATUS_OK);
    assert_int_equal(inbox_open(field->office_path, field->clock, &field->office), STATUS_OK);
    field->line =
        (struct line){.office = field->office, .device = enrol(field->office, "Hub", hub_key, true), .seed = 5};
    for (uint8_t i = 0; i < KIOSKS; i++) field->scribes[i] = scribe_open((uint8_t)(i + 1));
    pair_hub(field, no_key);
    open_forward(field);
    *state = field;
    return 0;
}

static int close_field(void **state)
{
    struct field *field = *state;

    forward_close(field->forward);
    inbox_close(field->hub);
    inbox_close(field->office);
    for (size_t i = 0; i < KIOSKS; i++) free(field->scribes[i]);
    folder_remove(&field->folder);
    free(field);
    return 0;
}

// A kiosk brings its next records to the hub.
static void bring(struct field *field, size_t kiosk, const struct device *device, size_t count)
{
    static char batch[SCRIBE_BATCH_SIZE];
    struct scribe *scribe = field->scribes[kiosk];
    uint64_t first = scribe->last + 1, new_count = 0;
    enum inbox_answer answer;
    struct wire_place place;
    struct wire_flaw flaw;

    scribe_write(scribe, count);
    size_t length = scribe_batch(scribe, first, count, batch);
    assert_int_equal(inbox_append(field->hub, device, batch, length, &answer, &place, &new_count, &flaw), STATUS_OK);
    assert_int_equal(answer, INBOX_TAKEN);
    assert_int_equal(new_count, count);
}

static uint64_t at_office(struct field *field, size_t kiosk)
{
    struct wire_place place;

    assert_int_equal(inbox_place(field->office, field->scribes[kiosk]->log, &field->line.device, &place), STATUS_OK);
    return place.next - 1;
}

static bool has_all(struct field *field)
{
    for (size_t i = 0; i < KIOSKS; i++)
        if (at_office(field, i) != field->scribes[i]->last) return false;
    return true;
}

// Steps as the thread would, with time passing as each step wants it, until `is_done` or no more patience.
static bool runs_until(struct field *field, bool (*is_done)(struct field *))
{
    for (int i = 0; i < MOST_STEPS; i++) {
        int64_t next_ms = forward_step(field->forward, field->clock->ops->mono_ms(field->clock));
        if (is_done(field)) return true;
        clock_hand_move(&field->hand, next_ms > 0 ? next_ms : 1);
    }
    return false;
}

static void assert_same_bytes(struct field *field, size_t kiosk)
{
    const struct scribe *scribe = field->scribes[kiosk];
    char *here = NULL, *there = NULL;
    size_t here_length, there_length;

    for (uint64_t first = 1; first <= scribe->last;) {
        struct wire_header header;
        struct wire_flaw flaw;
        assert_int_equal(inbox_sealed(field->hub, scribe->log, first, &here, &here_length), STATUS_OK);
        assert_int_equal(inbox_sealed(field->office, scribe->log, first, &there, &there_length), STATUS_OK);
        assert_int_equal(here_length, there_length);
        assert_memory_equal(here, there, here_length);
        assert_int_equal(wire_read_header(here, (size_t)(strchr(here, '\n') - here), &header, &flaw), STATUS_OK);
        assert_true(wire_is_signed(&header)); // by the kiosk, not by the hub
        first = header.first + header.count;
        free(here);
        free(there);
    }
}

static void fill_hub(struct field *field)
{
    static const size_t counts[] = {1, 250, 17, 500};

    for (size_t i = 0; i < KIOSKS; i++) {
        char name[16];
        snprintf(name, sizeof name, "Kiosk %zu", i);
        struct device device = enrol(field->hub, name, field->scribes[i]->key.public_key, false);
        for (size_t batch = 0; batch < 4; batch++) bring(field, i, &device, counts[(batch + i) % 4]);
    }
}

static void test_forward__hands_on_byte_for_byte_over_a_bad_line(void **state)
{
    struct field *field = *state;

    field->line.lost_per_mille = 300;
    fill_hub(field);
    assert_true(runs_until(field, has_all));
    for (size_t i = 0; i < KIOSKS; i++) assert_same_bytes(field, i);
}

static void test_forward__fills_an_office_that_was_put_back(void **state)
{
    struct field *field = *state;

    fill_hub(field);
    assert_true(runs_until(field, has_all));
    inbox_close(field->office); // yesterday's backup had nothing yet
    folder_file(&field->folder, "office-2.db", field->office_path);
    assert_int_equal(inbox_open(field->office_path, field->clock, &field->office), STATUS_OK);
    static const uint8_t hub_key[DEVICE_KEY_BYTES] = {7};
    field->line.office = field->office;
    field->line.device = enrol(field->office, "Hub", hub_key, true);
    forward_close(field->forward); // and the hub was started again
    open_forward(field);
    assert_true(runs_until(field, has_all));
}

static bool is_refused(struct field *field)
{
    struct pairing pairing;
    return pairing_load(field->pairing_path, &pairing) == STATUS_OK && pairing.is_revoked;
}

static void test_forward__stops_when_revoked_and_goes_on_when_paired_again(void **state)
{
    static const uint8_t no_key[ROOT_KEY_BYTES] = {0};
    struct field *field = *state;

    field->line.refusal = 401;
    fill_hub(field);
    assert_true(runs_until(field, is_refused));
    size_t calls = field->line.calls;
    for (int i = 0; i < 10; i++) (void)forward_step(field->forward, field->clock->ops->mono_ms(field->clock));
    assert_int_equal(field->line.calls, calls); // it was told once
    field->line.refusal = 0;
    pair_hub(field, no_key);
    assert_true(runs_until(field, has_all));
}

static void test_forward__drops_nothing_on_any_refusal(void **state)
{
    static const int refusals[] = {400, 404, 408, 413, 422, 426, 429, 500, 503};
    struct field *field = *state;

    fill_hub(field);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        field->line.refusal = refusals[i];
        for (int step = 0; step < 20; step++) {
            int64_t next_ms = forward_step(field->forward, field->clock->ops->mono_ms(field->clock));
            clock_hand_move(&field->hand, next_ms > 0 ? next_ms : 1);
        }
    }
    field->line.refusal = 0;
    assert_true(runs_until(field, has_all));
}

static bool has_event(struct field *field)
{
    struct inbox_event event;
    return inbox_event(field->hub, DOOR_EVENT, false, &event) == STATUS_OK && event.edition.version == 2;
}

// What an office publishes is published here, but nothing that its key didn't sign.
static void test_forward__publishes_what_the_office_signed(void **state)
{
    struct field *field = *state;
    struct event_edition edition = {.event = DOOR_EVENT};
    struct door door;

    door_init(&door, NULL);
    for (edition.version = 1; edition.version <= 2; edition.version++) {
        door_document(&door, edition.version, 20);
        if (edition.version == 1) door.signature[0] ^= 1;
        memcpy(edition.organisation, door.event.keyset.organisation, ORGANISATION_BYTES);
        memcpy(edition.root_key, door.root_key, ROOT_KEY_BYTES);
        event_file_digest(door.document, door.document_length, edition.digest);
        pair_hub(field, door.root_key);
        assert_int_equal(inbox_put_event(field->office, &edition, door.document, door.document_length, door.signature),
                         STATUS_OK);
        if (edition.version == 1) {
            struct inbox_event event;
            for (int i = 0; i < 20; i++) {
                (void)forward_step(field->forward, field->clock->ops->mono_ms(field->clock));
                clock_hand_move(&field->hand, 1000);
            }
            assert_int_equal(inbox_event(field->hub, DOOR_EVENT, false, &event), STATUS_MISSING);
        }
    }
    assert_true(runs_until(field, has_event));
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_forward__hands_on_byte_for_byte_over_a_bad_line, open_field, close_field),
        cmocka_unit_test_setup_teardown(test_forward__fills_an_office_that_was_put_back, open_field, close_field),
        cmocka_unit_test_setup_teardown(test_forward__stops_when_revoked_and_goes_on_when_paired_again, open_field,
                                        close_field),
        cmocka_unit_test_setup_teardown(test_forward__drops_nothing_on_any_refusal, open_field, close_field),
        cmocka_unit_test_setup_teardown(test_forward__publishes_what_the_office_signed, open_field, close_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
