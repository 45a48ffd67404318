// A database that an older version wrote is opened by this version: nothing of it is lost, whatever fails on the way.
#include "support/check.h"

#include "base/file.h"
#include "base/text.h"
#include "fakes/vfs_failing_sqlite.h"
#include "record/audit.h"
#include "record/look.h"
#include "support/door.h"

#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { RECORDS = 16, RECORDS_OF_2 = 20, MOST_STEPS = 2000 };

// The first column of the first row (free()).
static char *ask(const char *path, const char *sql)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *row = NULL;

    assert_int_equal(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(handle, sql, -1, &row, NULL) != SQLITE_OK) fail_msg("%s: %s", sql, sqlite3_errmsg(handle));
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    const char *text = (const char *)sqlite3_column_text(row, 0);
    char *copy = strdup(text ? text : "");
    sqlite3_finalize(row);
    sqlite3_close(handle);
    return copy;
}

static int ask_number(const char *path, const char *sql)
{
    char *text = ask(path, sql);
    int number = atoi(text);

    free(text);
    return number;
}

static void old_door_init_of(struct door *door, int version)
{
    char fixture[PATH_MAX];
    uint8_t *sql = NULL;
    size_t length = 0;
    sqlite3 *handle = NULL;

    door_init(door, NULL);
    snprintf(fixture, sizeof fixture, "%s/kiosk-v%d.sql", FIXTURES, version);
    assert_int_equal(file_read(fixture, 1 << 20, &sql, &length), STATUS_OK);
    assert_int_equal(sqlite3_open(door->path, &handle), SQLITE_OK);
    if (sqlite3_exec(handle, (const char *)sql, NULL, NULL, NULL) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(handle));
    sqlite3_close(handle);
    free(sql);
    char *key = ask(door->path, "SELECT hex(device_key) FROM identity");
    assert_int_equal(text_unhex(key, door->device_key, sizeof door->device_key), STATUS_OK);
    free(key);
}

static void old_door_init(struct door *door)
{
    old_door_init_of(door, 1);
}

struct copy_path {
    char text[128];
};

static struct copy_path copy_of_version(const struct door *door, int version)
{
    struct copy_path path;

    snprintf(path.text, sizeof path.text, "%s.version-%d", door->path, version);
    return path;
}

static struct copy_path copy_of(const struct door *door)
{
    return copy_of_version(door, 1);
}

static void old_door_destroy(struct door *door)
{
    char unfinished[160];
    struct copy_path copy = copy_of(door);

    unlink(copy.text);
    unlink(copy_of_version(door, 2).text);
    snprintf(unfinished, sizeof unfinished, "%s.unfinished", copy.text);
    unlink(unfinished);
    door_destroy(door);
}

static struct headcount count(struct door *door, struct store *store, size_t list)
{
    struct headcount headcount;

    assert_int_equal(store->ops->count(store, DOOR_EVENT, &door->event.lists[list], &headcount), STATUS_OK);
    return headcount;
}

static const char log_text[] = "SELECT group_concat(seq || line || hex(hash), char(10)) FROM (SELECT * FROM log WHERE "
                               "seq <= 16 ORDER BY seq)";
static const char tables_text[] =
    "SELECT group_concat(row, char(10)) FROM (SELECT s.type || ' ' || s.name || ' ' || ifnull(c.name || ' ' || c.type "
    "|| "
    "c.\"notnull\" || c.pk, '') AS row FROM sqlite_schema AS s LEFT JOIN pragma_table_info(s.name) AS c ON s.type = "
    "'table' ORDER BY row)";

