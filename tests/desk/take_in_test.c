// What sync delivers to the desk: other kiosks' records, a fork, the office's time.
#include "support/check.h"

#include "desk/parcel.h"

#include <stdio.h>

// ---- other kiosks ----

static void test_take_in__another_gate_s_entry_decides_here_and_is_named(void **state)
{
    struct neighbour south = neighbour_of(0x51, "Süd");
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    assert_int_equal(parcel_entry(&scene, &south, 0).status, STATUS_OK);
    assert_int_equal(scene.notice.kind, NOTICE_NEWS);
    assert_int_equal(scene.notice.headcount.inside, 1);
    scene_move(&scene, 60000);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_string_equal(scene.notice.earlier_gate, "Süd");
    assert_int_equal(scene.notice.earlier_unix_ms, DOOR_UNIX_MS);
    assert_int_equal(scene_scan(&scene, 2)->verdict.reason, REASON_OK);
    assert_int_equal(scene.notice.headcount.inside, 2);
    scene_end(&scene);
}

static void test_take_in__what_comes_twice_is_no_news(void **state)
{
    struct neighbour south = neighbour_of(0x51, "Süd"), again = south;
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    assert_int_equal(parcel_entry(&scene, &south, 0).status, STATUS_OK);
    assert_int_equal(parcel_entry(&scene, &again, 0).status, STATUS_OK);
    assert_int_equal(scene.notice.kind, NOTICE_NONE);
    assert_int_equal(scene_scan(&scene, 2)->headcount.inside, 2);
    scene_end(&scene);
}

static void test_take_in__records_that_change_no_count_are_kept_without_a_word(void **state)
{
    struct neighbour south = neighbour_of(0x51, "Süd");
    struct scene scene;
    struct record records[2];

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    records[0] = neighbour_record(&scene, &south, RECORD_KIND_REFUSED, 1);
    records[0].reason = REASON_UNPAID;
    records[1] = neighbour_record(&scene, &south, RECORD_KIND_COUNT_CHECK, 1);
    records[1].has_ticket = false;
    struct delivery delivery = parcel_records(&south, records, 2, "2.00000000");
    assert_int_equal(parcel_hand_over(&scene, &delivery).status, STATUS_OK);
    assert_int_equal(scene.notice.kind, NOTICE_NONE);
    scene_end(&scene);
}

static void test_take_in__whoever_stands_at_the_door_goes_first(void **state)
{
    struct neighbour south = neighbour_of(0x51, "Süd");
    struct command touch = {.kind = COMMAND_FIND, .text = "FOREIGN-4"};
    struct scene scene;
    struct receipt receipt;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    struct code code = door_code(&scene.door, 0);
    struct record record = neighbour_record(&scene, &south, RECORD_KIND_ENTRY, 0);
    struct delivery delivery = parcel_records(&south, &record, 1, "1.00000000");
    assert_int_equal(queue_put(desk_deliveries(scene.desk), &delivery), STATUS_OK);
    assert_int_equal(queue_put(desk_commands(scene.desk), &touch), STATUS_OK);
    assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
    assert_false(parcel_step(&scene, &receipt));
    assert_int_equal(scene.notice.kind, NOTICE_VERDICT);
    assert_int_equal(scene.notice.verdict.reason, REASON_OK);
    assert_false(parcel_step(&scene, &receipt));
    assert_int_equal(scene.notice.kind, NOTICE_FOUND);
    assert_true(parcel_step(&scene, &receipt));
    assert_int_equal(receipt.status, STATUS_OK);
    assert_int_equal(scene_scan(&scene, 2)->headcount.inside, 2); // the same person at both gates is one
    scene_end(&scene);
}

static void test_take_in__undo_never_takes_back_another_kiosk_s_check_in(void **state)
{
    struct neighbour south = neighbour_of(0x51, "Süd");
    struct scene scene;
    struct command undo = {.kind = COMMAND_UNDO};

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    undo.seq = scene_scan(&scene, 0)->seq;
    south.seq = undo.seq - 1; // the same seq there
    assert_int_equal(parcel_entry(&scene, &south, 2).status, STATUS_OK);
    assert_int_equal(scene.notice.headcount.inside, 2);
    undo.ticket = door_ticket(2);
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_TOO_LATE);
    assert_int_equal(scene.notice.headcount.inside, 2);
    undo.ticket = door_ticket(0);
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.headcount.inside, 1);
    scene_end(&scene);
}

