// A hub's staff pair another kiosk: a name, its code, and that it has come; and what goes wrong on the way.
#include "support/check.h"

#include "model/shift.h"

static const char offer[] = "EINLASS-PAIR/1 HTTPS://192.168.1.10:8443 7K3M9-QX2VD";

static void tell_hub(struct shift *f, enum hub_offer what, int64_t asked_ms)
{
    struct hub_state state = {.offer = what,
                              .asked_mono_ms = asked_ms,
                              .name = "Kiosk 3",
                              .kiosk_count = 2,
                              .kiosks = {{"Kiosk 2", 0}, {"Nord", 0}}};

    if (what == HUB_OFFER_OPEN) strcpy(state.text, offer);
    staff_hub(&f->model, &state, f->now_ms);
}

// On "Verbindung" of the hub "Nord", that serves "Kiosk 2".
static void open_hub(struct shift *f)
{
    model_sync(&f->model, &(struct sync_state){.is_paired = true, .is_hub = true, .device = "Nord"}, f->now_ms);
    shift_open_page(f, STAFF_SYNC);
    assert_string_equal(shift_take_own(f, COMMAND_HUB).text, "");
    tell_hub(f, HUB_OFFER_NONE, 0);
}

static int64_t ask_for(struct shift *f, const char *name)
{
    struct command command;

    shift_press(f, STAFF_ACT_CONFIRM, 0);
    command = shift_take_own(f, COMMAND_HUB);
    assert_string_equal(command.text, name);
    shift_done(f, COMMAND_HUB);
    return command.mono_ms;
}

static int64_t ask(struct shift *f)
{
    open_hub(f);
    shift_press(f, STAFF_ACT_OPEN, STAFF_HUB);
    return ask_for(f, "Kiosk 3");
}

static void expect_page(const struct shift *f, enum staff_page page)
{
    assert_int_equal(f->model.page, PAGE_STAFF);
    assert_int_equal(f->model.staff.page, page);
}

static void test_staff_hub__from_a_name_to_the_kiosk_that_has_come(void **state)
{
    struct shift *f = *state;
    int64_t asked_ms = ask(f);

    expect_page(f, STAFF_HUB);
    tell_hub(f, HUB_OFFER_MAKING, asked_ms);
    expect_page(f, STAFF_HUB);
    tell_hub(f, HUB_OFFER_OPEN, asked_ms);
    expect_page(f, STAFF_HUB_CODE);
    assert_string_equal(f->model.staff.hub.text, offer);
    tell_hub(f, HUB_OFFER_TAKEN, asked_ms);
    expect_page(f, STAFF_SYNC);
    assert_int_equal(f->model.staff.done, STAFF_DONE_KIOSK);
    assert_string_equal(f->model.staff.done_name, "Kiosk 3");
    assert_int_equal(model_take_tone(&f->model), TONE_WELCOME);
}

static void test_staff_hub__the_next_free_name_is_offered_and_another_may_be_typed(void **state)
{
    struct shift *f = *state;

    open_hub(f);
    shift_press(f, STAFF_ACT_OPEN, STAFF_HUB);
    assert_string_equal(f->model.staff.text, "Kiosk 3");
    shift_press(f, STAFF_ACT_CLEAR, 0);
    assert_true(f->model.staff.has_keys);
    shift_press(f, STAFF_ACT_CONFIRM, 0); // no name
    assert_true(f->model.staff.hub_asked_ms == 0);
    shift_type(f, "Süd");
    model_act(&f->model, (struct action){ACT_STAFF, staff_key(STAFF_ACT_BACK, 0)}, f->now_ms); // the keyboard goes
    expect_page(f, STAFF_HUB);
    assert_string_equal(f->model.staff.text, "Kiosk 3");
    shift_press(f, STAFF_ACT_CLEAR, 0);
    for (int i = 0; i < PAIRING_NAME_SIZE; i++) shift_type(f, "ü");
    assert_int_equal(strlen(f->model.staff.text), PAIRING_NAME_SIZE - 2); // whole letters
    model_drop_command(&f->model);
    ask_for(f, f->model.staff.text);
}

