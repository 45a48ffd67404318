// What the screen knows of the office: the quiet mark on Ready, the staff's page, a new version of the event.
#include "support/check.h"

#include "model/shift.h"
#include "model/walk_stage.h"

#include "base/mem.h"

#include <stdlib.h>

static void tell_trouble(struct shift *f, enum sync_trouble trouble)
{
    model_sync(&f->model, &(struct sync_state){.is_paired = true, .trouble = trouble}, f->now_ms);
}

// ---- the mark ----

static void test_away__a_mark_only_where_nobody_but_a_person_can_go_on(void **state)
{
    static const enum sync_trouble passing[] = {SYNC_FINE,        SYNC_NOT_PAIRED, SYNC_NO_NETWORK,
                                                SYNC_UNREACHABLE, SYNC_TOO_SLOW,   SYNC_BUSY};
    struct shift *f = *state;
    size_t marked = 0;

    assert_false(model_wants_staff(&f->model)); // nothing is synced
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++) {
        tell_trouble(f, passing[i]);
        assert_false(model_wants_staff(&f->model));
    }
    for (enum sync_trouble trouble = SYNC_FINE; trouble < SYNC_BAD_CODE; trouble++) {
        tell_trouble(f, trouble);
        marked += model_wants_staff(&f->model);
    }
    assert_int_equal(marked, SYNC_BAD_CODE - sizeof passing / sizeof *passing);
    tell_trouble(f, SYNC_BAD_CODE); // was said where the code was shown
    assert_false(model_wants_staff(&f->model));
}

static void test_away__what_the_other_thread_or_an_earlier_fork_says_counts_too(void **state)
{
    struct shift *f = *state;
    struct sync_state state_now = {.is_paired = true, .feed_trouble = SYNC_BAD_EVENT};

    model_sync(&f->model, &state_now, f->now_ms);
    assert_true(model_wants_staff(&f->model));
    state_now = (struct sync_state){.is_paired = true, .was_forked = true};
    model_sync(&f->model, &state_now, f->now_ms);
    assert_true(model_wants_staff(&f->model));
}

static void test_away__the_mark_leads_there_by_the_pin(void **state)
{
    struct shift *f = *state;

    tell_trouble(f, SYNC_REVOKED);
    model_act(&f->model, (struct action){ACT_STAFF_SYNC, 0}, f->now_ms);
    assert_int_equal(f->model.page, PAGE_PIN);
    shift_tell(f, &(struct notice){.kind = NOTICE_UNLOCKED, .session = SHIFT_SESSION});
    assert_int_equal(f->model.page, PAGE_STAFF);
    assert_int_equal(f->model.staff.page, STAFF_SYNC);
    shift_press(f, STAFF_ACT_BACK, 0);
    assert_int_equal(f->model.staff.page, STAFF_MENU);
}

// ---- the page ----

static void test_away__staff_have_it_tried_and_exported(void **state)
{
    struct shift *f = *state;

    shift_open_page(f, STAFF_SYNC);
    tell_trouble(f, SYNC_UNREACHABLE);
    shift_press(f, STAFF_ACT_SYNC, 0);
    shift_take_own(f, COMMAND_SYNC);
    shift_press(f, STAFF_ACT_EXPORT, 0);
    shift_take_nothing(f); // one thing at a time
    shift_done(f, COMMAND_SYNC);
    assert_int_equal(f->model.asked_ms, 0);
    shift_press(f, STAFF_ACT_EXPORT, 0);
    shift_take_own(f, COMMAND_EXPORT);
    shift_tell(f, &(struct notice){.kind = NOTICE_TOO_LATE, .asked = COMMAND_EXPORT});
    assert_int_equal(f->model.staff.done, STAFF_DONE_NO_ANSWER);
    assert_int_equal(f->model.staff.page, STAFF_SYNC);
}

// ---- other kiosks, a new version ----

static void test_away__other_kiosks_change_the_count_and_nothing_else(void **state)
{
    struct shift *f = *state;
    uint64_t turn = f->model.turn;

    shift_tell(f, &(struct notice){.kind = NOTICE_NEWS, .headcount = {.inside = 17, .expected = 45}});
    assert_int_equal(f->model.headcount.inside, 17);
    assert_int_equal(f->model.page, PAGE_READY);
    assert_true(f->model.turn == turn);
}