static void test_take_in__practice_stays_as_it_was_and_ends_with_the_true_count(void **state)
{
    struct neighbour south = neighbour_of(0x51, "Süd");
    struct scene scene;
    struct command practise = {.kind = COMMAND_PRACTISE, .number = 1};

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    assert_int_equal(scene_ask(&scene, &practise)->kind, NOTICE_DONE);
    assert_int_equal(scene_scan(&scene, 0)->headcount.inside, 1);
    assert_int_equal(parcel_entry(&scene, &south, 2).status, STATUS_OK);
    assert_int_equal(scene.notice.kind, NOTICE_NONE);
    assert_int_equal(parcel_entry(&scene, &south, 4).status, STATUS_OK);
    practise.number = 0;
    assert_int_equal(scene_ask(&scene, &practise)->headcount.inside, 2);
    scene_end(&scene);
}

static void test_take_in__everybody_who_follows_the_log_is_told(void **state)
{
    struct neighbour south = neighbour_of(0x51, "Süd");
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    assert_false(scene.outbox_bell.has_rung);
    (void)scene_scan(&scene, 0);
    assert_true(scene.outbox_bell.has_rung);
    assert_true(doorbell_wait(&scene.outbox_bell, 0));
    assert_false(scene.outbox_bell.has_rung);
    (void)parcel_entry(&scene, &south, 2);
    assert_true(scene.outbox_bell.has_rung);
    scene_end(&scene);
}

static void test_take_in__without_room_for_its_receipt_nothing_more_is_taken(void **state)
{
    struct neighbour south = neighbour_of(0x51, "Süd");
    struct scene scene;
    struct receipt receipt;
    struct notice notice;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    queue_destroy(&scene.receipts);
    queue_init(&scene.receipts, sizeof(struct receipt), 1, NULL);
    for (uint64_t serial = 1; serial <= 3; serial++) {
        struct record record = neighbour_record(&scene, &south, RECORD_KIND_ENTRY, (size_t)serial * 2);
        struct delivery delivery = parcel_records(&south, &record, 1, "1.00000000");
        delivery.serial = serial;
        assert_int_equal(queue_put(desk_deliveries(scene.desk), &delivery), STATUS_OK);
    }
    for (int step = 0; step < 8; step++) {
        scene_move(&scene, DESK_NEWS_MS);
        (void)desk_step(scene.desk, scene.door.hand.now_ms);
        while (queue_take(&scene.notices, &notice)) scene.notice = notice;
    }
    assert_int_equal(scene.notice.headcount.inside, 2); // the second one's receipt waits
    for (uint64_t serial = 1; serial <= 3; serial++) {
        assert_true(queue_take(&scene.receipts, &receipt));
        assert_int_equal(receipt.serial, serial);
        for (int step = 0; step < 2; step++) {
            scene_move(&scene, DESK_NEWS_MS);
            (void)desk_step(scene.desk, scene.door.hand.now_ms);
        }
        while (queue_take(&scene.notices, &notice)) scene.notice = notice;
    }
    assert_int_equal(scene.notice.headcount.inside, 3);
    scene_end(&scene);
}

static void test_take_in__whoever_was_away_for_long_floods_no_screen(void **state)
{
    enum { PAGES = 40 };
    struct neighbour south = neighbour_of(0x51, "Süd");
    struct scene scene;
    struct receipt receipt;
    struct notice notice;
    size_t told = 0;

    (void)state;
    scene_begin(&scene, 2 * PAGES, DOOR_LIST);
    for (size_t page = 0; page < PAGES; page++) {
        struct record record = neighbour_record(&scene, &south, RECORD_KIND_ENTRY, page * 2);
        struct delivery delivery = parcel_records(&south, &record, 1, "1.00000000");
        assert_int_equal(queue_put(desk_deliveries(scene.desk), &delivery), STATUS_OK);
        while (queue_count(desk_deliveries(scene.desk)) > 0) {
            (void)desk_step(scene.desk, scene.door.hand.now_ms);
            while (queue_take(&scene.notices, &notice)) told += notice.kind == NOTICE_NEWS;
            (void)queue_take(&scene.receipts, &receipt);
        }
    }
    assert_true(told <= 1);
    assert_in_range(desk_step(scene.desk, scene.door.hand.now_ms), 0, DESK_NEWS_MS);
    scene_move(&scene, DESK_NEWS_MS);
    assert_false(parcel_step(&scene, &receipt));
    assert_int_equal(scene.notice.kind, NOTICE_NEWS);
    assert_int_equal(scene.notice.headcount.inside, PAGES);
    scene_end(&scene);
}

