// What the screen is told: facts for everybody, the rest only while a session is open.
#include "support/check.h"

#include "desk/scene.h"

enum { EVA = 50, UNPAID = 51, PLAIN = 52 };

static void begin(struct scene *scene, uint16_t list)
{
    struct roster_entry also[3] = {0};

    scene_init(scene);
    for (size_t i = 0; i < 3; i++) {
        also[i].guest = (struct guest){
            .is_listed = true, .ticket = door_ticket(EVA + i), .class_id = 1, .group = 2, .name = "Lang, Eva"};
        strcpy(also[i].guest.company, "Sägewerk Hof");
    }
    strcpy(also[0].guest.note, "Namensschild\x1B fehlt");
    strcpy(also[0].guest.language, "en");
    strcpy(also[1].guest.note, "zahlt bar");
    strcpy(also[1].guest.language, "de");
    also[1].guest.status = GUEST_STATUS_UNPAID;
    scene_open(scene, 0, list);
    door_document_with(&scene->door, 2, 10, also, 3);
    assert_int_equal(door_install(&scene->door, scene->store), STATUS_OK);
}

static void expect_public(const struct notice *notice)
{
    assert_string_equal(notice->full_name, "");
    assert_string_equal(notice->company, "");
    assert_string_equal(notice->note, "");
    assert_false(notice->is_unlocked);
}

static void test_notice__says_that_there_is_a_message_and_to_staff_which(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    assert_int_equal(scene_scan(&scene, EVA)->verdict.reason, REASON_OK);
    assert_true(scene.notice.has_note);
    expect_public(&scene.notice);
    assert_int_equal(scene_scan(&scene, EVA)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_true(scene.notice.has_note);
    expect_public(&scene.notice);
    assert_false(scene_scan(&scene, PLAIN)->has_note);
    scene_unlock(&scene);
    scene_scan(&scene, EVA);
    assert_string_equal(scene.notice.note, "Namensschild fehlt");
    assert_string_equal(scene.notice.full_name, ""); // guests stand there too
    scene_move(&scene, DESK_SESSION_MS);
    expect_public(scene_scan(&scene, EVA));
    (void)desk_step(scene.desk, scene.door.hand.now_ms);
    assert_true(queue_take(&scene.notices, &scene.notice)); // that it ended
    scene_unlock(&scene);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_LOCK, 0, "")->kind, NOTICE_LOCKED);
    expect_public(scene_scan(&scene, EVA));
    scene_end(&scene);
}

static void test_notice__speaks_a_known_guests_language(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    assert_string_equal(scene_scan(&scene, EVA)->language, "en");
    assert_string_equal(scene_scan(&scene, EVA)->language, "en"); // already here
    assert_string_equal(scene_scan(&scene, UNPAID)->language, "de");
    assert_int_equal(scene.notice.verdict.reason, REASON_UNPAID);
    assert_string_equal(scene.notice.first_name, "");
    expect_public(&scene.notice);
    assert_string_equal(scene_scan(&scene, PLAIN)->language, "");
    struct ticket forged = door_signed_ticket(&scene.door, EVA);
    forged.signature[0] ^= 1;
    struct code code = door_code_of(&forged);
    desk_admit(scene.desk, &code, &scene.notice);
    assert_int_equal(scene.notice.verdict.reason, REASON_INVALID);
    assert_string_equal(scene.notice.language, ""); // whoever forges a ticket learns nothing of its owner
    assert_false(scene.notice.has_note);
    scene_end(&scene);
}

static void test_notice__says_where_to_go_first(void **state)
{
    struct command serve = {.kind = COMMAND_SERVE, .list = SCENE_IN_OUT};
    struct scene scene;

    (void)state;
    begin(&scene, SCENE_IN_OUT);
    scene.door.event.lists[2].after = DOOR_LIST;
    assert_int_equal(scene_scan(&scene, EVA)->verdict.reason, REASON_RULES);
    assert_int_equal(scene.notice.after, DOOR_LIST);
    struct ticket practised = door_signed_ticket(&scene.door, EVA);
    practised.is_practice = true;
    assert_true(scene_scan_ticket(&scene, &practised)->verdict.is_practice);
    assert_int_equal(scene.notice.after, 0);
    scene_unlock(&scene);
    serve.list = DOOR_LIST;
    assert_int_equal(scene_ask(&scene, &serve)->kind, NOTICE_DONE);
    assert_int_equal(scene_scan(&scene, EVA)->verdict.reason, REASON_OK);
    serve.list = SCENE_IN_OUT;
    assert_int_equal(scene_ask(&scene, &serve)->kind, NOTICE_DONE);
    assert_int_equal(scene_scan(&scene, EVA)->verdict.reason, REASON_OK);
    scene_end(&scene);
}

