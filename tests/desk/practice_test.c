// Practice: everything is answered as if it counted, and nothing is left behind.
#include "support/check.h"

#include "desk/content.h"
#include "desk/parcel.h"
#include "desk/practice.h"

static const struct notice *practise(struct scene *scene, int32_t number)
{
    struct command command = {.kind = COMMAND_PRACTISE, .number = number};
    return scene_ask(scene, &command);
}

static struct scene *begin(struct scene *scene, uint16_t list)
{
    scene_begin(scene, 20, list);
    scene_unlock(scene);
    assert_int_equal(scene_scan(scene, 18)->verdict.reason, REASON_OK); // somebody real
    return scene;
}

static void begin_practice(struct scene *scene)
{
    assert_int_equal(practise(scene, 1)->kind, NOTICE_DONE);
    assert_true(scene->notice.stance.is_practising);
}

static void test_practice__leaves_nothing_behind(void **state)
{
    struct command serve = {.kind = COMMAND_SERVE, .list = SCENE_HAND_OUT, .direction = DIRECTION_EXIT};
    struct command stock = {.kind = COMMAND_STOCK, .number = 10}, walk_in = scene_walk_in("Jörg Neumann", 1);
    struct command remember = {.kind = COMMAND_REMEMBER, .text = "volume=10"};
    struct scene scene;

    (void)state;
    begin(&scene, SCENE_ROLL_CALL);
    struct content before = content_read(&scene);
    begin_practice(&scene);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    assert_true(scene.notice.seq != 0 && scene.notice.stance.is_practising);
    struct command undo = {.kind = COMMAND_UNDO, .seq = scene.notice.seq};
    assert_int_equal(scene_scan_text(&scene, "nonsense")->verdict.reason, REASON_INVALID);
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_DONE);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_FORCE, door_ticket(2), "weil")->verdict.reason, REASON_OK);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(4), "krank")->kind, NOTICE_DONE);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_ROUND, 0, "Brilon")->headcount.round, 1);
    assert_int_equal(scene_ask(&scene, &serve)->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.stance.list, SCENE_HAND_OUT);
    assert_int_equal(scene_ask(&scene, &stock)->headcount.left, 10);
    assert_int_equal(scene_scan(&scene, 0)->headcount.left, 9);
    assert_int_equal(scene_ask(&scene, &walk_in)->kind, NOTICE_WALK_IN);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_RETRY, 0, "")->kind, NOTICE_COUNT);
    assert_true(scene_is_silent(&scene, &remember));
    content_expect(&scene, &before);

    scene.session = 0; // one tap leaves it
    assert_int_equal(practise(&scene, 0)->kind, NOTICE_DONE);
    assert_false(scene.notice.stance.is_practising);
    assert_int_equal(scene.notice.stance.list, SCENE_ROLL_CALL);
    assert_int_equal(scene.notice.stance.direction, DIRECTION_AUTO);
    assert_int_equal(scene.notice.headcount.inside, 1);
    assert_int_equal(scene.notice.headcount.round, 0);
    content_expect(&scene, &before);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK); // and now it counts
    assert_int_equal(scene.notice.headcount.inside, 2);
    assert_true(scene_says(&scene, scene.notice.seq, "\"kind\":\"entry\""));
    scene_unlock(&scene);
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_TOO_LATE); // what was practised is gone
    scene_end(&scene);
}

static void test_practice__counts_its_own_stock_less_its_own_things(void **state)
{
    struct command stock = {.kind = COMMAND_STOCK, .number = 10};
    struct neighbour south = neighbour_of(0x51, "Süd");
    struct scene scene;

    (void)state;
    begin(&scene, SCENE_HAND_OUT); // one was given here
    for (size_t i = 0; i < 3; i++) assert_int_equal(parcel_entry(&scene, &south, 2 * i).status, STATUS_OK);
    begin_practice(&scene);
    assert_int_equal(scene_ask(&scene, &stock)->headcount.left_here, 9); // the neighbour's are of its own stock
    assert_int_equal(scene.notice.headcount.given, 4);
    assert_int_equal(practise(&scene, 0)->kind, NOTICE_DONE);
    scene_unlock(&scene);
    assert_int_equal(scene_ask(&scene, &stock)->headcount.left_here, 9); // as in earnest
    scene_end(&scene);
}

static void test_practice__ends_with_the_program(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    begin_practice(&scene);
    assert_int_equal(scene_scan(&scene, 0)->headcount.inside, 2);
    scene_reopen(&scene);
    assert_false(scene.notice.stance.is_practising);
    assert_int_equal(scene.notice.headcount.inside, 1);
    scene_end(&scene);
}

static void test_practice__survives_the_lock(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    begin_practice(&scene);
    assert_true(scene_ask_kind(&scene, COMMAND_LOCK, 0, "")->stance.is_practising);
    scene.session = 0;
    assert_int_equal(practise(&scene, 1)->kind, NOTICE_LOCKED); // but nobody begins it without a session
    scene_end(&scene);
}

