// Pairing, on the first start and later: from the code in front of the camera to the event, and every way it can fail.
#include "support/check.h"

#include "model/shift.h"

#include "model/sync_words.h"

static const char offer[] = "EINLASS-PAIR/1 HTTPS://192.168.1.10:8443 7K3M9-QX2VD";

static void begin_first(struct shift *f)
{
    struct model_config config = stage_model_config(&f->stage);

    config.event = NULL;
    config.list = NULL;
    model_init(&f->model, &config, f->now_ms);
    assert_int_equal(f->model.page, PAGE_PAIRING);
}

static void tell_offer(struct shift *f, bool is_whole)
{
    shift_tell(f, &(struct notice){
                      .kind = is_whole ? NOTICE_DONE : NOTICE_TOO_LATE, .asked = COMMAND_PAIR, .is_found = is_whole});
}

static void tell_sync(struct shift *f, const struct sync_state *state)
{
    model_sync(&f->model, state, f->now_ms);
}

static void expect(struct shift *f, enum pairing_step step)
{
    assert_int_equal(f->model.pairing.step, step);
}

static void press(struct shift *f, enum pairing_act what)
{
    model_act(&f->model, (struct action){ACT_PAIRING, (int)what}, f->now_ms);
}

static void test_pairing_page__from_the_code_to_the_event(void **state)
{
    struct shift *f = *state;

    begin_first(f);
    expect(f, PAIRING_WAITING);
    tell_offer(f, true);
    expect(f, PAIRING_CONNECTING);
    tell_sync(f, &(struct sync_state){.trouble = SYNC_NOT_PAIRED}); // of before
    expect(f, PAIRING_CONNECTING);
    tell_sync(f, &(struct sync_state){.is_pairing = true});
    expect(f, PAIRING_CONNECTING);
    tell_sync(f, &(struct sync_state){.is_paired = true});
    expect(f, PAIRING_LOADING);
    shift_tell(f, &(struct notice){.kind = NOTICE_EVENT, .event = &f->stage.event});
    assert_int_equal(f->model.page, PAGE_PAIRING); // the program begins anew
    expect(f, PAIRING_DONE);
}

static void test_pairing_page__each_failure_is_said_and_another_code_may_come(void **state)
{
    struct shift *f = *state;

    begin_first(f);
    for (enum sync_trouble trouble = SYNC_NO_NETWORK; trouble <= SYNC_BAD_CODE; trouble++) {
        tell_offer(f, true);
        tell_sync(f, &(struct sync_state){.is_pairing = true});
        tell_sync(f, &(struct sync_state){.pair_trouble = trouble});
        expect(f, PAIRING_FAILED);
        assert_int_equal(f->model.pairing.trouble, trouble);
        assert_string_equal(pairing_page_title(&f->model), sync_words_of(trouble)->title);
        assert_string_not_equal(pairing_page_line(&f->model), "");
        assert_int_equal(model_take_tone(&f->model), TONE_NO);
    }
    tell_offer(f, true);
    expect(f, PAIRING_CONNECTING);
}

static void test_pairing_page__sync_may_be_faster_than_anybody_looks(void **state)
{
    struct shift *f = *state;

    begin_first(f);
    tell_offer(f, true);
    tell_sync(f, &(struct sync_state){.is_paired = true});
    expect(f, PAIRING_CONNECTING);
    shift_wait(f, PAIRING_GRACE_MS);
    expect(f, PAIRING_LOADING);
}

static void test_pairing_page__half_a_code_is_asked_for_again(void **state)
{
    struct shift *f = *state;

    begin_first(f);
    tell_offer(f, false);
    expect(f, PAIRING_WAITING);
    assert_true(f->model.pairing.is_broken);
    assert_string_equal(pairing_page_title(&f->model), "Das war nicht der ganze Code");
}

