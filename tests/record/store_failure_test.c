// Every step of the disk fails in turn. Whatever happens: OK only with the record, no half state, and when the disk
// works again so does the store.
#include "support/check.h"

#include "fakes/vfs_failing_sqlite.h"
#include "record/audit.h"
#include "support/door.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_STEPS = 2000 };

static bool is_inside(struct door *door, struct store *store, size_t guest)
{
    struct guest asked = {.ticket = door_ticket(guest), .person = (uint32_t)(guest / 2 + 1)};
    struct history history;

    assert_int_equal(store->ops->find_history(store, DOOR_EVENT, &door->event.lists[0], &asked, &history), STATUS_OK);
    return history.ticket.is_entry;
}

static uint32_t inside(struct door *door, struct store *store)
{
    struct headcount headcount;

    assert_int_equal(store->ops->count(store, DOOR_EVENT, &door->event.lists[0], &headcount), STATUS_OK);
    return headcount.inside;
}

static void test_append__each_step_of_the_disk_fails_in_turn(void **state)
{
    struct vfs_failing disk;

    (void)state;
    vfs_failing_init(&disk);
    for (int fault = 0; fault < 2 * VFS_FAULT_COUNT; fault++) {
        struct door door;
        struct store *store;
        size_t guest = 0, refused_count = 0;
        bool has_failed = true;
        door_init(&door, NULL);
        store = door_store(&door, 4);
        for (long step = 1; has_failed; step++, guest += 2) { // 2 tickets a person: each guest a new person
            struct record entry = door_entry(&door, guest);
            uint64_t seq = 0;
            assert_true(step < MOST_STEPS);
            vfs_failing_arm(&disk, (enum vfs_fault)(fault / 2), step, fault % 2 == 1);
            enum status status = store->ops->append(store, &entry, &seq);
            has_failed = disk.failed_count > 0;
            if (status == STATUS_OK) {
                vfs_failing_disarm(&disk);
                assert_true(is_inside(&door, store, guest));
                continue;
            }
            assert_true(has_failed);
            assert_int_equal(status, STATUS_LATER);
            assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_LATER); // nothing before recover()
            vfs_failing_disarm(&disk);
            refused_count++;
            assert_int_equal(store->ops->recover(store), STATUS_OK);
            if (!is_inside(&door, store, guest)) assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
            assert_true(is_inside(&door, store, guest));
            assert_int_equal(inside(&door, store), guest / 2 + 1);
            assert_int_equal(door_audit(&door), 0);
        }
        assert_true(refused_count >= 3); // frames and the sync at least
        store_close(store);
        assert_int_equal(door_open(&door, &store), STATUS_OK);
        assert_int_equal(inside(&door, store), guest / 2);
        store_close(store);
        assert_int_equal(door_audit(&door), 0);
        door_destroy(&door);
    }
    vfs_failing_destroy(&disk);
}

// Durable, and no dearer than that: on a card each trip to the disk is what people wait for.
static void test_append__costs_one_sync(void **state)
{
    struct vfs_failing disk;
    struct door door;
    struct store *store;
    uint64_t seq = 0;

    (void)state;
    vfs_failing_init(&disk);
    door_init(&door, NULL);
    store = door_store(&door, 4);
    for (size_t guest = 0; guest < 50; guest++) {
        struct record entry = door_entry(&door, guest);
        vfs_failing_arm(&disk, VFS_FAULT_IO, 0, false);
        assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
        assert_int_equal(disk.sync_count, 1);
    }
    vfs_failing_arm(&disk, VFS_FAULT_IO, 0, false);
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    for (size_t guest = 50; guest < 60; guest++) {
        struct record entry = door_entry(&door, guest);
        assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
    }
    assert_int_equal(disk.sync_count, 0); // not durable yet, and nobody says so
    assert_int_equal(store->ops->end(store, STATUS_OK), STATUS_OK);
    assert_int_equal(disk.sync_count, 1);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
    vfs_failing_destroy(&disk);
}

static void test_append__a_group_can_be_dropped(void **state)
{
    struct door door;
    struct store *store;
    uint64_t seq = 0;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 4);
    struct record entry = door_entry(&door, 0);
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
    assert_true(is_inside(&door, store, 0)); // look-ups in the group see it
    assert_int_equal(store->ops->end(store, STATUS_INVALID), STATUS_INVALID);
    assert_false(is_inside(&door, store, 0));
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK); // the next takes its number
    assert_int_equal(seq, 3);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

