// No green before the record is on disk, whatever the disk does.
#include "support/check.h"

#include "desk/desk.h"
#include "fakes/vfs_failing_sqlite.h"
#include "support/door.h"

#include <stdio.h>
#include <unistd.h>

struct scene {
    struct vfs_failing disk;
    struct door door;
    struct store *store;
    struct queue notices;
    struct desk *desk;
    struct notice notice;
};

static void begin(struct scene *scene)
{
    *scene = (struct scene){0};
    vfs_failing_init(&scene->disk);
    door_init(&scene->door, NULL);
    scene->store = door_store(&scene->door, 10);
    queue_init(&scene->notices, sizeof(struct notice), 16, NULL);
    struct desk_config config = {.store = scene->store,
                                 .clock = scene->door.clock,
                                 .event = &scene->door.event,
                                 .list = DOOR_LIST,
                                 .gate = "Nord",
                                 .notices = &scene->notices};
    assert_int_equal(desk_open(&config, &scene->desk), STATUS_OK);
    (void)desk_step(scene->desk, 0);
    assert_true(queue_take(&scene->notices, &scene->notice));
}

static void end(struct scene *scene)
{
    desk_close(scene->desk);
    store_close(scene->store);
    assert_int_equal(door_audit(&scene->door), 0);
    vfs_failing_destroy(&scene->disk);
    queue_destroy(&scene->notices);
    door_destroy(&scene->door);
}

static const struct notice *admit(struct scene *scene, size_t guest)
{
    struct code code = door_code(&scene->door, guest);

    desk_admit(scene->desk, &code, &scene->notice);
    return &scene->notice;
}

static const struct notice *obey(struct scene *scene, const struct command *command)
{
    assert_int_equal(queue_put(desk_commands(scene->desk), command), STATUS_OK);
    (void)desk_step(scene->desk, scene->door.hand.now_ms);
    assert_true(queue_take(&scene->notices, &scene->notice));
    return &scene->notice;
}

static uint64_t unlock(struct scene *scene)
{
    struct command command = {.kind = COMMAND_UNLOCK, .text = DOOR_PIN};

    assert_int_equal(obey(scene, &command)->kind, NOTICE_UNLOCKED);
    return scene->notice.session;
}

static void test_not_saved__no_green_before_the_record_is_on_disk(void **state)
{
    (void)state;
    for (int fault = 0; fault < 2 * VFS_FAULT_COUNT; fault++) {
        struct scene scene;
        size_t not_saved_count = 0, guest = 0;
        bool has_failed = true;
        begin(&scene);
        for (long step = 1; has_failed; step++, guest += 2) {
            vfs_failing_arm(&scene.disk, (enum vfs_fault)(fault / 2), step, fault % 2 == 1);
            const struct notice *notice = admit(&scene, guest);
            has_failed = scene.disk.failed_count > 0;
            bool was_saved = notice->kind == NOTICE_VERDICT;
            if (was_saved) {
                char line[RECORD_LINE_SIZE];
                assert_int_equal(notice->verdict.reason, REASON_OK);
                vfs_failing_disarm(&scene.disk);
                door_read_line(&scene.door, notice->seq, line);
                assert_non_null(strstr(line, "\"entry\""));
            } else {
                assert_true(has_failed);
                assert_int_equal(notice->kind, NOTICE_NOT_SAVED);
                assert_int_not_equal(notice->verdict.reason, REASON_OK);
                assert_int_equal(notice->seq, 0);
                not_saved_count++;
                vfs_failing_disarm(&scene.disk);
            }
            // The same ticket again: in by now, or the record had reached the disk after all; never twice.
            notice = admit(&scene, guest);
            assert_int_equal(notice->kind, NOTICE_VERDICT);
            if (was_saved) assert_int_equal(notice->verdict.reason, REASON_ALREADY_REDEEMED);
            else assert_true(notice->verdict.reason == REASON_OK || notice->verdict.reason == REASON_ALREADY_REDEEMED);
            assert_int_equal(notice->headcount.inside, guest / 2 + 1);
        }
        assert_true(not_saved_count >= 3);
        end(&scene);
    }
}

