// The staff's pages about people: what is asked of the desk, and that nothing typed or shown is lost.
#include "support/check.h"

#include "model/shift.h"

#include "base/text.h"

// ---- looking for somebody ----

static void test_staff__a_search_asks_once_per_answer_and_the_newest_wins(void **state)
{
    struct shift *f = *state;

    shift_open_page(f, STAFF_SEARCH);
    shift_type(f, "m");
    shift_take_nothing(f); // from two letters on
    shift_type(f, "ü");
    assert_string_equal(shift_take_own(f, COMMAND_SEARCH).text, "mü");
    shift_type(f, "l");
    shift_type(f, "l");
    shift_take_nothing(f); // the first answer isn't here yet
    shift_list(f, ROWS_FOUND, 7);
    assert_string_equal(shift_take_own(f, COMMAND_SEARCH).text, "müll");
    shift_list(f, ROWS_FOUND, 2);
    shift_take_nothing(f);
    assert_true(f->model.staff.rows->count == 2);
    model_act(&f->model, (struct action){ACT_ERASE, 0}, f->now_ms);
    shift_wait(f, MODEL_ANSWER_MS);
    assert_string_equal(shift_take_own(f, COMMAND_SEARCH).text, "mül");
    shift_wait(f, MODEL_ANSWER_MS); // an answer got lost
    shift_take_own(f, COMMAND_SEARCH);
    shift_press(f, STAFF_ACT_CLEAR, 0);
    shift_list(f, ROWS_FOUND, 3);
    assert_string_equal(f->model.staff.search, "");
    assert_null(f->model.staff.rows); // nobody was searched for
}

static void test_staff__letters_typed_on_the_menu_search(void **state)
{
    struct shift *f = *state;

    shift_unlock(f);
    shift_type(f, "l");
    shift_type(f, "e");
    assert_int_equal(f->model.staff.page, STAFF_SEARCH);
    assert_string_equal(shift_take_own(f, COMMAND_SEARCH).text, "le");
    shift_list(f, ROWS_FOUND, 3);
    model_act(&f->model, (struct action){ACT_DEFAULT, 0}, f->now_ms); // Enter takes the first
    assert_true(shift_take_own(f, COMMAND_PERSON).ticket == 100);
}

static void test_staff__a_person_is_admitted_seen_and_the_list_is_back(void **state)
{
    struct shift *f = *state;

    shift_open_person(f, false);
    shift_press(f, STAFF_ACT_ADMIT, STAFF_NO_ROW);
    shift_press(f, STAFF_ACT_ADMIT, STAFF_NO_ROW); // a double touch asks once
    struct command command = shift_take_own(f, COMMAND_ADMIT);
    assert_true(command.ticket == f->model.staff.person.ticket);
    shift_answer(f, &command, REASON_OK);
    assert_int_equal(f->model.page, PAGE_RESULT); // the guest sees it
    shift_wait(f, MODEL_OVER_FORM_MS);
    assert_int_equal(f->model.page, PAGE_STAFF);
    assert_int_equal(f->model.staff.page, STAFF_SEARCH);
    assert_string_equal(f->model.staff.search, "mü");
    assert_int_equal(f->model.staff.done, STAFF_DONE_ADMITTED);
    shift_take_own(f, COMMAND_SEARCH); // who is here now
    shift_list(f, ROWS_FOUND, 5);
    shift_press(f, STAFF_ACT_UNDO_DONE, 0);
    assert_true(shift_take_own(f, COMMAND_UNDO).seq == 17);
    shift_done(f, COMMAND_UNDO);
    assert_int_equal(f->model.staff.done, STAFF_DONE_UNDONE);
    shift_press(f, STAFF_ACT_UNDO_DONE, 0); // once
    shift_wait(f, 0);
    shift_take_own(f, COMMAND_SEARCH);
    shift_take_nothing(f);
}

