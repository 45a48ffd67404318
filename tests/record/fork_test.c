// A copy of a kiosk's database was used elsewhere: this one goes on with a new log, and nothing of it is lost.
#include "support/check.h"

#include "fakes/vfs_failing_sqlite.h"
#include "record/audit.h"
#include "record/outbox.h"
#include "support/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_STEPS = 4000, LIST_COUNT = 3 };

static const uint8_t north[LOG_ID_BYTES] = {0x9f, 0x3a, 0x01, 0xc2};

// What the new log begins with, and what may not change by it.
struct before {
    uint64_t head, at;
    uint8_t log[LOG_ID_BYTES];
    struct headcount counts[LIST_COUNT];
    struct past past; // of guest 0
};

static uint64_t add(struct store *store, struct record record)
{
    uint64_t seq = 0;

    assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
    return seq;
}

static uint64_t enter(struct door *door, struct store *store, uint16_t list, size_t guest)
{
    struct record record = door_entry(door, guest);

    record.list = list;
    return add(store, record);
}

static void annul(struct door *door, struct store *store, uint16_t list, size_t guest, uint64_t seq)
{
    struct record record = door_entry(door, guest);

    record.kind = RECORD_KIND_ANNUL;
    record.list = list;
    record.annuls = seq;
    (void)add(store, record);
}

static void register_walk_in(struct door *door, struct store *store, size_t guest)
{
    struct record record = door_entry(door, guest);
    struct walk_in said = {.ticket = record.ticket, .values = {"Öztürk, Ayşe"}, .language = "tr", .salt = {1, 2}};
    uint64_t seq = 0;

    record.kind = RECORD_KIND_WALK_IN;
    record.person = 0;
    record.class_id = DOOR_CLASS_WALK_IN;
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    assert_int_equal(store->ops->append_walk_in(store, &record, &said, &door->event.walk_ins, &seq), STATUS_OK);
    assert_int_equal(store->ops->end(store, STATUS_OK), STATUS_OK);
}

static void hear_north(struct door *door, struct store *store, size_t guest, uint64_t seq)
{
    struct record record = door_entry(door, guest);
    char line[RECORD_LINE_SIZE];
    size_t new_count = 0;

    snprintf(record.gate, sizeof record.gate, "Nordtor");
    record.hlc = record.unix_ms;
    assert_int_equal(record_write_line(&record, seq, line), STATUS_OK);
    struct foreign_line foreign = {.seq = seq, .line = line, .length = strlen(line)};
    memcpy(foreign.log, north, LOG_ID_BYTES);
    assert_int_equal(store->ops->append_foreign(store, &foreign, 1, "12.00112233", &new_count), STATUS_OK);
}

static void look(struct door *door, struct store *store, struct headcount counts[LIST_COUNT])
{
    for (size_t i = 0; i < LIST_COUNT; i++)
        assert_int_equal(store->ops->count(store, DOOR_EVENT, &door->event.lists[i], &counts[i]), STATUS_OK);
}

static struct past past(struct door *door, struct store *store)
{
    struct guest guest;
    struct history history;

    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, door_ticket(0), &guest), STATUS_OK);
    assert_int_equal(store->ops->find_history(store, DOOR_EVENT, &door->event.lists[0], &guest, &history), STATUS_OK);
    return history.ticket;
}

// Entries, stock, walk-ins and annuls on both sides of `at`, and annuls behind it of what stands before it.
static struct store *make_log(struct door *door, struct before *before)
{
    door_init(door, NULL);
    door_add_list(door, LIST_MODE_HAND_OUT, "Boxen");
    door_welcome_walk_ins(door);
    struct store *store = door_store(door, 20);
    struct record stock = door_entry(door, 0);
    stock.kind = RECORD_KIND_STOCK;
    stock.list = 3;
    stock.stock = 50;
    add(store, stock);
    uint64_t box = enter(door, store, 3, 2);
    enter(door, store, 3, 4);
    register_walk_in(door, store, 30);
    hear_north(door, store, 10, 5);
    uint64_t first = enter(door, store, 1, 6);
    before->at = enter(door, store, 1, 0); // from here on the office has other ones
    annul(door, store, 1, 6, first);
    enter(door, store, 3, 8);
    annul(door, store, 3, 2, box);
    uint64_t late = enter(door, store, 1, 12);
    annul(door, store, 1, 12, late);
    register_walk_in(door, store, 31);
    hear_north(door, store, 14, 6);
    before->head = enter(door, store, 1, 16);
    memcpy(before->log, store->ops->identity(store)->log, LOG_ID_BYTES);
    look(door, store, before->counts);
    before->past = past(door, store);
    return store;
}

static void check_numbers(struct door *door, struct store *store, const struct before *before)
{
    struct headcount counts[LIST_COUNT];
    struct past now = past(door, store);

    look(door, store, counts);
    for (size_t i = 0; i < LIST_COUNT; i++) {
        assert_int_equal(counts[i].inside, before->counts[i].inside);
        assert_int_equal(counts[i].expected, before->counts[i].expected);
        assert_int_equal(counts[i].given, before->counts[i].given);
        assert_int_equal(counts[i].is_stocked, before->counts[i].is_stocked);
        assert_int_equal(counts[i].left_here, before->counts[i].left_here);
    }
    assert_true(now.is_entry && now.unix_ms == before->past.unix_ms);
    assert_string_equal(now.gate, before->past.gate);
}

