// What staff have sync do: pairing, a USB stick, trying now.
#include "support/check.h"

#include "desk/scene.h"
#include "sync/hub_state.h"
#include "sync/sync.h"

static void write_offer(char out[PAIRING_TEXT_SIZE])
{
    struct pairing_offer offer = {.url = "https://192.168.1.10:8443", .code = "7K3M9-QX2VD", .is_pinned = true};

    memset(offer.pin, 0x5A, sizeof offer.pin);
    assert_int_equal(pairing_write_offer(&offer, out), STATUS_OK);
}

static bool take_request(struct scene *scene, struct sync_request *out)
{
    return queue_take(&scene->requests, out);
}

static const struct notice *wait_for_offer(struct scene *scene, bool is_wanted)
{
    struct command command = {.kind = COMMAND_PAIR, .number = is_wanted};

    assert_int_equal(scene_ask(scene, &command)->kind, NOTICE_DONE);
    return &scene->notice;
}

static void test_errand__only_staff_have_sync_do_anything(void **state)
{
    static const enum command_kind kinds[] = {COMMAND_PAIR, COMMAND_EXPORT, COMMAND_SYNC};
    struct sync_request request;
    struct scene scene;
    char text[PAIRING_TEXT_SIZE];

    (void)state;
    write_offer(text);
    scene_begin(&scene, 10, DOOR_LIST);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(scene_ask_kind(&scene, kinds[i], 0, text)->kind, NOTICE_LOCKED);
        assert_false(take_request(&scene, &request));
    }
    scene_unlock(&scene);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXPORT, 0, "")->kind, NOTICE_DONE);
    assert_true(take_request(&scene, &request));
    assert_int_equal(request.kind, SYNC_REQUEST_EXPORT);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_SYNC, 0, "")->kind, NOTICE_DONE);
    assert_true(take_request(&scene, &request));
    assert_int_equal(request.kind, SYNC_REQUEST_NOW);
    scene_end(&scene);
}

static void test_errand__another_kiosk_is_the_hubs_to_pair(void **state)
{
    struct hub_request request;
    struct queue hub;
    struct scene scene;

    (void)state;
    queue_init(&hub, sizeof request, 1, NULL);
    scene_begin(&scene, 10, DOOR_LIST);
    desk_connect_hub(scene.desk, &hub);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_HUB, 0, "Kiosk 2")->kind, NOTICE_LOCKED);
    scene_unlock(&scene);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_HUB, 0, " Kiosk 2 ")->kind, NOTICE_DONE);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_HUB, 0, "Kiosk 3")->kind, NOTICE_TOO_LATE); // it is behind
    assert_true(queue_take(&hub, &request));
    assert_string_equal(request.name, "Kiosk 2");
    assert_false(queue_take(&hub, &request));
    assert_int_equal(scene_ask_kind(&scene, COMMAND_HUB, 0, "  ")->kind, NOTICE_TOO_LATE);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_HUB, 0, "\xFF")->kind, NOTICE_TOO_LATE);
    assert_false(queue_take(&hub, &request));
    desk_connect_hub(scene.desk, NULL);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_HUB, 0, "Kiosk 2")->kind, NOTICE_TOO_LATE);
    scene_end(&scene);
    queue_destroy(&hub);
}

static void test_errand__an_offer_that_was_typed_goes_to_sync(void **state)
{
    struct sync_request request;
    struct scene scene;
    char text[PAIRING_TEXT_SIZE];

    (void)state;
    write_offer(text);
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_PAIR, 0, text)->kind, NOTICE_DONE);
    assert_true(take_request(&scene, &request));
    assert_int_equal(request.kind, SYNC_REQUEST_PAIR);
    assert_string_equal(request.text, text);
    text[strlen(text) - 3] = '\0';
    assert_int_equal(scene_ask_kind(&scene, COMMAND_PAIR, 0, text)->kind, NOTICE_TOO_LATE);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_PAIR, 0, "Hallo")->kind, NOTICE_TOO_LATE);
    assert_false(take_request(&scene, &request));
    scene_end(&scene);
}

static void test_errand__an_offer_is_scanned_only_while_staff_wait_for_it(void **state)
{
    struct sync_request request;
    struct scene scene;
    char text[PAIRING_TEXT_SIZE];

    (void)state;
    write_offer(text);
    scene_begin(&scene, 10, DOOR_LIST);
    assert_int_equal(scene_scan_text(&scene, text)->verdict.reason, REASON_INVALID);
    scene_unlock(&scene);
    assert_int_equal(scene_scan_text(&scene, text)->verdict.reason, REASON_INVALID);
    (void)wait_for_offer(&scene, true);
    uint64_t before = door_record_count(&scene.door);
    assert_int_equal(scene_scan_text(&scene, text)->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.asked, COMMAND_PAIR);
    assert_true(take_request(&scene, &request));
    assert_string_equal(request.text, text);
    assert_int_equal(door_record_count(&scene.door), before);           // nobody wanted to come in
    assert_int_equal(scene_scan_text(&scene, text)->kind, NOTICE_NONE); // they still hold it up
    scene_move(&scene, DESK_PAIR_MS);
    assert_int_equal(scene_scan_text(&scene, text)->kind, NOTICE_VERDICT);
    assert_false(take_request(&scene, &request));
    scene_end(&scene);
}

