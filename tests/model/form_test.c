// Forms: what is typed is found, kept under results, and forgotten in time.
#include "support/check.h"

#include "model/visit.h"

static void test_form__hand_entry_finds_and_staff_admit(void **state)
{
    struct visit f;
    struct command command;

    (void)state;
    visit_begin(&f);
    visit_act(&f, ACT_HAND);
    visit_act(&f, ACT_FIND); // nothing typed: nothing asked
    assert_false(model_peek_command(&f.model, &command));
    visit_press(&f, "7K2X");
    visit_act(&f, ACT_ERASE);
    model_type(&f.model, "Mä", f.now_ms); // a keyboard
    visit_act(&f, ACT_ERASE);
    visit_act(&f, ACT_FIND);
    visit_press(&f, "9"); // the desk is reading
    visit_take(&f, COMMAND_FIND, &command);
    assert_string_equal(command.text, "7K2M");
    struct notice found;
    stage_found(&found);
    visit_tell(&f, &found);
    assert_int_equal(f.model.page, PAGE_PIN);
    model_act(&f.model, (struct action){ACT_STAFF, staff_key(STAFF_ACT_ADMIT, STAFF_NO_ROW)},
              f.now_ms);       // not from here
    visit_act(&f, ACT_UNLOCK); // nothing typed: nothing asked
    assert_false(model_peek_command(&f.model, &command));
    visit_press(&f, "4711");
    visit_act(&f, ACT_DEFAULT); // Enter unlocks
    visit_take_pin(&f, "4711");
    stage_person(&found);
    visit_tell(&f, &found);
    assert_true(visit_shows_person(&f));
    visit_press(&f, "9"); // nothing to type here
    visit_wait(&f, MODEL_LOOK_MS - 1);
    visit_act(&f, ACT_DEFAULT); // a double touch of the page before
    assert_false(model_peek_command(&f.model, &command));
    visit_wait(&f, 1);
    visit_act(&f, ACT_DEFAULT);
    visit_take(&f, COMMAND_ADMIT, &command);
    assert_true(command.session == 77);
    assert_true(command.ticket == found.ticket);
    stage_notice(REASON_OK, &found);
    found.asked = command.kind;
    visit_tell(&f, &found);
    assert_int_equal(f.model.page, PAGE_RESULT);
    visit_wait(&f, 3000);
    assert_int_equal(f.model.page, PAGE_READY); // and locked behind them
    visit_take(&f, COMMAND_LOCK, &command);
    assert_string_equal(f.model.staff.person.full_name, "");
    assert_string_equal(f.model.pin, "");
    visit_end(&f);
}

static void test_form__nobody_found_keeps_what_was_typed(void **state)
{
    struct visit f;
    struct notice nobody = {.kind = NOTICE_FOUND};

    (void)state;
    visit_begin(&f);
    visit_act(&f, ACT_HAND);
    visit_press(&f, "ABC");
    visit_act(&f, ACT_FIND);
    visit_tell(&f, &nobody);
    assert_int_equal(f.model.page, PAGE_HAND);
    assert_int_equal(f.model.hint, FORM_HINT_NOBODY);
    assert_string_equal(f.model.typed, "ABC");
    visit_press(&f, "D");
    assert_int_equal(f.model.hint, FORM_HINT_NONE);
    assert_string_equal(f.model.typed, "ABCD");
    visit_end(&f);
}

static void test_form__a_late_answer_shows_nobody(void **state)
{
    struct visit f;
    struct notice found;

    (void)state;
    visit_begin(&f);
    visit_act(&f, ACT_HAND);
    visit_press(&f, "A");
    visit_act(&f, ACT_FIND);
    visit_act(&f, ACT_BACK);
    stage_found(&found);
    visit_tell(&f, &found);
    assert_int_equal(f.model.page, PAGE_READY);
    visit_act(&f, ACT_HAND);
    visit_press(&f, "A");
    visit_act(&f, ACT_FIND);
    visit_wait(&f, MODEL_ANSWER_MS);
    assert_int_equal(f.model.hint, FORM_HINT_NO_ANSWER);
    visit_tell(&f, &found);
    assert_int_equal(f.model.page, PAGE_HAND);
    visit_end(&f);
}

