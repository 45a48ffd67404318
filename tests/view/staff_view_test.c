// What the staff's pages show: a walk-in's ticket once more, numbers, and which language is lit.
#include "support/check.h"

#include "base/text.h"
#include "model/shift.h"
#include "view/look.h"
#include "view/view.h"

#include <stdlib.h>

struct fixture {
    struct shift *shift;
    struct words *words;
    struct layout layout;
    struct scene scene;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    void *shift = NULL;

    shift_set_up(&shift);
    f->shift = shift;
    f->layout = layout_of(800, 480, 133);
    words_gettext_open(LOCALE_FOLDER, &f->words);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    void *shift = f->shift;

    words_close(f->words);
    free(f);
    return shift_tear_down(&shift);
}

static void draw(struct fixture *f)
{
    f->words->ops->choose(f->words, model_language(&f->shift->model));
    view_draw(&f->shift->model, f->words, &f->layout, f->shift->now_ms, &f->scene);
}

static bool shows(const struct fixture *f, enum mark_kind kind, const char *text)
{
    for (size_t i = 0; i < f->scene.mark_count; i++)
        if (f->scene.marks[i].kind == kind && strcmp(scene_text(&f->scene, &f->scene.marks[i]), text) == 0) return true;
    return false;
}

static const struct box *target(const struct fixture *f, enum staff_act act, int row)
{
    struct action action = {ACT_STAFF, staff_key(act, row)};

    for (size_t i = 0; i < f->scene.target_count; i++)
        if (action_equals(f->scene.targets[i].action, action)) return &f->scene.targets[i].box;
    return NULL;
}

// ---- a walk-in's ticket ----

static const char ticket[] = "123456789012345678901234567890";

static void open_walk_in(struct fixture *f, bool has_ticket_here)
{
    struct notice person;

    shift_open_person(f->shift, true);
    stage_person(&person);
    person.has_ticket_here = has_ticket_here;
    f->shift->model.staff.person = person;
    draw(f);
}

static void answer(struct fixture *f, size_t ticket_count)
{
    struct notice notice = {.kind = NOTICE_WALK_IN, .asked = COMMAND_TICKET, .ticket_count = ticket_count};

    if (ticket_count > 0) text_copy(notice.tickets[0], sizeof notice.tickets[0], ticket);
    shift_tell(f->shift, &notice);
    draw(f);
}

static void expect_person(struct fixture *f)
{
    draw(f);
    assert_int_equal(f->shift->model.staff.page, STAFF_PERSON);
    assert_true(f->shift->model.staff.person.is_found);
    assert_string_equal(f->shift->model.staff.ticket, "");
    assert_false(shows(f, MARK_QR, ticket));
}

static void test_staff_view__a_walk_in_s_ticket_is_shown_again(void **state)
{
    struct fixture *f = *state;
    struct model *model = &f->shift->model;

    open_walk_in(f, true);
    assert_non_null(target(f, STAFF_ACT_TICKET, STAFF_NO_ROW));
    shift_press(f->shift, STAFF_ACT_TICKET, STAFF_NO_ROW);
    assert_true(shift_take_own(f->shift, COMMAND_TICKET).ticket == model->staff.person.ticket);
    answer(f, 1);
    assert_int_equal(model->staff.page, STAFF_TICKET);
    assert_true(shows(f, MARK_QR, ticket));
    assert_int_equal(f->scene.ground, LOOK_WELCOME);
    assert_non_null(target(f, STAFF_ACT_BACK, 0));
    struct notice scan;
    stage_notice(REASON_OK, &scan); // somebody comes in meanwhile
    shift_tell(f->shift, &scan);
    assert_int_equal(model->page, PAGE_RESULT);
    shift_wait(f->shift, 60000 - 1);
    draw(f);
    assert_true(shows(f, MARK_QR, ticket)); // a telephone is being looked for
    shift_press(f->shift, STAFF_ACT_BACK, 0);
    expect_person(f);
}

static void test_staff_view__a_ticket_is_gone_with_the_session(void **state)
{
    struct fixture *f = *state;

    open_walk_in(f, true);
    shift_press(f->shift, STAFF_ACT_TICKET, STAFF_NO_ROW);
    shift_take_own(f->shift, COMMAND_TICKET);
    answer(f, 1);
    shift_wait(f->shift, DESK_SESSION_MS);
    assert_int_equal(f->shift->model.page, PAGE_READY);
    assert_string_equal(f->shift->model.staff.ticket, "");
    answer(f, 1); // late, or of another screen
    assert_int_equal(f->shift->model.page, PAGE_READY);
    assert_string_equal(f->shift->model.staff.ticket, "");
}

