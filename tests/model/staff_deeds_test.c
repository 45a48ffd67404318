// What staff do besides letting people in: taking back, stock, settings, list and direction, switching off.
#include "support/check.h"

#include "model/shift.h"

static void test_staff_deeds__an_old_check_in_is_taken_back_with_a_reason(void **state)
{
    struct shift *f = *state;

    shift_open_page(f, STAFF_RECENT);
    shift_take_own(f, COMMAND_RECENT);
    shift_list(f, ROWS_RECENT, 5);
    shift_press(f, STAFF_ACT_UNDO, 1); // not a minute old
    assert_true(shift_take_own(f, COMMAND_UNDO).seq == 18);
    shift_tell(f, &(struct notice){.kind = NOTICE_TOO_LATE, .asked = COMMAND_UNDO}); // or was it
    assert_int_equal(f->model.staff.page, STAFF_REASON);
    shift_press(f, STAFF_ACT_REASON, 1);
    struct command command = shift_take_own(f, COMMAND_UNDO);
    assert_true(command.seq == 18);
    assert_string_equal(command.text, "Falsche Person");
    shift_done(f, COMMAND_UNDO);
    assert_int_equal(f->model.staff.page, STAFF_RECENT);
    shift_wait(f, 0);
    shift_take_own(f, COMMAND_RECENT);
    shift_list(f, ROWS_RECENT, 5);
    shift_press(f, STAFF_ACT_UNDO, 4);
    assert_int_equal(f->model.staff.page, STAFF_REASON);
    shift_take_nothing(f);
}

static void test_staff_deeds__a_result_is_taken_back_behind_the_pin(void **state)
{
    struct shift *f = *state;
    struct notice notice;

    stage_notice(REASON_OK, &notice);
    shift_tell(f, &notice);
    model_act(&f->model, (struct action){ACT_UNDO, 0}, f->now_ms);
    assert_int_equal(f->model.page, PAGE_PIN);
    assert_string_equal(f->model.result.first_name, "");
    model_type(&f->model, "4711", f->now_ms);
    model_act(&f->model, (struct action){ACT_DEFAULT, 0}, f->now_ms);
    shift_take(f, COMMAND_UNLOCK);
    shift_tell(f, &(struct notice){.kind = NOTICE_UNLOCKED, .session = SHIFT_SESSION});
    assert_true(shift_take_own(f, COMMAND_UNDO).seq == 17);
    shift_done(f, COMMAND_UNDO);
    assert_int_equal(f->model.staff.page, STAFF_RECENT);
    assert_int_equal(f->model.staff.done, STAFF_DONE_UNDONE);
}

static void test_staff_deeds__stock_is_tapped_or_typed(void **state)
{
    static const struct {
        const char *typed;
        int number; // 0: nothing is booked
    } cases[] = {{"120", 120}, {"-30", -30}, {"", 0}, {"0", 0}, {"12345678901234567890", 0}, {"abc", 0}};
    struct shift *f = *state;

    f->stage.list.mode = LIST_MODE_HAND_OUT;
    shift_open_page(f, STAFF_STOCK);
    shift_press(f, STAFF_ACT_STOCK, 2);
    assert_int_equal(shift_take_own(f, COMMAND_STOCK).number, 50);
    shift_done(f, COMMAND_STOCK);
    assert_string_equal(f->model.staff.done_name, "+50");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        shift_press(f, STAFF_ACT_OPEN, STAFF_STOCK);
        shift_press(f, STAFF_ACT_TYPE, 0);
        shift_type(f, cases[i].typed);
        shift_press(f, STAFF_ACT_CONFIRM, 0);
        if (cases[i].number == 0) shift_take_nothing(f);
        else assert_int_equal(shift_take_own(f, COMMAND_STOCK).number, cases[i].number);
        if (cases[i].number != 0) shift_done(f, COMMAND_STOCK);
    }
}

