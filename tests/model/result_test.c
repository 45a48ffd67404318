// Results as the model plays them: tones, times, whose language, and taking one back.
#include "support/check.h"

#include "model/result.h"
#include "screen/stage.h"

#include "base/text.h"

#include <stdlib.h>

struct fixture {
    struct stage stage;
    struct model model;
    int64_t now;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct model_config config;

    stage_init(&f->stage);
    config = stage_model_config(&f->stage);
    f->now = 1000;
    model_init(&f->model, &config, f->now);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    stage_destroy(&f->stage);
    free(f);
    return 0;
}

static void wait(struct fixture *f, int64_t ms)
{
    f->now += ms;
    model_tick(&f->model, f->now);
}

static void tell(struct fixture *f, struct notice notice)
{
    notice.mono_ms = f->now;
    model_notice(&f->model, &notice, f->stage.unix_ms, f->now);
}

static void act(struct fixture *f, enum act act)
{
    model_act(&f->model, (struct action){act, 0}, f->now);
}

static struct notice ok(struct fixture *f, enum list_mode mode)
{
    struct notice notice;

    f->stage.list.mode = mode;
    stage_notice(REASON_OK, &notice);
    return notice;
}

static struct command take_command(struct fixture *f, enum command_kind kind)
{
    struct command command;

    assert_true(model_peek_command(&f->model, &command));
    assert_int_equal(command.kind, kind);
    model_drop_command(&f->model);
    return command;
}

static void test_result__coming_going_and_all_here_sound_differently(void **state)
{
    struct fixture *f = *state;
    struct notice notice = ok(f, LIST_MODE_IN_OUT);

    tell(f, notice);
    assert_int_equal(model_take_tone(&f->model), TONE_WELCOME);
    notice.verdict.is_exit = true;
    tell(f, notice);
    assert_int_equal(model_take_tone(&f->model), TONE_GOODBYE);
    notice = ok(f, LIST_MODE_ROLL_CALL);
    notice.headcount.inside = notice.headcount.expected;
    tell(f, notice);
    assert_int_equal(model_take_tone(&f->model), TONE_ALL_HERE);
    notice = ok(f, LIST_MODE_ONCE);
    notice.has_note = true;
    tell(f, notice);
    assert_int_equal(model_take_tone(&f->model), TONE_ATTENTION);
}

