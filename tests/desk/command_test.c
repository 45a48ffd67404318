// What staff do with people besides letting them in by the rules: forcing, letting out, rounds, signing off.
#include "support/check.h"

#include "desk/scene.h"

#define MISSING 77 // nobody's

static void install_with(struct scene *scene, enum guest_status status)
{
    struct roster_entry entry = {
        .guest = {.is_listed = true, .ticket = door_ticket(50), .class_id = 1, .status = status, .name = "Lang, Eva"}};

    door_document_with(&scene->door, 2, 10, &entry, 1);
    assert_int_equal(door_install(&scene->door, scene->store), STATUS_OK);
}

// ---- forced ----

static void test_command__force_lets_in_whom_the_rules_refuse_and_says_why(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    install_with(&scene, GUEST_STATUS_UNPAID);
    scene_unlock(&scene);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_ADMIT, door_ticket(50), "")->verdict.reason, REASON_UNPAID);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_FORCE, door_ticket(50), " zahlt\tmorgen ")->kind, NOTICE_VERDICT);
    assert_int_equal(scene.notice.verdict.reason, REASON_OK);
    assert_int_equal(scene.notice.headcount.inside, 1);
    assert_true(scene_says(&scene, scene.notice.seq, "\"forced\":true,\"why\":\"zahlt"));
    assert_true(scene_says(&scene, scene.notice.seq, "morgen\""));
    assert_true(scene_says(&scene, scene.notice.seq, "\"kind\":\"entry\""));
    assert_int_equal(scene_ask_kind(&scene, COMMAND_FORCE, door_ticket(50), "noch mal")->verdict.reason,
                     REASON_ALREADY_REDEEMED);
    assert_false(scene_says(&scene, scene.notice.seq, "forced"));
    assert_int_equal(scene_ask_kind(&scene, COMMAND_FORCE, door_ticket(MISSING), "weil")->verdict.reason,
                     REASON_INVALID);
    assert_int_equal(scene.notice.headcount.inside, 1);
    scene_end(&scene);
}

static void test_command__nobody_is_forced_in_without_a_reason(void **state)
{
    static const char *const texts[] = {"", "   ", "\t", "\x07\x1B", "S\xFCs"};
    char longest[COMMAND_TEXT_SIZE];
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    install_with(&scene, GUEST_STATUS_BLOCKED);
    scene_unlock(&scene);
    uint64_t before = door_record_count(&scene.door);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(scene_ask_kind(&scene, COMMAND_FORCE, door_ticket(50), texts[i])->kind, NOTICE_TOO_LATE);
        assert_int_equal(scene.notice.asked, COMMAND_FORCE);
    }
    assert_int_equal(door_record_count(&scene.door), before);
    memset(longest, 'x', sizeof longest);
    memcpy(longest + 126, "ü", 2); // a record's reason ends before it
    longest[COMMAND_TEXT_SIZE - 1] = '\0';
    assert_int_equal(scene_ask_kind(&scene, COMMAND_FORCE, door_ticket(50), longest)->verdict.reason, REASON_OK);
    assert_true(scene_says(&scene, scene.notice.seq, "xx\",\"boot\""));
    scene_end(&scene);
}

// ---- out ----

static void test_command__scans_go_in_and_out_by_direction(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, SCENE_IN_OUT);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    assert_false(scene.notice.verdict.is_exit);
    assert_int_equal(scene.notice.headcount.inside, 1);
    scene_move(&scene, 5000);
    assert_int_equal(scene_scan(&scene, 1)->verdict.reason, REASON_ALREADY_REDEEMED); // the person's other ticket
    assert_true(scene.notice.verdict.is_friendly);
    assert_int_equal(scene.notice.earlier_unix_ms, DOOR_UNIX_MS);
    assert_string_equal(scene.notice.earlier_gate, "Nord");
    scene_move(&scene, DECIDE_TOGGLE_MS);
    assert_int_equal(scene_scan(&scene, 1)->verdict.reason, REASON_OK);
    assert_true(scene.notice.verdict.is_exit);
    assert_int_equal(scene.notice.headcount.inside, 0);
    assert_true(scene_says(&scene, scene.notice.seq, "\"kind\":\"exit\""));
    scene_end(&scene);
}

