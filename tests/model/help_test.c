// What somebody without a ticket can choose, and larger type for one guest.
#include "support/check.h"

#include "model/stranger.h"

static void test_help__has_something_to_choose_or_is_not_shown(void **state)
{
    struct stranger *f = *state;

    stranger_act(f, ACT_HELP, 0);
    assert_int_equal(f->model.page, PAGE_HELP);
    stranger_draw(f);
    assert_true(stranger_offers(f, ACT_HAND, 0) && stranger_offers(f, ACT_WALK_IN, 0) &&
                stranger_offers(f, ACT_ENGLISH, 0));
    stranger_act(f, ACT_BACK, 0);
    assert_int_equal(f->model.page, PAGE_READY);
    stranger_act(f, ACT_HELP, 0);
    stranger_pass(f, MODEL_IDLE_MS + 100);
    assert_int_equal(f->model.page, PAGE_READY);
    f->stage.event.walk_ins = (struct walk_in_rules){0};
    stranger_act(f, ACT_HELP, 0);
    assert_int_equal(f->model.page, PAGE_HAND);
    stranger_act(f, ACT_WALK_IN, 0); // whatever a keyboard sends
    assert_int_equal(f->model.page, PAGE_HAND);
}

static void test_help__offers_no_form_where_all_would_be_refused(void **state)
{
    struct stranger *f = *state;

    f->stage.list.after = 2; // the food behind the door: first through the door
    stranger_act(f, ACT_HELP, 0);
    assert_int_equal(f->model.page, PAGE_HAND);
    stranger_act(f, ACT_BACK, 0);
    f->stage.list.after = 0;
    id_set_add(&f->stage.list.classes, (uint8_t)(f->stage.event.walk_ins.class_id + 1));
    stranger_act(f, ACT_HELP, 0);
    assert_int_equal(f->model.page, PAGE_HAND);
    stranger_act(f, ACT_BACK, 0);
    id_set_add(&f->stage.list.classes, f->stage.event.walk_ins.class_id);
    stranger_act(f, ACT_HELP, 0);
    assert_int_equal(f->model.page, PAGE_HELP);
}

static void test_large_text__one_guest_s_choice_ends_with_them(void **state)
{
    struct stranger *f = *state;

    stranger_act(f, ACT_LARGE, 0);
    assert_true(f->model.is_large_text);
    stranger_act(f, ACT_HELP, 0);
    assert_true(f->model.is_large_text);
    stranger_pass(f, 2 * MODEL_IDLE_MS);
    assert_false(f->model.is_large_text);
    f->model.is_large_text = true; // staff's choice, for good
    stranger_act(f, ACT_LARGE, 0);
    assert_false(f->model.is_large_text);
    stranger_pass(f, 2 * MODEL_IDLE_MS);
    assert_true(f->model.is_large_text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_help__has_something_to_choose_or_is_not_shown, stranger_begin),
        cmocka_unit_test_setup(test_help__offers_no_form_where_all_would_be_refused, stranger_begin),
        cmocka_unit_test_setup(test_large_text__one_guest_s_choice_ends_with_them, stranger_begin),
    };

    return cmocka_run_group_tests(tests, stranger_set_up, stranger_tear_down);
}
