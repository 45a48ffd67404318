// forward: what came to a hub reaches the office byte for byte, over a bad line, whatever the office answers.
#include "support/check.h"

#include "service/field.h"

#include "base/doorbell.h"
#include "support/door.h"

#include <limits.h>

#define BLOB "{\"name\":\"Lena Gast\"}"

static void test_forward__hands_on_byte_for_byte_over_a_bad_line(void **state)
{
    struct field *field = *state;

    field->line.lost_per_mille = 300;
    field_fill(field);
    assert_true(field_runs_until(field, field_has_all));
    for (size_t i = 0; i < FIELD_KIOSKS; i++) field_assert_same_bytes(field, i);
}

// As with yesterday's backup, which had nothing yet.
static void put_back(struct field *field)
{
    static const uint8_t hub_key[DEVICE_KEY_BYTES] = {7};

    inbox_close(field->office);
    folder_file(&field->folder, "office-2.db", field->office_path);
    assert_int_equal(inbox_open(field->office_path, field->clock, &field->office), STATUS_OK);
    field->line.office = field->office;
    field->line.device = field_enrol(field->office, "Hub", hub_key, true);
}

static void bring_blobs(struct field *field);
static bool has_blobs(struct field *field);

// Nobody writes any more and nobody starts the hub again: the feed's cursor tells that the office isn't what it was.
static void test_forward__fills_an_office_that_was_put_back(void **state)
{
    struct field *field = *state;

    field_fill(field);
    bring_blobs(field);
    assert_true(field_runs_until(field, field_has_all) && field_runs_until(field, has_blobs));
    for (int i = 0; i < 3; i++) { // until it has looked into the feed again
        (void)forward_step(field->forward, field->clock->ops->mono_ms(field->clock));
        clock_hand_move(&field->hand, 1000);
    }
    put_back(field);
    int64_t since_ms = field->clock->ops->mono_ms(field->clock);
    assert_true(field_runs_until(field, field_has_all) && field_runs_until(field, has_blobs));
    assert_true(field->clock->ops->mono_ms(field->clock) - since_ms < 60 * 1000);
}

// The backup is so young that the feed doesn't show it: what is there is asked again now and then.
static void test_forward__believes_nobody_for_long(void **state)
{
    struct field *field = *state;

    field_fill(field);
    bring_blobs(field);
    assert_true(field_runs_until(field, field_has_all) && field_runs_until(field, has_blobs));
    put_back(field);
    field->line.is_mute = true;
    assert_true(field_runs_until(field, field_has_all) && field_runs_until(field, has_blobs));
}

// "Come again in 68 years", of an office or of whatever stands between.
static void test_forward__comes_again_within_a_minute_whatever_it_is_told(void **state)
{
    struct field *field = *state;

    field_fill(field);
    field->line.refusal = 429;
    field->line.retry_after_s = INT_MAX;
    int64_t next_ms = forward_step(field->forward, field->clock->ops->mono_ms(field->clock));
    assert_true(next_ms >= 30 * 1000 && next_ms <= 60 * 1000);
    field->line.refusal = 0;
    assert_true(field_runs_until(field, field_has_all));
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
    field_fill(field);
    assert_true(field_runs_until(field, is_refused));
    size_t calls = field->line.calls;
    for (int i = 0; i < 10; i++) (void)forward_step(field->forward, field->clock->ops->mono_ms(field->clock));
    assert_int_equal(field->line.calls, calls); // it was told once
    field->line.refusal = 0;
    field_pair(field, no_key);
    assert_true(field_runs_until(field, field_has_all));
}

static void test_forward__drops_nothing_on_any_refusal(void **state)
{
    static const int refusals[] = {400, 404, 408, 413, 422, 426, 429, 500, 503};
    struct field *field = *state;

    field_fill(field);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        field->line.refusal = refusals[i];
        for (int step = 0; step < 20; step++) {
            int64_t next_ms = forward_step(field->forward, field->clock->ops->mono_ms(field->clock));
            clock_hand_move(&field->hand, next_ms > 0 ? next_ms : 1);
        }
    }
    field->line.refusal = 0;
    assert_true(field_runs_until(field, field_has_all));
}

static enum status count_blob(void *owner, int64_t id, const uint8_t hash[WALK_IN_HASH_BYTES],
                              const uint8_t salt[WALK_IN_SALT_BYTES], const char *blob)
{
    (void)id, (void)hash, (void)salt;
    if (strcmp(blob, BLOB) == 0) ++*(size_t *)owner;
    return STATUS_OK;
}

