// A new version of the event, while the door runs.
#include "support/check.h"

#include "desk/parcel.h"

static void begin(struct scene *scene, uint16_t list)
{
    scene_begin(scene, 10, list);
    scene_serve_copy(scene);
}

static struct receipt deliver_version(struct scene *scene, uint32_t version, size_t guest_count)
{
    door_document(&scene->door, version, guest_count);
    struct delivery delivery = parcel_event(&scene->door);
    return parcel_hand_over(scene, &delivery);
}

static void test_edition__a_new_version_counts_from_the_next_scan_on(void **state)
{
    struct scene scene;
    struct roster_entry unpaid = {
        .guest = {.is_listed = true, .ticket = door_ticket(50), .class_id = 1, .status = GUEST_STATUS_UNPAID}};

    (void)state;
    begin(&scene, DOOR_LIST);
    assert_int_equal(scene_scan(&scene, 50)->verdict.reason, REASON_OK);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    strcpy(scene.door.event.name[LANGUAGE_DE], "Neuer Name");
    door_document_with(&scene.door, 2, 20, &unpaid, 1);
    strcpy(scene.door.event.name[LANGUAGE_DE], "nur im Test");
    struct delivery delivery = parcel_event(&scene.door);
    struct receipt receipt = parcel_hand_over(&scene, &delivery);
    assert_int_equal(receipt.status, STATUS_OK);
    assert_int_equal(receipt.event, DOOR_EVENT);
    assert_int_equal(scene.notice.kind, NOTICE_EVENT);
    assert_non_null(scene.notice.event);
    assert_int_equal(scene.notice.event->version, 2);
    assert_string_equal(scene.notice.event->name[LANGUAGE_DE], "Neuer Name");
    assert_int_equal(scene.notice.headcount.inside, 2);
    assert_int_equal(scene.notice.headcount.expected, 10 + 1); // two tickets a person
    assert_int_equal(scene_scan_text(&scene, "FOREIGN-14")->verdict.reason, REASON_OK);
    scene_end(&scene);
}

static void test_edition__the_event_before_stays_readable(void **state)
{
    struct scene scene;
    const struct event *second;

    (void)state;
    begin(&scene, DOOR_LIST);
    (void)deliver_version(&scene, 2, 10);
    second = scene.notice.event;
    for (uint32_t version = 3; version < 6; version++) {
        assert_int_equal(deliver_version(&scene, version, 10).status, STATUS_OK);
        assert_int_equal(scene.notice.event->version, version);
    }
    assert_int_equal(second->version, 2);
    assert_string_equal(second->zone, scene.notice.event->zone);
    scene_end(&scene);
}

static void test_edition__the_same_again_is_no_news(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    struct receipt receipt = deliver_version(&scene, 1, 10);
    assert_int_equal(receipt.status, STATUS_OK);
    assert_int_equal(scene.notice.kind, NOTICE_NONE);
    assert_false(receipt.is_older);
    scene_end(&scene);
}

static void test_edition__an_older_version_is_named_and_ours_stays(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    assert_int_equal(deliver_version(&scene, 5, 10).status, STATUS_OK);
    struct receipt receipt = deliver_version(&scene, 4, 2);
    assert_int_equal(receipt.status, STATUS_INVALID);
    assert_true(receipt.is_older);
    assert_int_equal(receipt.event, DOOR_EVENT);
    assert_int_not_equal(receipt.flaw.words[0], '\0');
    assert_int_equal(scene.notice.kind, NOTICE_NONE);
    assert_int_equal(scene_scan(&scene, 8)->headcount.expected, 5);
    scene_end(&scene);
}

static void test_edition__other_bytes_under_the_same_version_are_refused_but_not_older(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    struct receipt receipt = deliver_version(&scene, 1, 4);
    assert_int_equal(receipt.status, STATUS_INVALID);
    assert_false(receipt.is_older);
    scene_end(&scene);
}