static void test_install__each_step_of_the_disk_fails_in_turn(void **state)
{
    struct vfs_failing disk;
    struct event *event = calloc(1, sizeof *event);

    (void)state;
    vfs_failing_init(&disk);
    for (int fault = 0; fault < VFS_FAULT_COUNT; fault++) {
        struct door door;
        struct store *store;
        bool has_failed = true;
        door_init(&door, NULL);
        store = door_store(&door, 30);
        for (long step = 1; has_failed; step++) {
            uint32_t version = (uint32_t)step + 1;
            size_t guests = 30 + (size_t)step;
            struct guest guest;
            assert_true(step < MOST_STEPS);
            door_document(&door, version, guests);
            vfs_failing_arm(&disk, (enum vfs_fault)fault, step, false);
            enum status status = door_install(&door, store);
            has_failed = disk.failed_count > 0;
            vfs_failing_disarm(&disk);
            if (status != STATUS_OK) assert_int_equal(status, STATUS_LATER);
            if (status != STATUS_OK) assert_int_equal(store->ops->recover(store), STATUS_OK);
            assert_int_equal(store->ops->load_event(store, DOOR_EVENT, event), STATUS_OK);
            bool is_new = event->version == version;
            if (status == STATUS_OK) assert_true(is_new);
            // The roster is the one of the version, whichever it is.
            enum status last = store->ops->find_guest(store, DOOR_EVENT, door_ticket(guests - 1), &guest);
            assert_int_equal(last, is_new ? STATUS_OK : STATUS_MISSING);
            assert_int_equal(door_audit(&door), 0);
            assert_int_equal(door_install(&door, store), STATUS_OK);
        }
        store_close(store);
        assert_int_equal(door_audit(&door), 0);
        door_destroy(&door);
    }
    free(event);
    vfs_failing_destroy(&disk);
}

static void test_open__each_step_of_the_disk_fails_in_turn(void **state)
{
    struct vfs_failing disk;

    (void)state;
    vfs_failing_init(&disk);
    for (int fault = 0; fault < VFS_FAULT_COUNT; fault++) {
        struct door door;
        struct store *store = NULL;
        bool has_failed = true;
        door_init(&door, NULL);
        for (long step = 1; has_failed; step++) { // first a new file, later one with a log
            assert_true(step < MOST_STEPS);
            vfs_failing_arm(&disk, (enum vfs_fault)fault, step, false);
            enum status status = door_open(&door, &store);
            has_failed = disk.failed_count > 0;
            vfs_failing_disarm(&disk);
            if (status != STATUS_OK) {
                assert_true(has_failed);
                assert_int_equal(status, STATUS_LATER);
                assert_int_equal(door_open(&door, &store), STATUS_OK);
            }
            struct record entry = door_entry(&door, (size_t)step * 2);
            uint64_t seq = 0;
            assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
            assert_int_equal(inside(&door, store), step);
            vfs_failing_arm(&disk, (enum vfs_fault)fault, 1, true); // closing on a dead disk: the log is in the WAL
            store_close(store);
            vfs_failing_disarm(&disk);
            assert_int_equal(door_audit(&door), 0);
        }
        door_destroy(&door);
    }
    vfs_failing_destroy(&disk);
}

static void test_recover__may_fail_itself_and_succeed_later(void **state)
{
    struct vfs_failing disk;
    struct door door;
    struct store *store;
    bool has_failed = true;

    (void)state;
    vfs_failing_init(&disk);
    door_init(&door, NULL);
    store = door_store(&door, 4);
    for (long step = 1; has_failed; step++) {
        struct record entry = door_entry(&door, (size_t)step * 2);
        struct history history;
        struct guest guest = {.ticket = 1};
        uint64_t seq = 0;
        assert_true(step < MOST_STEPS);
        vfs_failing_arm(&disk, VFS_FAULT_IO, 1, true);
        assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_LATER);
        vfs_failing_arm(&disk, VFS_FAULT_IO, step, true);
        enum status status = store->ops->recover(store);
        has_failed = disk.failed_count > 0;
        if (status != STATUS_OK) { // no answer is given from a store that isn't open
            assert_int_equal(status, STATUS_LATER);
            assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_LATER);
            assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, 1, &guest), STATUS_LATER);
            assert_int_equal(store->ops->find_history(store, DOOR_EVENT, &door.event.lists[0], &guest, &history),
                             STATUS_LATER);
        }
        vfs_failing_disarm(&disk);
        assert_int_equal(store->ops->recover(store), STATUS_OK);
        if (!is_inside(&door, store, (size_t)step * 2))
            assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
        assert_int_equal(inside(&door, store), step);
    }
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
    vfs_failing_destroy(&disk);
}

