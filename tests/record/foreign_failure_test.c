// What other kiosks wrote, and a new log after a fork, while the disk fails or the program is killed: all of a page
// with its cursor or nothing, all of a log or nothing.
#include "support/check.h"

#include "fakes/vfs_failing_sqlite.h"
#include "support/door.h"
#include "support/studio/dice.h"

#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINES = 6, MOST_STEPS = 2000, KILLS = 40, GUESTS = 4000, PAGE = 4 };

struct page {
    char texts[LINES][RECORD_LINE_SIZE];
    struct foreign_line lines[LINES];
    char cursor[STORE_CURSOR_SIZE];
};

static void put(struct page *page, size_t index, uint8_t log, uint64_t seq, struct record record)
{
    record.hlc = DOOR_UNIX_MS + (int64_t)seq;
    assert_int_equal(record_write_line(&record, seq, page->texts[index]), STATUS_OK);
    page->lines[index] = (struct foreign_line){.log = {log}, .seq = seq, .line = page->texts[index]};
    page->lines[index].length = strlen(page->texts[index]);
}

// Of two kiosks: entries, one of them taken back, a walk-in, a round.
static void make_page(const struct door *door, uint64_t number, struct page *page)
{
    struct record record = door_entry(door, 2 * number);
    uint64_t seq = 10 * number;

    put(page, 0, 1, seq + 1, record);
    put(page, 1, 1, seq + 2, door_entry(door, 2 * number + 1));
    record.kind = RECORD_KIND_ANNUL;
    record.annuls = seq + 1;
    put(page, 2, 1, seq + 3, record);
    record = door_entry(door, GUESTS + number);
    record.kind = RECORD_KIND_WALK_IN;
    record.person = 0;
    put(page, 3, 2, seq + 1, record);
    record = door_entry(door, 0);
    record.kind = RECORD_KIND_ROUND;
    record.list = 2;
    record.round = (uint32_t)number + 1;
    put(page, 4, 2, seq + 2, record);
    page->lines[5] = (struct foreign_line){.log = {3}, .seq = seq + 1, .line = "none", .length = 4};
    snprintf(page->cursor, sizeof page->cursor, "%llu.00000000", (unsigned long long)number);
}

static enum status take(struct store *store, const struct page *page, size_t *new_count)
{
    return store->ops->append_foreign(store, page->lines, LINES, page->cursor, new_count);
}

// How many lines are there; they are there with their cursor, or not at all.
static void check_all_or_nothing(struct store *store, const struct page *page, bool *is_there_out)
{
    char cursor[STORE_CURSOR_SIZE];
    size_t new_count = 0;

    assert_int_equal(store->ops->feed_cursor(store, cursor), STATUS_OK);
    *is_there_out = strcmp(cursor, page->cursor) == 0;
    assert_int_equal(take(store, page, &new_count), STATUS_OK);
    assert_int_equal(new_count, *is_there_out ? 0 : LINES);
}

static void test_foreign__each_step_of_the_disk_fails_in_turn(void **state)
{
    struct vfs_failing disk;

    (void)state;
    vfs_failing_init(&disk);
    for (int fault = 0; fault < 2 * VFS_FAULT_COUNT; fault++) {
        struct door door;
        size_t failures = 0;
        bool has_failed = true;
        door_init(&door, NULL);
        struct store *store = door_store(&door, 20);
        for (long step = 1; has_failed; step++) {
            struct page page;
            size_t new_count = 0;
            bool is_there;
            assert_true(step < MOST_STEPS);
            make_page(&door, (uint64_t)step, &page);
            vfs_failing_arm(&disk, (enum vfs_fault)(fault / 2), step, fault % 2 == 1);
            enum status status = take(store, &page, &new_count);
            has_failed = disk.failed_count > 0;
            vfs_failing_disarm(&disk);
            if (status != STATUS_OK) {
                assert_int_equal(status, STATUS_LATER);
                assert_int_equal(store->ops->recover(store), STATUS_OK);
                failures++;
            }
            check_all_or_nothing(store, &page, &is_there);
            assert_true(is_there || status != STATUS_OK);
            assert_int_equal(door_audit(&door), 0);
        }
        assert_true(failures >= 3);
        store_close(store);
        door_destroy(&door);
    }
    vfs_failing_destroy(&disk);
}

// ---- killed ----

struct victim {
    pid_t child;
    int told; // a byte for each thing that it did
};

// After it did something, whenever that is.
static size_t kill_later(const struct victim *victim, int at_most_us, struct dice *dice)
{
    char bytes[4096];
    int status;

    assert_int_equal(read(victim->told, bytes, 1), 1);
    usleep((useconds_t)dice_below(dice, at_most_us));
    kill(victim->child, SIGKILL);
    assert_int_equal(waitpid(victim->child, &status, 0), victim->child);
    assert_true(WIFSIGNALED(status)); // it would have gone on
    ssize_t count = read(victim->told, bytes, sizeof bytes);
    close(victim->told);
    return count > 0 ? (size_t)count + 1 : 1;
}

