// What a headcount board is told, beside a kiosk that goes on writing.
#include "support/check.h"

#include "record/tally.h"
#include "support/door.h"

#include <stdio.h>
#include <stdlib.h>

static const uint8_t north[LOG_ID_BYTES] = {0x9f, 0x3a, 0x01, 0xc2};

struct board { // in the order of opening
    struct door door;
    struct store *store;
    struct tally_source *source;
    struct tally *tally;
};

static void open_board(struct board *board)
{
    door_init(&board->door, NULL);
    board->door.event.classes[board->door.event.class_count++] =
        (struct event_label){.id = 1, .name = {"Gast", "Guest"}};
    board->store = door_store(&board->door, 30);
    assert_int_equal(tally_sqlite_open(board->door.path, board->door.clock, &board->source), STATUS_OK);
    board->tally = calloc(1, sizeof *board->tally);
    assert_non_null(board->tally);
}

static void close_board(struct board *board)
{
    tally_close(board->source);
    store_close(board->store);
    door_destroy(&board->door);
    free(board->tally);
}

static void enter(struct board *board, size_t guest, int64_t unix_ms)
{
    struct record record = door_entry(&board->door, guest);
    uint64_t seq = 0;

    record.unix_ms = unix_ms;
    assert_int_equal(board->store->ops->append(board->store, &record, &seq), STATUS_OK);
}

static void hear_north(struct board *board, size_t guest, uint64_t seq, int64_t unix_ms)
{
    struct record record = door_entry(&board->door, guest);
    char line[RECORD_LINE_SIZE];
    size_t new_count = 0;

    snprintf(record.gate, sizeof record.gate, "Nordtor");
    record.unix_ms = record.hlc = unix_ms;
    assert_int_equal(record_write_line(&record, seq, line), STATUS_OK);
    struct foreign_line foreign = {.seq = seq, .line = line, .length = strlen(line)};
    memcpy(foreign.log, north, LOG_ID_BYTES);
    assert_int_equal(board->store->ops->append_foreign(board->store, &foreign, 1, "1", &new_count), STATUS_OK);
    assert_int_equal(new_count, 1);
}

static struct tally *read(struct board *board)
{
    assert_int_equal(tally_read(board->source, &board->door.event, board->tally), STATUS_OK);
    return board->tally;
}

static void test_tally__says_what_the_store_says(void **state)
{
    struct board board;
    struct headcount count;
    uint32_t of_classes = 0, expected = 0;

    (void)state;
    open_board(&board);
    for (size_t i = 0; i < 12; i++) enter(&board, 2 * i % 20, DOOR_UNIX_MS);
    hear_north(&board, 21, 4, DOOR_UNIX_MS);
    struct tally *tally = read(&board);
    assert_int_equal(tally->list_count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(board.store->ops->count(board.store, DOOR_EVENT, &board.door.event.lists[i], &count),
                         STATUS_OK);
        assert_int_equal(tally->lists[i].headcount.inside, count.inside);
        assert_int_equal(tally->lists[i].headcount.expected, count.expected);
        assert_string_equal(tally->lists[i].name, board.door.event.lists[i].name);
    }
    assert_int_equal(tally->lists[0].headcount.inside, 11);
    for (size_t i = 0; i < tally->class_count; i++) {
        of_classes += tally->lists[0].classes[i].inside;
        expected += tally->lists[0].classes[i].expected;
    }
    assert_int_equal(of_classes, 11);
    assert_int_equal(expected, tally->lists[0].headcount.expected);
    assert_true(tally->lists[0].last_unix_ms == DOOR_UNIX_MS);
    assert_true(tally->lists[1].last_unix_ms == 0);
    close_board(&board);
}

static void test_tally__expects_whom_a_new_version_expects(void **state)
{
    struct board board;
    uint32_t before = 0, after = 0;

    (void)state;
    open_board(&board);
    struct tally *tally = read(&board);
    for (size_t i = 0; i < tally->class_count; i++) before += tally->lists[0].classes[i].expected;
    door_document(&board.door, 2, 40);
    assert_int_equal(door_install(&board.door, board.store), STATUS_OK);
    tally = read(&board);
    for (size_t i = 0; i < tally->class_count; i++) after += tally->lists[0].classes[i].expected;
    assert_int_equal(before, 15);
    assert_int_equal(after, 20);
    close_board(&board);
}

