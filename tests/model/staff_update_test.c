// Staff and a new version: what they may want and when, and that somebody answers.
#include "support/check.h"

#include "model/shift.h"

#include <string.h>

static struct readiness told; // the front's mailbox, as it were

static void tell(struct shift *f, enum update_phase phase, int64_t told_ms)
{
    told = (struct readiness){.mono_ms = 1, .update = {.phase = phase, .told_ms = told_ms}};
    strcpy(told.update.installed, "1.0");
    strcpy(told.update.offered, "1.1");
    f->model.readiness = &told;
    model_tick(&f->model, f->now_ms);
}

static enum update_wish take(struct shift *f)
{
    char version[UPDATE_VERSION_SIZE];

    return staff_take_update(&f->model, version);
}

static void test_staff_update__a_machine_without_an_updater_has_no_such_page(void **state)
{
    struct shift *f = *state;

    shift_unlock(f);
    shift_press(f, STAFF_ACT_OPEN, STAFF_UPDATE);
    assert_int_equal(f->model.staff.page, STAFF_MENU);
    tell(f, UPDATE_ABSENT, 0);
    shift_press(f, STAFF_ACT_OPEN, STAFF_UPDATE);
    assert_int_equal(f->model.staff.page, STAFF_MENU);
    tell(f, UPDATE_IDLE, 1);
    shift_press(f, STAFF_ACT_OPEN, STAFF_UPDATE);
    assert_int_equal(f->model.staff.page, STAFF_UPDATE);
}

static void test_staff_update__nothing_is_wanted_but_by_staff_on_that_page(void **state)
{
    struct shift *f = *state;

    tell(f, UPDATE_FOUND, 1);
    shift_press(f, STAFF_ACT_UPDATE, UPDATE_WISH_INSTALL); // locked
    assert_int_equal(take(f), UPDATE_WISH_NONE);
    shift_unlock(f);
    shift_press(f, STAFF_ACT_UPDATE, UPDATE_WISH_INSTALL); // another page
    assert_int_equal(take(f), UPDATE_WISH_NONE);
}

static void test_staff_update__what_was_found_is_installed_by_its_version(void **state)
{
    struct shift *f = *state;

    shift_unlock(f);
    tell(f, UPDATE_IDLE, 1);
    shift_press(f, STAFF_ACT_OPEN, STAFF_UPDATE);
    shift_press(f, STAFF_ACT_UPDATE, UPDATE_WISH_INSTALL); // nothing was found yet
    assert_int_equal(take(f), UPDATE_WISH_NONE);
    shift_press(f, STAFF_ACT_UPDATE, UPDATE_WISH_LOOK);
    assert_int_equal(take(f), UPDATE_WISH_LOOK);
    shift_press(f, STAFF_ACT_UPDATE, UPDATE_WISH_LOOK); // once is enough
    assert_int_equal(take(f), UPDATE_WISH_NONE);
    tell(f, UPDATE_FOUND, 2);
    shift_press(f, STAFF_ACT_UPDATE, UPDATE_WISH_INSTALL);
    assert_int_equal(take(f), UPDATE_WISH_INSTALL);
    assert_string_equal(f->model.update.version, "1.1");
    tell(f, UPDATE_FETCHING, 3);
    shift_press(f, STAFF_ACT_UPDATE, UPDATE_WISH_LOOK); // it is being done
    shift_press(f, STAFF_ACT_UPDATE, UPDATE_WISH_INSTALL);
    assert_int_equal(take(f), UPDATE_WISH_NONE);
}

static void test_staff_update__an_updater_that_does_not_answer_is_noticed(void **state)
{
    struct shift *f = *state;

    shift_unlock(f);
    tell(f, UPDATE_IDLE, 1);
    shift_press(f, STAFF_ACT_OPEN, STAFF_UPDATE);
    shift_press(f, STAFF_ACT_UPDATE, UPDATE_WISH_LOOK);
    shift_wait(f, STAFF_UPDATE_PATIENCE_MS - 1);
    assert_false(f->model.update.is_unheard);
    shift_wait(f, 1);
    assert_true(f->model.update.is_unheard);
    shift_press(f, STAFF_ACT_UPDATE, UPDATE_WISH_LOOK);
    assert_false(f->model.update.is_unheard);
    tell(f, UPDATE_CURRENT, 2);
    shift_wait(f, STAFF_UPDATE_PATIENCE_MS);
    assert_false(f->model.update.is_unheard);
}

static void test_staff_update__every_end_has_its_words(void **state)
{
    (void)state;
    for (int phase = UPDATE_IDLE; phase <= UPDATE_FAILED; phase++)
        for (int why = UPDATE_WHY_OTHER; why <= UPDATE_WHY_ASKED; why++) {
            struct update update = {.phase = (enum update_phase)phase, .why = (enum update_why)why};
            const struct update_words *words = update_words_of(&update);
            assert_true(words->title && words->title[0] && words->line && words->line[0]);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_staff_update__a_machine_without_an_updater_has_no_such_page, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_update__nothing_is_wanted_but_by_staff_on_that_page, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_update__what_was_found_is_installed_by_its_version, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test_setup_teardown(test_staff_update__an_updater_that_does_not_answer_is_noticed, shift_set_up,
                                        shift_tear_down),
        cmocka_unit_test(test_staff_update__every_end_has_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