static void test_notice__of_a_person_has_all_that_staff_need(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    scene_unlock(&scene);
    scene_ask_kind(&scene, COMMAND_PERSON, door_ticket(UNPAID), "");
    assert_string_equal(scene.notice.full_name, "Lang, Eva");
    assert_string_equal(scene.notice.company, "Sägewerk Hof");
    assert_string_equal(scene.notice.note, "zahlt bar");
    assert_true(scene.notice.has_note);
    assert_int_equal(scene.notice.status, GUEST_STATUS_UNPAID);
    assert_int_equal(scene.notice.seq, 0); // nothing to take back
    uint64_t seq = scene_scan(&scene, EVA)->seq;
    assert_int_equal(scene_ask_kind(&scene, COMMAND_PERSON, door_ticket(EVA), "")->seq, seq);
    assert_int_equal(scene.notice.earlier_unix_ms, DOOR_UNIX_MS);
    scene_end(&scene);
}

// Every kind of news: where this desk stands, and how many there are.
static void test_notice__always_says_what_is_served(void **state)
{
    struct command serve = {.kind = COMMAND_SERVE, .list = SCENE_IN_OUT, .direction = DIRECTION_EXIT};
    struct command practise = {.kind = COMMAND_PRACTISE, .number = 1}, walk_in = scene_walk_in("Kai Vogt", 0);
    static const struct {
        enum command_kind kind;
        const char *text;
    } asked[] = {{COMMAND_FIND, "x"},  {COMMAND_RETRY, ""},       {COMMAND_UNLOCK, "0000"}, {COMMAND_PERSON, ""},
                 {COMMAND_ADMIT, ""},  {COMMAND_FORCE, ""},       {COMMAND_FORCE, "weil"},  {COMMAND_EXIT, ""},
                 {COMMAND_UNDO, ""},   {COMMAND_STOCK, ""},       {COMMAND_CENSUS, ""},     {COMMAND_LOCK, ""},
                 {COMMAND_PERSON, ""}, {COMMAND_UNLOCK, DOOR_PIN}};
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    scene_unlock(&scene);
    assert_int_equal(scene_ask(&scene, &serve)->kind, NOTICE_DONE);
    assert_int_equal(scene_ask(&scene, &practise)->kind, NOTICE_DONE);
    assert_int_equal(scene_ask(&scene, &walk_in)->headcount.inside, 1);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        const struct notice *notice = scene_ask_kind(&scene, asked[i].kind, door_ticket(UNPAID), asked[i].text);
        assert_int_equal(notice->stance.list, SCENE_IN_OUT);
        assert_int_equal(notice->stance.direction, DIRECTION_EXIT);
        assert_true(notice->stance.is_practising);
        assert_in_range(notice->headcount.inside, 1, 2);
    }
    scene_scan_text(&scene, "nonsense");
    assert_true(scene.notice.stance.is_practising && scene.notice.stance.list == SCENE_IN_OUT);
    scene_move(&scene, DESK_SESSION_MS);
    (void)desk_step(scene.desk, scene.door.hand.now_ms);
    assert_true(queue_take(&scene.notices, &scene.notice));
    assert_int_equal(scene.notice.kind, NOTICE_LOCKED);
    assert_true(scene.notice.stance.is_practising && scene.notice.stance.list == SCENE_IN_OUT);
    assert_in_range(scene.notice.headcount.inside, 1, 2);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notice__says_that_there_is_a_message_and_to_staff_which),
        cmocka_unit_test(test_notice__speaks_a_known_guests_language),
        cmocka_unit_test(test_notice__says_where_to_go_first),
        cmocka_unit_test(test_notice__of_a_person_has_all_that_staff_need),
        cmocka_unit_test(test_notice__always_says_what_is_served),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