// The log from its beginning, hash by hash.
static void check_chain(const struct door *door, uint64_t last_seq)
{
    struct outbox *outbox = NULL;
    struct outbox_head head;
    struct outbox_batch *batch = calloc(1, sizeof *batch);
    uint8_t hash[CHAIN_HASH_BYTES];

    assert_non_null(batch);
    assert_int_equal(outbox_sqlite_open(door->path, &outbox), STATUS_OK);
    assert_int_equal(outbox_head(outbox, &head), STATUS_OK);
    assert_int_equal(head.last_seq, last_seq);
    chain_begin(head.log, head.device_public_key, hash);
    assert_int_equal(outbox_read(outbox, 1, OUTBOX_MOST_LINES, batch), STATUS_OK);
    assert_int_equal(batch->count, last_seq);
    assert_memory_equal(batch->log, head.log, LOG_ID_BYTES);
    const char *line = batch->lines;
    for (uint64_t seq = 1; seq <= last_seq; seq++) {
        size_t length = strcspn(line, "\n");
        chain_add(hash, seq, line, length);
        line += length + 1;
    }
    assert_memory_equal(hash, head.hash, sizeof hash);
    outbox_close(outbox);
    free(batch);
}

static size_t count_walk_ins(const struct door *door)
{
    struct outbox *outbox = NULL;
    struct outbox_walk_in *walk_in = calloc(1, sizeof *walk_in);
    size_t count = 0;

    assert_non_null(walk_in);
    assert_int_equal(outbox_sqlite_open(door->path, &outbox), STATUS_OK);
    while (outbox_next_walk_in(outbox, walk_in->seq, walk_in) == STATUS_OK) {
        uint8_t hash[WALK_IN_HASH_BYTES];
        assert_false(walk_in->is_erased);
        walk_in_hash(walk_in->blob, walk_in->salt, hash);
        assert_memory_equal(hash, walk_in->hash, sizeof hash);
        count++;
    }
    outbox_close(outbox);
    free(walk_in);
    return count;
}

static struct record line_at(const struct door *door, uint64_t seq)
{
    char line[RECORD_LINE_SIZE];
    struct record record;
    uint64_t got = 0;

    door_read_line(door, seq, line);
    assert_int_equal(record_parse_line(line, strlen(line), &record, &got), STATUS_OK);
    assert_int_equal(got, seq);
    return record;
}

static uint64_t seen_of(const struct record *record, uint32_t log)
{
    for (size_t i = 0; i < record->seen_count; i++)
        if (record->seen[i].log == log) return record->seen[i].seq;
    return 0;
}

static void test_fork__loses_nothing(void **state)
{
    struct door door;
    struct before before = {0};
    struct audit audit;
    char cursor[STORE_CURSOR_SIZE], copy[128];
    struct store *store = make_log(&door, &before);
    uint32_t boot = store->ops->identity(store)->boot;

    (void)state;
    assert_int_equal(store->ops->begin_new_log(store, 0), STATUS_INVALID);
    assert_int_equal(store->ops->begin_new_log(store, before.head + 2), STATUS_INVALID);
    assert_int_equal(store->ops->begin_new_log(store, before.at), STATUS_OK);
    uint64_t head = before.head - before.at + 2; // and a boot record
    assert_true(memcmp(store->ops->identity(store)->log, before.log, LOG_ID_BYTES) != 0);
    assert_int_equal(store->ops->identity(store)->boot, boot + 1);
    check_numbers(&door, store, &before);
    check_chain(&door, head);
    assert_int_equal(past(&door, store).seq, 1); // guest 0's entry was the first one of its own
    struct record first = line_at(&door, 1), second = line_at(&door, 2), boxed = line_at(&door, 4);
    assert_int_equal(seen_of(&first, 0x9f3a01c2), 5);
    assert_int_equal(seen_of(&first, record_seen_log(before.log)), before.at - 1);
    assert_true(second.annuls_other_log && second.annuls == before.at - 1);
    assert_memory_equal(second.annulled_log, before.log, LOG_ID_BYTES);
    assert_true(boxed.annuls_other_log);
    assert_int_equal(line_at(&door, 6).annuls, 5);
    assert_false(line_at(&door, 6).annuls_other_log);
    assert_int_equal(line_at(&door, head).kind, RECORD_KIND_BOOT);
    assert_int_equal(store->ops->feed_cursor(store, cursor), STATUS_OK);
    assert_string_equal(cursor, "");
    assert_int_equal(count_walk_ins(&door), 2);
    assert_int_equal(door_audit(&door), 0);
    snprintf(copy, sizeof copy, "%s.fork-1", door.path);
    assert_int_equal(audit_sqlite(copy, stdout, &audit), STATUS_OK);
    assert_int_equal(audit.record_count, before.head);
    unlink(copy);
    store_close(store);
    assert_int_equal(door_open(&door, &store), STATUS_OK); // it checks the newest records
    check_numbers(&door, store, &before);
    store_close(store);
    door_destroy(&door);
}

