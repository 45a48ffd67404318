// first_event: what sync delivers before there is a desk: stored, then answered.
#include "support/check.h"

#include "app/first_event.h"
#include "base/text.h"
#include "support/door.h"

#include <stdlib.h>

struct start {
    struct door door;
    struct store *store;
    struct queue receipts;
    struct settings settings;
    struct first_event first;
};

static int open_start(void **state)
{
    struct start *start = calloc(1, sizeof *start);

    assert_non_null(start);
    door_init(&start->door, NULL);
    assert_int_equal(door_open(&start->door, &start->store), STATUS_OK);
    queue_init(&start->receipts, sizeof(struct receipt), 1, NULL);
    first_event_init(&start->first, NULL);
    start->first.store = start->store;
    start->first.receipts = &start->receipts;
    text_copy(start->settings.gate, sizeof start->settings.gate, "Nord");
    start->first.settings = &start->settings;
    *state = start;
    return 0;
}

static int close_start(void **state)
{
    struct start *start = *state;

    first_event_destroy(&start->first);
    queue_destroy(&start->receipts);
    store_close(start->store);
    door_destroy(&start->door);
    free(start);
    return 0;
}

static void deliver_event(struct start *start, uint64_t serial)
{
    struct door *door = &start->door;
    struct delivery delivery = {.kind = DELIVERY_EVENT, .serial = serial, .length = door->document_length};

    delivery.bytes = malloc(door->document_length);
    assert_non_null(delivery.bytes);
    memcpy(delivery.bytes, door->document, door->document_length);
    memcpy(delivery.signature, door->signature, sizeof delivery.signature);
    memcpy(delivery.root_key, door->root_key, sizeof delivery.root_key);
    assert_int_equal(queue_put(&start->first.deliveries, &delivery), STATUS_OK);
}

static struct receipt receipt_of(struct start *start)
{
    struct receipt receipt;

    assert_true(queue_take(&start->receipts, &receipt));
    return receipt;
}

static void test_first_event__is_on_disk_before_it_is_answered(void **state)
{
    struct start *start = *state;
    struct event event;

    door_document(&start->door, 3, 5);
    deliver_event(start, 77);
    first_event_step(&start->first);
    struct receipt receipt = receipt_of(start);
    assert_int_equal(receipt.serial, 77);
    assert_int_equal(receipt.status, STATUS_OK);
    assert_int_equal(receipt.event, DOOR_EVENT);
    assert_int_equal(start->first.installed, DOOR_EVENT);
    assert_int_equal(start->store->ops->load_event(start->store, 0, &event), STATUS_OK);
    assert_int_equal(event.version, 3);
}

static void test_first_event__is_refused_with_a_wrong_signature_and_says_so(void **state)
{
    struct start *start = *state;
    struct event event;

    door_document(&start->door, 3, 5);
    start->door.signature[5] ^= 1;
    deliver_event(start, 78);
    first_event_step(&start->first);
    struct receipt receipt = receipt_of(start);
    assert_int_equal(receipt.status, STATUS_INVALID);
    assert_true(receipt.flaw.words[0] != '\0');
    assert_int_equal(start->first.installed, 0);
    assert_int_equal(start->store->ops->load_event(start->store, 0, &event), STATUS_MISSING);
}

// Sync is told of each, however slowly it takes what it is told.
static void test_first_event__waits_for_a_full_queue_of_receipts(void **state)
{
    struct start *start = *state;

    door_document(&start->door, 1, 5);
    deliver_event(start, 1);
    door_document(&start->door, 2, 5);
    deliver_event(start, 2);
    door_document(&start->door, 3, 5);
    deliver_event(start, 3);
    for (int i = 0; i < 5; i++) first_event_step(&start->first);
    assert_int_equal(queue_count(&start->first.deliveries), 1); // the second's receipt is held, the third not begun
    for (uint64_t serial = 1; serial <= 3; serial++) {
        assert_int_equal(receipt_of(start).serial, serial);
        first_event_step(&start->first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_first_event__is_on_disk_before_it_is_answered, open_start, close_start),
        cmocka_unit_test_setup_teardown(test_first_event__is_refused_with_a_wrong_signature_and_says_so, open_start,
                                        close_start),
        cmocka_unit_test_setup_teardown(test_first_event__waits_for_a_full_queue_of_receipts, open_start, close_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
