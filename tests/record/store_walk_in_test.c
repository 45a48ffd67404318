// Who was registered at the door, what the kiosk is set to, and a record by its number.
#include "support/check.h"

#include "support/door.h"

static uint64_t register_somebody(struct door *door, struct store *store, const struct walk_in *walk_in)
{
    struct record record = door_entry(door, 7);
    uint64_t seq = 0;

    record.kind = RECORD_KIND_WALK_IN;
    record.ticket = walk_in->ticket;
    record.person = 0;
    record.class_id = DOOR_CLASS_WALK_IN;
    record.group = 2;
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    assert_int_equal(store->ops->append_walk_in(store, &record, walk_in, &door->event.walk_ins, &seq), STATUS_OK);
    assert_int_equal(store->ops->end(store, STATUS_OK), STATUS_OK);
    return seq;
}

static void test_walk_in__is_a_guest_from_then_on(void **state)
{
    struct door door;
    struct store *store;
    struct walk_in said = {.ticket = door_ticket(7),
                           .values = {"Öztürk, Ayşe", "Berufskolleg Nord", "a@b.example"},
                           .consents = 1,
                           .language = "tr",
                           .salt = {9, 8, 7}};
    struct guest guest;
    struct record record;

    (void)state;
    door_init(&door, NULL);
    door_welcome_walk_ins(&door);
    store = door_store(&door, 6);
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, said.ticket, &guest), STATUS_MISSING);
    uint64_t seq = register_somebody(&door, store, &said);
    store_close(store);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, said.ticket, &guest), STATUS_OK);
    assert_true(guest.is_walk_in && guest.is_listed && guest.status == GUEST_STATUS_OK);
    assert_true(guest.ticket == said.ticket && guest.person == 0);
    assert_int_equal(guest.class_id, DOOR_CLASS_WALK_IN);
    assert_int_equal(guest.group, 2);
    assert_string_equal(guest.name, "Öztürk, Ayşe");
    assert_string_equal(guest.company, "Berufskolleg Nord");
    assert_string_equal(guest.language, "tr");
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT + 1, said.ticket, &guest), STATUS_MISSING);

    char blob[WALK_IN_BLOB_SIZE], line[RECORD_LINE_SIZE];
    uint8_t hash[WALK_IN_HASH_BYTES];
    assert_int_equal(walk_in_write_blob(&said, &door.event.walk_ins, blob), STATUS_OK);
    walk_in_hash(blob, said.salt, hash);
    assert_int_equal(store->ops->find_record(store, seq, &record), STATUS_OK);
    assert_int_equal(record.kind, RECORD_KIND_WALK_IN);
    assert_memory_equal(record.blob_hash, hash, sizeof hash);
    door_read_line(&door, seq, line); // nothing personal in the log
    assert_null(strstr(line, "zt"));
    assert_null(strstr(line, "Beruf"));
    assert_null(strstr(line, "example"));

    said.values[0][0] = '\xFF'; // no text: nothing is registered
    uint64_t none = 0;
    record.ticket = said.ticket = door_ticket(8);
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    enum status status = store->ops->append_walk_in(store, &record, &said, &door.event.walk_ins, &none);
    assert_int_equal(status, STATUS_INVALID);
    assert_int_equal(store->ops->end(store, status), STATUS_INVALID);
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, said.ticket, &guest), STATUS_MISSING);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

static void test_walk_in__yields_to_the_roster(void **state)
{
    struct door door;
    struct store *store;
    struct walk_in said = {.ticket = door_ticket(7), .values = {"Ayşe"}};
    struct roster_entry taken_over = {.guest = {.ticket = door_ticket(7), .class_id = 1, .name = "Öztürk, Ayşe"}};
    struct guest guest;

    (void)state;
    door_init(&door, NULL);
    door_welcome_walk_ins(&door);
    store = door_store(&door, 6);
    register_somebody(&door, store, &said);
    door_document_with(&door, 2, 6, &taken_over, 1);
    assert_int_equal(door_install(&door, store), STATUS_OK);
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, said.ticket, &guest), STATUS_OK);
    assert_false(guest.is_walk_in);
    assert_string_equal(guest.name, "Öztürk, Ayşe");
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

static void test_settings__outlive_a_restart(void **state)
{
    struct door door;
    struct store *store;
    char value[STORE_VALUE_SIZE] = "untouched", long_value[STORE_VALUE_SIZE + 1];

    (void)state;
    door_init(&door, NULL);
    door_welcome_walk_ins(&door);
    store = door_store(&door, 6);
    assert_int_equal(store->ops->recall(store, "volume", value), STATUS_MISSING);
    assert_string_equal(value, "untouched");
    assert_int_equal(store->ops->remember(store, "volume", "70"), STATUS_OK);
    assert_int_equal(store->ops->remember(store, "list", "2"), STATUS_OK);
    assert_int_equal(store->ops->remember(store, "volume", "35"), STATUS_OK);
    memset(long_value, 'x', sizeof long_value);
    long_value[STORE_VALUE_SIZE] = '\0';
    assert_int_equal(store->ops->remember(store, "volume", long_value), STATUS_INVALID);
    long_value[STORE_VALUE_SIZE - 1] = '\0';
    assert_int_equal(store->ops->remember(store, "long", long_value), STATUS_OK);
    uint64_t records = door_record_count(&door);
    store_close(store);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    assert_int_equal(store->ops->recall(store, "volume", value), STATUS_OK);
    assert_string_equal(value, "35");
    assert_int_equal(store->ops->recall(store, "long", value), STATUS_OK);
    assert_string_equal(value, long_value);
    assert_int_equal(door_record_count(&door), records + 1); // the start; settings are no happenings
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

static void test_record__is_found_by_its_number(void **state)
{
    struct door door;
    struct store *store;
    struct record record = {0};

    (void)state;
    door_init(&door, NULL);
    door_welcome_walk_ins(&door);
    store = door_store(&door, 6);
    uint64_t seq = 0;
    struct record entry = door_entry(&door, 3);
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
    assert_int_equal(store->ops->find_record(store, seq, &record), STATUS_OK);
    assert_int_equal(record.kind, RECORD_KIND_ENTRY);
    assert_int_equal(record.ticket, door_ticket(3));
    assert_int_equal(record.boot, 1);
    assert_int_equal(store->ops->find_record(store, seq + 1, &record), STATUS_MISSING);
    assert_int_equal(store->ops->find_record(store, 0, &record), STATUS_MISSING);
    assert_int_equal(store->ops->find_record(store, UINT64_MAX, &record), STATUS_MISSING);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walk_in__is_a_guest_from_then_on),
        cmocka_unit_test(test_walk_in__yields_to_the_roster),
        cmocka_unit_test(test_settings__outlive_a_restart),
        cmocka_unit_test(test_record__is_found_by_its_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
