// The staff's session: what opens and locks it, and that nothing shown is left behind.
#include "support/check.h"

#include "model/shift.h"

static bool is_empty(const void *bytes, size_t count)
{
    const char *at = bytes;

    for (size_t i = 0; i < count; i++)
        if (at[i]) return false;
    return true;
}

static void assert_locked(struct shift *f)
{
    assert_true(f->model.staff.session == 0);
    assert_null(f->model.staff.rows);
    assert_true(is_empty(&f->model.staff.person, sizeof f->model.staff.person));
    assert_string_equal(f->model.staff.search, "");
    assert_string_equal(f->model.staff.done_name, "");
}

static void test_staff_session__the_pin_is_asked_before_anything(void **state)
{
    struct shift *f = *state;

    shift_press(f, STAFF_ACT_OPEN, STAFF_SEARCH); // no such button is there
    assert_int_equal(f->model.page, PAGE_READY);
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms);
    assert_int_equal(f->model.page, PAGE_PIN);
    shift_take_nothing(f); // this event has no staff tickets
    shift_press(f, STAFF_ACT_OPEN, STAFF_SEARCH);
    assert_int_equal(f->model.page, PAGE_PIN);
    shift_tell(f, &(struct notice){.kind = NOTICE_PIN, .wait_ms = 5000});
    assert_int_equal(f->model.hint, FORM_HINT_PIN_LATER);
    model_act(&f->model, (struct action){ACT_BACK, 0}, f->now_ms);
    assert_int_equal(f->model.page, PAGE_READY);
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms); // the delay isn't forgotten with the page
    assert_int_equal(f->model.hint, FORM_HINT_PIN_LATER);
    shift_wait(f, 5000);
    assert_int_equal(f->model.hint, FORM_HINT_NONE);
    shift_wait(f, MODEL_IDLE_MS);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_staff_session__a_ticket_of_theirs_opens_as_well(void **state)
{
    struct shift *f = *state;

    f->stage.event.classes[0].is_staff = true;
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms);
    struct command command = shift_take(f, COMMAND_UNLOCK);
    assert_int_equal(command.number, 1);
    assert_string_equal(command.text, "");
    shift_wait(f, DESK_STAFF_TICKET_MS / 2);
    model_type(&f->model, "4", f->now_ms);
    shift_take(f, COMMAND_UNLOCK); // goes on being looked for
    shift_tell(f, &(struct notice){.kind = NOTICE_UNLOCKED, .session = SHIFT_SESSION});
    assert_int_equal(f->model.staff.page, STAFF_MENU);
    assert_string_equal(f->model.pin, "");
}

static void test_staff_session__a_ticket_is_looked_for_no_longer_than_the_page_is_open(void **state)
{
    struct shift *f = *state;

    f->stage.event.classes[0].is_staff = true;
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms);
    shift_take(f, COMMAND_UNLOCK);
    shift_tell(f, &(struct notice){.kind = NOTICE_NOT_SAVED}); // takes every page away
    assert_int_equal(f->model.page, PAGE_NOT_SAVED);
    shift_wait(f, 20);
    shift_take(f, COMMAND_LOCK);
    shift_wait(f, 20);
    shift_take_nothing(f);
    model_act(&f->model, (struct action){ACT_RETRY, 0}, f->now_ms);
    shift_take(f, COMMAND_RETRY);
    shift_tell(f, &(struct notice){.kind = NOTICE_COUNT});
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms);
    assert_int_equal(shift_take(f, COMMAND_UNLOCK).number, 1);
    shift_tell(f, &(struct notice){.kind = NOTICE_UNLOCKED, .session = SHIFT_SESSION});
    shift_wait(f, 20);
    shift_take_nothing(f); // the session stays open
    assert_int_equal(f->model.page, PAGE_STAFF);
}

