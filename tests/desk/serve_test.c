// What a desk serves: stock, list and direction, and settings for the next start.
#include "support/check.h"

#include "desk/scene.h"

// ---- stock ----

static struct command stock(int32_t number)
{
    return (struct command){.kind = COMMAND_STOCK, .number = number};
}

static void test_serve__stock_counts_down_and_comes_back(void **state)
{
    struct command came = stock(3), taken = stock(-1), nothing = stock(0);
    struct scene scene;

    (void)state;
    scene_begin(&scene, 20, SCENE_HAND_OUT);
    scene_unlock(&scene);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK); // before anybody counted
    assert_false(scene.notice.headcount.is_limited);
    assert_int_equal(scene_ask(&scene, &came)->kind, NOTICE_DONE);
    assert_true(scene_says(&scene, scene.notice.seq, "\"kind\":\"stock\""));
    assert_int_equal(scene.notice.headcount.left, 2);
    assert_int_equal(scene_ask(&scene, &taken)->headcount.left, 1);
    uint64_t before = door_record_count(&scene.door);
    assert_int_equal(scene_ask(&scene, &nothing)->kind, NOTICE_TOO_LATE);
    assert_int_equal(door_record_count(&scene.door), before);
    assert_int_equal(scene_scan(&scene, 2)->headcount.left, 0);
    uint64_t last = scene.notice.seq;
    assert_int_equal(scene_scan(&scene, 3)->verdict.reason, REASON_ALREADY_REDEEMED); // one a person
    assert_int_equal(scene_scan(&scene, 4)->verdict.reason, REASON_EXHAUSTED);
    struct command undo = {.kind = COMMAND_UNDO, .seq = last};
    assert_int_equal(scene_ask(&scene, &undo)->headcount.left, 1); // the box is back
    assert_int_equal(scene.notice.headcount.given, 1);
    assert_int_equal(scene_scan(&scene, 4)->verdict.reason, REASON_OK);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_FORCE, door_ticket(5), "erste war kaputt")->verdict.reason,
                     REASON_OK);
    assert_int_equal(scene.notice.headcount.given, 3);
    assert_int_equal(scene.notice.headcount.inside, 2); // one more thing, no more persons
    assert_int_equal(scene.notice.headcount.left, -1);
    scene_end(&scene);
}

static void expect_not_taken(struct scene *scene, int32_t number)
{
    struct command taken = stock(number);
    int64_t left = scene->notice.headcount.left;
    uint64_t before = door_record_count(&scene->door);

    assert_int_equal(scene_ask(scene, &taken)->kind, NOTICE_TOO_LATE);
    assert_int_equal(scene->notice.headcount.left, left);
    assert_int_equal(door_record_count(&scene->door), before);
}

static void test_serve__nobody_takes_away_what_is_not_there(void **state)
{
    struct command practise = {.kind = COMMAND_PRACTISE, .number = 1}, came = stock(12);
    struct scene scene;

    (void)state;
    for (int is_practice = 0; is_practice < 2; is_practice++) {
        struct command last = stock(-11);
        scene_init(&scene);
        scene.door.event.lists[3].stock = 5; // for all stations: less than lies here
        scene_open(&scene, 20, SCENE_HAND_OUT);
        scene_unlock(&scene);
        if (is_practice) scene_ask(&scene, &practise);
        expect_not_taken(&scene, -1); // nothing was ever counted here
        assert_int_equal(scene_ask(&scene, &came)->headcount.left, 5);
        assert_int_equal(scene_scan(&scene, 0)->headcount.left, 4);
        expect_not_taken(&scene, -12);
        expect_not_taken(&scene, INT32_MIN);
        assert_int_equal(scene_ask(&scene, &last)->kind, NOTICE_DONE); // to another station
        assert_int_equal(scene.notice.headcount.left, 0);
        expect_not_taken(&scene, -1);
        scene_end(&scene);
    }
}

// ---- list and direction ----

static struct command serve(uint16_t list, enum direction direction)
{
    return (struct command){.kind = COMMAND_SERVE, .list = list, .direction = direction};
}

static void expect_remembered(struct scene *scene, const char *key, const char *value)
{
    char stored[STORE_VALUE_SIZE] = "";

    enum status status = scene->store->ops->recall(scene->store, key, stored);
    assert_int_equal(status, value ? STATUS_OK : STATUS_MISSING);
    if (value) assert_string_equal(stored, value);
}