static void test_not_saved__codes_that_wait_together_are_all_stored_or_none(void **state)
{
    struct scene scene;
    size_t not_saved_count = 0;
    bool has_failed = true;

    (void)state;
    begin(&scene);
    for (long step = 1; has_failed; step++) {
        struct notice notices[3];
        uint64_t records_before = door_record_count(&scene.door);
        for (size_t i = 0; i < 3; i++) {
            struct code code = door_code(&scene.door, 6 * (size_t)step + 2 * i);
            assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
        }
        vfs_failing_arm(&scene.disk, VFS_FAULT_IO, step, false);
        (void)desk_step(scene.desk, 0);
        has_failed = scene.disk.failed_count > 0;
        vfs_failing_disarm(&scene.disk);
        for (size_t i = 0; i < 3; i++) assert_true(queue_take(&scene.notices, &notices[i]));
        bool is_saved = notices[0].kind == NOTICE_VERDICT;
        if (!is_saved) not_saved_count++;
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(notices[i].kind, is_saved ? NOTICE_VERDICT : NOTICE_NOT_SAVED);
            if (is_saved) assert_int_equal(notices[i].seq, records_before + 1 + i);
        }
        for (size_t i = 0; i < 3; i++) // again: none of them is let in twice, all are in then
            assert_int_equal(admit(&scene, 6 * (size_t)step + 2 * i)->kind, NOTICE_VERDICT);
        assert_int_equal(scene.notice.headcount.inside, 3 * step);
    }
    assert_true(not_saved_count >= 3);
    end(&scene);
}

static void test_not_saved__stays_until_the_disk_works_again(void **state)
{
    struct scene scene;
    struct command retry = {.kind = COMMAND_RETRY}, find = {.kind = COMMAND_FIND, .text = "FOREIGN-4"};
    struct command by_hand = {.kind = COMMAND_ADMIT, .ticket = door_ticket(2)};

    (void)state;
    begin(&scene);
    by_hand.session = unlock(&scene);
    assert_int_equal(admit(&scene, 0)->verdict.reason, REASON_OK);
    vfs_failing_arm(&scene.disk, VFS_FAULT_FULL, 1, true);
    assert_int_equal(admit(&scene, 2)->kind, NOTICE_NOT_SAVED);
    assert_int_equal(admit(&scene, 4)->kind, NOTICE_NOT_SAVED);
    assert_int_equal(scene.notice.headcount.inside, 1); // what is known to be true
    assert_int_equal(obey(&scene, &retry)->kind, NOTICE_NOT_SAVED);
    assert_int_equal(obey(&scene, &by_hand)->kind, NOTICE_NOT_SAVED);
    assert_int_equal(obey(&scene, &find)->kind, NOTICE_NOT_SAVED);
    vfs_failing_disarm(&scene.disk);
    assert_int_equal(obey(&scene, &retry)->kind, NOTICE_COUNT);
    assert_int_equal(scene.notice.headcount.inside, 1);
    assert_int_equal(obey(&scene, &find)->kind, NOTICE_FOUND);
    assert_int_equal(obey(&scene, &by_hand)->verdict.reason, REASON_OK);
    assert_int_equal(admit(&scene, 4)->verdict.reason, REASON_OK);
    assert_int_equal(scene.notice.headcount.inside, 3);
    end(&scene);
}