static void test_form__a_scan_is_shown_over_a_form_and_gives_it_back(void **state)
{
    struct visit f;

    (void)state;
    visit_begin(&f);
    visit_act(&f, ACT_HAND);
    visit_press(&f, "AB");
    visit_tell_reason(&f, REASON_OK);
    assert_int_equal(f.model.page, PAGE_RESULT);
    visit_tell_reason(&f, REASON_INVALID);
    visit_wait(&f, 6000);
    assert_int_equal(f.model.page, PAGE_HAND);
    assert_string_equal(f.model.typed, "AB");
    visit_act(&f, ACT_PRIVACY);
    model_leaves(&f.model, 3);
    visit_act(&f, ACT_PAGE_ON);
    visit_tell_reason(&f, REASON_OK);
    visit_wait(&f, 3000);
    assert_int_equal(f.model.page, PAGE_PRIVACY); // so is what somebody reads: else it can't be read at a busy door
    assert_int_equal(f.model.leaf, 1);
    visit_tell_reason(&f, REASON_OK);
    visit_wait(&f, MODEL_IDLE_MS);
    assert_int_equal(f.model.page, PAGE_READY);
    visit_end(&f);
}

// Staff type a PIN while the camera goes on reading.
static void test_form__keys_typed_under_a_result_are_not_lost(void **state)
{
    struct visit f;
    struct command command;

    (void)state;
    visit_begin(&f);
    visit_act(&f, ACT_HAND);
    visit_type(&f, "7K");
    visit_tell_reason(&f, REASON_FULL);
    visit_wait(&f, 100);
    visit_type(&f, "2N");
    model_act(&f.model, (struct action){ACT_ERASE, 0}, f.now_ms);
    visit_type(&f, "M");
    assert_int_equal(f.model.page, PAGE_RESULT); // its guest sees it all the same
    visit_wait(&f, MODEL_READ_MS - 100);
    assert_int_equal(f.model.page, PAGE_HAND);
    assert_string_equal(f.model.typed, "7K2M");
    visit_tell_reason(&f, REASON_OK);
    visit_wait(&f, MODEL_READ_MS);
    visit_type(&f, "9"); // read: gone with the first key
    assert_int_equal(f.model.page, PAGE_HAND);
    assert_string_equal(f.model.typed, "7K2M9");
    visit_act(&f, ACT_BACK);

    visit_find_somebody(&f);
    visit_type(&f, "47");
    visit_tell_reason(&f, REASON_ALREADY_REDEEMED);
    visit_type(&f, "11");
    visit_act(&f, ACT_DEFAULT); // Enter belongs to what is typed
    visit_take(&f, COMMAND_UNLOCK, &command);
    assert_string_equal(command.text, "4711");
    visit_end(&f);
}

static void test_form__a_result_over_a_form_is_short_and_goes_at_a_touch(void **state)
{
    struct visit f;
    struct command command;

    (void)state;
    visit_begin(&f);
    visit_find_somebody(&f);
    visit_type(&f, "47");
    visit_tell_reason(&f, REASON_OK);
    visit_wait(&f, MODEL_OVER_FORM_MS);
    assert_int_equal(f.model.page, PAGE_PIN);
    visit_tell_reason(&f, REASON_FULL);
    visit_wait(&f, 2 * MODEL_OVER_FORM_MS - 1);
    assert_int_equal(f.model.page, PAGE_RESULT);
    visit_wait(&f, 1);
    assert_int_equal(f.model.page, PAGE_PIN);
    visit_tell_reason(&f, REASON_OK);
    visit_act(&f, ACT_DISMISS);
    assert_int_equal(f.model.page, PAGE_PIN);
    visit_tell_reason(&f, REASON_OK);
    visit_act(&f, ACT_DEFAULT); // Enter without typing is no try of half a PIN
    assert_int_equal(f.model.page, PAGE_PIN);
    assert_false(model_peek_command(&f.model, &command));
    assert_string_equal(f.model.pin, "47");
    visit_act(&f, ACT_BACK);

    visit_unlock_somebody(&f);
    visit_tell_reason(&f, REASON_OK);
    visit_type(&f, "x");
    visit_wait(&f, MODEL_LOOK_MS);
    visit_act(&f, ACT_DEFAULT); // nobody is admitted whose page is covered
    assert_false(model_peek_command(&f.model, &command));
    assert_true(visit_shows_person(&f));
    visit_end(&f);
}

