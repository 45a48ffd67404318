#include "support/check.h"

#include "record/look.h"
#include "support/door.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_look__shows_what_a_kiosk_would_serve_and_leaves_no_trace(void **state)
{
    struct door door, other;
    struct look *look = calloc(1, sizeof *look);
    uint8_t digest[EVENT_DIGEST_BYTES];

    (void)state;
    door_init(&door, NULL);
    door_init(&other, NULL);
    struct store *store = door_store(&door, 10);
    other.event.number = 8;
    strcpy(other.event.name[LANGUAGE_DE], "Stammtisch");
    door_document(&other, 3, 4);
    assert_int_equal(door_install(&other, store), STATUS_OK);
    uint64_t record_count = door_record_count(&door);

    assert_int_equal(look_sqlite(door.path, DOOR_EVENT, look), STATUS_OK); // while the kiosk runs
    assert_true(look->has_log && look->has_event);
    assert_memory_equal(look->log, store->ops->identity(store)->log, LOG_ID_BYTES);
    assert_memory_equal(look->device_public_key, door.device_key, DEVICE_KEY_BYTES);
    assert_string_equal(look->event.name[LANGUAGE_DE], "StudiTour Süd");
    assert_int_equal(look->event.list_count, 2);
    assert_int_equal(look->roster_count, 10);
    assert_int_equal(look->edition.version, 1);
    event_file_digest(door.document, door.document_length, digest);
    assert_memory_equal(look->edition.digest, digest, sizeof digest);
    store_close(store);

    assert_int_equal(look_sqlite(door.path, 0, look), STATUS_OK); // the one installed last
    assert_string_equal(look->event.name[LANGUAGE_DE], "Stammtisch");
    assert_int_equal(look->edition.version, 3);
    assert_int_equal(look->roster_count, 4);
    assert_int_equal(look_sqlite(door.path, 99, look), STATUS_OK);
    assert_true(look->has_log);
    assert_false(look->has_event);
    assert_int_equal(door_record_count(&door), record_count);
    door_destroy(&other);
    door_destroy(&door);
    free(look);
}

// SQLite's locks are the process's: only another process sees them.
static bool is_locked_for_others(const char *path)
{
    int status = 0;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET}; // of the whole file
        int fd = open(path, O_RDWR);
        _exit(fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void test_look__leaves_the_kiosk_its_locks(void **state)
{
    struct door door;
    struct look *look = calloc(1, sizeof *look);

    (void)state;
    door_init(&door, NULL);
    struct store *store = door_store(&door, 10);
    assert_true(is_locked_for_others(door.path));
    assert_int_equal(look_sqlite(door.path, DOOR_EVENT, look), STATUS_OK); // as the staff's check page does
    assert_true(is_locked_for_others(door.path)); // else whoever reads the database next deletes the log in use
    store_close(store);
    door_destroy(&door);
    free(look);
}

static void test_look__shows_all_that_is_asked_at_the_door(void **state)
{
    struct door door;
    struct look *look = calloc(1, sizeof *look);
    struct ticket ticket;

    (void)state;
    door_init(&door, NULL);
    door_add_list(&door, LIST_MODE_IN_OUT, "Tür")->capacity = 300;
    door_add_list(&door, LIST_MODE_HAND_OUT, "Boxen")->stock = 2700;
    door_add_stop(&door, "Rathaus", "Town hall");
    door_add_staff_class(&door);
    door_welcome_walk_ins(&door);
    store_close(door_store(&door, 3));
    assert_int_equal(look_sqlite(door.path, DOOR_EVENT, look), STATUS_OK);
    // Both were zeroed before they were filled by copies of whole values.
    assert_memory_equal(look->event.lists, door.event.lists, sizeof look->event.lists);
    assert_memory_equal(look->event.stops, door.event.stops, sizeof look->event.stops);
    assert_memory_equal(&look->event.walk_ins, &door.event.walk_ins, sizeof look->event.walk_ins);
    assert_true(event_class(&look->event, DOOR_CLASS_STAFF)->is_staff);

    ticket = (struct ticket){.kid = DOOR_KIOSK_KID, .event = DOOR_EVENT, .number = 5, .class_id = DOOR_CLASS_WALK_IN};
    ticket_sign(&ticket, look->event.keyset.organisation, door.device_secret_key);
    assert_true(keyset_vouches_for(&look->event.keyset, &ticket));
    assert_true(keyset_is_walk_in_only(&look->event.keyset, &ticket));
    ticket.class_id = DOOR_CLASS_STAFF;
    ticket_sign(&ticket, look->event.keyset.organisation, door.device_secret_key);
    assert_false(keyset_vouches_for(&look->event.keyset, &ticket)); // a stolen kiosk opens no staff pages
    door_destroy(&door);
    free(look);
}

static void test_look__says_what_it_cannot_read(void **state)
{
    struct door door;
    struct look *look = calloc(1, sizeof *look);

    (void)state;
    door_init(&door, NULL);
    assert_int_equal(look_sqlite(door.path, 0, look), STATUS_MISSING);
    assert_int_equal(look_sqlite("/etc/passwd", 0, look), STATUS_INVALID);
    store_close(door_store(&door, 1));
    door_sql(&door, "DELETE FROM identity");
    assert_int_equal(look_sqlite(door.path, 0, look), STATUS_OK);
    assert_false(look->has_log);
    assert_true(look->has_event);
    door_sql(&door, "UPDATE event SET head = '{}'");
    assert_int_equal(look_sqlite(door.path, 0, look), STATUS_CORRUPT);
    door_sql(&door, "PRAGMA foreign_keys = OFF; DROP TABLE event");
    assert_int_equal(look_sqlite(door.path, 0, look), STATUS_CORRUPT);
    door_destroy(&door);
    free(look);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_look__shows_what_a_kiosk_would_serve_and_leaves_no_trace),
        cmocka_unit_test(test_look__leaves_the_kiosk_its_locks),
        cmocka_unit_test(test_look__shows_all_that_is_asked_at_the_door),
        cmocka_unit_test(test_look__says_what_it_cannot_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