static void test_staff__who_is_refused_may_be_let_in_with_a_reason(void **state)
{
    struct shift *f = *state;

    shift_open_person(f, false);
    shift_press(f, STAFF_ACT_ADMIT, STAFF_NO_ROW);
    struct command command = shift_take_own(f, COMMAND_ADMIT);
    shift_answer(f, &command, REASON_UNPAID);
    assert_int_equal(f->model.page, PAGE_RESULT);
    shift_wait(f, 2 * MODEL_OVER_FORM_MS);
    assert_int_equal(f->model.staff.page, STAFF_PERSON);
    shift_wait(f, MODEL_LOOK_MS);
    shift_press(f, STAFF_ACT_FORCE, STAFF_NO_ROW);
    assert_int_equal(f->model.staff.page, STAFF_REASON);
    shift_take_nothing(f); // not without one
    shift_press(f, STAFF_ACT_CONFIRM, 0);
    shift_take_nothing(f);
    shift_press(f, STAFF_ACT_REASON, 0);
    command = shift_take_own(f, COMMAND_FORCE);
    assert_string_equal(command.text, "Hat bezahlt");
    assert_true(command.ticket == 0xA1B2C3D4E5);
    shift_answer(f, &command, REASON_OK);
    shift_wait(f, MODEL_OVER_FORM_MS);
    assert_int_equal(f->model.staff.page, STAFF_SEARCH);
}

static void test_staff__a_typed_reason_is_the_one_recorded(void **state)
{
    struct shift *f = *state;

    shift_open_person(f, false);
    shift_press(f, STAFF_ACT_FORCE, STAFF_NO_ROW);
    shift_press(f, STAFF_ACT_TYPE, 0);
    for (int i = 0; i < 300; i++) model_type(&f->model, "ä", f->now_ms);
    assert_true(strlen(f->model.staff.text) < RECORD_WHY_SIZE); // as much as a record holds
    shift_press(f, STAFF_ACT_CLEAR, 0);
    model_act(&f->model, (struct action){ACT_KEY, 0xDC}, f->now_ms);
    shift_type(f, "berweist");
    model_act(&f->model, (struct action){ACT_DEFAULT, 0}, f->now_ms);
    assert_string_equal(shift_take_own(f, COMMAND_FORCE).text, "Überweist");
}

static void test_staff__a_scan_is_answered_and_the_page_is_back_with_its_content(void **state)
{
    struct shift *f = *state;
    struct notice notice;

    shift_open_person(f, false);
    shift_press(f, STAFF_ACT_FORCE, STAFF_NO_ROW);
    shift_type(f, "Zah");
    stage_notice(REASON_FULL, &notice);
    notice.mono_ms = f->now_ms + 1;
    shift_tell(f, &notice);
    assert_int_equal(f->model.page, PAGE_RESULT);
    shift_type(f, "lt"); // isn't lost, and brings the page back sooner
    shift_wait(f, MODEL_READ_MS);
    assert_int_equal(f->model.page, PAGE_STAFF);
    assert_int_equal(f->model.staff.page, STAFF_REASON);
    assert_string_equal(f->model.staff.text, "Zahlt");
    shift_press(f, STAFF_ACT_CONFIRM, 0);
    struct command command = shift_take_own(f, COMMAND_FORCE);
    stage_notice(REASON_OK, &notice);
    notice.mono_ms = command.mono_ms; // of somebody's ticket: no answer to that
    shift_tell(f, &notice);
    assert_true(f->model.asked_ms != 0);
    assert_int_equal(f->model.staff.page, STAFF_REASON);
}

// ---- who is missing ----