static void test_result__all_here_stays_longer_and_holds_nobody_up(void **state)
{
    struct fixture *f = *state;
    struct notice notice = ok(f, LIST_MODE_ROLL_CALL);

    notice.headcount.inside = notice.headcount.expected;
    tell(f, notice);
    wait(f, f->model.config.result_ms + 100);
    assert_int_equal(f->model.page, PAGE_RESULT);
    struct notice next = ok(f, LIST_MODE_ROLL_CALL);
    next.mono_ms = f->now;
    assert_false(model_must_wait(&f->model, &next, 0, f->now));
    next.seq = 18;
    tell(f, next);
    assert_int_equal(f->model.result.seq, 18);
    tell(f, notice);
    wait(f, 2 * f->model.config.result_ms);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_result__what_staff_must_see_stays_until_confirmed(void **state)
{
    struct fixture *f = *state;
    struct notice notice = ok(f, LIST_MODE_ONCE);

    notice.has_note = true;
    tell(f, notice);
    wait(f, 600000);
    assert_int_equal(f->model.page, PAGE_RESULT);
    act(f, ACT_DISMISS);
    assert_int_equal(f->model.page, PAGE_READY);
    tell(f, notice);
    notice.has_note = false;
    tell(f, notice); // the next ticket
    wait(f, f->model.config.result_ms);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_result__a_note_is_read_by_staff_alone(void **state)
{
    struct fixture *f = *state;
    struct notice notice = ok(f, LIST_MODE_ONCE), person;

    notice.has_note = true;
    notice.ticket = 5;
    stage_person(&person);
    person.ticket = 6;
    tell(f, notice);
    act(f, ACT_NOTE);
    assert_false(f->model.has_command); // no session
    f->model.staff.session = 9;
    act(f, ACT_NOTE);
    struct command command = take_command(f, COMMAND_PERSON);
    assert_int_equal(command.ticket, 5);
    assert_int_equal(command.session, 9);
    tell(f, person); // somebody else's
    assert_string_equal(f->model.result.note, "");
    person.ticket = 5;
    tell(f, person);
    assert_string_equal(f->model.result.note, "Fährt im Bus 3 zurück");
    act(f, ACT_DISMISS);
    assert_string_equal(f->model.result.note, ""); // stays no longer than it is shown
}

static void test_result__is_in_the_guest_s_language_and_no_further(void **state)
{
    struct fixture *f = *state;
    struct notice notice = ok(f, LIST_MODE_ONCE);

    text_copy(notice.language, sizeof notice.language, "en");
    tell(f, notice);
    assert_int_equal(model_language(&f->model), LANGUAGE_EN);
    act(f, ACT_GERMAN); // they asked for it
    assert_int_equal(model_language(&f->model), LANGUAGE_DE);
    tell(f, notice);
    assert_int_equal(model_language(&f->model), LANGUAGE_EN);
    wait(f, f->model.config.result_ms);
    assert_int_equal(f->model.page, PAGE_READY);
    assert_int_equal(model_language(&f->model), LANGUAGE_DE);
    text_copy(notice.language, sizeof notice.language, "uk"); // not spoken here
    tell(f, notice);
    assert_int_equal(model_language(&f->model), LANGUAGE_DE);
}

static void test_result__is_taken_back_with_a_session(void **state)
{
    struct fixture *f = *state;

    f->model.staff.session = 9;
    tell(f, ok(f, LIST_MODE_ONCE));
    assert_true(result_can_be_undone(&f->model));
    act(f, ACT_UNDO);
    struct command command = take_command(f, COMMAND_UNDO);
    assert_int_equal(command.seq, 17);
    assert_int_equal(command.session, 9);
    act(f, ACT_UNDO);
    assert_false(f->model.has_command); // asked once
    model_take_tone(&f->model);
    tell(f, (struct notice){.kind = NOTICE_DONE, .asked = COMMAND_UNDO, .headcount = {.inside = 41}});
    assert_int_equal(result_kind(&f->model), ANSWER_TAKEN_BACK);
    assert_int_equal(f->model.headcount.inside, 41);
    assert_int_equal(model_take_tone(&f->model), TONE_NONE); // nobody has to look up
    assert_false(result_can_be_undone(&f->model));
    wait(f, f->model.config.result_ms);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_result__an_undo_that_came_too_late_says_so(void **state)
{
    struct fixture *f = *state;

    f->model.staff.session = 9;
    tell(f, ok(f, LIST_MODE_ONCE));
    act(f, ACT_UNDO);
    tell(f, (struct notice){.kind = NOTICE_TOO_LATE, .asked = COMMAND_UNDO});
    assert_int_equal(f->model.page, PAGE_RESULT);
    assert_int_equal(result_kind(&f->model), ANSWER_NO);
    assert_int_equal(f->model.result.kind, NOTICE_TOO_LATE);
}

static void test_result__an_undo_is_answered_to_whoever_asked(void **state)
{
    struct fixture *f = *state;
    struct notice next = ok(f, LIST_MODE_ONCE);

    f->model.staff.session = 9;
    tell(f, ok(f, LIST_MODE_ONCE));
    act(f, ACT_UNDO);
    next.seq = 18;
    tell(f, next); // the next guest came in between
    tell(f, (struct notice){.kind = NOTICE_DONE, .asked = COMMAND_UNDO});
    assert_int_equal(result_kind(&f->model), ANSWER_WELCOME);
    assert_int_equal(f->model.result.seq, 18);
}

static void test_result__without_a_session_the_pin_comes_first(void **state)
{
    struct fixture *f = *state;

    tell(f, ok(f, LIST_MODE_ONCE));
    act(f, ACT_UNDO);
    assert_false(f->model.has_command);
    assert_int_equal(f->model.page, PAGE_PIN);
    assert_int_equal(f->model.staff.wanted, COMMAND_UNDO);
    assert_int_equal(f->model.staff.wanted_seq, 17);
}

static void test_result__only_what_was_written_can_be_taken_back(void **state)
{
    struct fixture *f = *state;
    struct notice notice;

    stage_notice(REASON_FULL, &notice);
    tell(f, notice);
    assert_false(result_can_be_undone(&f->model));
    notice = ok(f, LIST_MODE_ONCE);
    notice.seq = 0; // practice
    tell(f, notice);
    assert_false(result_can_be_undone(&f->model));
    act(f, ACT_UNDO);
    assert_int_equal(f->model.page, PAGE_RESULT);
}

static void test_result__one_touch_ends_practice_without_a_pin(void **state)
{
    struct fixture *f = *state;
    struct notice count = {.kind = NOTICE_COUNT, .stance = {.list = 1, .is_practising = true}};

    act(f, ACT_LEAVE_PRACTICE);
    assert_false(f->model.has_command); // nothing to leave
    tell(f, count);
    assert_true(f->model.stance.is_practising);
    act(f, ACT_LEAVE_PRACTICE);
    assert_int_equal(take_command(f, COMMAND_PRACTISE).number, 0);
    count.kind = NOTICE_DONE;
    count.asked = COMMAND_PRACTISE;
    count.stance.is_practising = false;
    tell(f, count);
    assert_false(f->model.stance.is_practising);
}

static void test_result__the_desk_says_which_list_is_served(void **state)
{
    struct fixture *f = *state;
    struct notice notice = ok(f, LIST_MODE_ONCE);

    notice.stance = (struct stance){.list = 2, .direction = DIRECTION_EXIT};
    tell(f, notice);
    assert_ptr_equal(f->model.config.list, &f->stage.event.lists[1]);
    assert_int_equal(f->model.stance.direction, DIRECTION_EXIT);
    notice.stance.list = 99; // not in this event
    tell(f, notice);
    assert_ptr_equal(f->model.config.list, &f->stage.event.lists[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_result__coming_going_and_all_here_sound_differently, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_result__all_here_stays_longer_and_holds_nobody_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_result__what_staff_must_see_stays_until_confirmed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_result__a_note_is_read_by_staff_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_result__is_in_the_guest_s_language_and_no_further, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_result__is_taken_back_with_a_session, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_result__an_undo_that_came_too_late_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_result__an_undo_is_answered_to_whoever_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_result__without_a_session_the_pin_comes_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_result__only_what_was_written_can_be_taken_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_result__one_touch_ends_practice_without_a_pin, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_result__the_desk_says_which_list_is_served, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
