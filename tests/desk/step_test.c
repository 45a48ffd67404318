// The thread's step: codes first, in their order, and nobody is lost.
#include "support/check.h"

#include "desk/scene.h"

static enum reason admit(struct scene *scene, const struct code *code)
{
    desk_admit(scene->desk, code, &scene->notice);
    assert_int_equal(scene->notice.kind, NOTICE_VERDICT);
    assert_true(scene->notice.seq > 0);
    return scene->notice.verdict.reason;
}

// What the camera sees in passing.
static struct code glimpse(const char *text)
{
    struct code code = door_code_of_text(text, strlen(text));

    code.has_stayed = false;
    return code;
}

static void test_step__puts_a_stray_text_aside_until_it_stayed(void **state)
{
    static const char *const strays[] = {"WIFI:S:Gast;T:WPA;P:geheim;;", "https://example.org", "", "FOREIGN-5"};
    struct scene scene;
    struct code code, returned;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    uint64_t before = door_record_count(&scene.door);
    for (size_t i = 0; i < sizeof strays / sizeof *strays; i++) {
        code = glimpse(strays[i]);
        desk_admit(scene.desk, &code, &scene.notice);
        assert_int_equal(scene.notice.kind, NOTICE_NONE);
        assert_int_equal(door_record_count(&scene.door), before + i);
        assert_true(queue_take(desk_aside(scene.desk), &returned));
        assert_int_equal(returned.mono_ms, code.mono_ms); // or the scan wouldn't know which offer is meant
        assert_int_equal(returned.length, code.length);
        assert_memory_equal(returned.text, code.text, code.length);
        code.has_stayed = true;
        assert_int_equal(admit(&scene, &code), REASON_INVALID);
        assert_int_equal(door_record_count(&scene.door), before + i + 1);
        assert_false(queue_take(desk_aside(scene.desk), &returned));
    }
    scene_end(&scene);
}

static void test_step__answers_at_once_what_was_meant_for_a_door(void **state)
{
    struct scene scene;
    struct ticket elsewhere;
    struct code code;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    code = glimpse("FOREIGN-4"); // on the roster
    assert_int_equal(admit(&scene, &code), REASON_OK);
    code = door_code(&scene.door, 0);
    code.text[201] = code.text[201] == '0' ? '1' : '0'; // forged
    assert_int_equal(admit(&scene, &code), REASON_INVALID);
    memset(code.text, '9', 202); // of a ticket's shape: a group of digits says too much
    assert_int_equal(admit(&scene, &code), REASON_INVALID);
    elsewhere = door_signed_ticket(&scene.door, 1);
    elsewhere.event = DOOR_EVENT + 1;
    code = door_code_of(&elsewhere);
    assert_int_equal(admit(&scene, &code), REASON_WRONG_EVENT);
    code = glimpse("https://example.org");
    code.via = CODE_VIA_SCANNER; // somebody pulled a trigger
    assert_int_equal(admit(&scene, &code), REASON_INVALID);
    code.via = CODE_VIA_HAND;
    assert_int_equal(admit(&scene, &code), REASON_INVALID);
    scene_end(&scene);
}

static void test_step__tickets_are_answered_beside_stray_texts_in_their_order(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    struct code tickets[] = {glimpse("https://example.org"), door_code(&scene.door, 0), glimpse("WIFI:;;"),
                             door_code(&scene.door, 2)};
    uint64_t before = door_record_count(&scene.door);
    for (int i = 0; i < 4; i++) assert_int_equal(queue_put(desk_codes(scene.desk), &tickets[i]), STATUS_OK);
    (void)desk_step(scene.desk, 2000);
    for (uint64_t seq = 1; seq <= 2; seq++) {
        assert_true(queue_take(&scene.notices, &scene.notice));
        assert_int_equal(scene.notice.kind, NOTICE_VERDICT);
        assert_int_equal(scene.notice.verdict.reason, REASON_OK);
        assert_int_equal(scene.notice.seq, before + seq);
    }
    assert_false(queue_take(&scene.notices, &scene.notice));
    assert_int_equal(scene.notice.headcount.inside, 2);
    assert_int_equal(queue_put(desk_codes(scene.desk), &tickets[0]), STATUS_OK);
    (void)desk_step(scene.desk, 3000); // nothing but one of those
    assert_false(queue_take(&scene.notices, &scene.notice));
    for (int i = 0; i < 20; i++) desk_admit(scene.desk, &tickets[2], &scene.notice); // nobody hears of it: no matter
    assert_int_equal(door_record_count(&scene.door), before + 2);
    scene_end(&scene);
}

