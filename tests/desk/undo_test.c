// A check-in is taken back by an annul beside it: for a minute by one tap, later with a reason, never twice.
#include "support/check.h"

#include "desk/scene.h"

#include <stdio.h>

static const struct notice *undo(struct scene *scene, uint64_t seq, const char *why)
{
    struct command command = {.kind = COMMAND_UNDO, .seq = seq};

    strcpy(command.text, why);
    return scene_ask(scene, &command);
}

static void test_undo__takes_back_a_fresh_check_in_once(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    uint64_t seq = scene_scan(&scene, 0)->seq;
    assert_int_equal(undo(&scene, seq, "")->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.asked, COMMAND_UNDO);
    assert_int_equal(scene.notice.headcount.inside, 0);
    char part[32];
    snprintf(part, sizeof part, "\"annuls\":%llu,", (unsigned long long)seq);
    assert_true(scene_says(&scene, scene.notice.seq, part));
    assert_true(scene_says(&scene, scene.notice.seq, "\"kind\":\"annul\""));
    uint64_t before = door_record_count(&scene.door);
    assert_int_equal(undo(&scene, seq, "")->kind, NOTICE_TOO_LATE); // it doesn't stand any more
    assert_int_equal(undo(&scene, seq, "noch mal")->kind, NOTICE_TOO_LATE);
    assert_int_equal(door_record_count(&scene.door), before);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK); // and they may come in
    assert_int_equal(undo(&scene, seq, "")->kind, NOTICE_TOO_LATE);     // the first one is no more than before
    scene_end(&scene);
}

static void test_undo__later_wants_a_reason_by_the_clock_that_nobody_sets(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 20, DOOR_LIST);
    uint64_t first = scene_scan(&scene, 0)->seq;
    scene.door.hand.unix_now_ms -= INT64_C(3600000); // the office sets the clock
    scene_move(&scene, DESK_UNDO_MS);
    scene_unlock(&scene);
    assert_int_equal(undo(&scene, first, "")->kind, NOTICE_DONE); // a minute, whatever the wall clock says
    uint64_t second = scene_scan(&scene, 2)->seq;
    scene.door.hand.unix_now_ms += INT64_C(7200000);
    uint64_t third = scene_scan(&scene, 4)->seq;
    assert_int_equal(undo(&scene, second, "")->kind, NOTICE_DONE);
    scene_move(&scene, DESK_UNDO_MS + 1);
    assert_int_equal(undo(&scene, third, "")->kind, NOTICE_TOO_LATE);
    assert_int_equal(undo(&scene, third, "  ")->kind, NOTICE_TOO_LATE);
    assert_int_equal(scene.notice.headcount.inside, 1);
    assert_int_equal(undo(&scene, third, "falsche Person")->kind, NOTICE_DONE);
    assert_true(scene_says(&scene, scene.notice.seq, "\"why\":\"falsche Person\""));
    assert_int_equal(scene.notice.headcount.inside, 0);
    scene_end(&scene);
}

static void test_undo__after_a_restart_wants_a_reason(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    uint64_t seq = scene_scan(&scene, 0)->seq;
    scene_reopen(&scene); // of the machine, as far as anybody knows: boot_ms began anew
    scene_unlock(&scene);
    assert_int_equal(undo(&scene, seq, "")->kind, NOTICE_TOO_LATE);
    assert_int_equal(undo(&scene, seq, "Versehen")->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.headcount.inside, 0);
    scene_end(&scene);
}

static void test_undo__is_for_check_ins_only(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    uint64_t refused = scene_scan(&scene, 0)->seq;
    assert_int_equal(scene.notice.verdict.reason, REASON_ALREADY_REDEEMED);
    uint64_t before = door_record_count(&scene.door);
    const uint64_t others[] = {0, 1, 2, refused, before + 1, UINT64_MAX, UINT64_C(1) << 62, UINT64_C(1) << 63};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_int_equal(undo(&scene, others[i], "weil")->kind, NOTICE_TOO_LATE);
    assert_int_equal(door_record_count(&scene.door), before);
    assert_int_equal(scene.notice.headcount.inside, 1);
    scene_end(&scene);
}

static void test_undo__of_an_exit_brings_them_back_inside(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, SCENE_IN_OUT);
    scene_unlock(&scene);
    uint64_t entry = scene_scan(&scene, 0)->seq;
    scene_move(&scene, DECIDE_TOGGLE_MS);
    uint64_t exit_seq = scene_scan(&scene, 0)->seq;
    assert_int_equal(scene.notice.headcount.inside, 0);
    assert_int_equal(undo(&scene, entry, "")->kind, NOTICE_TOO_LATE); // the last one first
    assert_int_equal(undo(&scene, exit_seq, "")->headcount.inside, 1);
    assert_int_equal(undo(&scene, entry, "")->headcount.inside, 0);
    scene_end(&scene);
}

static void test_undo__reaches_back_over_the_beginning_of_a_round(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, SCENE_ROLL_CALL);
    scene_unlock(&scene);
    uint64_t seq = scene_scan(&scene, 60)->seq; // of no roster: expected, since they came
    assert_int_equal(scene_ask_kind(&scene, COMMAND_ROUND, 0, "")->headcount.expected, 6);
    assert_int_equal(undo(&scene, seq, "")->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.headcount.expected, 5);
    scene_end(&scene);
}

static void test_undo__holds_on_the_list_of_the_check_in(void **state)
{
    struct command serve = {.kind = COMMAND_SERVE, .list = SCENE_IN_OUT};
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    uint64_t seq = scene_scan(&scene, 0)->seq;
    assert_int_equal(scene_ask(&scene, &serve)->kind, NOTICE_DONE);
    assert_int_equal(scene_scan(&scene, 2)->headcount.inside, 1);
    assert_int_equal(undo(&scene, seq, "")->kind, NOTICE_DONE);
    assert_true(scene_says(&scene, scene.notice.seq, "\"list\":1,"));
    assert_int_equal(scene.notice.headcount.inside, 1); // of the list served
    serve.list = DOOR_LIST;
    assert_int_equal(scene_ask(&scene, &serve)->headcount.inside, 0);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_undo__takes_back_a_fresh_check_in_once),
        cmocka_unit_test(test_undo__later_wants_a_reason_by_the_clock_that_nobody_sets),
        cmocka_unit_test(test_undo__after_a_restart_wants_a_reason),
        cmocka_unit_test(test_undo__is_for_check_ins_only),
        cmocka_unit_test(test_undo__of_an_exit_brings_them_back_inside),
        cmocka_unit_test(test_undo__reaches_back_over_the_beginning_of_a_round),
        cmocka_unit_test(test_undo__holds_on_the_list_of_the_check_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
