// What arrives at the office: logs byte for byte, and every answer to a batch. Over both databases.
#include "office/counter.h"

#include "base/file.h"
#include "office/db.h"

#include <stdio.h>
#include <stdlib.h>

static struct counter *counter_of(void **state)
{
    if (!*state) skip();
    return *state;
}

static enum status copy_device(void *owner, const struct device *device)
{
    *(struct device *)owner = *device;
    return STATUS_OK;
}

// ---- logs ----

static void test_log__is_kept_once_and_byte_for_byte(void **state)
{
    static char bytes[SCRIBE_BATCH_SIZE];
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3);
    struct device device = counter_pair(counter, "Nord", 7, scribe), found = {0};
    struct wire_place place = {0};
    uint64_t new_count = 0;
    size_t length, sealed_length = 0;
    char *sealed = NULL;

    scribe_write(scribe, 700);
    assert_int_equal(inbox_place(counter->inbox, scribe->log, &device, &place), STATUS_OK);
    assert_int_equal(place.next, 1);
    assert_memory_equal(place.head, scribe->hash[0], CHAIN_HASH_BYTES);
    for (int i = 0; i < 3; i++) { // as often as it comes
        length = scribe_batch(scribe, 1, 500, bytes);
        assert_int_equal(counter_append(counter, &device, bytes, length, &place, &new_count), INBOX_TAKEN);
        assert_int_equal(new_count, i == 0 ? 500 : 0);
        assert_int_equal(place.next, 501);
        assert_true(place.is_durable);
        assert_memory_equal(place.head, scribe->hash[500], CHAIN_HASH_BYTES);
        counter_reopen(counter);
    }
    assert_int_equal(inbox_sealed(counter->inbox, scribe->log, 1, &sealed, &sealed_length), STATUS_OK);
    assert_int_equal(sealed_length, length);
    assert_memory_equal(sealed, bytes, length);
    free(sealed);
    assert_int_equal(inbox_sealed(counter->inbox, scribe->log, 501, &sealed, &sealed_length), STATUS_MISSING);
    assert_int_equal(inbox_each_device(counter->inbox, copy_device, &found), STATUS_OK);
    assert_int_equal(found.record_count, 500);
    free(scribe);
}

static void test_log__takes_of_an_overlap_what_is_new(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3);
    struct device device = counter_pair(counter, "Nord", 7, scribe);
    struct inbox *second = NULL;
    struct wire_place place = {0};
    char *sealed = NULL, where[256];
    size_t length = 0;

    scribe_write(scribe, 300);
    assert_int_equal(counter_send(counter, &device, scribe, 1, 100, &place), INBOX_TAKEN);
    assert_int_equal(counter_send(counter, &device, scribe, 51, 200, &place), INBOX_TAKEN);
    assert_int_equal(place.next, 251);
    // What is forwarded from it is a right batch again, for an office that has the first hundred.
    assert_int_equal(inbox_sealed(counter->inbox, scribe->log, 101, &sealed, &length), STATUS_OK);
    folder_file(&counter->folder, "second", where);
    assert_int_equal(inbox_open(where, &counter->hand.clock, &second), STATUS_OK);
    struct counter other = {.inbox = second};
    uint64_t new_count = 0;
    assert_int_equal(counter_send(&other, NULL, scribe, 1, 100, &place), INBOX_TAKEN);
    assert_int_equal(counter_append(&other, NULL, sealed, length, &place, &new_count), INBOX_TAKEN);
    assert_int_equal(new_count, 150);
    assert_memory_equal(place.head, scribe->hash[250], CHAIN_HASH_BYTES);
    inbox_close(second);
    free(sealed);
    free(scribe);
}

static void test_log__has_no_gap(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3);
    struct device device = counter_pair(counter, "Nord", 7, scribe);
    struct wire_place place = {0};

    scribe_write(scribe, 30);
    assert_int_equal(counter_send(counter, &device, scribe, 11, 10, &place), INBOX_GAP);
    assert_int_equal(place.next, 1);
    assert_int_equal(counter_send(counter, &device, scribe, 1, 10, &place), INBOX_TAKEN);
    assert_int_equal(counter_send(counter, &device, scribe, 21, 10, &place), INBOX_GAP);
    assert_int_equal(place.next, 11);
    assert_int_equal(counter_send(counter, &device, scribe, 11, 20, &place), INBOX_TAKEN);
    assert_int_equal(place.next, 31);
    free(scribe);
}