static void test_form__idle_forms_and_pages_return_to_ready(void **state)
{
    static const enum act acts[] = {ACT_HAND, ACT_PRIVACY};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct visit f;
        visit_begin(&f);
        visit_act(&f, ACT_ENGLISH);
        visit_act(&f, acts[i]);
        visit_wait(&f, MODEL_IDLE_MS - 1);
        assert_int_not_equal(f.model.page, PAGE_READY);
        assert_int_equal(f.model.language, LANGUAGE_EN);
        visit_wait(&f, 1);
        assert_int_equal(f.model.page, PAGE_READY);
        assert_int_equal(f.model.language, LANGUAGE_DE);
        visit_end(&f);
    }
}

static void test_form__typing_keeps_a_form_open(void **state)
{
    struct visit f;

    (void)state;
    visit_begin(&f);
    visit_act(&f, ACT_HAND);
    visit_wait(&f, MODEL_IDLE_MS - 1);
    model_type(&f.model, "A", f.now_ms);
    visit_wait(&f, MODEL_IDLE_MS - 1);
    assert_int_equal(f.model.page, PAGE_HAND);
    visit_end(&f);
}

static void test_form__typing_stops_at_the_field_s_end(void **state)
{
    struct visit f;

    (void)state;
    visit_begin(&f);
    visit_act(&f, ACT_HAND);
    for (int i = 0; i < 400; i++) model_type(&f.model, "ä", f.now_ms);
    assert_true(strlen(f.model.typed) < sizeof f.model.typed);
    assert_true(strlen(f.model.typed) >= sizeof f.model.typed - 3);
    model_type(&f.model, "\x1b[2J\n", f.now_ms); // nothing that controls anything
    assert_null(strchr(f.model.typed, '\x1b'));
    visit_end(&f);
}

static void test_form__back_goes_one_step(void **state)
{
    struct visit f;

    (void)state;
    visit_begin(&f);
    visit_find_somebody(&f);
    visit_act(&f, ACT_BACK);
    assert_int_equal(f.model.page, PAGE_HAND);
    assert_string_equal(f.model.typed, "");
    visit_unlock_somebody(&f);
    visit_act(&f, ACT_BACK); // to the next number: the person is looked at
    assert_int_equal(f.model.page, PAGE_HAND);
    visit_act(&f, ACT_BACK);
    assert_int_equal(f.model.page, PAGE_READY);
    visit_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form__hand_entry_finds_and_staff_admit),
        cmocka_unit_test(test_form__nobody_found_keeps_what_was_typed),
        cmocka_unit_test(test_form__a_late_answer_shows_nobody),
        cmocka_unit_test(test_form__a_scan_is_shown_over_a_form_and_gives_it_back),
        cmocka_unit_test(test_form__keys_typed_under_a_result_are_not_lost),
        cmocka_unit_test(test_form__a_result_over_a_form_is_short_and_goes_at_a_touch),
        cmocka_unit_test(test_form__idle_forms_and_pages_return_to_ready),
        cmocka_unit_test(test_form__typing_keeps_a_form_open),
        cmocka_unit_test(test_form__typing_stops_at_the_field_s_end),
        cmocka_unit_test(test_form__back_goes_one_step),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