static void test_staff_deeds__more_than_there_is_can_t_be_taken_away(void **state)
{
    struct shift *f = *state;

    f->stage.list.mode = LIST_MODE_HAND_OUT;
    shift_open_page(f, STAFF_STOCK);
    shift_press(f, STAFF_ACT_STOCK, 4);
    assert_int_equal(shift_take_own(f, COMMAND_STOCK).number, -10);
    shift_tell(f, &(struct notice){.kind = NOTICE_TOO_LATE, .asked = COMMAND_STOCK});
    assert_int_equal(f->model.staff.page, STAFF_STOCK);
    assert_int_equal(f->model.staff.done, STAFF_DONE_TOO_FEW);
    shift_press(f, STAFF_ACT_STOCK, 3);
    assert_int_equal(shift_take_own(f, COMMAND_STOCK).number, -1);
    shift_done(f, COMMAND_STOCK);
    assert_int_equal(f->model.staff.done, STAFF_DONE_STOCK);
}

static void test_staff_deeds__settings_are_remembered_each(void **state)
{
    struct shift *f = *state;
    char all[256] = "";

    f->model.volume = 95;
    f->model.brightness = 15;
    shift_open_page(f, STAFF_SCREEN);
    shift_press(f, STAFF_ACT_VOLUME, 1);
    assert_int_equal(f->model.volume, 100);
    assert_int_equal(model_take_tone(&f->model), TONE_WELCOME);
    shift_press(f, STAFF_ACT_BRIGHTNESS, 0);
    shift_press(f, STAFF_ACT_BRIGHTNESS, 0);
    assert_int_equal(f->model.brightness, 10); // never black
    shift_press(f, STAFF_ACT_LARGE, 0);
    shift_press(f, STAFF_ACT_CONTRAST, 0);
    shift_press(f, STAFF_ACT_LANGUAGE, LANGUAGE_EN);
    for (int i = 0; i < 5; i++) {
        shift_wait(f, 20);
        strcat(all, shift_take(f, COMMAND_REMEMBER).text);
        strcat(all, " ");
    }
    assert_string_equal(all, "volume=100 brightness=10 large_text=1 high_contrast=1 language=en ");
    shift_wait(f, 20);
    shift_take_nothing(f);
    shift_press(f, STAFF_ACT_VOLUME, 0);
    shift_wait(f, 20);
    shift_press(f, STAFF_ACT_PRACTISE, 0); // pushes aside what wasn't sent yet
    assert_int_equal(shift_take_own(f, COMMAND_PRACTISE).number, 1);
    shift_done(f, COMMAND_PRACTISE);
    shift_press(f, STAFF_ACT_LOCK, 0);
    shift_take(f, COMMAND_LOCK);
    shift_wait(f, 20); // now it is offered, but not taken yet
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms);
    model_type(&f->model, "4711", f->now_ms);
    model_act(&f->model, (struct action){ACT_DEFAULT, 0}, f->now_ms); // any other question pushes it aside, too
    shift_take(f, COMMAND_UNLOCK);
    shift_wait(f, 20);
    assert_string_equal(shift_take(f, COMMAND_REMEMBER).text, "volume=90");
}

static void test_staff_deeds__large_text_is_theirs_to_choose_for_good(void **state)
{
    struct shift *f = *state;

    model_act(&f->model, (struct action){ACT_LARGE, 0}, f->now_ms); // a guest's
    shift_open_page(f, STAFF_SCREEN);
    shift_press(f, STAFF_ACT_LARGE, 0);
    shift_wait(f, 20);
    assert_string_equal(shift_take(f, COMMAND_REMEMBER).text, "large_text=0");
    shift_press(f, STAFF_ACT_LOCK, 0);
    shift_wait(f, 2 * MODEL_IDLE_MS);
    assert_int_equal(f->model.page, PAGE_READY);
    assert_false(f->model.is_large_text);
}

