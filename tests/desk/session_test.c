// The desk guards what only staff may do, whatever the screen shows.
#include "support/check.h"

#include "desk/desk_parts.h" // what is forgotten shows nowhere else
#include "desk/scene.h"

// SCHEDULE comes from the kiosk's own clock, never from its screen.
static const enum command_kind for_anybody[] = {
    COMMAND_FIND,     COMMAND_RETRY,   COMMAND_UNLOCK,   COMMAND_LOCK,
    COMMAND_REMEMBER, COMMAND_WALK_IN, COMMAND_SCHEDULE, // the last one never comes from a screen
};

static bool is_for_anybody(enum command_kind kind)
{
    for (size_t i = 0; i < sizeof for_anybody / sizeof for_anybody[0]; i++)
        if (for_anybody[i] == kind) return true;
    return false;
}

// One of each kind that would do something, had it a session.
static struct command command_of(enum command_kind kind, uint64_t seq)
{
    return (struct command){.kind = kind,
                            .ticket = door_ticket(2),
                            .seq = seq,
                            .number = 1,
                            .list = SCENE_IN_OUT,
                            .direction = DIRECTION_EXIT,
                            .text = "Muster"};
}

static void expect_locked(struct scene *scene, const struct command *command)
{
    uint64_t before = door_record_count(&scene->door);
    const struct notice *notice = scene_ask(scene, command);

    if (notice->kind != NOTICE_LOCKED) fail_msg("command %d was obeyed", (int)command->kind);
    assert_false(notice->is_found || notice->is_unlocked);
    assert_string_equal(notice->full_name, "");
    assert_int_equal(notice->stance.list, DOOR_LIST);
    assert_int_equal(notice->stance.direction, DIRECTION_AUTO);
    assert_false(notice->stance.is_practising);
    assert_int_equal(notice->headcount.inside, 1);
    assert_int_equal(door_record_count(&scene->door), before);
    assert_null(mailbox_take(&scene->rows));
}

static void test_session__no_command_of_staff_is_obeyed_without_one(void **state)
{
    struct scene scene;
    size_t kind_count = 0;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    uint64_t seq = scene_scan(&scene, 0)->seq;
    for (int kind = 0; kind <= COMMAND_CENSUS; kind++) {
        struct command command = command_of((enum command_kind)kind, seq);
        if (is_for_anybody(command.kind)) continue;
        kind_count++;
        scene.session = 0;
        expect_locked(&scene, &command); // nobody unlocked
        scene_unlock(&scene);
        uint64_t number = scene.session;
        for (int bit = 0; bit < 64; bit += 21) { // the whole number counts
            command.session = number ^ UINT64_C(1) << bit;
            expect_locked(&scene, &command);
        }
        command.session = number;
        assert_int_equal(scene_ask_kind(&scene, COMMAND_LOCK, 0, "")->kind, NOTICE_LOCKED);
        expect_locked(&scene, &command);
        scene_unlock(&scene);
        assert_int_not_equal(scene.session, number);
        expect_locked(&scene, &command); // a new session makes the one before worthless
    }
    assert_int_equal(kind_count, 19);
    scene_end(&scene);
}

static void test_session__ends_by_itself_and_says_so(void **state)
{
    struct command touch = {.kind = COMMAND_TOUCH};
    struct command person = {.kind = COMMAND_PERSON, .ticket = door_ticket(1)};
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    scene_move(&scene, 1000);
    (void)desk_step(scene.desk, scene.door.hand.now_ms); // the store tidies up
    assert_int_equal(desk_step(scene.desk, scene.door.hand.now_ms), DESK_SESSION_MS - 1000);
    scene_move(&scene, DESK_SESSION_MS - 1001);
    assert_true(scene_is_silent(&scene, &touch)); // somebody is there
    scene_move(&scene, DESK_SESSION_MS - 1);
    assert_int_equal(scene_ask(&scene, &person)->kind, NOTICE_FOUND);
    scene_move(&scene, DESK_SESSION_MS - 1);
    (void)desk_step(scene.desk, scene.door.hand.now_ms);
    assert_false(queue_take(&scene.notices, &scene.notice));
    assert_int_equal(desk_step(scene.desk, scene.door.hand.now_ms), 1);
    scene_move(&scene, 1);
    (void)desk_step(scene.desk, scene.door.hand.now_ms);
    assert_true(queue_take(&scene.notices, &scene.notice));
    assert_int_equal(scene.notice.kind, NOTICE_LOCKED);
    (void)desk_step(scene.desk, scene.door.hand.now_ms);
    assert_false(queue_take(&scene.notices, &scene.notice)); // once
    scene_move(&scene, 1000);
    (void)desk_step(scene.desk, scene.door.hand.now_ms);
    assert_int_equal(desk_step(scene.desk, scene.door.hand.now_ms), DOORBELL_FOREVER);
    assert_int_equal(scene_ask(&scene, &person)->kind, NOTICE_LOCKED);
    assert_int_equal(scene_ask(&scene, &touch)->kind, NOTICE_LOCKED);
    scene_end(&scene);
}

static void test_session__forgets_every_pin_that_was_typed(void **state)
{
    static const char *const pins[] = {"0000", DOOR_PIN};
    static const char nothing[COMMAND_TEXT_SIZE];
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    for (size_t i = 0; i < 2; i++) {
        scene_ask_kind(&scene, COMMAND_UNLOCK, 0, pins[i]);
        assert_memory_equal(scene.desk->command.text, nothing, sizeof nothing);
    }
    scene_end(&scene);
}