static void test_away__other_kiosks_wake_no_screen(void **state)
{
    struct shift *f = *state;

    f->model.config.attract_after_ms = 1000;
    model_sponsor(&f->model, true);
    model_camera(&f->model, &(struct camera_state){true, 640, 480}, f->now_ms);
    for (int i = 0; i < 10; i++) {
        shift_tell(f, &(struct notice){.kind = NOTICE_NEWS, .headcount = {.inside = (uint32_t)i}});
        shift_wait(f, 300);
    }
    assert_int_equal(f->model.page, PAGE_ATTRACT);
    shift_tell(f, &(struct notice){.kind = NOTICE_NEWS, .headcount = {.inside = 99}});
    shift_wait(f, 20);
    assert_int_equal(f->model.page, PAGE_ATTRACT);
}

static struct event *new_version(struct shift *f)
{
    struct event *event = mem_zero(sizeof *event);

    *event = f->stage.event;
    event->version++;
    return event;
}

static void tell_event(struct shift *f, const struct event *event, uint16_t list)
{
    shift_tell(f, &(struct notice){.kind = NOTICE_EVENT, .event = event, .stance = {.list = list}});
}

static void test_away__a_new_version_is_shown_at_once(void **state)
{
    struct shift *f = *state;
    struct event *event = new_version(f);

    event->lists[0].id = 9;
    event->list_count = 1;
    tell_event(f, event, 9);
    assert_ptr_equal(f->model.config.event, event);
    assert_ptr_equal(f->model.config.list, &event->lists[0]);
    assert_int_equal(f->model.page, PAGE_READY);
    free(event);
}

static void open_form(struct shift *f)
{
    walk_stage_rules(&f->stage.event.walk_ins);
    walk_stage_open(&f->stage, &f->model);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    shift_type(f, "Eva");
}

static void test_away__whoever_is_registering_goes_on_if_the_same_is_asked(void **state)
{
    struct shift *f = *state;

    open_form(f);
    struct event *event = new_version(f);
    event->pin_count = 1; // something else
    tell_event(f, event, f->model.config.list->id);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    assert_string_equal(f->model.walk.form.values[0], "Eva");
    free(event);
}

static void test_away__a_form_that_asks_something_else_begins_anew(void **state)
{
    struct shift *f = *state;

    open_form(f);
    struct event *event = new_version(f);
    strcpy(event->walk_ins.fields[0].label[LANGUAGE_DE], "Vor- und Nachname");
    tell_event(f, event, f->model.config.list->id);
    assert_int_equal(f->model.page, PAGE_READY);
    assert_string_equal(f->model.walk.form.values[0], "");
    free(event);
}

static void test_away__an_undo_names_whose_it_is(void **state)
{
    struct shift *f = *state;

    shift_open_person(f, true);
    shift_wait(f, MODEL_LOOK_MS);
    shift_press(f, STAFF_ACT_UNDO, STAFF_NO_ROW);
    assert_true(shift_take_own(f, COMMAND_UNDO).ticket == f->model.staff.person.ticket);
    shift_tell(f, &(struct notice){.kind = NOTICE_TOO_LATE, .asked = COMMAND_UNDO});
    shift_press(f, STAFF_ACT_REASON, 0);
    assert_true(shift_take_own(f, COMMAND_UNDO).ticket == f->model.staff.person.ticket);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_away__a_mark_only_where_nobody_but_a_person_can_go_on, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_away__what_the_other_thread_or_an_earlier_fork_says_counts_too,
                                        shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_away__the_mark_leads_there_by_the_pin, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_away__staff_have_it_tried_and_exported, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_away__other_kiosks_change_the_count_and_nothing_else, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_away__other_kiosks_wake_no_screen, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_away__a_new_version_is_shown_at_once, shift_set_up, shift_tear_down),
        cmocka_unit_test_setup_teardown(test_away__whoever_is_registering_goes_on_if_the_same_is_asked, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_away__a_form_that_asks_something_else_begins_anew, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_away__an_undo_names_whose_it_is, shift_set_up, shift_tear_down),
    };

    return cmocka_run_group_tests_name("model/away", tests, NULL, NULL);
}
