// Somebody tidies up while the door is open. A removed file still takes writes, and they are never seen again.
#include "support/check.h"
#include "support/door.h"

#include "base/file.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static uint32_t inside(struct door *door, struct store *store)
{
    struct headcount headcount;

    assert_int_equal(store->ops->count(store, DOOR_EVENT, &door->event.lists[0], &headcount), STATUS_OK);
    return headcount.inside;
}

static void remove_file(const struct door *door, const char *suffix)
{
    char path[128];

    snprintf(path, sizeof path, "%s%s", door->path, suffix);
    assert_int_equal(unlink(path), 0);
}

static void test_store__a_removed_database_stores_nothing(void **state)
{
    struct door door;
    struct store *store;
    uint64_t seq = 0;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 4);
    struct record entry = door_entry(&door, 0);
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
    remove_file(&door, "");
    remove_file(&door, "-wal");
    remove_file(&door, "-shm");
    remove_file(&door, ".lock");
    entry = door_entry(&door, 2);
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_LATER);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(store->ops->recover(store), STATUS_LATER);
        assert_int_equal(store->ops->begin(store), STATUS_LATER);
        assert_int_not_equal(access(door.path, F_OK), 0); // no new log behind anybody's back
    }
    store_close(store);
    assert_int_not_equal(access(door.path, F_OK), 0);
    door_destroy(&door);
}

static void test_store__a_database_moved_away_and_back_is_used_again(void **state)
{
    struct door door;
    struct store *store;
    char aside[128];
    uint64_t seq = 0;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 4);
    struct record entry = door_entry(&door, 0);
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
    snprintf(aside, sizeof aside, "%s.aside", door.path);
    assert_int_equal(rename(door.path, aside), 0);
    FILE *other = fopen(door.path, "we"); // something else in its place
    assert_non_null(other);
    fclose(other);
    entry = door_entry(&door, 2);
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_LATER);
    assert_int_equal(store->ops->recover(store), STATUS_LATER);
    assert_int_equal(rename(aside, door.path), 0);
    assert_int_equal(store->ops->recover(store), STATUS_OK);
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
    assert_int_equal(inside(&door, store), 2);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

static void test_store__files_beside_it_that_were_removed_are_made_anew(void **state)
{
    static const char *const suffixes[] = {"-wal", "-shm", ".lock"};
    struct door door;
    struct store *store, *second = NULL;
    uint64_t seq = 0;
    uint32_t guests = 0;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 4);
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        struct record entry = door_entry(&door, 2 * guests++);
        assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
        remove_file(&door, suffixes[i]);
        entry = door_entry(&door, 2 * guests++);
        assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_LATER);
        assert_int_equal(store->ops->recover(store), STATUS_OK);
        assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
        assert_int_equal(inside(&door, store), guests);
        assert_int_equal(door_audit(&door), 0);
        assert_int_equal(door_open(&door, &second), STATUS_LATER); // still one kiosk
    }
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

static void copy_file(const struct door *from, const struct door *to, const char *suffix)
{
    char source[128], target[128];
    uint8_t *bytes = NULL;
    size_t length = 0;

    snprintf(source, sizeof source, "%s%s", from->path, suffix);
    snprintf(target, sizeof target, "%s%s", to->path, suffix);
    assert_int_equal(file_read(source, 16 * 1024 * 1024, &bytes, &length), STATUS_OK);
    assert_int_equal(file_write(target, bytes, length, 0600), STATUS_OK);
    free(bytes);
}

// What the disk holds at this moment, opened elsewhere.
static void copy_and_count(const struct door *door, uint32_t expected)
{
    struct door copy;
    struct store *store = NULL;

    door_init(&copy, NULL);
    copy_file(door, &copy, "");
    copy_file(door, &copy, "-wal");
    assert_int_equal(door_open(&copy, &store), STATUS_OK);
    assert_int_equal(inside(&copy, store), expected);
    store_close(store);
    door_destroy(&copy);
}

// A reader keeps the removed log's index alive; a new log that went on behind it could not be read after a power cut.
static void test_store__a_removed_wal_waits_for_readers(void **state)
{
    struct door door;
    struct store *store;
    sqlite3 *reader = NULL;
    uint64_t seq = 0;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 4);
    struct record entry = door_entry(&door, 0);
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
    assert_int_equal(sqlite3_open(door.path, &reader), SQLITE_OK);
    assert_int_equal(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM log", NULL, NULL, NULL), SQLITE_OK);
    remove_file(&door, "-wal");
    entry = door_entry(&door, 2);
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_LATER);
    assert_int_equal(store->ops->recover(store), STATUS_LATER);
    assert_int_equal(sqlite3_exec(reader, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(store->ops->recover(store), STATUS_OK);
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
    assert_int_equal(inside(&door, store), 2);
    sqlite3_close(reader);
    copy_and_count(&door, 2); // as a power cut would leave it
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_store__a_removed_database_stores_nothing),
        cmocka_unit_test(test_store__a_database_moved_away_and_back_is_used_again),
        cmocka_unit_test(test_store__files_beside_it_that_were_removed_are_made_anew),
        cmocka_unit_test(test_store__a_removed_wal_waits_for_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