static struct victim start(struct door *door, void (*live)(struct door *door, int told))
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    struct victim victim = {.child = fork(), .told = ends[0]};
    assert_true(victim.child >= 0);
    if (victim.child == 0) {
        live(door, ends[1]);
        _exit(1);
    }
    close(ends[1]);
    return victim;
}

static struct record entry_of(const struct door *door, uint64_t number)
{
    return door_entry(door, 2 * number % GUESTS); // each another person, on no roster
}

static void hear_for_ever(struct door *door, int told)
{
    struct store *store;
    char cursor[STORE_CURSOR_SIZE];

    if (door_open(door, &store) != STATUS_OK || store->ops->feed_cursor(store, cursor) != STATUS_OK) return;
    for (uint64_t number = strtoull(cursor, NULL, 10);; number++) {
        char texts[PAGE][RECORD_LINE_SIZE];
        struct foreign_line lines[PAGE];
        size_t new_count;
        for (size_t i = 0; i < PAGE; i++) {
            uint64_t seq = PAGE * number + i + 1;
            struct record record = entry_of(door, seq);
            record.list = 3;
            record.hlc = DOOR_UNIX_MS + (int64_t)seq;
            if (record_write_line(&record, seq, texts[i]) != STATUS_OK) return;
            lines[i] = (struct foreign_line){.log = {7}, .seq = seq, .line = texts[i], .length = strlen(texts[i])};
        }
        snprintf(cursor, sizeof cursor, "%llu", (unsigned long long)number + 1);
        if (store->ops->append_foreign(store, lines, PAGE, cursor, &new_count) != STATUS_OK) return;
        if (write(told, "+", 1) != 1) return;
    }
}

static uint32_t given(struct door *door, struct store *store)
{
    struct headcount count;

    assert_int_equal(store->ops->count(store, DOOR_EVENT, &door->event.lists[2], &count), STATUS_OK);
    return count.given;
}

static void open_boxes(struct door *door)
{
    door_init(door, NULL);
    door_add_list(door, LIST_MODE_HAND_OUT, "Boxen");
    store_close(door_store(door, 2));
}

static void test_foreign__survives_being_killed(void **state)
{
    struct door door;
    struct store *store;
    struct dice dice = {11};
    char cursor[STORE_CURSOR_SIZE];

    (void)state;
    open_boxes(&door);
    for (int i = 0; i < KILLS; i++) {
        struct victim victim = start(&door, hear_for_ever);
        kill_later(&victim, 10000, &dice);
        assert_int_equal(door_open(&door, &store), STATUS_OK);
        assert_int_equal(store->ops->feed_cursor(store, cursor), STATUS_OK);
        assert_int_equal(given(&door, store), PAGE * strtoull(cursor, NULL, 10));
        store_close(store);
    }
    assert_true(strtoull(cursor, NULL, 10) > 0);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

// Tells each entry when it is durable; now and then all begins anew with the last few of them.
static void fork_for_ever(struct door *door, int told)
{
    struct store *store;
    uint64_t seq = 0;

    if (door_open(door, &store) != STATUS_OK) return;
    for (uint64_t number = given(door, store);; number++) {
        struct record record = entry_of(door, number);
        record.list = 3;
        if (store->ops->append(store, &record, &seq) != STATUS_OK || write(told, "+", 1) != 1) return;
        if (number % 3 == 2 && store->ops->begin_new_log(store, seq > 2 ? seq - 1 : 1) != STATUS_OK) return;
    }
}

static void remove_copies(const struct door *door)
{
    char pattern[128];
    glob_t found;

    snprintf(pattern, sizeof pattern, "%s.fork-*", door->path);
    if (glob(pattern, 0, NULL, &found) != 0) return;
    for (size_t i = 0; i < found.gl_pathc; i++) unlink(found.gl_pathv[i]);
    globfree(&found);
}

static void test_fork__survives_being_killed(void **state)
{
    struct door door;
    struct store *store;
    struct dice dice = {5};
    uint32_t known = 0;

    (void)state;
    open_boxes(&door);
    for (int i = 0; i < KILLS; i++) {
        struct victim victim = start(&door, fork_for_ever);
        size_t count = kill_later(&victim, 20000, &dice);
        assert_int_equal(door_open(&door, &store), STATUS_OK);
        assert_in_range(given(&door, store), known + count, known + count + 1);
        known = given(&door, store);
        store_close(store);
        assert_int_equal(door_audit(&door), 0);
    }
    assert_true(known > 3);
    remove_copies(&door);
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_foreign__each_step_of_the_disk_fails_in_turn),
        cmocka_unit_test(test_foreign__survives_being_killed),
        cmocka_unit_test(test_fork__survives_being_killed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