static void test_step__step_answers_codes_first_and_in_order(void **state)
{
    struct scene scene;
    struct notice notice;
    struct command command = {.kind = COMMAND_FIND, .text = "FOREIGN-4", .mono_ms = 9};
    struct code code;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    assert_int_equal(queue_put(desk_commands(scene.desk), &command), STATUS_OK);
    for (size_t guest = 0; guest < 3; guest++) {
        code = door_code(&scene.door, guest);
        code.mono_ms = (int64_t)guest;
        assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
    }
    assert_int_equal(desk_step(scene.desk, scene.door.hand.now_ms), 0); // all codes
    assert_int_equal(desk_step(scene.desk, scene.door.hand.now_ms), 0); // then a command
    for (int i = 0; i < 3; i++) {
        assert_true(queue_take(&scene.notices, &notice));
        assert_int_equal(notice.kind, NOTICE_VERDICT);
        assert_int_equal(notice.mono_ms, i);
    }
    assert_true(queue_take(&scene.notices, &notice));
    assert_int_equal(notice.kind, NOTICE_FOUND);
    assert_int_equal(notice.mono_ms, 9);
    assert_true(desk_step(scene.desk, scene.door.hand.now_ms) > 0); // comes back to tidy up
    clock_hand_move(&scene.door.hand, 1000);
    assert_int_equal(desk_step(scene.desk, scene.door.hand.now_ms), DOORBELL_FOREVER);
    scene_end(&scene);
}

static void test_step__codes_that_wait_together_see_each_other(void **state)
{
    static const size_t guests[] = {0, 1, 0, 2}; // 0 and 1: one person's tickets; 0 twice
    static const enum reason reasons[] = {REASON_OK, REASON_OK, REASON_ALREADY_REDEEMED, REASON_OK};
    static const uint32_t insides[] = {1, 1, 1, 2};
    struct scene scene;
    struct notice notice;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    for (size_t i = 0; i < 4; i++) {
        struct code code = door_code(&scene.door, guests[i]);
        assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
    }
    assert_int_equal(desk_step(scene.desk, 0), 0);
    for (size_t i = 0; i < 4; i++) {
        assert_true(queue_take(&scene.notices, &notice));
        assert_int_equal(notice.verdict.reason, reasons[i]);
        assert_int_equal(notice.headcount.inside, insides[i]);
        assert_int_equal(notice.seq, 3 + i);
    }
    scene_end(&scene);
}

static void test_step__waits_for_a_full_screen_queue_and_drops_nothing(void **state)
{
    struct scene scene;
    struct notice notice;
    size_t told = 0;

    (void)state;
    scene_begin(&scene, 40, DOOR_LIST);
    for (size_t guest = 0; guest < 20; guest++) {
        struct code code = door_code(&scene.door, guest);
        assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
        (void)desk_step(scene.desk, 0);
        (void)desk_step(scene.desk, 0);
    }
    // 16 are told, the 17th waits, the others are not decided on yet: no record without anybody who hears of it.
    int64_t again_ms = desk_step(scene.desk, 0);
    assert_true(again_ms > 0 && again_ms <= 100);
    assert_int_equal(door_record_count(&scene.door), 2 + 17);
    for (int turn = 0; turn < 100; turn++) {
        while (queue_take(&scene.notices, &notice)) {
            assert_int_equal(notice.kind, NOTICE_VERDICT);
            assert_int_equal(notice.seq, 2 + ++told);
        }
        (void)desk_step(scene.desk, 0);
    }
    assert_int_equal(told, 20);
    scene_end(&scene);
}