static void test_migrate__brings_over_all_that_was_recorded(void **state)
{
    struct door door;
    struct store *store;
    struct guest guest;
    struct event *event = calloc(1, sizeof *event);
    struct rows *rows = calloc(1, sizeof *rows);

    (void)state;
    old_door_init(&door);
    char *before = ask(door.path, log_text);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    assert_int_equal(store->ops->identity(store)->boot, 3);
    assert_int_equal(count(&door, store, 0).inside, 3); // was 4: person 1 went out, with one of their tickets
    assert_int_equal(count(&door, store, 0).expected, 6);
    assert_int_equal(count(&door, store, 1).inside, 3); // the round before the first
    assert_int_equal(count(&door, store, 1).expected, 4);
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, door_ticket(11), &guest), STATUS_OK);
    assert_string_equal(guest.name, "Muster, Vorname11");
    assert_int_equal(store->ops->search(store, DOOR_EVENT, &door.event.lists[0], "vorname11 mus", rows), STATUS_OK);
    assert_int_equal(rows->count, 1);
    assert_int_equal(store->ops->load_event(store, 0, event), STATUS_OK);
    assert_int_equal(event->version, 2);
    store_close(store);
    char *after = ask(door.path, log_text);
    assert_string_equal(after, before);
    assert_int_equal(door_record_count(&door), RECORDS + 1); // and this start
    assert_int_equal(door_audit(&door), 0);
    assert_int_equal(door_open(&door, &store), STATUS_OK); // once is enough
    store_close(store);
    free(before);
    free(after);
    free(rows);
    free(event);
    old_door_destroy(&door);
}

static void test_migrate__orders_version_2_among_other_kiosks(void **state)
{
    struct door door;
    struct store *store;
    struct guest guest;
    struct history history;

    (void)state;
    old_door_init_of(&door, 2);
    door_add_list(&door, LIST_MODE_HAND_OUT, "Boxen");
    char *before = ask(door.path, log_text);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    assert_int_equal(count(&door, store, 0).inside, 2);
    assert_int_equal(count(&door, store, 1).inside, 1);
    assert_int_equal(count(&door, store, 1).round, 2);
    assert_int_equal(count(&door, store, 2).given, 1);
    assert_int_equal(count(&door, store, 2).left_here, 49);
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, door_ticket(20), &guest), STATUS_OK);
    assert_string_equal(guest.name, "Öztürk, Ayşe");
    // Their person went out after they came in, although the clock of the second was an hour behind.
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, door_ticket(3), &guest), STATUS_OK);
    assert_int_equal(store->ops->find_history(store, DOOR_EVENT, &door.event.lists[0], &guest, &history), STATUS_OK);
    assert_true(history.ticket.is_entry && !history.person.is_entry);
    store_close(store);
    char *after = ask(door.path, log_text);
    assert_string_equal(after, before);
    assert_int_equal(door_record_count(&door), RECORDS_OF_2 + 1); // and this start
    assert_int_equal(door_audit(&door), 0);
    assert_int_equal(ask_number(door.path, "SELECT count(*) FROM walk_in WHERE turn > 0 AND hash IS NOT NULL"), 2);
    assert_int_equal(ask_number(copy_of_version(&door, 2).text, "SELECT count(*) FROM log"), RECORDS_OF_2);
    assert_int_equal(ask_number(copy_of_version(&door, 2).text, "PRAGMA user_version"), 2);
    free(before);
    free(after);
    old_door_destroy(&door);
}

static void test_migrate__keeps_the_old_database_beside_the_new_one(void **state)
{
    struct door door;
    struct store *store;

    (void)state;
    old_door_init(&door);
    struct copy_path copy = copy_of(&door);
    char *log = ask(door.path, log_text), *tables = ask(door.path, tables_text);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    store_close(store);
    char *log_kept = ask(copy.text, log_text), *tables_kept = ask(copy.text, tables_text);
    assert_string_equal(log_kept, log);
    assert_string_equal(tables_kept, tables);
    assert_int_equal(ask_number(copy.text, "PRAGMA user_version"), 1);
    struct audit audit;
    assert_int_equal(audit_sqlite(copy.text, stdout, &audit), STATUS_OK);
    assert_int_equal(audit.difference_count, 0);
    assert_int_equal(ask_number(copy.text, "SELECT inside FROM headcount WHERE list = 1"), 4);
    free(log);
    free(tables);
    free(log_kept);
    free(tables_kept);
    old_door_destroy(&door);
}

static void check_tables(int version)
{
    struct door door, fresh;
    struct store *store;

    old_door_init_of(&door, version);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    store_close(store);
    door_init(&fresh, NULL);
    assert_int_equal(door_open(&fresh, &store), STATUS_OK);
    store_close(store);
    char *migrated = ask(door.path, tables_text), *made = ask(fresh.path, tables_text);
    assert_string_equal(migrated, made);
    assert_int_equal(ask_number(door.path, "PRAGMA user_version"), ask_number(fresh.path, "PRAGMA user_version"));
    free(migrated);
    free(made);
    door_destroy(&fresh);
    old_door_destroy(&door);
}