static void test_rest__failing_loses_nothing(void **state)
{
    struct vfs_failing disk;
    struct door door;
    struct store *store;

    (void)state;
    vfs_failing_init(&disk);
    door_init(&door, NULL);
    store = door_store(&door, 4);
    uint32_t guests = 0, failed_count = 0;
    for (long step = 1; step <= 12; step++) {
        uint64_t seq = 0;
        for (int i = 0; i < 100; i++) { // enough pages to be worth moving
            struct record entry = door_entry(&door, 2 * guests++);
            assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
        }
        vfs_failing_arm(&disk, VFS_FAULT_IO, step, step % 2 == 0);
        store->ops->rest(store);
        if (disk.failed_count > 0) failed_count++; // else there was too little to move
        vfs_failing_disarm(&disk);
        struct record entry = door_entry(&door, 2 * guests++);
        if (store->ops->append(store, &entry, &seq) != STATUS_OK) {
            assert_int_equal(store->ops->recover(store), STATUS_OK);
            assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
        }
        assert_int_equal(inside(&door, store), guests);
    }
    assert_true(failed_count >= 6);
    assert_int_equal(door_audit(&door), 0);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
    vfs_failing_destroy(&disk);
}

// ---- the real thing ----

// Appends until the disk is full, then answers how many the store said it has. Runs in a child: limits stay there.
static int fill_up(struct door *door)
{
    struct store *store = NULL;
    uint64_t seq = 0;
    uint32_t kept = 0;
    enum status status = STATUS_OK;

    if (door_open(door, &store) != STATUS_OK) return 100;
    while (status == STATUS_OK && kept < 20000) {
        struct record entry = door_entry(door, 2 * (size_t)kept);
        status = store->ops->append(store, &entry, &seq);
        if (status == STATUS_OK) kept++;
    }
    if (status != STATUS_LATER) return 101;
    for (int i = 0; i < 3; i++) { // still full: said each time, and what is there can be read
        if (store->ops->recover(store) == STATUS_OK && inside(door, store) < kept) return 102;
        struct record entry = door_entry(door, 2 * (size_t)kept);
        if (store->ops->append(store, &entry, &seq) == STATUS_OK) kept++; // a checkpoint may have made room
    }
    uint32_t counted = inside(door, store);
    store_close(store);
    if (counted < kept) return 104;
    return kept > 0 ? 0 : 103;
}

static int run_child(int (*work)(struct door *), struct door *door, long most_file_bytes)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        struct rlimit limit = {(rlim_t)most_file_bytes, (rlim_t)most_file_bytes};
        signal(SIGXFSZ, SIG_IGN); // then write(2) answers EFBIG
        if (most_file_bytes > 0 && setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(99);
        _exit(work(door));
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void check_goes_on(struct door *door)
{
    struct store *store = NULL;
    uint64_t seq = 0;

    assert_int_equal(door_audit(door), 0);
    assert_int_equal(door_open(door, &store), STATUS_OK);
    uint32_t before = inside(door, store);
    assert_true(before > 0);
    struct record entry = door_entry(door, 100000);
    assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
    assert_int_equal(inside(door, store), before + 1);
    store_close(store);
    assert_int_equal(door_audit(door), 0);
}

static void test_store__a_file_that_may_not_grow_is_a_full_disk(void **state)
{
    struct door door;

    (void)state;
    door_init(&door, NULL);
    store_close(door_store(&door, 4));
    assert_int_equal(run_child(fill_up, &door, 300 * 1024), 0);
    check_goes_on(&door);
    door_destroy(&door);
}

// In a mount namespace of this process, so that it goes with the process however a test ends.
static bool mount_small_disk(const char *folder)
{
    return unshare(CLONE_NEWNS) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("einlass", folder, "tmpfs", 0, "size=600k") == 0;
}

static void test_store__a_full_disk(void **state)
{
    char folder[] = "/tmp/einlass-small-XXXXXX";
    struct door door;

    (void)state;
    assert_non_null(mkdtemp(folder));
    if (!mount_small_disk(folder)) {
        rmdir(folder);
        print_message("no small disk can be mounted here (not root)\n");
        skip();
    }
    door_init(&door, folder);
    store_close(door_store(&door, 4));
    assert_int_equal(run_child(fill_up, &door, 0), 0);
    assert_int_equal(door_audit(&door), 0);
    assert_int_equal(mount("einlass", folder, "tmpfs", MS_REMOUNT, "size=2m"), 0); // somebody made room
    check_goes_on(&door);
    door_destroy(&door);
    assert_int_equal(umount(folder), 0);
    rmdir(folder);
}

static int open_as_nobody(struct door *door)
{
    struct store *store = NULL;

    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) return 99;
    return (int)door_open(door, &store);
}