static enum status count_alarm(void *owner, const struct inbox_alarm *alarm)
{
    struct inbox_alarm *newest = owner;

    if (newest->id == 0) *newest = *alarm;
    return STATUS_OK;
}

// The card was cloned at record 140: both copies went on.
static void test_fork__is_found_where_it_began(void **state)
{
    static const size_t batches[] = {500, 50, 7, 1};
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3), *copy = scribe_open(3);
    struct device device = counter_pair(counter, "Nord", 7, scribe);
    struct inbox_alarm alarm = {0};
    struct wire_place place = {0};

    scribe_write(scribe, 140);
    memcpy(copy, scribe, sizeof *copy);
    scribe_write(scribe, 160);
    copy->last = 141; // so its next record is another one
    strcpy(copy->lines[140],
           "{\"seq\":141,\"kind\":\"boot\",\"boot\":2,\"boot_ms\":1,\"unix_ms\":1,\"clock\":\"unset\"}");
    memcpy(copy->hash[141], copy->hash[140], CHAIN_HASH_BYTES);
    chain_add(copy->hash[141], 141, copy->lines[140], strlen(copy->lines[140]));
    scribe_write(copy, 400);
    assert_int_equal(counter_send(counter, &device, scribe, 1, 300, &place), INBOX_TAKEN);
    for (size_t i = 0; i < sizeof batches / sizeof *batches; i++) {
        uint64_t first = 301, count = batches[i]; // where the office's `next` is
        for (int step = 0; step < 400; step++) {
            if (count > 542 - first) count = 542 - first;
            enum inbox_answer answer = counter_send(counter, &device, copy, first, count, &place);
            if (answer == INBOX_TAKEN) break; // all the same: the one behind it is the first that differs
            assert_int_equal(answer, INBOX_FORK);
            assert_true(place.has_fork && place.fork_at >= first);
            if (place.fork_at > first) break;
            count = first - 1 < batches[i] ? first - 1 : batches[i];
            first -= count;
        }
        assert_int_equal(place.fork_at > 0 ? place.fork_at : first + count, 141);
    }
    assert_int_equal(inbox_alarms(counter->inbox, count_alarm, &alarm), STATUS_OK);
    assert_string_equal(alarm.kind, "fork");
    assert_string_equal(alarm.device, "Nord");
    assert_in_range(alarm.seq, 141, 301);                                                  // as it was first seen
    assert_int_equal(alarm.id, 1);                                                         // four times the same is one
    assert_int_equal(counter_send(counter, &device, scribe, 1, 300, &place), INBOX_TAKEN); // ours is what it was
    assert_int_equal(place.next, 301);
    free(copy);
    free(scribe);
}

static void test_batch__that_was_changed_on_its_way_is_not_taken(void **state)
{
    static char bytes[SCRIBE_BATCH_SIZE];
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3);
    struct device device = counter_pair(counter, "Nord", 7, scribe);
    struct wire_place place = {0};
    uint64_t new_count = 0;
    size_t length;
    char *gate;

    scribe_write(scribe, 20);
    length = scribe_batch(scribe, 1, 20, bytes);
    gate = strstr(strchr(bytes, '\n'), "Nord");
    memcpy(gate, "West", 4);
    assert_int_equal(counter_append(counter, &device, bytes, length, &place, &new_count), INBOX_CHAIN);
    assert_int_equal(place.next, 1);
    memcpy(gate, "Nord", 4);
    assert_int_equal(counter_append(counter, &device, bytes, length - 1, &place, &new_count), INBOX_REFUSED);
    bytes[10] ^= 1; // the log's id: signed
    assert_int_equal(counter_append(counter, &device, bytes, length, &place, &new_count), INBOX_REFUSED);
    bytes[10] ^= 1;
    assert_int_equal(counter_append(counter, &device, "hello", 5, &place, &new_count), INBOX_REFUSED);
    assert_int_equal(counter_append(counter, &device, "", 0, &place, &new_count), INBOX_REFUSED);
    assert_int_equal(counter_append(counter, &device, bytes, length, &place, &new_count), INBOX_TAKEN);
    assert_int_equal(new_count, 20);
    free(scribe);
}