static void test_staff_view__no_ticket_is_offered_of_anybody_else(void **state)
{
    struct fixture *f = *state;

    open_walk_in(f, false);
    assert_null(target(f, STAFF_ACT_TICKET, STAFF_NO_ROW));
    shift_press(f->shift, STAFF_ACT_OPEN, STAFF_TICKET); // it opens with somebody only
    expect_person(f);
    shift_press(f->shift, STAFF_ACT_TICKET, STAFF_NO_ROW);
    shift_take_own(f->shift, COMMAND_TICKET);
    shift_tell(f->shift, &(struct notice){.kind = NOTICE_TOO_LATE, .asked = COMMAND_TICKET});
    expect_person(f);
    assert_int_equal(f->shift->model.staff.done, STAFF_DONE_NO_ANSWER);
    shift_press(f->shift, STAFF_ACT_TICKET, STAFF_NO_ROW);
    shift_take_own(f->shift, COMMAND_TICKET);
    shift_press(f->shift, STAFF_ACT_BACK, 0); // nobody waits for it any more
    answer(f, 1);
    assert_int_equal(f->shift->model.staff.page, STAFF_SEARCH);
}

// ---- numbers ----

static void expect_menu(struct fixture *f, uint32_t inside, uint32_t expected, const char *words)
{
    struct notice count = {.kind = NOTICE_COUNT, .headcount = {.inside = inside, .expected = expected}};

    shift_tell(f->shift, &count);
    draw(f);
    if (!shows(f, MARK_TEXT, words)) fail_msg("not shown: %s", words);
}

static void test_staff_view__walk_ins_are_no_part_of_the_list(void **state)
{
    struct fixture *f = *state;

    f->shift->stage.list.mode = LIST_MODE_ONCE;
    shift_unlock(f->shift);
    expect_menu(f, 31, 58, "31 da von 58");
    expect_menu(f, 60, 58, "60 da, 58 angemeldet");
    f->shift->stage.event.walk_ins.is_welcome = true;
    expect_menu(f, 31, 58, "31 da, 58 angemeldet");
    expect_menu(f, 31, 0, "31 da");
    f->shift->model.language = LANGUAGE_EN;
    expect_menu(f, 60, 58, "60 here, 58 registered");
}

static void test_staff_view__figures_are_written_as_the_language_does(void **state)
{
    struct fixture *f = *state;
    struct readiness readiness = {.mono_ms = 1, .disk_free_bytes = 62000000000};

    shift_open_page(f->shift, STAFF_CHECK);
    f->shift->model.readiness = &readiness;
    draw(f);
    assert_true(shows(f, MARK_TEXT, "62,0 GB frei"));
    readiness.disk_free_bytes = 950000000;
    draw(f);
    assert_true(shows(f, MARK_TEXT, "1,0 GB frei"));
    f->shift->model.language = LANGUAGE_EN;
    readiness.disk_free_bytes = 1249999999;
    draw(f);
    assert_true(shows(f, MARK_TEXT, "1.2 GB free"));
}

// ---- language ----

// The ground just inside a choice: it is drawn dark while chosen.
static uint32_t ground_at(const struct fixture *f, const struct box *box)
{
    uint32_t rgb = 0;

    for (size_t i = 0; i < f->scene.mark_count; i++) {
        const struct mark *mark = &f->scene.marks[i];
        bool is_inside = mark->box.x >= box->x && mark->box.y >= box->y && mark->box.x < box->x + box->w &&
                         mark->box.y < box->y + box->h;
        if (mark->kind != MARK_TEXT && is_inside) rgb = mark->rgb;
    }
    return rgb;
}

static void test_staff_view__the_lit_language_is_the_page_s(void **state)
{
    struct fixture *f = *state;

    for (int page = 0; page < LANGUAGE_COUNT; page++) {
        f->shift->model.language = page == LANGUAGE_DE ? LANGUAGE_DE : LANGUAGE_EN; // as the last guest touched it
        if (page == 0) shift_open_page(f->shift, STAFF_SCREEN);
        assert_int_equal(f->shift->model.config.language, LANGUAGE_DE);
        draw(f);
        for (int i = 0; i < LANGUAGE_COUNT; i++) {
            bool is_lit = ground_at(f, target(f, STAFF_ACT_LANGUAGE, i)) == LOOK_BUTTON;
            assert_int_equal(is_lit, i == page);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_staff_view__a_walk_in_s_ticket_is_shown_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_staff_view__a_ticket_is_gone_with_the_session, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_staff_view__no_ticket_is_offered_of_anybody_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_staff_view__walk_ins_are_no_part_of_the_list, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_staff_view__figures_are_written_as_the_language_does, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_staff_view__the_lit_language_is_the_page_s, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