static void test_staff_deeds__list_and_direction_are_the_desk_s_to_change(void **state)
{
    struct shift *f = *state;

    f->stage.list.mode = LIST_MODE_IN_OUT;
    shift_open_page(f, STAFF_SERVE);
    shift_press(f, STAFF_ACT_LIST, 1);
    struct command command = shift_take_own(f, COMMAND_SERVE);
    assert_int_equal(command.list, 2);
    assert_int_equal(f->model.config.list->id, 1);
    shift_tell(f, &(struct notice){.kind = NOTICE_DONE, .asked = COMMAND_SERVE, .stance = {.list = 2}});
    assert_int_equal(f->model.config.list->id, 2);
    shift_press(f, STAFF_ACT_DIRECTION, DIRECTION_EXIT);
    command = shift_take_own(f, COMMAND_SERVE);
    assert_int_equal(command.list, 2);
    assert_int_equal(command.direction, DIRECTION_EXIT);
    shift_press(f, STAFF_ACT_LIST, 200); // no such list
    shift_take_nothing(f);
}

static void test_staff_deeds__an_answer_that_doesn_t_come_is_said(void **state)
{
    struct shift *f = *state;

    shift_open_person(f, false);
    shift_press(f, STAFF_ACT_ADMIT, STAFF_NO_ROW);
    shift_take_own(f, COMMAND_ADMIT);
    shift_wait(f, MODEL_ANSWER_MS);
    assert_int_equal(f->model.staff.done, STAFF_DONE_NO_ANSWER);
    shift_press(f, STAFF_ACT_ADMIT, STAFF_NO_ROW);
    shift_take_own(f, COMMAND_ADMIT);
}

static void test_staff_deeds__who_is_unknown_by_now_can_t_go_out(void **state)
{
    struct shift *f = *state;
    struct command command;

    f->stage.list.mode = LIST_MODE_IN_OUT;
    shift_open_person(f, true);
    shift_press(f, STAFF_ACT_EXIT, STAFF_NO_ROW);
    command = shift_take_own(f, COMMAND_EXIT);
    shift_answer(f, &command, REASON_INVALID); // a new roster came meanwhile
    assert_int_equal(f->model.page, PAGE_RESULT);
    shift_wait(f, MODEL_ANSWER_MS);
    assert_int_equal(f->model.page, PAGE_STAFF);
    assert_int_equal(f->model.staff.done, STAFF_DONE_NOTHING); // there was an answer
}

static void test_staff_deeds__switching_off_takes_its_own_page(void **state)
{
    struct shift *f = *state;

    shift_unlock(f);
    shift_press(f, STAFF_ACT_SHUT_DOWN, 0);
    assert_false(f->model.wants_shut_down);
    shift_press(f, STAFF_ACT_OPEN, STAFF_SHUT_DOWN);
    shift_press(f, STAFF_ACT_SHUT_DOWN, 0);
    assert_true(f->model.wants_shut_down);
}

static void test_staff_deeds__what_is_left_is_the_stations_or_everybodys(void **state)
{
    struct shift *f = *state;

    f->stage.list.mode = LIST_MODE_HAND_OUT;
    f->stage.list.stock = 18;
    f->model.headcount = (struct headcount){.given = 1, .is_limited = true, .left = 17};
    assert_false(staff_is_left_here(&f->model)); // nothing was counted here
    f->model.headcount.is_stocked = true;
    assert_false(staff_is_left_here(&f->model)); // fifty came, but 17 are all there may be
    f->model.headcount.left = 9;
    assert_true(staff_is_left_here(&f->model));
    f->stage.list.stock = 0;
    assert_true(staff_is_left_here(&f->model));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_staff_deeds__what_is_left_is_the_stations_or_everybodys, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_deeds__more_than_there_is_can_t_be_taken_away, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_deeds__an_old_check_in_is_taken_back_with_a_reason, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_deeds__a_result_is_taken_back_behind_the_pin, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_deeds__stock_is_tapped_or_typed, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_deeds__settings_are_remembered_each, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_deeds__large_text_is_theirs_to_choose_for_good, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_deeds__list_and_direction_are_the_desk_s_to_change, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_deeds__an_answer_that_doesn_t_come_is_said, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_deeds__who_is_unknown_by_now_can_t_go_out, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_deeds__switching_off_takes_its_own_page, shift_set_up,
                                        shift_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