// The name stands in a header that nobody signed, of a batch that a stick or a hub brought.
static void test_alarm__names_a_stranger_in_plain_text(void **state)
{
    static char bytes[SCRIBE_BATCH_SIZE + 8];
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3);
    struct inbox_alarm alarm = {0};
    struct wire_place place = {0};
    uint64_t new_count = 0;

    scribe_write(scribe, 2);
    size_t length = scribe_batch(scribe, 1, 2, bytes);
    char *gate = strstr(bytes, "\"Nord\"");
    memmove(gate + 8, gate + 6, length - (size_t)(gate + 6 - bytes));
    memcpy(gate, "\"N\\n\\td\"", 8);
    length += 2;
    bytes[length - 4] = 'x'; // and its last line was changed
    assert_int_not_equal(counter_append(counter, NULL, bytes, length, &place, &new_count), INBOX_TAKEN);
    assert_int_equal(inbox_alarms(counter->inbox, count_alarm, &alarm), STATUS_OK);
    assert_int_equal(alarm.id, 1);
    for (const char *at = alarm.device; *at; at++) assert_true((unsigned char)*at >= ' ');
    assert_non_null(strchr(alarm.device, 'N'));
    free(scribe);
}

static void test_device__brings_no_other_devices_log(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3), *other = scribe_open(4);
    struct device device = counter_pair(counter, "Nord", 7, scribe), hub = device;
    struct wire_place place = {0};

    scribe_write(other, 20);
    assert_int_equal(counter_send(counter, &device, other, 1, 10, &place), INBOX_REFUSED);
    hub.is_hub = true;
    assert_int_equal(counter_send(counter, &hub, other, 1, 10, &place), INBOX_TAKEN);
    assert_int_equal(counter_send(counter, NULL, other, 11, 10, &place), INBOX_TAKEN); // on a stick
    memcpy(scribe->log, other->log, LOG_ID_BYTES); // another key under the same name of a log
    chain_begin(scribe->log, scribe->key.public_key, scribe->hash[0]);
    scribe_write(scribe, 40);
    assert_int_equal(counter_send(counter, &device, scribe, 1, 40, &place), INBOX_REFUSED);
    assert_int_equal(inbox_place(counter->inbox, other->log, &hub, &place), STATUS_OK);
    assert_int_equal(place.next, 21);
    free(scribe);
    free(other);
}

static void test_blob__is_kept_by_its_content(void **state)
{
    struct counter *counter = counter_of(state);
    uint8_t salt[WALK_IN_SALT_BYTES] = {1, 2, 3}, hash[WALK_IN_HASH_BYTES];
    const char *blob = "{\"fields\":{\"name\":\"Öztürk, Ayşe\"}}";

    walk_in_hash(blob, salt, hash);
    assert_int_equal(inbox_put_blob(counter->inbox, hash, salt, blob), STATUS_OK);
    assert_int_equal(inbox_put_blob(counter->inbox, hash, salt, blob), STATUS_OK);
    salt[0] = 9;
    assert_int_equal(inbox_put_blob(counter->inbox, hash, salt, blob), STATUS_INVALID);
}

// ---- a database that was put back, a server that comes and goes ----

static void copy_file(const char *from, const char *to)
{
    uint8_t *file = NULL;
    size_t length = 0;

    assert_int_equal(file_read(from, 64 * 1024 * 1024, &file, &length), STATUS_OK);
    assert_int_equal(file_write(to, file, length, 0600), STATUS_OK);
    free(file);
}

