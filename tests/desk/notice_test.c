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

static void test_notice__knows_who_was_aboard_at_an_earlier_stop(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, SCENE_ROLL_CALL);
    scene_unlock(&scene);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_ROUND, 0, "Brilon")->headcount.round, 1);
    assert_false(scene_scan(&scene, EVA)->was_aboard);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_ROUND, 0, "Winterberg")->headcount.round, 2);
    assert_true(scene_scan(&scene, EVA)->was_aboard);
    assert_int_equal(scene.notice.verdict.reason, REASON_OK);
    assert_false(scene_scan(&scene, PLAIN)->was_aboard); // joins here
    assert_int_equal(scene.notice.verdict.reason, REASON_OK);
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

static void test_notice__tells_the_class_and_group_of_a_ticket_for_another_bus(void **state)
{
    struct scene scene;
    struct roster_entry moved = {.guest = {.is_listed = true, .class_id = 1, .group = 3, .name = "Lang, Eva"}};

    (void)state;
    scene_begin(&scene, 0, DOOR_LIST);
    moved.guest.ticket = door_ticket(0); // printed for group 1
    door_document_with(&scene.door, 2, 0, &moved, 1);
    assert_int_equal(door_install(&scene.door, scene.store), STATUS_OK);
    id_set_add(&scene.door.event.lists[0].groups, 1);
    scene_open_desk(&scene);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_PRODUCT);
    assert_int_equal(scene.notice.group, 3); // the roster's
    assert_int_equal(scene.notice.class_id, 1);
    assert_string_equal(scene.notice.first_name, "");                        // a refusal names nobody
    assert_int_equal(scene_scan(&scene, 1)->verdict.reason, REASON_PRODUCT); // not on the roster: the ticket's
    assert_int_equal(scene.notice.group, 2);
    id_set_add(&scene.door.event.lists[0].classes, 6);
    scene_open_desk(&scene);
    struct ticket ticket = door_signed_ticket(&scene.door, 3); // the right group
    ticket.class_id = 5;
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->verdict.reason, REASON_PRODUCT);
    assert_int_equal(scene.notice.class_id, 5);
    scene_end(&scene);
}

static void test_notice__names_a_ticket_of_another_event(void **state)
{
    struct scene scene;
    struct door other;
    struct ticket ticket;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    ticket = door_signed_ticket(&scene.door, 1);
    ticket.event = 8;
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->verdict.reason, REASON_WRONG_EVENT);
    assert_string_equal(scene.notice.event_name[LANGUAGE_DE], ""); // we don't know it
    door_init(&other, NULL);
    other.event.number = 8;
    strcpy(other.event.name[LANGUAGE_DE], "Stammtisch");
    door_document(&other, 1, 1);
    assert_int_equal(door_install(&other, scene.store), STATUS_OK);
    assert_int_equal(scene_scan_ticket(&scene, &ticket)->verdict.reason, REASON_WRONG_EVENT);
    assert_string_equal(scene.notice.event_name[LANGUAGE_DE], "Stammtisch");
    door_destroy(&other);
    scene_end(&scene);
}

static void test_notice__shows_the_first_name_only_if_the_event_wants_it(void **state)
{
    static const struct {
        const char *name, *first;
    } names[] = {
        {"Müller, Jörg Uwe", "Jörg Uwe"},
        {"Jörg Müller", "Jörg"},
        {"Dr. Anna-Lena von Ahn", "Anna-Lena"},
        {"Prof. Dr. Weiß, Özgür ", "Özgür"},
        {"Weiß, Dr. Eva", "Eva"},
        {"Madonna", "Madonna"},
        {"A.", "A."},
        {"", ""},
        {"Ng,", ""},
        {"  Łukasz   Nowak", "Łukasz"},
        {"x, \xE2\x80\xAE"
         "Eva\x07",
         "Eva"}, // nothing that turns or hides text reaches a screen
    };
    struct scene scene;
    size_t count = sizeof names / sizeof names[0];
    struct roster_entry also[16] = {0};

    (void)state;
    scene_begin(&scene, 0, DOOR_LIST);
    for (size_t i = 0; i < count; i++) {
        also[i].guest = (struct guest){.is_listed = true, .ticket = door_ticket(i), .class_id = 1};
        strcpy(also[i].guest.name, names[i].name);
    }
    door_document_with(&scene.door, 2, 0, also, count);
    assert_int_equal(door_install(&scene.door, scene.store), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        scene.door.event.shows_names = true;
        assert_int_equal(scene_scan(&scene, i)->verdict.reason, REASON_OK);
        assert_string_equal(scene.notice.first_name, names[i].first);
        scene.door.event.shows_names = false;
        assert_int_equal(scene_scan(&scene, i)->verdict.reason, REASON_ALREADY_REDEEMED);
        assert_string_equal(scene.notice.first_name, "");
    }
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notice__says_that_there_is_a_message_and_to_staff_which),
        cmocka_unit_test(test_notice__knows_who_was_aboard_at_an_earlier_stop),
        cmocka_unit_test(test_notice__speaks_a_known_guests_language),
        cmocka_unit_test(test_notice__says_where_to_go_first),
        cmocka_unit_test(test_notice__of_a_person_has_all_that_staff_need),
        cmocka_unit_test(test_notice__always_says_what_is_served),
        cmocka_unit_test(test_notice__tells_the_class_and_group_of_a_ticket_for_another_bus),
        cmocka_unit_test(test_notice__names_a_ticket_of_another_event),
        cmocka_unit_test(test_notice__shows_the_first_name_only_if_the_event_wants_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