static void test_step__a_full_queue_of_notices_loses_no_answer(void **state)
{
    enum { DEPTH = 16, ASKED = 12 };
    struct command commands[ASKED];
    struct scene scene;
    size_t told = 0;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    for (size_t i = 0; i < DEPTH; i++) {
        struct code code = door_code(&scene.door, 20 + i);
        assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
    }
    for (size_t i = 0; i < ASKED; i++) {
        commands[i] = i % 3 == 0   ? (struct command){.kind = COMMAND_FORCE, .text = "weil"}
                      : i % 3 == 1 ? (struct command){.kind = COMMAND_PERSON}
                                   : scene_walk_in("Jörg Neumann", 0);
        commands[i].walk_in.is_sure = true;
        commands[i].ticket = door_ticket(8);
        commands[i].session = scene.session;
        commands[i].mono_ms = 100 + (int64_t)i;
        assert_int_equal(queue_put(desk_commands(scene.desk), &commands[i]), STATUS_OK);
    }
    for (int turn = 0; turn < 10; turn++) (void)desk_step(scene.desk, scene.door.hand.now_ms);
    scene_move(&scene, DESK_SESSION_MS); // and the session ends meanwhile
    for (int turn = 0; turn < 200; turn++) {
        (void)desk_step(scene.desk, scene.door.hand.now_ms);
        if (turn % 3 != 0 || !queue_take(&scene.notices, &scene.notice)) continue;
        told++;
        if (told <= DEPTH) assert_int_equal(scene.notice.kind, NOTICE_VERDICT);
        if (told == DEPTH + 1) assert_int_equal(scene.notice.asked, COMMAND_FORCE); // was done before
        if (told == DEPTH + 2) assert_int_equal(scene.notice.kind, NOTICE_LOCKED);  // by itself
        if (told <= DEPTH + 2) continue;
        size_t at = told - DEPTH - 2;
        assert_int_equal(scene.notice.mono_ms, commands[at].mono_ms);
        assert_int_equal(scene.notice.kind, commands[at].kind == COMMAND_WALK_IN ? NOTICE_WALK_IN : NOTICE_LOCKED);
    }
    assert_int_equal(told, DEPTH + ASKED + 1);
    scene_end(&scene);
}

static void test_step__answers_from_its_thread(void **state)
{
    struct scene scene;
    struct notice notice;
    struct doorbell bell;
    size_t told = 0;

    (void)state;
    scene_begin(&scene, 40, DOOR_LIST);
    queue_destroy(&scene.notices);
    doorbell_init(&bell);
    queue_init(&scene.notices, sizeof(struct notice), 16, &bell);
    scene_open_desk(&scene);
    desk_start(scene.desk);
    for (size_t guest = 0; guest < 20;) {
        struct code code = door_code(&scene.door, guest);
        if (queue_put(desk_codes(scene.desk), &code) == STATUS_OK) guest++;
        while (queue_take(&scene.notices, &notice)) told += notice.kind == NOTICE_VERDICT;
    }
    for (int turn = 0; told < 20 && turn < 3000; turn++) {
        (void)doorbell_wait(&bell, 20);
        while (queue_take(&scene.notices, &notice)) told += notice.kind == NOTICE_VERDICT;
    }
    assert_int_equal(told, 20);
    assert_int_equal(notice.headcount.inside, 10);
    desk_stop(scene.desk);
    desk_stop(scene.desk); // twice is fine
    scene_end(&scene);
    doorbell_destroy(&bell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_step__puts_a_stray_text_aside_until_it_stayed),
        cmocka_unit_test(test_step__answers_at_once_what_was_meant_for_a_door),
        cmocka_unit_test(test_step__tickets_are_answered_beside_stray_texts_in_their_order),
        cmocka_unit_test(test_step__step_answers_codes_first_and_in_order),
        cmocka_unit_test(test_step__codes_that_wait_together_see_each_other),
        cmocka_unit_test(test_step__waits_for_a_full_screen_queue_and_drops_nothing),
        cmocka_unit_test(test_step__a_full_queue_of_notices_loses_no_answer),
        cmocka_unit_test(test_step__answers_from_its_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