// Yesterday's backup: the office says what it has, and gets the rest once more. Whoever read its feed reads it anew.
static void test_office__that_was_put_back_is_filled_again(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3), *other = scribe_open(4);
    struct device device = counter_pair(counter, "Nord", 7, scribe);
    struct feed_page *page = NULL;
    struct wire_place place = {0};
    char backup[128], cursor[STORE_CURSOR_SIZE];

    scribe_write(scribe, 60);
    scribe_write(other, 60);
    assert_int_equal(counter_send(counter, &device, scribe, 1, 20, &place), INBOX_TAKEN);
    inbox_close(counter->inbox); // all of it stands in one file then
    folder_file(&counter->folder, "backup", backup);
    copy_file(counter->where, backup);
    assert_int_equal(inbox_open(counter->where, &counter->hand.clock, &counter->inbox), STATUS_OK);
    assert_int_equal(counter_send(counter, &device, scribe, 21, 40, &place), INBOX_TAKEN);
    strcpy(cursor, place.feed);
    inbox_close(counter->inbox);
    copy_file(backup, counter->where);
    assert_int_equal(inbox_open(counter->where, &counter->hand.clock, &counter->inbox), STATUS_OK);
    assert_int_equal(inbox_place(counter->inbox, scribe->log, &device, &place), STATUS_OK);
    assert_int_equal(place.next, 21);
    assert_int_equal(counter_send(counter, NULL, other, 1, 60, &place), INBOX_TAKEN); // in another order than then
    assert_int_equal(counter_send(counter, &device, scribe, 21, 40, &place), INBOX_TAKEN);
    assert_int_equal(place.next, 61);
    assert_int_equal(inbox_feed(counter->inbox, cursor, 7, NULL, 500, &page), STATUS_OK);
    assert_true(page->is_reset);
    assert_int_equal(page->count, 120);
    feed_free(page);
    free(scribe);
    free(other);
}

static void test_office__goes_on_after_its_database_was_away(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3);
    struct device device = counter_pair(counter, "Nord", 7, scribe);
    struct wire_place place = {0};

    scribe_write(scribe, 30);
    assert_int_equal(counter_send(counter, &device, scribe, 1, 10, &place), INBOX_TAKEN);
    counter_restart(counter);
    assert_int_equal(counter_send(counter, &device, scribe, 11, 10, &place), INBOX_TAKEN);
    counter_restart(counter);
    assert_int_equal(inbox_place(counter->inbox, scribe->log, &device, &place), STATUS_OK);
    assert_int_equal(place.next, 21);
    free(scribe);
}

// What a newer version may have made of it is not known here: not even a missing table is added.
static void test_office__of_a_newer_format_is_left_alone(void **state)
{
    struct counter *counter = counter_of(state);
    struct office_db *db = inbox_db(counter->inbox);
    struct inbox *inbox = NULL;
    int64_t device_count = 0;

    assert_int_equal(db->ops->script(db, "UPDATE counter SET format = 2; ALTER TABLE device RENAME TO machine;"),
                     STATUS_OK);
    assert_int_equal(inbox_open(counter->where, &counter->hand.clock, &inbox), STATUS_INVALID);
    assert_null(inbox);
    assert_int_equal(office_db_numbers(db, "SELECT count(*) FROM machine", NULL, 0, 1, &device_count), STATUS_OK);
    assert_int_not_equal(office_db_numbers(db, "SELECT count(*) FROM device", NULL, 0, 1, &device_count), STATUS_OK);
    assert_int_equal(db->ops->script(db, "UPDATE counter SET format = 1; ALTER TABLE machine RENAME TO device;"),
                     STATUS_OK);
    counter_reopen(counter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TESTS(test_log__is_kept_once_and_byte_for_byte),
        COUNTER_TESTS(test_log__takes_of_an_overlap_what_is_new),
        COUNTER_TESTS(test_log__has_no_gap),
        COUNTER_TESTS(test_fork__is_found_where_it_began),
        COUNTER_TESTS(test_batch__that_was_changed_on_its_way_is_not_taken),
        COUNTER_TESTS(test_alarm__names_a_stranger_in_plain_text),
        COUNTER_TESTS(test_device__brings_no_other_devices_log),
        COUNTER_TESTS(test_blob__is_kept_by_its_content),
        cmocka_unit_test_setup_teardown(test_office__that_was_put_back_is_filled_again, counter_open_sqlite,
                                        counter_close),
        COUNTER_TESTS(test_office__goes_on_after_its_database_was_away),
        COUNTER_TESTS(test_office__of_a_newer_format_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, counter_end);
}