static void test_staff__a_tour_works_with_the_list_alone(void **state)
{
    struct shift *f = *state;

    shift_open_page(f, STAFF_MISSING);
    shift_take_own(f, COMMAND_MISSING);
    shift_list(f, ROWS_MISSING, 4);
    shift_press(f, STAFF_ACT_ADMIT, 2);
    struct command command = shift_take_own(f, COMMAND_ADMIT);
    assert_true(command.ticket == 102);
    shift_answer(f, &command, REASON_OK);
    assert_int_equal(f->model.page, PAGE_STAFF); // reading on, without a green page between
    assert_int_equal(f->model.staff.page, STAFF_MISSING);
    assert_int_equal(model_take_tone(&f->model), TONE_WELCOME);
    assert_string_equal(f->model.staff.done_name, "Yusuf Öztürk");
    shift_wait(f, 0);
    shift_take_own(f, COMMAND_MISSING);
    stage_rows(ROWS_MISSING, 3, &f->rows);
    staff_rows(&f->model, &f->rows, f->now_ms);
    shift_press(f, STAFF_ACT_ADMIT, 0); // the list has moved under the finger
    shift_take_nothing(f);
    shift_wait(f, STAFF_REST_MS);
    shift_press(f, STAFF_ACT_EXIT, 0);
    assert_int_equal(f->model.staff.page, STAFF_REASON);
    assert_true(staff_reason_count(&f->model) == 3); // home, not come, and the other bus
    shift_press(f, STAFF_ACT_REASON, 2);
    command = shift_take_own(f, COMMAND_EXIT);
    assert_string_equal(command.text, "Fährt mit: Bus 3");
    assert_true(command.ticket == 100);
    shift_done(f, COMMAND_EXIT);
    assert_int_equal(f->model.staff.page, STAFF_MISSING);
    assert_int_equal(f->model.staff.done, STAFF_DONE_SIGNED_OFF);
}

static void test_staff__a_scan_shortens_the_list(void **state)
{
    struct shift *f = *state;
    struct notice notice;

    shift_open_page(f, STAFF_MISSING);
    shift_take_own(f, COMMAND_MISSING);
    shift_list(f, ROWS_MISSING, 4);
    shift_take_nothing(f);
    stage_notice(REASON_OK, &notice);
    shift_tell(f, &notice);
    shift_wait(f, 0);
    shift_take_own(f, COMMAND_MISSING);
}

static void test_staff__further_names_are_asked_for(void **state)
{
    struct shift *f = *state;

    shift_open_page(f, STAFF_MISSING);
    assert_int_equal(shift_take_own(f, COMMAND_MISSING).number, 0);
    stage_rows(ROWS_MISSING, ROWS_MOST, &f->rows);
    f->rows.total = 90;
    f->rows.has_more = true;
    staff_rows(&f->model, &f->rows, f->now_ms);
    shift_press(f, STAFF_ACT_MORE, 8);
    shift_wait(f, 0);
    assert_int_equal(shift_take_own(f, COMMAND_MISSING).number, 8);
    shift_press(f, STAFF_ACT_LESS, 20);
    assert_true(f->model.staff.first == 0);
}

static void test_staff__a_round_over_missing_people_asks_first(void **state)
{
    struct shift *f = *state;
    struct notice count = {.kind = NOTICE_COUNT, .headcount = {.inside = 42, .expected = 45, .round = 2}};

    f->stage.event.stop_count = 2;
    text_copy(f->stage.event.stops[1].name[LANGUAGE_DE], 64, "Hüttenwerke");
    shift_open_page(f, STAFF_ROUND);
    shift_tell(f, &count);
    shift_press(f, STAFF_ACT_STOP, 1);
    shift_take_nothing(f);
    shift_press(f, STAFF_ACT_BACK, 0);
    assert_int_equal(f->model.staff.page, STAFF_ROUND);
    shift_press(f, STAFF_ACT_STOP, 1);
    shift_press(f, STAFF_ACT_CONFIRM, 0);
    assert_string_equal(shift_take_own(f, COMMAND_ROUND).text, "Hüttenwerke");
    shift_done(f, COMMAND_ROUND);
    assert_int_equal(f->model.staff.page, STAFF_MISSING);
    shift_press(f, STAFF_ACT_OPEN, STAFF_ROUND);
    count.headcount.inside = 45;
    shift_tell(f, &count);
    shift_press(f, STAFF_ACT_STOP, 1); // nobody is missing: one tap
    shift_take_own(f, COMMAND_ROUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_staff__a_search_asks_once_per_answer_and_the_newest_wins, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff__letters_typed_on_the_menu_search, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff__a_person_is_admitted_seen_and_the_list_is_back, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff__who_is_refused_may_be_let_in_with_a_reason, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff__a_typed_reason_is_the_one_recorded, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff__a_scan_is_answered_and_the_page_is_back_with_its_content,
                                        shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff__a_tour_works_with_the_list_alone, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff__a_scan_shortens_the_list, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff__further_names_are_asked_for, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff__a_round_over_missing_people_asks_first, shift_set_up,
                                        shift_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