static void test_edition__nothing_unsigned_is_taken(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    door_document(&scene.door, 2, 10);
    struct delivery delivery = parcel_event(&scene.door);
    delivery.bytes[delivery.length / 2] ^= 1;
    struct receipt receipt = parcel_hand_over(&scene, &delivery);
    assert_int_equal(receipt.status, STATUS_INVALID);
    assert_int_equal(receipt.event, 0);
    assert_false(receipt.is_older);
    assert_int_equal(scene.notice.kind, NOTICE_NONE);
    scene_end(&scene);
}

static void test_edition__another_event_is_installed_but_not_served(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    scene.door.event.number = 8;
    struct receipt receipt = deliver_version(&scene, 1, 4);
    assert_int_equal(receipt.status, STATUS_OK);
    assert_int_equal(receipt.event, 8);
    assert_int_equal(scene.notice.kind, NOTICE_NONE);
    scene.door.event.number = DOOR_EVENT;
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    scene_end(&scene);
}

static void test_edition__a_list_that_is_gone_gives_way_to_the_first(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, SCENE_IN_OUT);
    assert_int_equal(scene_scan(&scene, 0)->headcount.inside, 1);
    scene.door.event.lists[2] = scene.door.event.lists[3];
    scene.door.event.list_count = 3;
    assert_int_equal(deliver_version(&scene, 2, 10).status, STATUS_OK);
    assert_int_equal(scene.notice.kind, NOTICE_EVENT);
    assert_int_equal(scene.notice.stance.list, DOOR_LIST);
    assert_int_equal(scene.notice.headcount.inside, 0);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    assert_true(scene_says(&scene, scene.notice.seq, "\"list\":1"));
    scene_end(&scene);
}

static void test_edition__practice_goes_on_in_the_new_version_and_ends_in_it(void **state)
{
    struct scene scene;
    struct command practise = {.kind = COMMAND_PRACTISE, .number = 1};

    (void)state;
    begin(&scene, SCENE_IN_OUT);
    scene_unlock(&scene);
    assert_int_equal(scene_ask(&scene, &practise)->kind, NOTICE_DONE);
    assert_int_equal(scene_scan(&scene, 0)->headcount.inside, 1);
    scene.door.event.list_count = 1;
    assert_int_equal(deliver_version(&scene, 2, 10).status, STATUS_OK);
    assert_true(scene.notice.stance.is_practising);
    assert_int_equal(scene.notice.stance.list, DOOR_LIST);
    assert_int_equal(scene_scan(&scene, 2)->headcount.inside, 1);
    practise.number = 0;
    assert_int_equal(scene_ask(&scene, &practise)->headcount.inside, 0);
    assert_int_equal(scene.notice.stance.list, DOOR_LIST);
    scene_end(&scene);
}

static void test_edition__nobody_agrees_to_a_text_they_were_not_shown(void **state)
{
    struct scene scene;
    struct command command = scene_walk_in("Eva Lang", 0);

    (void)state;
    begin(&scene, DOOR_LIST);
    command.walk_in.event_version = 1;
    assert_int_equal(deliver_version(&scene, 2, 10).status, STATUS_OK); // asks the same
    assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_WALK_IN);
    strcpy(scene.door.event.walk_ins.consents[1].text[LANGUAGE_DE], "Etwas ganz anderes");
    assert_int_equal(deliver_version(&scene, 3, 10).status, STATUS_OK);
    command = scene_walk_in("Jan Kurz", 0);
    for (uint32_t version = 1; version <= 2; version++) { // filled in before, sent after
        command.walk_in.event_version = version;
        assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_VERDICT);
        assert_int_equal(scene.notice.verdict.reason, REASON_INVALID);
        assert_int_equal(scene.notice.headcount.inside, 1);
    }
    command.walk_in.event_version = 3;
    assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_WALK_IN);
    scene_end(&scene);
}

// ---- a large one waits for a quiet moment ----

enum { LARGE_COUNT = 4000 };

static void put_large(struct scene *scene, uint32_t version)
{
    door_document(&scene->door, version, LARGE_COUNT);
    struct delivery delivery = parcel_event(&scene->door);
    assert_true(delivery.length > 256 * 1024);
    assert_int_equal(queue_put(desk_deliveries(scene->desk), &delivery), STATUS_OK);
}