static void test_tally__shows_when_they_came(void **state)
{
    enum { BUCKET = TALLY_BUCKET_MS };
    struct board board;
    int64_t begin = DOOR_UNIX_MS - DOOR_UNIX_MS % BUCKET;

    (void)state;
    open_board(&board);
    board.door.hand.unix_now_ms = begin + 3 * BUCKET;
    board.door.hand.clock_state = CLOCK_STATE_NTP;
    assert_true(read(&board)->arrivals_from_ms == begin + 3 * BUCKET); // nobody yet
    enter(&board, 0, begin - (int64_t)1000 * BUCKET);                  // by a clock that was wrong
    enter(&board, 2, begin);
    enter(&board, 4, begin + BUCKET - 1);
    enter(&board, 6, begin + 2 * BUCKET);
    enter(&board, 8, begin + (int64_t)1000 * BUCKET);
    struct tally *tally = read(&board);
    assert_true(tally->arrivals_from_ms == begin);
    assert_int_equal(tally->lists[0].arrivals[0], 2);
    assert_int_equal(tally->lists[0].arrivals[1], 0);
    assert_int_equal(tally->lists[0].arrivals[2], 1);
    assert_int_equal(tally->lists[0].arrivals[TALLY_BUCKETS - 1], 0);
    board.door.hand.unix_now_ms = begin + (int64_t)TALLY_BUCKETS * BUCKET; // the oldest are no longer shown
    tally = read(&board);
    assert_true(tally->arrivals_from_ms == begin + 2 * BUCKET);
    assert_int_equal(tally->lists[0].arrivals[0], 1);
    close_board(&board);
}

static void test_tally__names_the_kiosks_and_the_list(void **state)
{
    struct board board;

    (void)state;
    open_board(&board);
    enter(&board, 0, DOOR_UNIX_MS + 7);
    hear_north(&board, 2, 4, DOOR_UNIX_MS - 60000);
    hear_north(&board, 4, 5, DOOR_UNIX_MS - 30000);
    struct tally *tally = read(&board);
    assert_int_equal(tally->kiosk_count, 2);
    assert_true(tally->kiosks[0].is_this && !tally->kiosks[1].is_this);
    assert_string_equal(tally->kiosks[0].gate, door_entry(&board.door, 0).gate);
    assert_true(tally->kiosks[0].heard_unix_ms == DOOR_UNIX_MS + 7);
    assert_string_equal(tally->kiosks[1].gate, "Nordtor");
    assert_true(tally->kiosks[1].heard_unix_ms == DOOR_UNIX_MS - 30000);
    assert_int_equal(board.store->ops->remember(board.store, TALLY_LIST_KEY, "2"), STATUS_OK);
    tally = read(&board);
    assert_int_equal(tally->list, 2);
    close_board(&board);
}

static void test_tally__stamp_changes_with_what_is_written(void **state)
{
    struct board board;
    uint64_t before = 0, after = 0;

    (void)state;
    open_board(&board);
    assert_int_equal(tally_stamp(board.source, &before), STATUS_OK);
    assert_int_equal(tally_stamp(board.source, &after), STATUS_OK);
    assert_int_equal(before, after);
    enter(&board, 0, DOOR_UNIX_MS);
    assert_int_equal(tally_stamp(board.source, &after), STATUS_OK);
    assert_int_not_equal(before, after);
    close_board(&board);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tally__says_what_the_store_says),
        cmocka_unit_test(test_tally__expects_whom_a_new_version_expects),
        cmocka_unit_test(test_tally__shows_when_they_came),
        cmocka_unit_test(test_tally__names_the_kiosks_and_the_list),
        cmocka_unit_test(test_tally__stamp_changes_with_what_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
