// People in rows for the staff's pages: found, missing, came last; and the census.
#include "support/check.h"

#include "desk/scene.h"

static const struct rows *ask_rows(struct scene *scene, enum command_kind kind, const char *text, int32_t number)
{
    struct command command = {.kind = kind, .number = number, .mono_ms = scene->door.hand.now_ms};

    strcpy(command.text, text);
    assert_true(scene_is_silent(scene, &command)); // names go no other way
    const struct rows *rows = mailbox_take(&scene->rows);
    assert_non_null(rows);
    assert_int_equal(rows->mono_ms, command.mono_ms);
    return rows;
}

static void practise(struct scene *scene)
{
    struct command command = {.kind = COMMAND_PRACTISE, .number = 1};
    assert_int_equal(scene_ask(scene, &command)->kind, NOTICE_DONE);
}

static void test_rows__of_a_search(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    assert_int_equal(scene_scan(&scene, 4)->verdict.reason, REASON_OK);
    const struct rows *rows = ask_rows(&scene, COMMAND_SEARCH, "muster vorname4", 0);
    assert_int_equal(rows->kind, ROWS_FOUND);
    assert_int_equal(rows->count, 1);
    assert_int_equal(rows->rows[0].ticket, door_ticket(4));
    assert_string_equal(rows->rows[0].name, "Muster, Vorname4");
    assert_true(rows->rows[0].past.is_entry);
    assert_int_equal(ask_rows(&scene, COMMAND_SEARCH, "niemand", 0)->count, 0);
    assert_int_equal(ask_rows(&scene, COMMAND_SEARCH, "M\xFCller", 0)->count, 0);
    scene_move(&scene, DESK_SESSION_MS - 1);
    assert_true(ask_rows(&scene, COMMAND_SEARCH, "muster", 0)->count == 10); // searching keeps the session
    scene_move(&scene, DESK_SESSION_MS - 1);
    assert_true(ask_rows(&scene, COMMAND_SEARCH, "muster", 0)->count == 10);
    scene_end(&scene);
}

static void test_rows__of_who_came_last_say_what_can_be_undone(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    for (size_t guest = 0; guest < 6; guest += 2) {
        assert_int_equal(scene_scan(&scene, guest)->verdict.reason, REASON_OK);
        scene_move(&scene, 25000);
    }
    const struct rows *rows = ask_rows(&scene, COMMAND_RECENT, "", 0);
    assert_int_equal(rows->kind, ROWS_RECENT);
    assert_int_equal(rows->count, 3);
    for (size_t i = 0; i < 3; i++) { // newest first: 25, 50 and 75 seconds ago
        assert_int_equal(rows->rows[i].ticket, door_ticket(4 - 2 * i));
        assert_int_equal(rows->rows[i].can_be_undone, i < 2);
    }
    struct command undo = {.kind = COMMAND_UNDO, .seq = rows->rows[0].past.seq};
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_DONE);
    assert_int_equal(ask_rows(&scene, COMMAND_RECENT, "", 0)->count, 2);
    scene_end(&scene);
}

static void test_rows__of_who_is_missing(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, SCENE_ROLL_CALL);
    scene_unlock(&scene);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_ROUND, 0, "Brilon")->kind, NOTICE_DONE);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(2), "krank")->kind, NOTICE_DONE);
    const struct rows *rows = ask_rows(&scene, COMMAND_MISSING, "", 0);
    assert_int_equal(rows->kind, ROWS_MISSING);
    assert_int_equal(rows->total, 3);
    assert_int_equal(rows->total, scene.notice.headcount.expected - scene.notice.headcount.inside);
    rows = ask_rows(&scene, COMMAND_MISSING, "", 2);
    assert_int_equal(rows->from, 2);
    assert_int_equal(rows->count, 1);
    assert_int_equal(ask_rows(&scene, COMMAND_MISSING, "", -5)->from, 0);
    scene_end(&scene);
}