static void test_command__exit_is_never_refused_to_a_ticket_of_ours(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, SCENE_IN_OUT);
    scene_unlock(&scene);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(0), "Zug")->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.asked, COMMAND_EXIT);
    assert_int_equal(scene.notice.headcount.inside, 0);
    assert_true(scene_says(&scene, scene.notice.seq, "\"kind\":\"exit\""));
    assert_true(scene_says(&scene, scene.notice.seq, "\"via\":\"hand\",\"why\":\"Zug\""));
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(4), "")->kind, NOTICE_DONE); // came in elsewhere
    assert_false(scene_says(&scene, scene.notice.seq, "why"));
    install_with(&scene, GUEST_STATUS_CANCELED);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(50), "")->kind, NOTICE_DONE);
    assert_int_equal(scene_scan(&scene, 60)->verdict.reason, REASON_OK); // genuine, not on the roster
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(60), "")->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.headcount.inside, 0);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(MISSING), "")->verdict.reason, REASON_INVALID);
    assert_int_equal(scene.notice.kind, NOTICE_VERDICT);
    scene_end(&scene);
}

static void test_command__a_list_that_knows_no_exits_has_none(void **state)
{
    static const uint16_t lists[] = {DOOR_LIST, SCENE_HAND_OUT};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct scene scene;
        scene_begin(&scene, 10, lists[i]);
        scene_unlock(&scene);
        assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
        uint64_t before = door_record_count(&scene.door);
        assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(0), "weil")->kind, NOTICE_TOO_LATE);
        assert_int_equal(scene_ask_kind(&scene, COMMAND_ROUND, 0, "Brilon")->kind, NOTICE_TOO_LATE);
        assert_int_equal(door_record_count(&scene.door), before);
        scene_end(&scene);
    }
}

// ---- rounds ----

static void test_command__a_round_begins_with_nobody_aboard(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, SCENE_ROLL_CALL);
    scene_unlock(&scene);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    for (uint32_t round = 1; round <= 2; round++) {
        assert_int_equal(scene_ask_kind(&scene, COMMAND_ROUND, 0, round == 1 ? " Brilon,\nMarkt " : "")->kind,
                         NOTICE_DONE);
        assert_int_equal(scene.notice.headcount.round, round);
        assert_string_equal(scene.notice.headcount.stop, round == 1 ? "Brilon,Markt" : "");
        assert_int_equal(scene.notice.headcount.inside, 0);
        assert_int_equal(scene.notice.headcount.expected, 5);
        assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
        assert_int_equal(scene.notice.headcount.inside, 1);
        assert_int_equal(scene_scan(&scene, 1)->verdict.reason, REASON_ALREADY_REDEEMED);
        assert_true(scene.notice.verdict.is_friendly);
    }
    scene_reopen(&scene);
    assert_int_equal(scene.notice.headcount.round, 2);
    assert_int_equal(scene.notice.headcount.inside, 1);
    scene_unlock(&scene);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_ROUND, 0, "Winterberg")->headcount.round, 3);
    scene_end(&scene);
}

static void test_command__who_is_signed_off_is_not_waited_for_until_they_are_back(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, SCENE_ROLL_CALL);
    scene_unlock(&scene);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    uint64_t before = door_record_count(&scene.door);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(0), " ")->kind, NOTICE_TOO_LATE);
    assert_int_equal(door_record_count(&scene.door), before);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(0), "fährt mit Bus 2")->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.headcount.signed_off, 1);
    assert_int_equal(scene.notice.headcount.expected, 4);
    assert_int_equal(scene.notice.headcount.inside, 0);
    assert_true(scene_says(&scene, scene.notice.seq, "\"why\":\"fährt mit Bus 2\""));
    assert_int_equal(scene_ask_kind(&scene, COMMAND_ROUND, 0, "")->headcount.expected, 4);
    assert_true(scene_ask_kind(&scene, COMMAND_PERSON, door_ticket(1), "")->is_signed_off); // whichever ticket
    assert_int_equal(scene_scan(&scene, 1)->verdict.reason, REASON_OK);
    assert_true(scene.notice.is_signed_off); // the screen is glad to see them
    assert_int_equal(scene.notice.headcount.signed_off, 0);
    assert_int_equal(scene.notice.headcount.expected, 5);
    assert_false(scene_scan(&scene, 2)->is_signed_off);
    scene_end(&scene);
}