static void test_migrate__gives_the_tables_a_new_database_has(void **state)
{
    (void)state;
    check_tables(1);
    check_tables(2);
}

// Each step of the disk fails in turn; whatever was reached, the log is whole, and the next start brings it over.
static void test_migrate__survives_a_failing_disk(void **state)
{
    struct vfs_failing disk;
    size_t refused_count = 0;

    (void)state;
    vfs_failing_init(&disk);
    for (int fault = 0; fault < 2 * VFS_FAULT_COUNT; fault++) {
        bool has_failed = true;
        for (long step = 1; has_failed; step += 1 + step / 12) { // the first ones all, then every few
            struct door door;
            struct store *store = NULL;
            assert_true(step < MOST_STEPS);
            old_door_init(&door);
            vfs_failing_arm(&disk, (enum vfs_fault)(fault / 2), step, fault % 2 == 1);
            enum status status = door_open(&door, &store);
            has_failed = disk.failed_count > 0;
            vfs_failing_disarm(&disk);
            if (status != STATUS_OK) {
                assert_int_equal(status, STATUS_LATER);
                refused_count++;
                assert_true(ask_number(door.path, "SELECT count(*) FROM log") >= RECORDS);
                assert_int_equal(door_open(&door, &store), STATUS_OK);
            }
            assert_int_equal(count(&door, store, 0).inside, 3);
            store_close(store);
            assert_int_equal(door_audit(&door), 0);
            struct copy_path copy = copy_of(&door);
            assert_int_equal(ask_number(copy.text, "SELECT count(*) FROM log"), RECORDS);
            old_door_destroy(&door);
        }
    }
    assert_true(refused_count > 20);
    vfs_failing_destroy(&disk);
}

static void test_migrate__leaves_what_it_cannot_read(void **state)
{
    static const char *const damages[] = {
        "DROP TRIGGER log_keeps_its_lines; UPDATE log SET line = '{}' WHERE seq = 5",
        "UPDATE document SET bytes = zeroblob(10)",
    };

    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct door door;
        struct store *store = NULL;
        old_door_init(&door);
        door_sql(&door, damages[i]);
        char *before = ask(door.path, tables_text);
        assert_int_equal(door_open(&door, &store), STATUS_CORRUPT);
        char *after = ask(door.path, tables_text);
        assert_string_equal(after, before);
        assert_int_equal(ask_number(door.path, "PRAGMA user_version"), 1);
        assert_int_equal(ask_number(door.path, "SELECT sum(inside) FROM headcount"), 7);
        free(before);
        free(after);
        old_door_destroy(&door);
    }
}

// The audit of an old database, and of the copy that is kept of it, looks at its log; --check at its event too.
static void test_migrate__is_left_to_the_kiosk_by_who_only_reads(void **state)
{
    struct door door;
    struct audit audit;
    struct look *look = calloc(1, sizeof *look);

    (void)state;
    old_door_init(&door);
    assert_int_equal(audit_sqlite(door.path, stdout, &audit), STATUS_OK);
    assert_true(audit.is_outdated);
    assert_int_equal(audit.difference_count, 0);
    assert_int_equal(audit.record_count, RECORDS);
    assert_int_equal(look_sqlite(door.path, 0, look), STATUS_OK);
    assert_true(look->has_log && look->has_event);
    assert_int_equal(look->roster_count, 12);
    assert_int_equal(ask_number(door.path, "PRAGMA user_version"), 1);
    door_sql(&door, "DROP TRIGGER log_keeps_its_lines;"
                    "UPDATE log SET line = replace(line, 'Nord', 'Hier') WHERE seq = 5");
    assert_int_equal(audit_sqlite(door.path, stdout, &audit), STATUS_OK);
    assert_int_equal(audit.difference_count, 1);
    free(look);
    old_door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_migrate__brings_over_all_that_was_recorded),
        cmocka_unit_test(test_migrate__orders_version_2_among_other_kiosks),
        cmocka_unit_test(test_migrate__keeps_the_old_database_beside_the_new_one),
        cmocka_unit_test(test_migrate__gives_the_tables_a_new_database_has),
        cmocka_unit_test(test_migrate__survives_a_failing_disk),
        cmocka_unit_test(test_migrate__leaves_what_it_cannot_read),
        cmocka_unit_test(test_migrate__is_left_to_the_kiosk_by_who_only_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