static void test_staff_session__nobody_finds_a_door_open_that_was_left(void **state)
{
    struct shift *f = *state;

    f->stage.event.classes[0].is_staff = true;
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms);
    shift_take(f, COMMAND_UNLOCK);
    model_act(&f->model, (struct action){ACT_BACK, 0}, f->now_ms);
    shift_take(f, COMMAND_LOCK); // their tickets are tickets again
    shift_tell(f, &(struct notice){.kind = NOTICE_UNLOCKED, .session = SHIFT_SESSION}); // it was under way
    assert_int_equal(f->model.page, PAGE_READY);
    shift_take(f, COMMAND_LOCK);
    assert_locked(f);
}

static void test_staff_session__locks_by_button_by_back_and_by_time(void **state)
{
    struct shift *f = *state;

    for (int way = 0; way < 4; way++) {
        shift_open_person(f, true);
        if (way == 0) shift_press(f, STAFF_ACT_LOCK, 0);
        if (way == 1)
            for (int i = 0; i < 3; i++) model_act(&f->model, (struct action){ACT_BACK, 0}, f->now_ms);
        if (way == 2) shift_wait(f, DESK_SESSION_MS);
        if (way == 3) shift_tell(f, &(struct notice){.kind = NOTICE_NOT_SAVED});
        assert_locked(f);
        assert_int_equal(f->model.page, way == 3 ? PAGE_NOT_SAVED : PAGE_READY);
        shift_take_own(f, COMMAND_LOCK);
        if (way == 3) model_act(&f->model, (struct action){ACT_RETRY, 0}, f->now_ms);
        if (way == 3) shift_take(f, COMMAND_RETRY);
        shift_tell(f, &(struct notice){.kind = NOTICE_COUNT});
        shift_tell(f, &(struct notice){.kind = NOTICE_LOCKED}); // the answer changes nothing
        assert_int_equal(f->model.page, PAGE_READY);
    }
}

static void test_staff_session__time_passes_under_results_too(void **state)
{
    struct shift *f = *state;
    struct notice notice;

    shift_open_person(f, true);
    stage_notice(REASON_OK, &notice);
    for (int passed_ms = 0; passed_ms < DESK_SESSION_MS; passed_ms += 1000) {
        notice.mono_ms = f->now_ms;
        shift_tell(f, &notice);
        shift_wait(f, 1000);
        model_drop_command(&f->model);
    }
    assert_locked(f);
    shift_wait(f, 6000);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_staff_session__a_session_the_desk_has_forgotten_is_asked_for_anew(void **state)
{
    struct shift *f = *state;

    shift_open_person(f, false);
    shift_press(f, STAFF_ACT_ADMIT, STAFF_NO_ROW);
    shift_take_own(f, COMMAND_ADMIT);
    shift_tell(f, &(struct notice){.kind = NOTICE_LOCKED});
    assert_int_equal(f->model.page, PAGE_PIN); // somebody is there
    assert_locked(f);
    model_act(&f->model, (struct action){ACT_BACK, 0}, f->now_ms);
    shift_open_page(f, STAFF_SEARCH);
    shift_tell(f, &(struct notice){.kind = NOTICE_LOCKED});
    assert_int_equal(f->model.page, PAGE_READY); // nobody is
    assert_locked(f);
}

static void test_staff_session__touches_keep_the_session_but_seldom(void **state)
{
    struct shift *f = *state;
    int count = 0;

    shift_open_page(f, STAFF_SCREEN);
    for (int second = 0; second < 60; second++) {
        struct command command;
        model_choose(&f->model, (struct action){0}, f->now_ms);
        shift_wait(f, 1000);
        if (!model_peek_command(&f->model, &command)) continue;
        shift_take_own(f, COMMAND_TOUCH);
        count++;
    }
    assert_in_range(count, 5, 6);
    shift_wait(f, 60000);
    shift_take_nothing(f); // nobody is there
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_staff_session__the_pin_is_asked_before_anything, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_session__a_ticket_of_theirs_opens_as_well, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_session__a_ticket_is_looked_for_no_longer_than_the_page_is_open,
                                        shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_session__nobody_finds_a_door_open_that_was_left, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_session__locks_by_button_by_back_and_by_time, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_session__time_passes_under_results_too, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_session__a_session_the_desk_has_forgotten_is_asked_for_anew,
                                        shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_session__touches_keep_the_session_but_seldom, shift_set_up,
                                        shift_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