// ---- the log ----

static void test_take_in__after_a_fork_everything_counts_and_goes_on(void **state)
{
    struct delivery fork = {.kind = DELIVERY_FORK, .serial = 5};
    struct scene scene;
    uint8_t log[LOG_ID_BYTES];
    struct command undo = {.kind = COMMAND_UNDO};

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    undo.seq = fork.seq = scene_scan(&scene, 2)->seq;
    undo.ticket = door_ticket(2);
    memcpy(log, scene.store->ops->identity(scene.store)->log, sizeof log);
    assert_int_equal(parcel_hand_over(&scene, &fork).status, STATUS_OK);
    assert_memory_not_equal(log, scene.store->ops->identity(scene.store)->log, sizeof log);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scene_scan(&scene, 2)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scene_scan(&scene, 4)->verdict.reason, REASON_OK);
    assert_int_equal(scene.notice.headcount.inside, 3);
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_TOO_LATE); // of the old log
    assert_int_equal(scene.notice.headcount.inside, 3);
    scene_end(&scene);
}

// ---- the time ----

static void test_take_in__the_office_s_time_is_written_down(void **state)
{
    struct delivery clock = {
        .kind = DELIVERY_CLOCK, .serial = 6, .unix_ms = DOOR_UNIX_MS + 2500, .boot_ms = 4000, .uncertainty_ms = 35};
    struct scene scene;
    char line[RECORD_LINE_SIZE];

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    assert_int_equal(parcel_hand_over(&scene, &clock).status, STATUS_OK);
    scene_line(&scene, door_record_count(&scene.door), line);
    assert_non_null(strstr(line, "\"kind\":\"clock\""));
    assert_non_null(strstr(line, "\"uncertainty_ms\":35"));
    assert_non_null(strstr(line, "\"boot_ms\":4000,\"unix_ms\":1795341154623,\"clock\":\"office\""));
    scene_end(&scene);
}

static void test_take_in__the_moment_ntp_sets_the_clock_is_written_down_once(void **state)
{
    struct scene scene;
    struct receipt receipt;
    uint64_t before;

    (void)state;
    scene_init(&scene);
    scene.door.hand.clock_state = CLOCK_STATE_UNSET;
    scene_open(&scene, 10, DOOR_LIST);
    before = door_record_count(&scene.door);
    (void)parcel_step(&scene, &receipt);
    assert_int_equal(door_record_count(&scene.door), before);
    scene.door.hand.clock_state = CLOCK_STATE_NTP;
    for (int i = 0; i < 3; i++) (void)parcel_step(&scene, &receipt);
    assert_int_equal(door_record_count(&scene.door), before + 1);
    assert_true(scene_says(&scene, before + 1, "\"kind\":\"clock\""));
    assert_true(scene_says(&scene, before + 1, "\"clock\":\"ntp\""));
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_take_in__another_gate_s_entry_decides_here_and_is_named),
        cmocka_unit_test(test_take_in__what_comes_twice_is_no_news),
        cmocka_unit_test(test_take_in__records_that_change_no_count_are_kept_without_a_word),
        cmocka_unit_test(test_take_in__whoever_stands_at_the_door_goes_first),
        cmocka_unit_test(test_take_in__undo_never_takes_back_another_kiosk_s_check_in),
        cmocka_unit_test(test_take_in__practice_stays_as_it_was_and_ends_with_the_true_count),
        cmocka_unit_test(test_take_in__everybody_who_follows_the_log_is_told),
        cmocka_unit_test(test_take_in__without_room_for_its_receipt_nothing_more_is_taken),
        cmocka_unit_test(test_take_in__whoever_was_away_for_long_floods_no_screen),
        cmocka_unit_test(test_take_in__after_a_fork_everything_counts_and_goes_on),
        cmocka_unit_test(test_take_in__the_office_s_time_is_written_down),
        cmocka_unit_test(test_take_in__the_moment_ntp_sets_the_clock_is_written_down_once),
    };

    return cmocka_run_group_tests_name("desk/take_in", tests, NULL, NULL);
}