static size_t blobs_at(struct inbox *inbox)
{
    size_t count = 0;

    assert_int_equal(inbox_each_blob(inbox, 0, count_blob, &count), STATUS_OK);
    return count;
}

static bool has_blobs(struct field *field)
{
    return blobs_at(field->office) == FIELD_KIOSKS;
}

static void bring_blobs(struct field *field)
{
    uint8_t salt[WALK_IN_SALT_BYTES] = {0}, hash[WALK_IN_HASH_BYTES];

    for (uint8_t i = 0; i < FIELD_KIOSKS; i++) {
        salt[0] = i;
        walk_in_hash(BLOB, salt, hash);
        assert_int_equal(inbox_put_blob(field->hub, hash, salt, BLOB), STATUS_OK);
    }
}

static void test_forward__takes_what_walk_ins_said_with_it(void **state)
{
    struct field *field = *state;

    field->line.lost_per_mille = 300;
    bring_blobs(field);
    assert_true(field_runs_until(field, has_blobs));
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
        field_pair(field, door.root_key);
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
    assert_true(field_runs_until(field, has_event));
    door_destroy(&door);
}

// ---- an office that never answers ----

struct deaf {
    struct uplink uplink; // first
    struct doorbell called, cancelled;
    bool was_cancelled;
};

static enum status wait_for_nothing(struct uplink *self, const struct uplink_request *request,
                                    struct uplink_answer *out)
{
    struct deaf *deaf = (struct deaf *)self;

    (void)request;
    *out = (struct uplink_answer){.retry_after_s = -1, .trouble = UPLINK_TOO_SLOW};
    doorbell_ring(&deaf->called);
    deaf->was_cancelled = !doorbell_wait(&deaf->cancelled, UPLINK_TOTAL_MS);
    return deaf->was_cancelled ? STATUS_GONE : STATUS_LATER;
}

static void cancel(struct uplink *self)
{
    doorbell_close(&((struct deaf *)self)->cancelled);
}

static void leave(struct uplink *self)
{
    (void)self;
}

static enum status open_deaf(void *owner, const struct pairing *pairing, struct uplink **out)
{
    static const struct uplink_ops ops = {.call = wait_for_nothing, .cancel = cancel, .close = leave};
    struct deaf *deaf = owner;

    (void)pairing;
    deaf->uplink.ops = &ops;
    *out = &deaf->uplink;
    return STATUS_OK;
}

static void test_forward__closes_in_the_middle_of_a_call(void **state)
{
    struct field *field = *state;
    struct deaf deaf = {0};
    struct forward_config config = {.database = field->hub_path,
                                    .pairing = field->pairing_path,
                                    .clock = field->clock,
                                    .open_uplink = open_deaf,
                                    .owner = &deaf};
    struct forward *forward;

    doorbell_init(&deaf.called);
    doorbell_init(&deaf.cancelled);
    assert_int_equal(forward_open(&config, &forward), STATUS_OK);
    forward_start(forward);
    assert_true(doorbell_wait(&deaf.called, DOORBELL_FOREVER));
    forward_close(forward);
    assert_true(deaf.was_cancelled);
    doorbell_destroy(&deaf.called);
    doorbell_destroy(&deaf.cancelled);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_forward__hands_on_byte_for_byte_over_a_bad_line, field_open, field_close),
        cmocka_unit_test_setup_teardown(test_forward__fills_an_office_that_was_put_back, field_open, field_close),
        cmocka_unit_test_setup_teardown(test_forward__believes_nobody_for_long, field_open, field_close),
        cmocka_unit_test_setup_teardown(test_forward__comes_again_within_a_minute_whatever_it_is_told, field_open,
                                        field_close),
        cmocka_unit_test_setup_teardown(test_forward__stops_when_revoked_and_goes_on_when_paired_again, field_open,
                                        field_close),
        cmocka_unit_test_setup_teardown(test_forward__drops_nothing_on_any_refusal, field_open, field_close),
        cmocka_unit_test_setup_teardown(test_forward__takes_what_walk_ins_said_with_it, field_open, field_close),
        cmocka_unit_test_setup_teardown(test_forward__closes_in_the_middle_of_a_call, field_open, field_close),
        cmocka_unit_test_setup_teardown(test_forward__publishes_what_the_office_signed, field_open, field_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
