// Finding and admitting by hand, and the PIN before it.
#include "support/check.h"

#include "desk/scene.h"

#include <sodium.h>

static enum reason scan(struct scene *scene, size_t guest)
{
    return scene_scan(scene, guest)->verdict.reason;
}

static void test_staff__finds_but_does_not_admit(void **state)
{
    struct scene scene;
    struct command find = {.kind = COMMAND_FIND};
    const struct notice *notice;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    ticket_number_write(door_ticket(3), find.text);
    notice = scene_ask(&scene, &find);
    assert_int_equal(notice->kind, NOTICE_FOUND);
    assert_true(notice->is_found);
    assert_int_equal(notice->ticket, door_ticket(3));
    strcpy(find.text, "FOREIGN-9");
    notice = scene_ask(&scene, &find);
    assert_true(notice->is_found);
    assert_int_equal(notice->ticket, door_ticket(9));
    strcpy(find.text, "FOREIGN-8");
    assert_false(scene_ask(&scene, &find)->is_found);
    ticket_number_write(door_ticket(11), find.text);
    assert_false(scene_ask(&scene, &find)->is_found);
    strcpy(find.text, "");
    assert_false(scene_ask(&scene, &find)->is_found);
    assert_int_equal(door_record_count(&scene.door), 2);
    scene_end(&scene);
}

static void test_staff__a_session_unlocks_who_was_found(void **state)
{
    struct scene scene;
    struct command find = {.kind = COMMAND_FIND}, person = {.kind = COMMAND_PERSON, .ticket = door_ticket(3)};
    const struct notice *notice = &scene.notice;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    assert_int_equal(scan(&scene, 3), REASON_OK);
    ticket_number_write(door_ticket(3), find.text);
    for (int shows_names = 0; shows_names <= 1; shows_names++) {
        scene.door.event.shows_names = shows_names;
        scene_ask(&scene, &find);
        assert_true(notice->is_found && !notice->is_unlocked);
        assert_string_equal(notice->first_name, shows_names ? "Vorname3" : "");
        assert_int_equal(notice->group, 1);
        assert_string_equal(notice->full_name, "");
        assert_string_equal(notice->company, "");
        assert_string_equal(notice->note, "");
        assert_int_equal(notice->class_id, 0);
        assert_int_equal(notice->earlier_unix_ms, 0);
    }
    assert_int_equal(scene_ask(&scene, &person)->kind, NOTICE_LOCKED);
    assert_false(notice->is_found);
    assert_string_equal(notice->full_name, "");
    scene_unlock(&scene);
    person.session = scene.session;
    assert_int_equal(scene_ask(&scene, &person)->kind, NOTICE_FOUND);
    assert_true(notice->is_found && notice->is_unlocked);
    assert_string_equal(notice->full_name, "Muster, Vorname3");
    assert_string_equal(notice->company, "Schule 3");
    assert_int_equal(notice->class_id, 1);
    assert_int_equal(notice->earlier_unix_ms, DOOR_UNIX_MS);
    assert_string_equal(notice->earlier_gate, "Nord");
    person.ticket = door_ticket(11); // nobody
    assert_int_equal(scene_ask(&scene, &person)->kind, NOTICE_FOUND);
    assert_false(notice->is_found || notice->is_unlocked);
    assert_int_equal(door_record_count(&scene.door), 3);
    scene_end(&scene);
}

static void test_staff__codes_are_decided_while_a_pin_is_checked(void **state)
{
    struct scene scene;
    struct command command = {.kind = COMMAND_UNLOCK, .text = DOOR_PIN};
    struct event *event;

    (void)state;
    scene_begin(&scene, 20, DOOR_LIST);
    event = &scene.door.event;
    event->pin_count = EVENT_MAX_PINS; // the right one is neither first nor last
    for (size_t i = 0; i < EVENT_MAX_PINS; i++)
        if (i != 4) assert_int_equal(crypto_pwhash_str(event->pins[i], "other", 5, 1, 8192), 0);
        else assert_int_equal(crypto_pwhash_str(event->pins[i], DOOR_PIN, strlen(DOOR_PIN), 1, 8192), 0);
    assert_int_equal(queue_put(desk_commands(scene.desk), &command), STATUS_OK);
    for (size_t i = 0; i < EVENT_MAX_PINS; i++) { // one verifier a step, and a code between any two
        struct code code = door_code(&scene.door, 6 + i);
        if (i > 0) assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
        if (i > 0) assert_int_equal(desk_step(scene.desk, 0), 0);
        if (i > 0) assert_true(queue_take(&scene.notices, &scene.notice));
        if (i > 0) assert_int_equal(scene.notice.ticket, door_ticket(6 + i));
        assert_false(queue_take(&scene.notices, &scene.notice));
        assert_int_equal(desk_step(scene.desk, 0), 0);
    }
    assert_true(queue_take(&scene.notices, &scene.notice));
    assert_int_equal(scene.notice.kind, NOTICE_UNLOCKED);
    strcpy(command.text, "4712");
    assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_PIN); // the right one before is forgotten
    scene_end(&scene);
}