static void test_session__does_not_outlive_the_program(void **state)
{
    struct command person = {.kind = COMMAND_PERSON, .ticket = door_ticket(1)};
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    person.session = scene.session;
    scene_reopen(&scene);
    assert_int_equal(scene_ask(&scene, &person)->kind, NOTICE_LOCKED);
    scene_end(&scene);
}

// ---- the staff ticket ----

static void want_ticket(struct scene *scene, int32_t number)
{
    struct command command = {.kind = COMMAND_UNLOCK, .number = number};
    assert_true(scene_is_silent(scene, &command));
}

static struct ticket staff_ticket(const struct scene *scene)
{
    struct ticket ticket = door_signed_ticket(&scene->door, 90); // not on the roster

    ticket.class_id = SCENE_STAFF_CLASS;
    return ticket;
}

static void test_session__a_staff_ticket_opens_one_where_a_pin_would(void **state)
{
    struct command person = {.kind = COMMAND_PERSON, .ticket = door_ticket(1)};
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    struct ticket ticket = staff_ticket(&scene);
    want_ticket(&scene, 1);
    uint64_t before = door_record_count(&scene.door);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK); // guests are let in meanwhile
    assert_int_equal(scene_scan_text(&scene, "nonsense")->verdict.reason, REASON_INVALID);
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->kind, NOTICE_UNLOCKED);
    assert_int_not_equal(scene.notice.session, 0);
    person.session = scene.notice.session;
    assert_int_equal(scene.notice.headcount.inside, 1); // whoever opens isn't checked in
    assert_int_equal(door_record_count(&scene.door), before + 2);
    assert_true(scene_ask(&scene, &person)->is_unlocked);
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->verdict.reason, REASON_OK); // and now they are
    assert_int_equal(scene.notice.headcount.inside, 2);
    scene_end(&scene);
}

static void test_session__a_staff_ticket_is_waited_for_only_so_long(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    struct ticket ticket = staff_ticket(&scene);
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->kind, NOTICE_VERDICT); // nobody waits for it
    want_ticket(&scene, 1);
    scene_move(&scene, DESK_STAFF_TICKET_MS);
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->kind, NOTICE_VERDICT);
    want_ticket(&scene, 1);
    want_ticket(&scene, 0); // the page was left
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->kind, NOTICE_VERDICT);
    want_ticket(&scene, 1);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_LOCK, 0, "")->kind, NOTICE_LOCKED);
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->kind, NOTICE_VERDICT);
    want_ticket(&scene, 1);
    scene_move(&scene, DESK_STAFF_TICKET_MS - 1);
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->kind, NOTICE_UNLOCKED);
    scene_end(&scene);
}

static void test_session__only_a_genuine_and_current_ticket_of_staff_opens_one(void **state)
{
    struct roster_entry also[3] = {0};
    struct scene scene;

    (void)state;
    scene_init(&scene);
    for (size_t i = 0; i < 3; i++)
        also[i].guest =
            (struct guest){.is_listed = true, .ticket = door_ticket(90 + i), .class_id = SCENE_STAFF_CLASS, .group = 1};
    also[0].guest.least_generation = 1; // was issued anew
    also[1].guest.class_id = 1;         // no longer of the team: the roster is newer than the paper
    also[2].guest.status = GUEST_STATUS_CANCELED;
    also[2].foreign_code = "TEAM";
    scene_open(&scene, 0, DOOR_LIST);
    door_document_with(&scene.door, 2, 10, also, 3);
    assert_int_equal(door_install(&scene.door, scene.store), STATUS_OK);
    want_ticket(&scene, 1);
    struct ticket ticket = staff_ticket(&scene);
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->verdict.reason, REASON_REVOKED);
    ticket.number = door_ticket(91);
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->verdict.reason, REASON_OK); // a guest
    assert_int_equal(scene.notice.kind, NOTICE_VERDICT);
    ticket.number = door_ticket(92);
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->verdict.reason, REASON_CANCELED);
    assert_int_equal(scene_scan_text(&scene, "TEAM")->verdict.reason, REASON_CANCELED); // no signature, either

    ticket.number = door_ticket(95);
    ticket.until_day = DOOR_TODAY - 1;
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->verdict.reason, REASON_INVALID_TIME);
    ticket.until_day = DOOR_TODAY;
    ticket.is_practice = true;
    assert_true(scene_scan_ticket(&scene, &ticket)->verdict.is_practice);
    ticket.is_practice = false;
    ticket.event++;
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->verdict.reason, REASON_WRONG_EVENT);
    ticket.event--;
    ticket.kid = SCENE_WALK_IN_KID; // a kiosk's key makes no staff
    memcpy(scene.door.ticket_secret_key, scene.device_key.secret_key, sizeof scene.door.ticket_secret_key);
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->verdict.reason, REASON_INVALID);
    scene.door.event.walk_ins.class_id = SCENE_STAFF_CLASS; // not even by a mistake of the office
    scene.door.event.keyset.keys[1].walk_in_class = SCENE_STAFF_CLASS;
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->kind, NOTICE_VERDICT);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_session__no_command_of_staff_is_obeyed_without_one),
        cmocka_unit_test(test_session__ends_by_itself_and_says_so),
        cmocka_unit_test(test_session__forgets_every_pin_that_was_typed),
        cmocka_unit_test(test_session__does_not_outlive_the_program),
        cmocka_unit_test(test_session__a_staff_ticket_opens_one_where_a_pin_would),
        cmocka_unit_test(test_session__a_staff_ticket_is_waited_for_only_so_long),
        cmocka_unit_test(test_session__only_a_genuine_and_current_ticket_of_staff_opens_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
