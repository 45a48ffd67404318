#include "support/check.h"

#include "service/field.h"
#include "support/door.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

static enum status open_line(void *owner, const struct pairing *pairing, struct uplink **out)
{
    (void)pairing;
    uplink_inbox_open(owner, out);
    return STATUS_OK;
}

struct device field_enrol(struct inbox *inbox, const char *name, const uint8_t key[DEVICE_KEY_BYTES], bool is_hub)
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

void field_pair(struct field *field, const uint8_t root_key[ROOT_KEY_BYTES])
{
    struct pairing pairing = {.url = "https://127.0.0.1:1", .token = "AAAA", .device = "Hub"};

    memcpy(pairing.root_key, root_key, ROOT_KEY_BYTES);
    assert_int_equal(pairing_save(field->pairing_path, &pairing), STATUS_OK);
}

void field_open_forward(struct field *field)
{
    struct forward_config config = {.database = field->hub_path,
                                    .pairing = field->pairing_path,
                                    .clock = field->clock,
                                    .open_uplink = open_line,
                                    .owner = &field->line};

    assert_int_equal(forward_open(&config, &field->forward), STATUS_OK);
}

int field_open(void **state)
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
        (struct line){.office = field->office, .device = field_enrol(field->office, "Hub", hub_key, true), .seed = 5};
    for (uint8_t i = 0; i < FIELD_KIOSKS; i++) field->scribes[i] = scribe_open((uint8_t)(i + 1));
    field_pair(field, no_key);
    field_open_forward(field);
    *state = field;
    return 0;
}

int field_close(void **state)
{
    struct field *field = *state;

    forward_close(field->forward);
    inbox_close(field->hub);
    inbox_close(field->office);
    for (size_t i = 0; i < FIELD_KIOSKS; i++) free(field->scribes[i]);
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

bool field_has_all(struct field *field)
{
    for (size_t i = 0; i < FIELD_KIOSKS; i++)
        if (at_office(field, i) != field->scribes[i]->last) return false;
    return true;
}

bool field_runs_until(struct field *field, bool (*is_done)(struct field *))
{
    for (int i = 0; i < FIELD_MOST_STEPS; i++) {
        int64_t next_ms = forward_step(field->forward, field->clock->ops->mono_ms(field->clock));
        if (is_done(field)) return true;
        clock_hand_move(&field->hand, next_ms > 0 ? next_ms : 1);
    }
    return false;
}

void field_assert_same_bytes(struct field *field, size_t kiosk)
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

void field_fill(struct field *field)
{
    static const size_t counts[] = {1, 250, 17, 500};

    for (size_t i = 0; i < FIELD_KIOSKS; i++) {
        char name[16];
        snprintf(name, sizeof name, "Kiosk %zu", i);
        struct device device = field_enrol(field->hub, name, field->scribes[i]->key.public_key, false);
        for (size_t batch = 0; batch < 4; batch++) bring(field, i, &device, counts[(batch + i) % 4]);
    }
}