static void test_staff__admits_by_hand_with_a_session_and_the_same_rules(void **state)
{
    struct scene scene;
    struct command command = {.kind = COMMAND_ADMIT, .ticket = door_ticket(3)};
    char line[RECORD_LINE_SIZE];

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    command.session = scene.session;
    assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_VERDICT);
    assert_int_equal(scene.notice.verdict.reason, REASON_OK);
    assert_int_equal(scene.notice.headcount.inside, 1);
    scene_line(&scene, scene.notice.seq, line);
    assert_non_null(strstr(line, "\"via\":\"hand\""));
    assert_int_equal(scene_ask(&scene, &command)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scan(&scene, 3), REASON_ALREADY_REDEEMED);
    command.ticket = door_ticket(77); // nobody on the roster
    assert_int_equal(scene_ask(&scene, &command)->verdict.reason, REASON_INVALID);
    command.session ^= 1;
    command.ticket = door_ticket(5);
    assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_LOCKED);
    assert_int_equal(scan(&scene, 5), REASON_OK);
    scene_end(&scene);
}

static void test_staff__wrong_pins_wait_longer_and_longer(void **state)
{
    static const int64_t waits_ms[] = {0, 0, 5000, 10000, 20000, 40000, 60000, 60000};
    struct scene scene;
    struct command wrong = {.kind = COMMAND_UNLOCK, .text = "0000"};
    struct command right = {.kind = COMMAND_UNLOCK, .text = DOOR_PIN};

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    for (size_t i = 0; i < sizeof waits_ms / sizeof waits_ms[0]; i++) {
        assert_int_equal(scene_ask(&scene, &wrong)->kind, NOTICE_PIN);
        assert_int_equal(scene.notice.wait_ms, waits_ms[i]);
        assert_int_equal(scene.notice.session, 0);
        if (waits_ms[i] == 0) continue;
        clock_hand_move(&scene.door.hand, waits_ms[i] - 1);
        assert_int_equal(scene_ask(&scene, &right)->kind, NOTICE_PIN); // even the right one: not yet
        assert_int_equal(scene.notice.wait_ms, 1);
        clock_hand_move(&scene.door.hand, 1);
    }
    assert_int_equal(scene_ask(&scene, &right)->kind, NOTICE_UNLOCKED);
    assert_int_equal(scene_ask(&scene, &wrong)->wait_ms, 0); // and the count begins anew
    scene_end(&scene);
}

static void test_staff__without_pins_no_session_opens(void **state)
{
    static const char *const pins[] = {DOOR_PIN, "0000"};
    struct scene scene;
    struct command command = {.kind = COMMAND_UNLOCK};

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene.door.event.pin_count = 0;
    for (size_t i = 0; i < sizeof pins / sizeof pins[0]; i++) {
        strcpy(command.text, pins[i]);
        assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_PIN);
    }
    assert_int_equal(door_record_count(&scene.door), 2);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_staff__finds_but_does_not_admit),
        cmocka_unit_test(test_staff__a_session_unlocks_who_was_found),
        cmocka_unit_test(test_staff__codes_are_decided_while_a_pin_is_checked),
        cmocka_unit_test(test_staff__admits_by_hand_with_a_session_and_the_same_rules),
        cmocka_unit_test(test_staff__wrong_pins_wait_longer_and_longer),
        cmocka_unit_test(test_staff__without_pins_no_session_opens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