static void test_pairing_page__a_ticket_is_told_what_comes_first(void **state)
{
    struct shift *f = *state;
    const struct notice stray = {.kind = NOTICE_TOO_LATE, .asked = COMMAND_PAIR, .is_stray = true};

    begin_first(f);
    shift_tell(f, &stray);
    expect(f, PAIRING_WAITING);
    assert_string_equal(pairing_page_title(&f->model), "Das ist kein Code vom Büro");
    assert_string_not_equal(pairing_page_line(&f->model), "");
    tell_offer(f, false);
    assert_string_equal(pairing_page_title(&f->model), "Das war nicht der ganze Code");
    tell_offer(f, true);
    expect(f, PAIRING_CONNECTING);
    shift_tell(f, &stray); // what is under way is not disturbed
    expect(f, PAIRING_CONNECTING);
    assert_false(f->model.pairing.is_stray);
}

static void test_pairing_page__a_code_is_typed_in_small_letters_too(void **state)
{
    struct shift *f = *state;
    struct command command;

    begin_first(f);
    shift_type(f, "einlass-pair/1 https://192.168.1.10:8443 7k3m9-qx2vd ");
    model_act(&f->model, (struct action){ACT_ERASE, 0}, f->now_ms);
    assert_string_equal(f->model.pairing.typed, offer);
    model_act(&f->model, (struct action){ACT_DEFAULT, 0}, f->now_ms); // Enter
    command = shift_take(f, COMMAND_PAIR);
    assert_string_equal(command.text, offer);
    expect(f, PAIRING_CHECKING);
    shift_type(f, "X");
    assert_string_equal(f->model.pairing.typed, offer); // it is being read
    tell_offer(f, true);
    assert_string_equal(f->model.pairing.typed, "");
    assert_false(f->model.pairing.has_keys);
}

static void test_pairing_page__without_an_answer_it_may_be_sent_again(void **state)
{
    struct shift *f = *state;

    begin_first(f);
    shift_type(f, offer);
    press(f, PAIRING_ACT_SEND);
    shift_take(f, COMMAND_PAIR);
    press(f, PAIRING_ACT_SEND);
    shift_take_nothing(f);
    shift_wait(f, MODEL_ANSWER_MS);
    expect(f, PAIRING_WAITING);
    press(f, PAIRING_ACT_SEND);
    shift_take(f, COMMAND_PAIR);
}

static void test_pairing_page__a_kiosk_paired_before_a_power_cut_waits_for_its_event(void **state)
{
    struct shift *f = *state;
    struct sync_state state_now = {.is_paired = true, .trouble = SYNC_UNREACHABLE};

    begin_first(f);
    tell_sync(f, &state_now);
    expect(f, PAIRING_LOADING);
    assert_string_equal(pairing_page_title(&f->model), sync_words_of(SYNC_UNREACHABLE)->title);
    state_now.trouble = SYNC_FINE;
    tell_sync(f, &state_now);
    assert_string_equal(pairing_page_title(&f->model), "Gekoppelt");
    assert_false(f->model.pairing.is_late);
    shift_wait(f, PAIRING_PATIENCE_MS);
    assert_true(f->model.pairing.is_late); // the office has none for it, perhaps
    tell_offer(f, true);                   // another office's code
    expect(f, PAIRING_CONNECTING);
}

static void test_pairing_page__the_first_start_has_no_other_page(void **state)
{
    static const enum act acts[] = {ACT_STAFF_DOOR, ACT_BACK,    ACT_HELP,       ACT_HAND, ACT_PRIVACY,
                                    ACT_WALK_IN,    ACT_DISMISS, ACT_STAFF_SYNC, ACT_RETRY};
    struct shift *f = *state;

    begin_first(f);
    shift_wait(f, 10 * MODEL_IDLE_MS);
    assert_int_equal(f->model.page, PAGE_PAIRING);
    model_camera(&f->model, &(struct camera_state){0}, f->now_ms);
    assert_int_equal(f->model.page, PAGE_PAIRING);
    for (size_t i = 0; i < 2; i++) {
        model_act(&f->model, (struct action){acts[i], 0}, f->now_ms);
        assert_int_equal(f->model.page, PAGE_PAIRING);
    }
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) { // none of these is drawn there
        begin_first(f);
        model_act(&f->model, (struct action){acts[i], 0}, f->now_ms);
        shift_wait(f, 1);
    }
}

