// dim: the screen is dimmed when nobody is here and no event is near, and never otherwise. Time is moved by hand.
#include "support/check.h"

#include "model/visit.h"
#include "view/view.h"

#include <stdlib.h>

enum { AFTER_MS = 600000, PERCENT = 10 };
static const int64_t starts_ms = INT64_C(1800000000000), ends_ms = INT64_C(1800036000000); // ten hours

static void begin(struct visit *visit)
{
    visit_begin(visit);
    visit->stage.event.starts_ms = starts_ms;
    visit->stage.event.ends_ms = ends_ms;
    visit->model.config.dim = (struct dim_config){AFTER_MS, PERCENT};
}

// Nobody comes for so long; then the wall clock is looked at.
static bool is_dim_after(struct visit *visit, int64_t ms, int64_t unix_ms)
{
    visit_wait(visit, ms);
    dim_look(&visit->model, unix_ms, visit->now_ms);
    return visit->model.is_dim;
}

static void test_dim__comes_only_when_nobody_was_here_for_long(void **state)
{
    struct visit visit;

    (void)state;
    begin(&visit);
    assert_false(is_dim_after(&visit, AFTER_MS - 1, 1));
    assert_true(is_dim_after(&visit, 1, 1));
    assert_true(is_dim_after(&visit, 10 * AFTER_MS, 1));
    visit.model.config.dim.after_ms = 0; // never
    assert_false(is_dim_after(&visit, AFTER_MS, 1));
    visit_end(&visit);
}

static void test_dim__never_comes_near_an_event(void **state)
{
    static const struct {
        int64_t unix_ms;
        bool is_dim;
    } times[] = {
        {0, false}, // the clock isn't trusted
        {1, true},
        {starts_ms - DIM_MARGIN_MS - 1, true},
        {starts_ms - DIM_MARGIN_MS, false},
        {starts_ms, false},
        {ends_ms, false},
        {ends_ms + DIM_MARGIN_MS, false},
        {ends_ms + DIM_MARGIN_MS + 1, true},
    };
    struct visit visit;

    (void)state;
    begin(&visit);
    visit_wait(&visit, AFTER_MS);
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        assert_int_equal(is_dim_after(&visit, 0, times[i].unix_ms), times[i].is_dim);
    visit_end(&visit);
}

static void test_dim__a_kiosk_without_event_needs_no_clock(void **state)
{
    struct model *model = calloc(1, sizeof *model);
    struct model_config config = {.dim = {AFTER_MS, PERCENT}};

    (void)state;
    assert_non_null(model);
    model_init(model, &config, 1000);
    dim_look(model, 0, 1000 + AFTER_MS);
    assert_true(model->is_dim);
    free(model);
}

// What stays until a person comes must be seen by one.
static void test_dim__never_hides_what_waits_for_somebody(void **state)
{
    struct notice notice = {.kind = NOTICE_NOT_SAVED};
    struct visit visit;

    (void)state;
    begin(&visit);
    visit_tell(&visit, &notice);
    assert_int_equal(visit.model.page, PAGE_NOT_SAVED);
    assert_false(is_dim_after(&visit, 10 * AFTER_MS, 1));
    visit_end(&visit);
}

static void test_dim__a_ticket_makes_it_bright_and_is_answered(void **state)
{
    struct visit visit;

    (void)state;
    begin(&visit);
    assert_true(is_dim_after(&visit, AFTER_MS, 1));
    visit_tell_reason(&visit, REASON_OK);
    assert_false(visit.model.is_dim);
    assert_int_equal(visit.model.page, PAGE_RESULT);
    assert_false(is_dim_after(&visit, AFTER_MS - 1, 1)); // the result has gone meanwhile
    assert_true(is_dim_after(&visit, 1, 1));
    visit_end(&visit);
}

static void test_dim__a_code_in_view_makes_it_bright(void **state)
{
    struct visit visit;

    (void)state;
    begin(&visit);
    assert_true(is_dim_after(&visit, AFTER_MS, 1));
    model_sighting(&visit.model, &(struct sighting){.mono_ms = visit.now_ms});
    assert_false(visit.model.is_dim);
    assert_false(is_dim_after(&visit, AFTER_MS - 1, 1));
    visit_end(&visit);
}

// In the dark nobody sees what they press.
static void test_dim__the_touch_that_wakes_presses_no_button(void **state)
{
    struct visit visit;

    (void)state;
    begin(&visit);
    assert_true(is_dim_after(&visit, AFTER_MS, 1));
    visit_act(&visit, ACT_PRIVACY);
    assert_false(visit.model.is_dim);
    assert_int_equal(visit.model.page, PAGE_READY);
    visit_act(&visit, ACT_PRIVACY);
    assert_int_equal(visit.model.page, PAGE_PRIVACY);
    visit_end(&visit);
}

static void test_dim__staff_get_in_at_once(void **state)
{
    struct visit visit;

    (void)state;
    begin(&visit);
    assert_true(is_dim_after(&visit, AFTER_MS, 1));
    visit_act(&visit, ACT_STAFF_DOOR);
    assert_false(visit.model.is_dim);
    assert_int_equal(visit.model.page, PAGE_PIN);
    visit_end(&visit);
}

static void test_dim__news_from_elsewhere_wake_nobody(void **state)
{
    struct notice news = {.kind = NOTICE_NEWS};
    struct visit visit;

    (void)state;
    begin(&visit);
    assert_true(is_dim_after(&visit, AFTER_MS, 1));
    visit_tell(&visit, &news);
    assert_true(visit.model.is_dim);
    visit_end(&visit);
}

// A display of its own light, or a painting that is darker; never both.
static void test_dim__darkens_one_way(void **state)
{
    struct visit visit;

    (void)state;
    begin(&visit);
    visit.model.brightness = 80;
    assert_int_equal(dim_brightness(&visit.model), 80);
    assert_true(is_dim_after(&visit, AFTER_MS, 1));
    assert_int_equal(dim_brightness(&visit.model), PERCENT);
    assert_int_equal(dim_opacity(&visit.model), 0);
    visit.model.brightness = 5; // as staff want it: never brighter than that
    assert_int_equal(dim_brightness(&visit.model), 5);
    visit.model.brightness = 0;
    assert_int_equal(dim_brightness(&visit.model), 0);
    assert_int_equal(dim_opacity(&visit.model), 255 * 90 / 100);
    assert_true(dim_wake(&visit.model));
    assert_int_equal(dim_opacity(&visit.model), 0);
    visit_end(&visit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dim__comes_only_when_nobody_was_here_for_long),
        cmocka_unit_test(test_dim__never_comes_near_an_event),
        cmocka_unit_test(test_dim__a_kiosk_without_event_needs_no_clock),
        cmocka_unit_test(test_dim__never_hides_what_waits_for_somebody),
        cmocka_unit_test(test_dim__a_ticket_makes_it_bright_and_is_answered),
        cmocka_unit_test(test_dim__a_code_in_view_makes_it_bright),
        cmocka_unit_test(test_dim__the_touch_that_wakes_presses_no_button),
        cmocka_unit_test(test_dim__staff_get_in_at_once),
        cmocka_unit_test(test_dim__news_from_elsewhere_wake_nobody),
        cmocka_unit_test(test_dim__darkens_one_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