// A full disk can still be opened and read: the alarm ends only when something was written.
static void test_not_saved__a_retry_is_believed_only_with_a_record_on_disk(void **state)
{
    (void)state;
    for (int fault = 0; fault < VFS_FAULT_COUNT; fault++) {
        struct scene scene;
        struct command retry = {.kind = COMMAND_RETRY};
        char line[RECORD_LINE_SIZE];
        long step = 0;
        bool has_failed = true;
        begin(&scene);
        assert_int_equal(admit(&scene, 0)->verdict.reason, REASON_OK);
        uint64_t count = door_record_count(&scene.door);
        vfs_failing_arm(&scene.disk, (enum vfs_fault)fault, 1, true);
        assert_int_equal(admit(&scene, 2)->kind, NOTICE_NOT_SAVED);
        while (has_failed) {
            vfs_failing_arm(&scene.disk, (enum vfs_fault)fault, ++step, true);
            enum notice_kind kind = obey(&scene, &retry)->kind;
            has_failed = scene.disk.failed_count > 0;
            assert_int_equal(kind, has_failed ? NOTICE_NOT_SAVED : NOTICE_COUNT);
            if (!has_failed) assert_true(scene.disk.sync_count > 0);
            vfs_failing_disarm(&scene.disk);
        }
        // A record whose sync failed may be found on the disk all the same; never more than one a try.
        assert_in_range(door_record_count(&scene.door), count + 1, count + (uint64_t)step);
        door_read_line(&scene.door, door_record_count(&scene.door), line);
        assert_non_null(strstr(line, "\"kind\":\"count_check\",\"event\":7,\"list\":1,\"gate\":\"Nord\""));
        assert_int_equal(scene.notice.headcount.inside, 1);
        assert_int_equal(admit(&scene, 2)->verdict.reason, REASON_OK);
        end(&scene);
    }
}

static void test_not_saved__codes_are_read_again_when_the_disk_works(void **state)
{
    enum { LOST = 10, KEPT = 8 };
    struct scene scene;
    struct command retry = {.kind = COMMAND_RETRY};
    struct command by_hand = {.kind = COMMAND_ADMIT, .ticket = door_ticket(2)};
    struct code code;

    (void)state;
    begin(&scene);
    by_hand.session = unlock(&scene);
    assert_int_equal(admit(&scene, 0)->verdict.reason, REASON_OK);
    vfs_failing_arm(&scene.disk, VFS_FAULT_FULL, 1, true);
    for (size_t i = 1; i <= LOST; i++) assert_int_equal(admit(&scene, 2 * i)->kind, NOTICE_NOT_SAVED);
    assert_int_equal(obey(&scene, &by_hand)->kind, NOTICE_NOT_SAVED);
    assert_int_equal(obey(&scene, &retry)->kind, NOTICE_NOT_SAVED);
    assert_false(queue_take(desk_unsaved(scene.desk), &code)); // or they would be tried with every picture
    vfs_failing_disarm(&scene.disk);
    assert_int_equal(obey(&scene, &retry)->kind, NOTICE_COUNT);
    assert_int_equal(scene.notice.headcount.inside, 1); // nobody is let in behind their back
    for (size_t i = 0; i < KEPT; i++) {
        assert_true(queue_take(desk_unsaved(scene.desk), &code));
        for (size_t guest = 1; guest <= LOST; guest++) {
            struct code lost = door_code(&scene.door, 2 * guest);
            if (lost.length == code.length && memcmp(lost.text, code.text, code.length) == 0) break;
            assert_int_not_equal(guest, LOST);
        }
        desk_admit(scene.desk, &code, &scene.notice);
        assert_int_equal(scene.notice.verdict.reason, REASON_OK);
    }
    assert_int_equal(scene.notice.headcount.inside, 1 + KEPT);
    assert_int_equal(obey(&scene, &retry)->kind, NOTICE_COUNT);
    assert_false(queue_take(desk_unsaved(scene.desk), &code)); // once

    vfs_failing_arm(&scene.disk, VFS_FAULT_FULL, 1, true);
    assert_int_equal(admit(&scene, 2)->kind, NOTICE_NOT_SAVED);
    vfs_failing_disarm(&scene.disk);
    assert_int_equal(admit(&scene, 40)->verdict.reason, REASON_OK); // the next guest proves it too
    assert_true(queue_take(desk_unsaved(scene.desk), &code));
    end(&scene);
}

