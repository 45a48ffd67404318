// What the desk and the door answer to walk-ins: nothing typed is lost meanwhile, and nothing stays behind.
#include "support/check.h"

#include "view/screens.h"
#include "model/stranger.h"

#include "base/text.h"

#include <stdio.h>

static void test_walk_answer__shows_each_ticket_and_its_number(void **state)
{
    struct stranger *f = *state;
    char text[TICKET_TEXT_SIZE];

    walk_stage_send(&f->stage, &f->model);
    stranger_answer(f, NOTICE_WALK_IN, 3);
    assert_int_equal(f->model.walk.step, WALK_TICKET);
    assert_int_equal(f->model.headcount.inside, 43);
    assert_int_equal(model_take_tone(&f->model), TONE_WELCOME);
    for (int i = 0; i < 3; i++) {
        char number[TICKET_NUMBER_TEXT_SIZE], which[32];
        stranger_draw(f);
        const struct mark *code = scene_find(&f->scene, MARK_QR, false);
        assert_non_null(code);
        text_copy(text, sizeof text, scene_text(&f->scene, code));
        assert_string_equal(text, f->model.walk.tickets.tickets[i]);
        ticket_number_write(0xA1B2C3D4E5 + (uint64_t)i, number);
        snprintf(which, sizeof which, "%d von 3", i + 1);
        assert_true(stranger_shows(f, number) && stranger_shows(f, which) &&
                    stranger_shows(f, "Bitte abfotografieren"));
        f->stage.mono_ms += MODEL_LOOK_MS;
        stranger_walk(f, WALK_ACT_NEXT_TICKET, 0);
    }
    assert_int_equal(f->model.walk.shown_ticket, 0);
    stranger_pass(f, MODEL_IDLE_MS + 1000); // photographing takes its time
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    stranger_pass(f, WALK_TICKET_IDLE_MS);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_walk_answer__a_double_touch_takes_no_ticket_away(void **state)
{
    struct stranger *f = *state;

    walk_stage_send(&f->stage, &f->model);
    stranger_answer_at_once(f, NOTICE_NAMESAKE, 0);
    stranger_walk(f, WALK_ACT_SURE, 0); // the second touch on "Anmelden": the question is read first
    assert_false(f->model.has_command);
    stranger_pass(f, MODEL_LOOK_MS);
    stranger_walk(f, WALK_ACT_SURE, 0);
    model_drop_command(&f->model);
    stranger_answer_at_once(f, NOTICE_WALK_IN, 2);
    stranger_walk(f, WALK_ACT_DONE, 0);
    walk_stage_enter(&f->stage, &f->model);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    stranger_draw(f);
    assert_false(stranger_shows(f, "Fertig")); // one is still to be seen
    stranger_pass(f, MODEL_LOOK_MS);
    stranger_walk(f, WALK_ACT_NEXT_TICKET, 0);
    stranger_walk(f, WALK_ACT_NEXT_TICKET, 0);
    assert_int_equal(f->model.walk.shown_ticket, 1);
    stranger_draw(f);
    assert_true(stranger_shows(f, "Fertig"));
    stranger_pass(f, MODEL_LOOK_MS);
    stranger_walk(f, WALK_ACT_DONE, 0);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_walk_answer__without_a_ticket_there_are_words(void **state)
{
    struct stranger *f = *state;

    walk_stage_send(&f->stage, &f->model);
    stranger_answer(f, NOTICE_WALK_IN, 0);
    stranger_draw(f);
    assert_null(scene_find(&f->scene, MARK_QR, false));
    assert_true(stranger_shows(f, "Hier gibt es dafür kein Ticket: Ihr Name steht auf der Liste."));
    walk_stage_enter(&f->stage, &f->model);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_walk_answer__a_namesake_is_pointed_out_not_blocked(void **state)
{
    struct stranger *f = *state;

    walk_stage_send(&f->stage, &f->model);
    stranger_answer(f, NOTICE_NAMESAKE, 0);
    stranger_draw(f);
    assert_true(stranger_shows(f, "Diesen Namen gibt es schon"));
    walk_stage_enter(&f->stage, &f->model); // Enter alone decides nothing
    assert_false(f->model.has_command);
    stranger_walk(f, WALK_ACT_BACK, 0);
    assert_int_equal(f->model.walk.step, WALK_FORM);
    assert_string_equal(stranger_value(f, 0), "Anna Vogt");
    stranger_walk(f, WALK_ACT_FIELD, 2);
    walk_stage_enter(&f->stage, &f->model);
    walk_stage_enter(&f->stage, &f->model);
    assert_false(f->model.command.walk_in.is_sure);
    model_drop_command(&f->model);
    stranger_answer(f, NOTICE_NAMESAKE, 0);
    stranger_walk(f, WALK_ACT_SURE, 0);
    assert_true(f->model.has_command && f->model.command.walk_in.is_sure);
    assert_string_equal(f->model.command.walk_in.values[0], "Anna Vogt");
}

static void test_walk_answer__a_scan_while_typing_is_answered_and_the_form_is_back(void **state)
{
    struct stranger *f = *state;

    walk_stage_open(&f->stage, &f->model);
    walk_stage_type(&f->stage, &f->model, "Anna Vo");
    for (int reason = REASON_OK; reason <= REASON_EXHAUSTED; reason++) {
        stranger_scan(f, (enum reason)reason);
        assert_int_equal(f->model.page, PAGE_RESULT);
        if (reason == REASON_OK) walk_stage_type(&f->stage, &f->model, "gt"); // who types doesn't look up
        stranger_pass(f, 2 * MODEL_OVER_FORM_MS + 100);
        assert_int_equal(f->model.page, PAGE_WALK_IN);
        assert_string_equal(stranger_value(f, 0), "Anna Vogt");
        stranger_act(f, ACT_NONE, 0);
    }
    walk_stage_enter(&f->stage, &f->model);
    assert_int_equal(f->model.walk.field, 1);
}

static void test_walk_answer__a_scan_while_the_desk_is_asked_takes_no_answer_away(void **state)
{
    struct stranger *f = *state;

    walk_stage_send(&f->stage, &f->model);
    stranger_scan(f, REASON_OK);
    assert_int_equal(f->model.page, PAGE_RESULT);
    stranger_answer(f, NOTICE_WALK_IN, 1);
    assert_int_equal(f->model.page, PAGE_RESULT); // that guest's answer stays as long as every other
    stranger_pass(f, MODEL_OVER_FORM_MS + 100);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    assert_int_equal(f->model.walk.step, WALK_TICKET);
    stranger_scan(f, REASON_INVALID);
    stranger_pass(f, 2 * MODEL_OVER_FORM_MS + 100);
    assert_int_equal(f->model.walk.step, WALK_TICKET); // and the ticket is still there
}

static void test_walk_answer__a_refusal_keeps_the_form(void **state)
{
    struct stranger *f = *state;

    walk_stage_send(&f->stage, &f->model);
    stranger_answer(f, NOTICE_VERDICT, 0);
    assert_int_equal(f->model.page, PAGE_RESULT);
    assert_int_equal(f->model.asked_ms, 0);
    stranger_pass(f, 2 * f->model.config.result_ms + 100);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    assert_string_equal(stranger_value(f, 2), "a.vogt@example.org");
    walk_stage_enter(&f->stage, &f->model); // somebody has left meanwhile: once more
    assert_true(f->model.has_command);
}

static void test_walk_answer__a_failing_disk_keeps_the_form(void **state)
{
    struct stranger *f = *state;

    walk_stage_send(&f->stage, &f->model);
    stranger_answer(f, NOTICE_NOT_SAVED, 0);
    assert_int_equal(f->model.page, PAGE_NOT_SAVED);
    stranger_act(f, ACT_RETRY, 0);
    model_drop_command(&f->model);
    stranger_tell(f, &(struct notice){.kind = NOTICE_COUNT, .headcount = {.inside = 42}});
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    assert_string_equal(stranger_value(f, 0), "Anna Vogt");
    assert_int_equal(f->model.walk.form.consents, 2);
    stranger_answer(f, NOTICE_NOT_SAVED, 0);
    stranger_pass(f, MODEL_IDLE_MS + 100); // nobody is there any more, and nothing typed stays under it
    assert_int_equal(f->model.page, PAGE_NOT_SAVED);
    assert_string_equal(stranger_value(f, 0), "");
}

static bool holds(const void *bytes, size_t size, const char *word)
{
    return memmem(bytes, size, word, strlen(word)) != NULL;
}

static void test_walk_answer__nothing_typed_stays_behind(void **state)
{
    struct stranger *f = *state;

    for (int way = 0; way < 6; way++) {
        stranger_restart(f, LANGUAGE_DE);
        walk_stage_open(&f->stage, &f->model);
        walk_stage_fill(&f->stage, &f->model);
        assert_true(holds(&f->model, sizeof f->model, "vogt@"));
        if (way == 0) stranger_pass(f, MODEL_IDLE_MS + 100);
        if (way == 1) stranger_walk(f, WALK_ACT_BACK, 0), stranger_walk(f, WALK_ACT_BACK, 0);
        if (way == 2) stranger_act(f, ACT_HAND, 0);
        if (way == 3) stranger_scan(f, REASON_INVALID), stranger_pass(f, MODEL_IDLE_MS + 100);
        if (way >= 4) {
            stranger_walk(f, WALK_ACT_CONSENT, 1);
            walk_stage_enter(&f->stage, &f->model);
            model_drop_command(&f->model);
            stranger_answer(f, NOTICE_WALK_IN, 1);
            assert_false(holds(&f->model, sizeof f->model, "vogt@")); // while the ticket is still shown
            if (way == 5) stranger_walk(f, WALK_ACT_DONE, 0);
        }
        assert_false(holds(&f->model, sizeof f->model, "Anna"));
        assert_false(holds(&f->model, sizeof f->model, "vogt@"));
    }
}

static void test_walk_answer__an_answer_for_somebody_who_has_left_is_not_shown(void **state)
{
    struct stranger *f = *state;
    struct notice late;

    walk_stage_send(&f->stage, &f->model);
    walk_stage_answer(&f->model, NOTICE_WALK_IN, 1, &late);
    stranger_pass(f, MODEL_ANSWER_MS + 100);
    assert_int_equal(f->model.hint, FORM_HINT_NO_ANSWER);
    stranger_pass(f, MODEL_IDLE_MS);
    stranger_tell(f, &late);
    assert_int_equal(f->model.page, PAGE_READY);
    walk_stage_open(&f->stage, &f->model); // the next one
    stranger_tell(f, &late);
    assert_int_equal(f->model.walk.step, WALK_FORM);
}

static void test_walk_answer__a_late_answer_is_shown_to_who_waits(void **state)
{
    struct stranger *f = *state;
    struct notice late;

    walk_stage_send(&f->stage, &f->model);
    walk_stage_answer(&f->model, NOTICE_WALK_IN, 1, &late);
    stranger_pass(f, MODEL_ANSWER_MS + 100);
    walk_stage_enter(&f->stage, &f->model); // impatient: asked twice
    stranger_tell(f, &late);
    assert_int_equal(f->model.walk.step, WALK_TICKET);
    stranger_answer(f, NOTICE_NAMESAKE, 0); // the second question's answer
    assert_int_equal(f->model.walk.step, WALK_TICKET);
}

static void test_walk_answer__fields_rest_while_the_desk_is_asked(void **state)
{
    struct stranger *f = *state;

    walk_stage_send(&f->stage, &f->model);
    walk_stage_type(&f->stage, &f->model, "x");
    walk_stage_enter(&f->stage, &f->model);
    stranger_walk(f, WALK_ACT_BACK, 0);
    stranger_walk(f, WALK_ACT_CONSENT, 0);
    assert_false(f->model.has_command);
    assert_int_equal(f->model.walk.form.consents, 2);
    stranger_draw(f);
    assert_true(stranger_shows(f, "Einen Moment"));
    assert_false(stranger_offers(f, ACT_WALK, walk_key(WALK_ACT_ON, 0)));
}

static void test_walk_answer__the_code_is_large_enough_for_a_telephone(void **state)
{
    struct stranger *f = *state;

    for (size_t i = 0; i < SCREEN_SIZES; i++) {
        stranger_restart(f, LANGUAGE_DE);
        f->layout = layout_of(screen_sizes[i].width_px, screen_sizes[i].height_px, screen_sizes[i].inch_px);
        walk_stage_send(&f->stage, &f->model);
        stranger_answer(f, NOTICE_WALK_IN, 2);
        stranger_draw(f);
        const struct mark *code = scene_find(&f->scene, MARK_QR, false);
        int module_px = code->box.w / (37 + 8); // a ticket is 37 modules wide, and four are free around it
        assert_int_equal(code->box.w, code->box.h);
        assert_true(37 * module_px >= f->layout.short_px * 6 / 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_walk_answer__shows_each_ticket_and_its_number, stranger_begin),
        cmocka_unit_test_setup(test_walk_answer__a_double_touch_takes_no_ticket_away, stranger_begin),
        cmocka_unit_test_setup(test_walk_answer__without_a_ticket_there_are_words, stranger_begin),
        cmocka_unit_test_setup(test_walk_answer__a_namesake_is_pointed_out_not_blocked, stranger_begin),
        cmocka_unit_test_setup(test_walk_answer__a_scan_while_typing_is_answered_and_the_form_is_back, stranger_begin),
        cmocka_unit_test_setup(test_walk_answer__a_scan_while_the_desk_is_asked_takes_no_answer_away, stranger_begin),
        cmocka_unit_test_setup(test_walk_answer__a_refusal_keeps_the_form, stranger_begin),
        cmocka_unit_test_setup(test_walk_answer__a_failing_disk_keeps_the_form, stranger_begin),
        cmocka_unit_test_setup(test_walk_answer__nothing_typed_stays_behind, stranger_begin),
        cmocka_unit_test_setup(test_walk_answer__an_answer_for_somebody_who_has_left_is_not_shown, stranger_begin),
        cmocka_unit_test_setup(test_walk_answer__a_late_answer_is_shown_to_who_waits, stranger_begin),
        cmocka_unit_test_setup(test_walk_answer__fields_rest_while_the_desk_is_asked, stranger_begin),
        cmocka_unit_test_setup(test_walk_answer__the_code_is_large_enough_for_a_telephone, stranger_begin),
    };

    return cmocka_run_group_tests(tests, stranger_set_up, stranger_tear_down);
}