static void test_store__read_only_files_and_folders_are_named(void **state)
{
    struct door door;
    char lock[128];

    (void)state;
    door_init(&door, NULL);
    store_close(door_store(&door, 4));
    snprintf(lock, sizeof lock, "%s.lock", door.path);
    chmod(lock, 0666);
    chmod(door.folder, 0777);
    chmod(door.path, 0444);
    assert_int_equal(run_child(open_as_nobody, &door, 0), STATUS_LATER);
    unlink(lock);
    chmod(door.folder, 0555);
    assert_int_equal(run_child(open_as_nobody, &door, 0), STATUS_LATER);
    chmod(door.folder, 0755);
    chmod(door.path, 0644);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

// ---- damage ----

static long file_length(const char *path)
{
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    return (long)facts.st_size;
}

static void flip(const char *path, long at, size_t count)
{
    FILE *file = fopen(path, "r+be");

    assert_non_null(file);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(fseek(file, at + (long)i, SEEK_SET), 0);
        int byte = fgetc(file);
        assert_int_equal(fseek(file, at + (long)i, SEEK_SET), 0);
        assert_int_not_equal(fputc(byte ^ 0xFF, file), EOF);
    }
    fclose(file);
}

static void make_busy_door(struct door *door)
{
    struct store *store;
    uint64_t seq;

    door_init(door, NULL);
    store = door_store(door, 200);
    for (size_t guest = 0; guest < 100; guest++) {
        struct record entry = door_entry(door, guest);
        assert_int_equal(store->ops->append(store, &entry, &seq), STATUS_OK);
    }
    store_close(store);
}

// Damage anywhere: opened and content with itself, or CORRUPT and the audit doesn't praise it; never a crash, and
// never half of both.
static void test_store__damaged_pages_are_found(void **state)
{
    struct door door;
    size_t refused_count = 0, page_count;

    (void)state;
    make_busy_door(&door);
    page_count = (size_t)file_length(door.path) / 4096;
    door_destroy(&door);
    for (size_t page = 0; page < page_count; page += 3) {
        struct store *store = NULL;
        make_busy_door(&door);
        flip(door.path, (long)page * 4096, 64); // the head of a page: its tree, for most pages
        enum status status = door_open(&door, &store);
        if (status != STATUS_OK) assert_true(status == STATUS_CORRUPT || status == STATUS_INVALID);
        if (status != STATUS_OK) refused_count++;
        if (status == STATUS_OK) store_close(store);
        struct audit audit;
        FILE *nowhere = fopen("/dev/null", "we");
        enum status audited = audit_sqlite(door.path, nowhere, &audit);
        fclose(nowhere);
        if (status == STATUS_CORRUPT) assert_true(audited != STATUS_OK || audit.difference_count > 0);
        door_destroy(&door);
    }
    assert_true(refused_count > page_count / 3 * 2 / 3); // text in a long document's pages changes no tree
}

static void test_store__truncated_and_foreign_files_are_refused(void **state)
{
    struct door door;
    struct store *store = NULL;
    FILE *file;

    (void)state;
    make_busy_door(&door);
    assert_int_equal(truncate(door.path, file_length(door.path) / 2 / 4096 * 4096), 0);
    assert_int_equal(door_open(&door, &store), STATUS_CORRUPT);
    assert_int_equal(truncate(door.path, 5000), 0);
    assert_int_equal(door_open(&door, &store), STATUS_CORRUPT);
    file = fopen(door.path, "we");
    for (int i = 0; i < 500; i++) fputs("This is a shopping list. ", file);
    fclose(file);
    assert_int_equal(door_open(&door, &store), STATUS_CORRUPT);
    assert_int_equal(access(door.path, F_OK), 0);
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_append__each_step_of_the_disk_fails_in_turn),
        cmocka_unit_test(test_append__costs_one_sync),
        cmocka_unit_test(test_append__a_group_can_be_dropped),
        cmocka_unit_test(test_install__each_step_of_the_disk_fails_in_turn),
        cmocka_unit_test(test_open__each_step_of_the_disk_fails_in_turn),
        cmocka_unit_test(test_recover__may_fail_itself_and_succeed_later),
        cmocka_unit_test(test_rest__failing_loses_nothing),
        cmocka_unit_test(test_store__a_file_that_may_not_grow_is_a_full_disk),
        cmocka_unit_test(test_store__a_full_disk),
        cmocka_unit_test(test_store__read_only_files_and_folders_are_named),
        cmocka_unit_test(test_store__damaged_pages_are_found),
        cmocka_unit_test(test_store__truncated_and_foreign_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
