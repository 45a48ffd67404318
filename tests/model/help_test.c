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

static void count(struct stranger *f, const struct headcount *headcount)
{
    stranger_tell(f, &(struct notice){.kind = NOTICE_COUNT, .headcount = *headcount});
}

// The choice says why it is none; `words`: the reason.
static void expect_off(struct stranger *f, const char *words)
{
    stranger_act(f, ACT_HELP, 0);
    assert_int_equal(f->model.page, PAGE_HELP);
    stranger_draw(f);
    assert_true(stranger_shows(f, words) && stranger_offers(f, ACT_HAND, 0));
    assert_false(stranger_offers(f, ACT_WALK_IN, 0));
    stranger_act(f, ACT_WALK_IN, 0); // touched a moment too late
    assert_int_equal(f->model.page, PAGE_HELP);
    stranger_act(f, ACT_BACK, 0);
}

static void expect_on(struct stranger *f)
{
    stranger_act(f, ACT_HELP, 0);
    stranger_draw(f);
    assert_true(stranger_offers(f, ACT_WALK_IN, 0));
    stranger_act(f, ACT_BACK, 0);
}

static void test_help__says_that_it_is_full_before_anybody_types(void **state)
{
    struct stranger *f = *state;

    f->stage.list.capacity = 100;
    count(f, &(struct headcount){.inside = 99});
    expect_on(f);
    count(f, &(struct headcount){.inside = 100});
    expect_off(f, "Alles besetzt");
    assert_true(stranger_shows(f, "Neu anmelden geht gerade nicht."));
    stranger_act(f, ACT_HELP, 0);
    count(f, &(struct headcount){.inside = 99}); // somebody left
    stranger_draw(f);
    assert_true(stranger_offers(f, ACT_WALK_IN, 0));
    stranger_act(f, ACT_BACK, 0);
    f->stage.list.capacity = 0;
    f->stage.list.mode = LIST_MODE_HAND_OUT;
    count(f, &(struct headcount){.given = 3, .is_limited = true, .left = 0});
    expect_off(f, "Alles ausgegeben");
    count(f, &(struct headcount){.given = 3, .is_limited = true, .left = 1});
    expect_on(f);
    f->stage.list.mode = LIST_MODE_ONCE;
}

static void test_help__says_when_it_opens_where_the_clock_is_trusted(void **state)
{
    struct stranger *f = *state;
    struct readiness readiness = {.mono_ms = 1, .clock = CLOCK_STATE_NTP};

    count(f, &(struct headcount){.inside = 1});
    f->stage.list.opens_ms = f->stage.unix_ms + 60000;
    expect_on(f); // nobody has looked at the clock
    f->model.readiness = &readiness;
    expect_off(f, "Noch zu früh");
    assert_true(stranger_shows(f, "Einlass ab "));
    readiness.clock = CLOCK_STATE_UNSET;
    expect_on(f);
    readiness.clock = CLOCK_STATE_NTP;
    stranger_pass(f, 60000); // by itself, no notice came
    expect_on(f);
    f->stage.list.opens_ms = 0;
    f->stage.list.closes_ms = f->stage.unix_ms;
    expect_off(f, "Schon zu Ende");
    assert_true(stranger_shows(f, "Einlass war bis "));
    f->stage.list.closes_ms = 0;
    f->model.readiness = NULL;
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
        cmocka_unit_test_setup(test_help__says_that_it_is_full_before_anybody_types, stranger_begin),
        cmocka_unit_test_setup(test_help__says_when_it_opens_where_the_clock_is_trusted, stranger_begin),
        cmocka_unit_test_setup(test_large_text__one_guest_s_choice_ends_with_them, stranger_begin),
    };

    return cmocka_run_group_tests(tests, stranger_set_up, stranger_tear_down);
}
