// The staff's PIN, before a session is open: what it opens, how long it lives, and that nothing shows without it.
#include "support/check.h"

#include "model/visit.h"

static void test_pin__wrong_pins_have_to_wait(void **state)
{
    struct visit f;
    struct notice wrong = {.kind = NOTICE_PIN}, later = {.kind = NOTICE_PIN, .wait_ms = 8000};
    struct command command;

    (void)state;
    visit_begin(&f);
    visit_find_somebody(&f);
    visit_press(&f, "1");
    visit_act(&f, ACT_UNLOCK);
    visit_take(&f, COMMAND_UNLOCK, &command);
    visit_tell(&f, &wrong);
    assert_int_equal(f.model.hint, FORM_HINT_PIN_WRONG);
    assert_string_equal(f.model.pin, "");
    visit_press(&f, "2");
    visit_act(&f, ACT_UNLOCK);
    visit_take(&f, COMMAND_UNLOCK, &command);
    visit_tell(&f, &later);
    visit_press(&f, "3");
    visit_act(&f, ACT_UNLOCK);
    assert_int_equal(f.model.hint, FORM_HINT_PIN_LATER);
    assert_false(model_peek_command(&f.model, &command));
    visit_wait(&f, 8000);
    assert_int_equal(f.model.hint, FORM_HINT_NONE);
    visit_act(&f, ACT_UNLOCK);
    visit_take(&f, COMMAND_UNLOCK, &command);
    visit_end(&f);
}

static void assert_no_pin(const struct visit *f)
{
    for (size_t at = 0; at < sizeof f->model.pin; at++) assert_int_equal(f->model.pin[at], 0);
}

static void test_pin__a_pin_lives_until_it_was_asked_about(void **state)
{
    struct notice later = {.kind = NOTICE_PIN, .wait_ms = 5000};
    struct visit f;

    (void)state;
    for (int i = 0; i < 4; i++) {
        visit_begin(&f);
        visit_find_somebody(&f);
        visit_press(&f, "4711");
        assert_string_equal(f.model.pin, "4711");
        if (i == 0) visit_act(&f, ACT_UNLOCK);
        if (i == 1) visit_tell(&f, &later);
        if (i == 2) visit_act(&f, ACT_BACK);
        if (i == 3) visit_wait(&f, MODEL_IDLE_MS);
        assert_no_pin(&f);
        visit_end(&f);
    }
}

static void test_pin__facts_about_a_person_live_as_long_as_their_page(void **state)
{
    struct notice not_saved = {.kind = NOTICE_NOT_SAVED};
    struct visit f;

    (void)state;
    for (int i = 0; i < 3; i++) {
        visit_begin(&f);
        visit_unlock_somebody(&f);
        assert_no_pin(&f);
        if (i == 0) visit_tell(&f, &not_saved);
        if (i == 1) visit_act(&f, ACT_BACK);
        if (i == 2) visit_wait(&f, MODEL_IDLE_MS);
        assert_string_equal(f.model.staff.person.full_name, "");
        visit_end(&f);
    }
}

static void test_pin__an_idle_form_ends_under_results_too(void **state)
{
    struct visit f;

    (void)state;
    visit_begin(&f);
    visit_unlock_somebody(&f);
    for (int passed_ms = 0; passed_ms < MODEL_IDLE_MS; passed_ms += 1000) { // tickets come and come
        assert_string_not_equal(f.model.staff.person.full_name, "");
        visit_tell_reason(&f, REASON_OK);
        visit_wait(&f, 1000);
        assert_int_equal(f.model.page, PAGE_RESULT);
    }
    assert_string_equal(f.model.staff.person.full_name, "");
    visit_wait(&f, 3000);
    assert_int_equal(f.model.page, PAGE_READY);
    visit_end(&f);
}

static void test_pin__a_person_shows_only_with_a_pin(void **state)
{
    struct visit f;
    struct notice found, person;

    (void)state;
    stage_found(&found);
    stage_person(&person);
    visit_begin(&f);
    visit_act(&f, ACT_HAND);
    visit_press(&f, "A");
    visit_act(&f, ACT_FIND);
    visit_tell(&f, &person); // late, of another question
    assert_int_equal(f.model.page, PAGE_HAND);
    visit_tell(&f, &found);
    visit_press(&f, "4711");
    visit_act(&f, ACT_UNLOCK);
    visit_take_pin(&f, "4711");
    visit_tell(&f, &found); // what anybody may see is no answer to staff
    assert_int_equal(f.model.page, PAGE_STAFF);
    assert_false(visit_shows_person(&f));
    visit_end(&f);
}

static void test_pin__an_answer_under_a_result_is_not_lost(void **state)
{
    struct visit f;
    struct notice found;

    (void)state;
    visit_begin(&f);
    visit_act(&f, ACT_HAND);
    visit_press(&f, "A");
    visit_act(&f, ACT_FIND);
    visit_tell_reason(&f, REASON_FULL); // somebody's ticket
    stage_found(&found);
    visit_tell(&f, &found);
    assert_int_equal(f.model.page, PAGE_RESULT);
    visit_wait(&f, 6000);
    assert_int_equal(f.model.page, PAGE_PIN);
    visit_end(&f);
}

static void test_pin__without_pins_there_is_nothing_to_type(void **state)
{
    struct visit f;
    struct command command;

    (void)state;
    visit_begin(&f);
    f.stage.event.pin_count = 0;
    visit_find_somebody(&f);
    visit_press(&f, "4711");
    visit_act(&f, ACT_DEFAULT);
    assert_false(model_peek_command(&f.model, &command));
    assert_string_equal(f.model.pin, "");
    visit_act(&f, ACT_BACK);
    assert_int_equal(f.model.page, PAGE_HAND);
    visit_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pin__wrong_pins_have_to_wait),
        cmocka_unit_test(test_pin__a_pin_lives_until_it_was_asked_about),
        cmocka_unit_test(test_pin__facts_about_a_person_live_as_long_as_their_page),
        cmocka_unit_test(test_pin__an_idle_form_ends_under_results_too),
        cmocka_unit_test(test_pin__a_person_shows_only_with_a_pin),
        cmocka_unit_test(test_pin__an_answer_under_a_result_is_not_lost),
        cmocka_unit_test(test_pin__without_pins_there_is_nothing_to_type),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