static void test_rows__of_practice_are_as_they_would_be(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, SCENE_ROLL_CALL);
    scene_unlock(&scene);
    uint64_t real = scene_scan(&scene, 0)->seq;
    practise(&scene);
    assert_int_equal(scene_scan(&scene, 2)->verdict.reason, REASON_OK);
    uint64_t practised = scene.notice.seq;
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(4), "krank")->kind, NOTICE_DONE);
    assert_int_equal(ask_rows(&scene, COMMAND_MISSING, "", 0)->total, 2);
    const struct rows *rows = ask_rows(&scene, COMMAND_RECENT, "", 0);
    assert_int_equal(rows->count, 3);
    assert_int_equal(rows->rows[0].ticket, door_ticket(4));
    assert_int_equal(rows->rows[1].ticket, door_ticket(2));
    assert_string_equal(rows->rows[1].name, "Muster, Vorname2");
    assert_int_equal(rows->rows[1].past.seq, practised);
    assert_true(rows->rows[1].can_be_undone);
    assert_true(ask_rows(&scene, COMMAND_SEARCH, "vorname4", 0)->rows[0].is_signed_off);
    struct command undo = {.kind = COMMAND_UNDO, .seq = practised};
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_DONE);
    undo.seq = real;
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_DONE);
    rows = ask_rows(&scene, COMMAND_RECENT, "", 0);
    assert_int_equal(rows->count, 1);
    assert_int_equal(rows->rows[0].ticket, door_ticket(4));
    for (size_t i = 0; i < 30; i++) assert_int_equal(scene_scan(&scene, 100 + i)->verdict.reason, REASON_OK);
    rows = ask_rows(&scene, COMMAND_RECENT, "", 0);
    assert_int_equal(rows->count, DESK_RECENT_COUNT);
    assert_int_equal(rows->rows[0].ticket, door_ticket(129));
    scene_end(&scene);
}

static void test_rows__a_search_makes_no_code_wait(void **state)
{
    struct command search = {.kind = COMMAND_SEARCH, .text = "muster"};
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    search.session = scene.session;
    for (int i = 0; i < 8; i++) assert_int_equal(queue_put(desk_commands(scene.desk), &search), STATUS_OK);
    for (size_t guest = 0; guest < 10; guest++) { // somebody types, and every step there is a guest
        struct code code = door_code(&scene.door, guest);
        assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
        (void)desk_step(scene.desk, scene.door.hand.now_ms);
        assert_true(queue_take(&scene.notices, &scene.notice));
        assert_int_equal(scene.notice.kind, NOTICE_VERDICT);
        assert_int_equal(queue_count(desk_commands(scene.desk)), guest < 5 ? 8 : 13 - guest);
        if (guest >= 5) (void)desk_step(scene.desk, scene.door.hand.now_ms); // nobody waits: one search a step
    }
    scene_end(&scene);
}

static void test_rows__the_census_counts_by_class_and_group(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_CENSUS, 0, "")->kind, NOTICE_CENSUS);
    assert_int_equal(scene.notice.census.classes[0].inside, 1);
    assert_int_equal(scene.notice.census.classes[0].expected, 5);
    assert_int_equal(scene.notice.census.lists[0].inside, 1);
    scene_end(&scene);
}

static void test_rows__without_a_mailbox_nobody_is_told(void **state)
{
    static const enum command_kind kinds[] = {COMMAND_SEARCH, COMMAND_MISSING, COMMAND_RECENT};
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene.config.rows = NULL;
    scene_open_desk(&scene);
    scene_unlock(&scene);
    for (size_t i = 0; i < 3; i++) {
        struct command command = {.kind = kinds[i], .text = "muster"};
        assert_true(scene_is_silent(&scene, &command));
        assert_null(mailbox_take(&scene.rows));
    }
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows__of_a_search),
        cmocka_unit_test(test_rows__of_who_came_last_say_what_can_be_undone),
        cmocka_unit_test(test_rows__of_who_is_missing),
        cmocka_unit_test(test_rows__of_practice_are_as_they_would_be),
        cmocka_unit_test(test_rows__a_search_makes_no_code_wait),
        cmocka_unit_test(test_rows__the_census_counts_by_class_and_group),
        cmocka_unit_test(test_rows__without_a_mailbox_nobody_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