static void test_fork__goes_on_and_forks_again(void **state)
{
    struct door door;
    struct before before = {0};
    struct store *store = make_log(&door, &before);
    char copy[128];

    (void)state;
    assert_int_equal(store->ops->begin_new_log(store, before.head + 1), STATUS_OK); // nothing is ours alone
    check_numbers(&door, store, &before);
    assert_int_equal(door_audit(&door), 0);
    assert_int_equal(enter(&door, store, 1, 18), 2);
    look(&door, store, before.counts);
    assert_int_equal(store->ops->begin_new_log(store, 1), STATUS_OK); // all of it
    check_numbers(&door, store, &before);
    check_chain(&door, 3);
    assert_int_equal(door_audit(&door), 0);
    hear_north(&door, store, 10, 5); // from the feed's beginning again: known
    check_numbers(&door, store, &before);
    for (int i = 1; i <= 2; i++) {
        snprintf(copy, sizeof copy, "%s.fork-%d", door.path, i);
        assert_int_equal(unlink(copy), 0);
    }
    store_close(store);
    door_destroy(&door);
}

// The other copy's records come back under the old log's name, and are counted beside ours.
static void test_fork__hears_of_the_other_copy(void **state)
{
    struct door door;
    struct before before = {0};
    struct store *store = make_log(&door, &before);
    struct record record = door_entry(&door, 18);
    char line[RECORD_LINE_SIZE], copy[128];
    size_t new_count = 0;

    (void)state;
    record.hlc = record.unix_ms;
    assert_int_equal(record_write_line(&record, before.at, line), STATUS_OK);
    struct foreign_line theirs = {.seq = before.at, .line = line, .length = strlen(line)};
    memcpy(theirs.log, before.log, LOG_ID_BYTES);
    assert_int_equal(store->ops->append_foreign(store, &theirs, 1, "1", &new_count), STATUS_OK);
    assert_int_equal(new_count, 0); // our own log as yet
    assert_int_equal(store->ops->begin_new_log(store, before.at), STATUS_OK);
    assert_int_equal(store->ops->append_foreign(store, &theirs, 1, "1", &new_count), STATUS_OK);
    assert_int_equal(new_count, 1);
    before.counts[0].inside++;
    check_numbers(&door, store, &before);
    assert_int_equal(door_audit(&door), 0);
    snprintf(copy, sizeof copy, "%s.fork-1", door.path);
    unlink(copy);
    store_close(store);
    door_destroy(&door);
}

static void remove_copies(const struct door *door)
{
    char path[160];

    for (int i = 1; i <= 2; i++) {
        snprintf(path, sizeof path, "%s.fork-%d", door->path, i);
        unlink(path);
        snprintf(path, sizeof path, "%s.fork-%d.unfinished", door->path, i);
        unlink(path);
    }
}

// All or nothing, whatever step of the disk fails; and it can be done again.
static void check_after_a_failure(struct door *door, struct store *store, const struct before *before,
                                  enum status status)
{
    if (status != STATUS_OK) {
        assert_int_equal(status, STATUS_LATER);
        assert_int_equal(store->ops->recover(store), STATUS_OK);
    }
    bool is_new = memcmp(store->ops->identity(store)->log, before->log, LOG_ID_BYTES) != 0;
    check_numbers(door, store, before);
    check_chain(door, is_new ? before->head - before->at + 2 : before->head);
    if (!is_new) assert_int_equal(store->ops->begin_new_log(store, before->at), STATUS_OK);
    check_numbers(door, store, before);
    assert_int_equal(door_audit(door), 0);
}

static void test_fork__survives_a_failing_disk(void **state)
{
    struct vfs_failing disk;
    size_t refused_count = 0;

    (void)state;
    vfs_failing_init(&disk);
    for (int fault = 0; fault < VFS_FAULT_COUNT; fault++) {
        bool has_failed = true;
        for (long step = 1; has_failed; step += 1 + step / 10) { // the first ones all, then every few
            struct door door;
            struct before before = {0};
            struct store *store = make_log(&door, &before);
            assert_true(step < MOST_STEPS);
            vfs_failing_arm(&disk, (enum vfs_fault)fault, step, step % 2 == 1);
            enum status status = store->ops->begin_new_log(store, before.at);
            has_failed = disk.failed_count > 0;
            vfs_failing_disarm(&disk);
            refused_count += status != STATUS_OK;
            check_after_a_failure(&door, store, &before, status);
            store_close(store);
            remove_copies(&door);
            door_destroy(&door);
        }
    }
    assert_true(refused_count > 20);
    vfs_failing_destroy(&disk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fork__loses_nothing),
        cmocka_unit_test(test_fork__goes_on_and_forks_again),
        cmocka_unit_test(test_fork__hears_of_the_other_copy),
        cmocka_unit_test(test_fork__survives_a_failing_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