static void test_staff_hub__what_failed_is_said_where_the_name_is(void **state)
{
    static const enum hub_offer ends[] = {HUB_OFFER_NAME_TAKEN, HUB_OFFER_FAILED};
    struct shift *f = *state;
    int64_t asked_ms = ask(f);

    for (size_t i = 0; i < 2; i++) {
        tell_hub(f, ends[i], asked_ms);
        expect_page(f, STAFF_HUB);
        assert_int_equal(model_take_tone(&f->model), TONE_NO);
        assert_string_equal(f->model.staff.text, "Kiosk 3"); // it stays to be changed
        model_drop_command(&f->model);
        f->now_ms += 1000;
        asked_ms = ask_for(f, "Kiosk 3");
    }
    tell_hub(f, HUB_OFFER_OPEN, asked_ms);
    expect_page(f, STAFF_HUB_CODE);
}

static void test_staff_hub__the_answer_to_an_earlier_question_is_none(void **state)
{
    struct shift *f = *state;
    int64_t asked_ms = ask(f);

    tell_hub(f, HUB_OFFER_FAILED, asked_ms - 1);
    assert_true(f->model.staff.hub_asked_ms == asked_ms);
    assert_int_equal(model_take_tone(&f->model), TONE_NONE);
    tell_hub(f, HUB_OFFER_OPEN, asked_ms);
    expect_page(f, STAFF_HUB_CODE);
}

static void test_staff_hub__nobody_waits_for_ever(void **state)
{
    struct shift *f = *state;

    ask(f);
    shift_wait(f, 61000);
    assert_true(f->model.staff.hub_asked_ms == 0);
    assert_int_equal(f->model.staff.hub.offer, HUB_OFFER_FAILED);
    model_drop_command(&f->model);
    shift_press(f, STAFF_ACT_CONFIRM, 0);
    shift_take_own(f, COMMAND_HUB);
    shift_tell(f, &(struct notice){.kind = NOTICE_TOO_LATE, .asked = COMMAND_HUB}); // the hub is behind
    assert_true(f->model.staff.hub_asked_ms == 0);
    assert_int_equal(f->model.staff.done, STAFF_DONE_NO_ANSWER);
}

static void test_staff_hub__an_open_code_is_shown_again(void **state)
{
    struct shift *f = *state;

    tell_hub(f, HUB_OFFER_OPEN, ask(f));
    shift_press(f, STAFF_ACT_BACK, 0);
    expect_page(f, STAFF_SYNC);
    shift_press(f, STAFF_ACT_OPEN, STAFF_HUB);
    expect_page(f, STAFF_HUB_CODE);
    shift_press(f, STAFF_ACT_OPEN, STAFF_HUB); // another one
    expect_page(f, STAFF_HUB);
}

static void test_staff_hub__a_locked_kiosk_knows_no_code(void **state)
{
    struct shift *f = *state;
    int64_t asked_ms = ask(f);

    tell_hub(f, HUB_OFFER_OPEN, asked_ms);
    shift_press(f, STAFF_ACT_LOCK, 0);
    assert_string_equal(f->model.staff.hub.text, "");
    tell_hub(f, HUB_OFFER_OPEN, asked_ms); // one more word of it
    assert_string_equal(f->model.staff.hub.text, "");
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_staff_hub__it_is_asked_now_and_then_while_the_page_is_open(void **state)
{
    struct shift *f = *state;

    open_hub(f);
    shift_wait(f, 1000);
    shift_take_nothing(f);
    shift_wait(f, 4000);
    assert_string_equal(shift_take_own(f, COMMAND_HUB).text, "");
    shift_press(f, STAFF_ACT_BACK, 0);
    shift_wait(f, 9000);
    shift_take_nothing(f);
}

static void test_staff_hub__who_is_no_hub_pairs_nobody(void **state)
{
    struct shift *f = *state;

    model_sync(&f->model, &(struct sync_state){.is_paired = true, .device = "Nord"}, f->now_ms);
    shift_open_page(f, STAFF_SYNC);
    shift_take_nothing(f);
    shift_press(f, STAFF_ACT_OPEN, STAFF_HUB);
    expect_page(f, STAFF_SYNC);
    shift_press(f, STAFF_ACT_OPEN, STAFF_HUB_CODE);
    expect_page(f, STAFF_SYNC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_staff_hub__from_a_name_to_the_kiosk_that_has_come, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_hub__the_next_free_name_is_offered_and_another_may_be_typed,
                                        shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_hub__what_failed_is_said_where_the_name_is, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_hub__the_answer_to_an_earlier_question_is_none, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_hub__nobody_waits_for_ever, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_hub__an_open_code_is_shown_again, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_hub__a_locked_kiosk_knows_no_code, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_hub__it_is_asked_now_and_then_while_the_page_is_open, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_hub__who_is_no_hub_pairs_nobody, shift_set_up, shift_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