// ---- later: the staff's page ----

static void open_pair(struct shift *f)
{
    shift_open_page(f, STAFF_SYNC);
    shift_press(f, STAFF_ACT_OPEN, STAFF_PAIR);
    model_tick(&f->model, f->now_ms);
}

static void test_pairing_page__the_desk_looks_for_a_code_while_the_page_is_open(void **state)
{
    struct shift *f = *state;

    open_pair(f);
    struct command command = shift_take_own(f, COMMAND_PAIR);
    assert_int_equal(command.number, 1);
    assert_string_equal(command.text, "");
    shift_tell(f, &(struct notice){.kind = NOTICE_DONE, .asked = COMMAND_PAIR}); // it does
    expect(f, PAIRING_WAITING);
    shift_wait(f, DESK_PAIR_MS / 2);
    command = shift_take_own(f, COMMAND_PAIR);
    assert_int_equal(command.number, 1);
    model_act(&f->model, (struct action){ACT_BACK, 0}, f->now_ms);
    assert_int_equal(f->model.staff.page, STAFF_SYNC);
    model_tick(&f->model, f->now_ms);
    command = shift_take_own(f, COMMAND_PAIR);
    assert_int_equal(command.number, 0);
    shift_wait(f, DESK_PAIR_MS / 2);
    assert_int_equal(f->model.staff.offer_ms, 0);
}

static void test_pairing_page__staff_are_back_where_the_office_is_shown(void **state)
{
    struct shift *f = *state;

    open_pair(f);
    shift_take_own(f, COMMAND_PAIR);
    tell_offer(f, true);
    tell_sync(f, &(struct sync_state){.is_pairing = true});
    tell_sync(f, &(struct sync_state){.is_paired = true});
    assert_int_equal(f->model.staff.page, STAFF_SYNC);
    assert_int_equal(f->model.staff.done, STAFF_DONE_PAIRED);
    assert_int_equal(model_take_tone(&f->model), TONE_WELCOME);
}

static void test_pairing_page__typed_by_staff_it_goes_with_their_session(void **state)
{
    struct shift *f = *state;

    open_pair(f);
    shift_take_own(f, COMMAND_PAIR);
    shift_type(f, offer);
    assert_int_equal(f->model.staff.page, STAFF_PAIR);
    press(f, PAIRING_ACT_SEND);
    assert_string_equal(shift_take_own(f, COMMAND_PAIR).text, offer);
    tell_offer(f, false);
    assert_true(f->model.pairing.is_broken);
    assert_true(f->model.pairing.has_keys); // to be put right
    assert_string_equal(f->model.pairing.typed, offer);
    model_act(&f->model, (struct action){ACT_BACK, 0}, f->now_ms); // first the keyboard goes
    assert_int_equal(f->model.staff.page, STAFF_PAIR);
    assert_false(f->model.pairing.has_keys);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pairing_page__from_the_code_to_the_event, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_pairing_page__each_failure_is_said_and_another_code_may_come, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_pairing_page__sync_may_be_faster_than_anybody_looks, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_pairing_page__a_ticket_is_told_what_comes_first, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_pairing_page__half_a_code_is_asked_for_again, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_pairing_page__a_code_is_typed_in_small_letters_too, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_pairing_page__without_an_answer_it_may_be_sent_again, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_pairing_page__a_kiosk_paired_before_a_power_cut_waits_for_its_event,
                                        shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_pairing_page__the_first_start_has_no_other_page, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_pairing_page__the_desk_looks_for_a_code_while_the_page_is_open,
                                        shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_pairing_page__staff_are_back_where_the_office_is_shown, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_pairing_page__typed_by_staff_it_goes_with_their_session, shift_set_up,
                                        shift_tear_down),
    };

    return cmocka_run_group_tests_name("model/pairing_page", tests, NULL, NULL);
}