static void test_not_saved__a_stray_text_is_no_news_either_way(void **state)
{
    struct scene scene;
    struct code stray = door_code_of_text("https://example.org", 19), ticket, lost;

    (void)state;
    begin(&scene);
    stray.has_stayed = false;
    ticket = door_code(&scene.door, 0);
    vfs_failing_arm(&scene.disk, VFS_FAULT_FULL, 1, true);
    assert_int_equal(queue_put(desk_codes(scene.desk), &stray), STATUS_OK);
    assert_int_equal(queue_put(desk_codes(scene.desk), &ticket), STATUS_OK);
    (void)desk_step(scene.desk, 0);
    assert_true(queue_take(&scene.notices, &scene.notice)); // the ticket's
    assert_int_equal(scene.notice.kind, NOTICE_NOT_SAVED);
    assert_false(queue_take(&scene.notices, &scene.notice));
    vfs_failing_disarm(&scene.disk);
    desk_admit(scene.desk, &stray, &scene.notice);
    assert_int_equal(scene.notice.kind, NOTICE_NONE);
    assert_false(queue_take(desk_unsaved(scene.desk), &lost)); // nothing was written: no proof that the disk works
    assert_int_equal(admit(&scene, 2)->verdict.reason, REASON_OK);
    assert_true(queue_take(desk_unsaved(scene.desk), &lost));
    assert_int_equal(lost.length, ticket.length);
    assert_false(queue_take(desk_unsaved(scene.desk), &lost));
    end(&scene);
}

// Nobody holds it in front of a camera any more, and the camera's memory must not learn of it.
static void test_not_saved__a_scanned_code_is_scanned_again_by_hand(void **state)
{
    struct command retry = {.kind = COMMAND_RETRY};
    struct scene scene;
    struct code code;

    (void)state;
    begin(&scene);
    vfs_failing_arm(&scene.disk, VFS_FAULT_FULL, 1, true);
    code = door_code(&scene.door, 2);
    code.via = CODE_VIA_SCANNER;
    desk_admit(scene.desk, &code, &scene.notice);
    assert_int_equal(scene.notice.kind, NOTICE_NOT_SAVED);
    assert_int_equal(admit(&scene, 4)->kind, NOTICE_NOT_SAVED);
    vfs_failing_disarm(&scene.disk);
    assert_int_equal(obey(&scene, &retry)->kind, NOTICE_COUNT);
    struct code before_camera = door_code(&scene.door, 4), back;
    assert_true(queue_take(desk_unsaved(scene.desk), &back));
    assert_memory_equal(back.text, before_camera.text, before_camera.length);
    assert_false(queue_take(desk_unsaved(scene.desk), &back));
    desk_admit(scene.desk, &code, &scene.notice);
    assert_int_equal(scene.notice.verdict.reason, REASON_OK);
    end(&scene);
}

static void test_not_saved__damage_while_running_is_never_green(void **state)
{
    struct scene scene;
    struct command retry = {.kind = COMMAND_RETRY};

    (void)state;
    begin(&scene);
    assert_int_equal(admit(&scene, 0)->verdict.reason, REASON_OK);
    vfs_failing_arm(&scene.disk, VFS_FAULT_IO, 1, true); // the card goes away …
    assert_int_equal(admit(&scene, 2)->kind, NOTICE_NOT_SAVED);
    vfs_failing_disarm(&scene.disk); // … and comes back changed
    door_sql(&scene.door, "DELETE FROM check_in");
    for (size_t guest = 2; guest < 10; guest += 2) assert_int_equal(admit(&scene, guest)->kind, NOTICE_NOT_SAVED);
    assert_int_equal(obey(&scene, &retry)->kind, NOTICE_NOT_SAVED);
    assert_int_equal(access(scene.door.path, F_OK), 0);
    desk_close(scene.desk);
    store_close(scene.store);
    assert_int_not_equal(door_audit(&scene.door), 0);
    vfs_failing_destroy(&scene.disk);
    queue_destroy(&scene.notices);
    door_destroy(&scene.door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_not_saved__no_green_before_the_record_is_on_disk),
        cmocka_unit_test(test_not_saved__codes_that_wait_together_are_all_stored_or_none),
        cmocka_unit_test(test_not_saved__stays_until_the_disk_works_again),
        cmocka_unit_test(test_not_saved__a_retry_is_believed_only_with_a_record_on_disk),
        cmocka_unit_test(test_not_saved__codes_are_read_again_when_the_disk_works),
        cmocka_unit_test(test_not_saved__a_stray_text_is_no_news_either_way),
        cmocka_unit_test(test_not_saved__a_scanned_code_is_scanned_again_by_hand),
        cmocka_unit_test(test_not_saved__damage_while_running_is_never_green),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