static void test_serve__serve_changes_list_and_direction_for_whoever_comes_next(void **state)
{
    struct command out = serve(SCENE_IN_OUT, DIRECTION_EXIT), in = serve(SCENE_IN_OUT, DIRECTION_ENTRY);
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    assert_int_equal(scene_scan(&scene, 0)->stance.list, DOOR_LIST);
    expect_remembered(&scene, "list", NULL);
    out.session = scene.session;
    struct code code = door_code(&scene.door, 2);
    assert_int_equal(queue_put(desk_commands(scene.desk), &out), STATUS_OK);
    assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
    for (int i = 0; i < 2; i++) (void)desk_step(scene.desk, scene.door.hand.now_ms);
    assert_true(queue_take(&scene.notices, &scene.notice)); // a code that waits goes first, as it was meant
    assert_int_equal(scene.notice.stance.list, DOOR_LIST);
    assert_int_equal(scene.notice.headcount.inside, 2);
    assert_true(queue_take(&scene.notices, &scene.notice));
    assert_int_equal(scene.notice.kind, NOTICE_DONE);
    assert_int_equal(scene.notice.stance.list, SCENE_IN_OUT);
    assert_int_equal(scene.notice.stance.direction, DIRECTION_EXIT);
    assert_int_equal(scene.notice.headcount.inside, 0);
    expect_remembered(&scene, "list", "3");
    expect_remembered(&scene, "direction", "exit");
    assert_true(scene_scan(&scene, 0)->verdict.is_exit);
    assert_int_equal(scene.notice.stance.direction, DIRECTION_EXIT);
    assert_int_equal(scene_ask(&scene, &in)->kind, NOTICE_DONE);
    assert_int_equal(scene_scan(&scene, 0)->headcount.inside, 1);
    expect_remembered(&scene, "direction", "entry");
    scene_end(&scene);
}

static void test_serve__serve_knows_the_events_lists_only(void **state)
{
    struct command wrong[] = {serve(99, DIRECTION_AUTO), serve(0, DIRECTION_AUTO),
                              serve(SCENE_IN_OUT, (enum direction)7)};
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(scene_ask(&scene, &wrong[i])->kind, NOTICE_TOO_LATE);
        assert_int_equal(scene.notice.stance.list, DOOR_LIST);
        assert_int_equal(scene.notice.stance.direction, DIRECTION_AUTO);
    }
    expect_remembered(&scene, "list", NULL);
    scene_end(&scene);
}

static void test_serve__the_clock_turns_the_direction_and_nothing_else(void **state)
{
    struct command turn = {.kind = COMMAND_SCHEDULE, .list = DOOR_LIST, .direction = DIRECTION_EXIT};
    struct command practise = {.kind = COMMAND_PRACTISE, .number = 1};
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, SCENE_IN_OUT);
    assert_int_equal(scene_ask(&scene, &turn)->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.asked, COMMAND_SCHEDULE);
    assert_int_equal(scene.notice.stance.list, SCENE_IN_OUT);
    assert_int_equal(scene.notice.stance.direction, DIRECTION_EXIT);
    assert_true(scene_scan(&scene, 0)->verdict.is_exit);
    expect_remembered(&scene, "direction", NULL); // the next start asks the clock
    turn.direction = (enum direction)9;
    assert_int_equal(scene_ask(&scene, &turn)->stance.direction, DIRECTION_EXIT);
    scene_unlock(&scene);
    assert_int_equal(scene_ask(&scene, &practise)->kind, NOTICE_DONE);
    turn.direction = DIRECTION_ENTRY;
    assert_true(scene_ask(&scene, &turn)->stance.is_practising);
    practise.number = 0;
    assert_int_equal(scene_ask(&scene, &practise)->stance.direction, DIRECTION_ENTRY); // and goes on after practice
    scene_end(&scene);
}

static void test_serve__settings_are_remembered_by_known_names(void **state)
{
    static const char *const refused[] = {"list=3", "direction=exit", "volume",   "volume=", "",
                                          "=3",     "pin=4711",       "volumes=3"};
    struct command remember = {.kind = COMMAND_REMEMBER, .text = "volume=70"};
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    assert_true(scene_is_silent(&scene, &remember)); // by anybody
    strcpy(remember.text, "language=en");
    assert_true(scene_is_silent(&scene, &remember));
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        strcpy(remember.text, refused[i]);
        assert_true(scene_is_silent(&scene, &remember));
    }
    strcpy(remember.text, "volume=");
    memset(remember.text + 7, '1', STORE_VALUE_SIZE);
    assert_true(scene_is_silent(&scene, &remember));
    expect_remembered(&scene, "list", NULL);
    expect_remembered(&scene, "pin", NULL);
    scene_reopen(&scene);
    expect_remembered(&scene, "volume", "70");
    expect_remembered(&scene, "language", "en");
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_serve__stock_counts_down_and_comes_back),
        cmocka_unit_test(test_serve__nobody_takes_away_what_is_not_there),
        cmocka_unit_test(test_serve__serve_changes_list_and_direction_for_whoever_comes_next),
        cmocka_unit_test(test_serve__serve_knows_the_events_lists_only),
        cmocka_unit_test(test_serve__the_clock_turns_the_direction_and_nothing_else),
        cmocka_unit_test(test_serve__settings_are_remembered_by_known_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