// What people did before it began is known in it.
static void test_practice__knows_what_really_happened(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    uint64_t real = scene.notice.seq;
    struct content before = content_read(&scene);
    begin_practice(&scene);
    assert_int_equal(scene_scan(&scene, 18)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scene.notice.earlier_unix_ms, DOOR_UNIX_MS);
    struct command undo = {.kind = COMMAND_UNDO, .seq = real};
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.headcount.inside, 0);
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_TOO_LATE);
    assert_int_equal(scene_scan(&scene, 18)->verdict.reason, REASON_OK);
    content_expect(&scene, &before);
    assert_int_equal(practise(&scene, 0)->headcount.inside, 1);
    assert_int_equal(scene_scan(&scene, 18)->verdict.reason, REASON_ALREADY_REDEEMED);
    scene_end(&scene);
}

static void test_practice__a_walk_ins_ticket_opens_no_door(void **state)
{
    struct command walk_in = scene_walk_in("Jörg Neumann", 1);
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    begin_practice(&scene);
    assert_int_equal(scene_ask(&scene, &walk_in)->ticket_count, 2);
    assert_int_equal(scene.notice.headcount.inside, 3);
    struct notice registered = scene.notice;
    assert_int_equal(practise(&scene, 0)->kind, NOTICE_DONE);
    for (size_t i = 0; i < 2; i++) {
        struct code code = door_code_of_text(registered.tickets[i], TICKET_TEXT_DIGITS);
        desk_admit(scene.desk, &code, &scene.notice);
        assert_int_equal(scene.notice.verdict.reason, REASON_RULES);
        assert_true(scene.notice.verdict.is_practice);
        assert_int_equal(scene.notice.headcount.inside, 1);
    }
    scene_end(&scene);
}

// From one list to another and back: each counts on, and one may be the way to the other.
static void test_practice__counts_each_list_by_itself(void **state)
{
    struct command in_out = {.kind = COMMAND_SERVE, .list = SCENE_IN_OUT, .direction = DIRECTION_ENTRY};
    struct command once = {.kind = COMMAND_SERVE, .list = DOOR_LIST};
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    scene.door.event.lists[2].after = DOOR_LIST;
    begin_practice(&scene);
    uint64_t seq = scene_scan(&scene, 0)->seq;
    assert_int_equal(scene.notice.headcount.inside, 2);
    assert_int_equal(scene_ask(&scene, &in_out)->headcount.inside, 0);
    assert_int_equal(scene_scan(&scene, 2)->verdict.reason, REASON_RULES);
    assert_int_equal(scene_scan(&scene, 0)->headcount.inside, 1);
    assert_int_equal(scene_ask(&scene, &once)->headcount.inside, 2);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scene_ask(&scene, &in_out)->headcount.inside, 1);
    struct command undo = {.kind = COMMAND_UNDO, .seq = seq}; // of the other list
    assert_int_equal(scene_ask(&scene, &undo)->headcount.inside, 1);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(0), "")->headcount.inside, 0);
    assert_int_equal(scene_ask(&scene, &once)->headcount.inside, 1);
    scene_end(&scene);
}

// However long somebody plays with it.
static void test_practice__who_was_forced_aboard_travels_on(void **state)
{
    for (int is_practising = 0; is_practising <= 1; is_practising++) { // no difference
        struct scene scene;

        scene_init(&scene);
        id_set_add(&scene.door.event.lists[SCENE_ROLL_CALL - 1].groups, 3); // guest 0 is of another bus
        scene_open(&scene, 20, SCENE_ROLL_CALL);
        scene_unlock(&scene);
        if (is_practising) begin_practice(&scene);
        assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_PRODUCT);
        assert_int_equal(scene_ask_kind(&scene, COMMAND_FORCE, door_ticket(0), "steigt um")->verdict.reason, REASON_OK);
        scene_move(&scene, 60000);
        scene_ask_kind(&scene, COMMAND_ROUND, 0, "Brilon");
        assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
        scene_end(&scene);
    }
    (void)state;
}

static void test_practice__forgets_the_oldest_and_goes_on(void **state)
{
    enum { MANY = PRACTICE_MOST + 50 };
    struct scene scene;

    (void)state;
    begin(&scene, SCENE_HAND_OUT);
    struct content before = content_read(&scene);
    begin_practice(&scene);
    for (size_t i = 0; i < MANY; i++) assert_int_equal(scene_scan(&scene, 100 + i)->verdict.reason, REASON_OK);
    assert_int_equal(scene.notice.headcount.given, MANY + 1);
    assert_int_equal(scene_scan(&scene, 100 + MANY - 1)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scene_scan(&scene, 100 + MANY - PRACTICE_MOST)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scene_scan(&scene, 100)->verdict.reason, REASON_OK); // long forgotten
    content_expect(&scene, &before);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_practice__leaves_nothing_behind),
        cmocka_unit_test(test_practice__counts_its_own_stock_less_its_own_things),
        cmocka_unit_test(test_practice__ends_with_the_program),
        cmocka_unit_test(test_practice__survives_the_lock),
        cmocka_unit_test(test_practice__knows_what_really_happened),
        cmocka_unit_test(test_practice__a_walk_ins_ticket_opens_no_door),
        cmocka_unit_test(test_practice__counts_each_list_by_itself),
        cmocka_unit_test(test_practice__who_was_forced_aboard_travels_on),
        cmocka_unit_test(test_practice__forgets_the_oldest_and_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