static void show(struct scene *scene, size_t guest)
{
    struct code code = door_code(&scene->door, guest);
    struct receipt receipt;

    assert_int_equal(queue_put(desk_codes(scene->desk), &code), STATUS_OK);
    assert_false(parcel_step(scene, &receipt));
}

static void test_edition__a_large_one_waits_until_nobody_is_at_the_door(void **state)
{
    struct neighbour south = neighbour_of(0x51, "Süd");
    struct scene scene;
    struct receipt receipt;

    (void)state;
    begin(&scene, DOOR_LIST);
    show(&scene, 0);
    put_large(&scene, 2);
    scene_move(&scene, DESK_QUIET_MS - 1000);
    assert_false(parcel_step(&scene, &receipt));
    show(&scene, 2);
    assert_int_equal(parcel_entry(&scene, &south, 4).status, STATUS_OK); // others don't wait behind it
    assert_int_equal(scene.notice.kind, NOTICE_NEWS);
    scene_move(&scene, DESK_QUIET_MS - 1000);
    assert_false(parcel_step(&scene, &receipt));
    assert_true(desk_step(scene.desk, scene.door.hand.now_ms) <= 1000);
    scene_move(&scene, 1000);
    assert_true(parcel_step(&scene, &receipt));
    assert_int_equal(receipt.status, STATUS_OK);
    assert_int_equal(scene.notice.kind, NOTICE_EVENT);
    assert_int_equal(scene.notice.headcount.inside, 3);
    assert_int_equal(scene.notice.headcount.expected, LARGE_COUNT / 2);
    scene_end(&scene);
}

static void test_edition__but_not_for_ever(void **state)
{
    struct scene scene;
    struct receipt receipt;
    bool is_installed = false;
    int64_t waited_ms = 0;

    (void)state;
    begin(&scene, DOOR_LIST);
    show(&scene, 0);
    put_large(&scene, 2);
    assert_false(parcel_step(&scene, &receipt));
    for (; waited_ms < 2 * (int64_t)DESK_MOST_HELD_MS && !is_installed; waited_ms += 2000) {
        scene_move(&scene, 2000);
        show(&scene, 0);
        is_installed = parcel_step(&scene, &receipt);
    }
    assert_int_equal(waited_ms, DESK_MOST_HELD_MS);
    assert_int_equal(receipt.status, STATUS_OK);
    scene_end(&scene);
}

static void test_edition__a_second_large_one_comes_back_later(void **state)
{
    struct scene scene;
    struct receipt receipt;

    (void)state;
    begin(&scene, DOOR_LIST);
    show(&scene, 0);
    put_large(&scene, 2);
    assert_false(parcel_step(&scene, &receipt));
    put_large(&scene, 3);
    assert_true(parcel_step(&scene, &receipt));
    assert_int_equal(receipt.status, STATUS_LATER);
    scene_end(&scene); // the one that is held goes with the desk
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edition__a_new_version_counts_from_the_next_scan_on),
        cmocka_unit_test(test_edition__the_event_before_stays_readable),
        cmocka_unit_test(test_edition__the_same_again_is_no_news),
        cmocka_unit_test(test_edition__an_older_version_is_named_and_ours_stays),
        cmocka_unit_test(test_edition__other_bytes_under_the_same_version_are_refused_but_not_older),
        cmocka_unit_test(test_edition__nothing_unsigned_is_taken),
        cmocka_unit_test(test_edition__another_event_is_installed_but_not_served),
        cmocka_unit_test(test_edition__a_list_that_is_gone_gives_way_to_the_first),
        cmocka_unit_test(test_edition__practice_goes_on_in_the_new_version_and_ends_in_it),
        cmocka_unit_test(test_edition__nobody_agrees_to_a_text_they_were_not_shown),
        cmocka_unit_test(test_edition__a_large_one_waits_until_nobody_is_at_the_door),
        cmocka_unit_test(test_edition__but_not_for_ever),
        cmocka_unit_test(test_edition__a_second_large_one_comes_back_later),
    };

    return cmocka_run_group_tests_name("desk/edition", tests, NULL, NULL);
}