// A genuine ticket of no roster: the log knows it, so staff can find, tick off and sign off whoever carries it.
static void test_command__whom_only_the_log_knows_is_found_by_staff(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, SCENE_ROLL_CALL);
    scene_unlock(&scene);
    assert_false(scene_ask_kind(&scene, COMMAND_PERSON, door_ticket(60), "")->is_found);
    assert_int_equal(scene_scan(&scene, 60)->verdict.reason, REASON_OK);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_ROUND, 0, "")->headcount.expected, 6);
    assert_true(scene_ask_kind(&scene, COMMAND_PERSON, door_ticket(60), "")->is_found);
    assert_string_equal(scene.notice.full_name, "");
    assert_int_equal(scene_ask_kind(&scene, COMMAND_ADMIT, door_ticket(60), "")->headcount.inside, 1);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(60), "krank")->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.headcount.expected, 5);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(MISSING), "krank")->kind, NOTICE_VERDICT);
    assert_int_equal(scene.notice.verdict.reason, REASON_INVALID);
    scene_end(&scene);
}

// A walk-in of another kiosk stands at a full door: the roster knows nothing of them, their ticket is genuine.
static void test_command__whom_the_rules_refuse_is_forced_in_although_no_roster_knows_them(void **state)
{
    struct scene scene;
    struct command find = {.kind = COMMAND_FIND};
    struct ticket ticket;

    (void)state;
    scene_init(&scene);
    scene.door.event.lists[2].capacity = 1;
    scene_open(&scene, 10, SCENE_IN_OUT);
    ticket = door_signed_ticket(&scene.door, 60);
    ticket.group = 3;
    ticket_number_write(ticket.number, find.text);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    assert_false(scene_ask(&scene, &find)->is_found); // nobody has seen it
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->verdict.reason, REASON_FULL);
    assert_true(scene_ask(&scene, &find)->is_found);
    assert_int_equal(scene.notice.group, 3); // the ticket's
    scene_unlock(&scene);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_ADMIT, ticket.number, "")->verdict.reason, REASON_FULL);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_FORCE, ticket.number, "Rednerin")->verdict.reason, REASON_OK);
    assert_int_equal(scene.notice.headcount.inside, 2);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_UNDO, 0, "")->kind, NOTICE_TOO_LATE);
    ticket = door_signed_ticket(&scene.door, 61);
    ticket.is_practice = true;
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->verdict.reason, REASON_RULES);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_FORCE, ticket.number, "weil")->verdict.reason, REASON_INVALID);
    ticket = door_signed_ticket(&scene.door, 62);
    struct code forged = door_code_of(&ticket);
    forged.text[100] = forged.text[100] == '1' ? '2' : '1';
    desk_admit(scene.desk, &forged, &scene.notice);
    assert_int_equal(scene.notice.verdict.reason, REASON_INVALID);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_FORCE, ticket.number, "weil")->verdict.reason, REASON_INVALID);
    assert_int_equal(scene.notice.headcount.inside, 2);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_command__force_lets_in_whom_the_rules_refuse_and_says_why),
        cmocka_unit_test(test_command__nobody_is_forced_in_without_a_reason),
        cmocka_unit_test(test_command__scans_go_in_and_out_by_direction),
        cmocka_unit_test(test_command__exit_is_never_refused_to_a_ticket_of_ours),
        cmocka_unit_test(test_command__a_list_that_knows_no_exits_has_none),
        cmocka_unit_test(test_command__a_round_begins_with_nobody_aboard),
        cmocka_unit_test(test_command__who_is_signed_off_is_not_waited_for_until_they_are_back),
        cmocka_unit_test(test_command__whom_only_the_log_knows_is_found_by_staff),
        cmocka_unit_test(test_command__whom_the_rules_refuse_is_forced_in_although_no_roster_knows_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