static void test_errand__the_code_it_was_just_paired_by_is_no_guest(void **state)
{
    struct scene scene;
    char text[PAIRING_TEXT_SIZE];

    (void)state;
    write_offer(text);
    scene_begin(&scene, 10, DOOR_LIST);
    scene.config.is_just_paired = true;
    scene_open_desk(&scene);
    uint64_t before = door_record_count(&scene.door);
    for (int i = 0; i < 3; i++) { // moved, and back in view
        assert_int_equal(scene_scan_text(&scene, text)->kind, NOTICE_NONE);
        scene_move(&scene, DESK_PAIR_MS / 2);
    }
    assert_int_equal(door_record_count(&scene.door), before);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    scene_move(&scene, DESK_PAIR_MS);
    assert_int_equal(scene_scan_text(&scene, text)->verdict.reason, REASON_INVALID);
    scene_end(&scene);
}

static void test_errand__an_offer_shown_too_early_is_read_again(void **state)
{
    struct scene scene;
    struct code code;
    char text[PAIRING_TEXT_SIZE];

    (void)state;
    write_offer(text);
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    (void)wait_for_offer(&scene, true);
    assert_false(queue_take(desk_unsaved(scene.desk), &code)); // none was shown
    (void)wait_for_offer(&scene, false);
    assert_int_equal(scene_scan_text(&scene, text)->kind, NOTICE_VERDICT);
    (void)wait_for_offer(&scene, false);
    assert_false(queue_take(desk_unsaved(scene.desk), &code));
    (void)wait_for_offer(&scene, true);
    assert_true(queue_take(desk_unsaved(scene.desk), &code)); // it may still stand before the camera
    assert_int_equal(code.length, strlen(text));
    assert_memory_equal(code.text, text, strlen(text));
    (void)wait_for_offer(&scene, true);
    assert_false(queue_take(desk_unsaved(scene.desk), &code)); // once
    scene_end(&scene);
}

static void test_errand__waiting_for_an_offer_ends(void **state)
{
    struct sync_request request;
    struct scene scene;
    char text[PAIRING_TEXT_SIZE];
    struct command lock = {.kind = COMMAND_LOCK};

    (void)state;
    write_offer(text);
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    (void)wait_for_offer(&scene, true);
    (void)wait_for_offer(&scene, false);
    assert_int_equal(scene_scan_text(&scene, text)->kind, NOTICE_VERDICT);
    (void)wait_for_offer(&scene, true);
    scene_move(&scene, DESK_PAIR_MS);
    assert_int_equal(scene_scan_text(&scene, text)->kind, NOTICE_VERDICT);
    (void)wait_for_offer(&scene, true);
    assert_int_equal(scene_ask(&scene, &lock)->kind, NOTICE_LOCKED);
    assert_int_equal(scene_scan_text(&scene, text)->kind, NOTICE_VERDICT);
    assert_false(take_request(&scene, &request));
    scene_end(&scene);
}

static void test_errand__tickets_are_checked_in_while_an_offer_is_waited_for(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene_unlock(&scene);
    (void)wait_for_offer(&scene, true);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    assert_int_equal(scene_scan_text(&scene, "EINLASS-PAIR/1 HTTPS://x")->kind, NOTICE_TOO_LATE);
    assert_int_equal(scene.notice.asked, COMMAND_PAIR);
    assert_int_equal(scene_scan(&scene, 2)->headcount.inside, 2);
    scene_end(&scene);
}

static void test_errand__where_nothing_is_synced_staff_are_told(void **state)
{
    struct scene scene;
    char text[PAIRING_TEXT_SIZE];

    (void)state;
    write_offer(text);
    scene_begin(&scene, 10, DOOR_LIST);
    scene.config.requests = NULL;
    scene_open_desk(&scene);
    scene_unlock(&scene);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_PAIR, 0, text)->kind, NOTICE_TOO_LATE);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_PAIR, 0, "")->kind, NOTICE_TOO_LATE);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXPORT, 0, "")->kind, NOTICE_TOO_LATE);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_SYNC, 0, "")->kind, NOTICE_TOO_LATE);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errand__only_staff_have_sync_do_anything),
        cmocka_unit_test(test_errand__another_kiosk_is_the_hubs_to_pair),
        cmocka_unit_test(test_errand__an_offer_that_was_typed_goes_to_sync),
        cmocka_unit_test(test_errand__an_offer_is_scanned_only_while_staff_wait_for_it),
        cmocka_unit_test(test_errand__the_code_it_was_just_paired_by_is_no_guest),
        cmocka_unit_test(test_errand__an_offer_shown_too_early_is_read_again),
        cmocka_unit_test(test_errand__waiting_for_an_offer_ends),
        cmocka_unit_test(test_errand__tickets_are_checked_in_while_an_offer_is_waited_for),
        cmocka_unit_test(test_errand__where_nothing_is_synced_staff_are_told),
    };

    return cmocka_run_group_tests_name("desk/errand", tests, NULL, NULL);
}
