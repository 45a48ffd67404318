// Whatever is on the screen, a scan is answered at once; afterwards it is exactly what it was, with everything typed.
// Goes through every screen there is (screens.h). What doesn't come back, on purpose: a result (the newer one replaces
// it), a sponsor's picture (somebody is there, so Ready is), "not saved" once a record was saved; and a disk that fails
// locks staff and forgets what was typed, but for a walk-in's form.
#include "support/check.h"

#include "view/screens.h"

#include "base/text.h"

#include <stdlib.h>

struct fixture {
    struct stage stage;
    struct model model, before, twin; // the twin is never scanned at
    struct scene scene, scene_of_twin;
    struct words *words;
    const struct screen_case *screen;
    int fault_count, checked_count;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    setenv("TZ", "UTC0", 1);
    stage_init(&f->stage);
    words_gettext_open(LOCALE_FOLDER, &f->words);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    words_close(f->words);
    stage_destroy(&f->stage);
    free(f);
    return 0;
}

static void fail_at(struct fixture *f, const char *notice, const char *what)
{
    char name[VIEW_NAME_SIZE];

    view_name(&f->model, name);
    print_error("%s, then %s: %s (%s is shown)\n", f->screen->name, notice, what, name);
    f->fault_count++;
}

static void draw(struct fixture *f, const struct model *model, struct scene *out)
{
    struct layout layout = layout_of(1280, 720, 147);

    if (model->is_large_text) layout = layout_large(&layout);
    f->words->ops->choose(f->words, model_language(model));
    view_draw(model, f->words, &layout, f->stage.mono_ms + MODEL_FADE_MS, out);
}

// To the eye, as it would be now without the scan: a wait that is counted down goes on meanwhile.
static bool is_as_without(struct fixture *f)
{
    draw(f, &f->model, &f->scene);
    draw(f, &f->twin, &f->scene_of_twin);
    return scene_equals(&f->scene, &f->scene_of_twin);
}

// The screen as it stands after a while.
static void begin(struct fixture *f, const struct screen_case *screen)
{
    struct screen_light light = {.size = &screen_sizes[1]};

    f->screen = screen;
    screen_draw(screen, &light, &f->stage, f->words, &f->model, &f->scene);
    f->stage.mono_ms += 200;
    model_drop_command(&f->model);
    model_tick(&f->model, f->stage.mono_ms);
    f->before = f->twin = f->model;
}

// A list that is asked for again is the same again.
static void answer_lists(struct model *model, int64_t mono_ms)
{
    struct command command = {0};

    if (!model_peek_command(model, &command)) return;
    model_drop_command(model);
    if (command.kind != COMMAND_SEARCH && command.kind != COMMAND_MISSING && command.kind != COMMAND_RECENT) return;
    if (model->staff.rows) staff_rows(model, model->staff.rows, mono_ms);
}

static void pass(struct fixture *f, int64_t by_ms)
{
    f->stage.mono_ms += by_ms;
    model_tick(&f->model, f->stage.mono_ms);
    model_tick(&f->twin, f->stage.mono_ms);
    answer_lists(&f->model, f->stage.mono_ms);
    answer_lists(&f->twin, f->stage.mono_ms);
}

// Somebody else's ticket: nothing changes but that it was seen.
static struct notice scanned(const struct fixture *f, enum reason reason)
{
    struct notice notice;

    stage_notice(reason, &notice);
    notice.kind = NOTICE_VERDICT;
    notice.mono_ms = f->stage.mono_ms;
    notice.ticket = 99;
    notice.has_note = false;
    notice.headcount = f->model.headcount;
    notice.stance = f->model.stance;
    notice.asked = COMMAND_FIND;
    return notice;
}

static bool is_one_result(const struct fixture *f)
{
    return f->before.page == PAGE_RESULT;
}

// Where the same page doesn't come back.
static enum page expected_page(const struct fixture *f)
{
    if (is_one_result(f)) return f->before.back;
    return f->before.page == PAGE_ATTRACT || f->before.page == PAGE_NOT_SAVED ? PAGE_READY : f->before.page;
}

static void expect_back(struct fixture *f, const char *notice)
{
    enum page page = expected_page(f);

    if (f->before.page == PAGE_NOT_SAVED && f->before.walk.is_open) page = PAGE_WALK_IN;
    f->checked_count++;
    if (f->model.page != page) fail_at(f, notice, "another page is back");
    else if (page == f->before.page && !is_as_without(f)) fail_at(f, notice, "the screen isn't what it was");
}

static void expect_answered(struct fixture *f, enum reason reason, bool by_touch)
{
    struct notice notice = scanned(f, reason);
    const char *word = reason_word(reason);

    if (model_must_wait(&f->model, &notice, 0, f->stage.mono_ms)) fail_at(f, word, "the answer would wait");
    screen_tell(&f->stage, &f->model, &notice);
    if (f->model.page != PAGE_RESULT || f->model.result.verdict.reason != reason || f->model.result.ticket != 99) {
        fail_at(f, word, "isn't answered at once");
        return;
    }
    if (f->model.tone == TONE_NONE) fail_at(f, word, "isn't heard");
    if (f->model.until_ms == INT64_MAX && !by_touch) return; // stays until it is touched
    if (by_touch) pass(f, 500);
    if (by_touch) screen_act(&f->stage, &f->model, ACT_DISMISS, 0);
    else pass(f, f->model.until_ms - f->stage.mono_ms);
    expect_back(f, word);
}

static void test_over__a_scan_is_answered_on_every_screen_and_it_comes_back(void **state)
{
    static const enum reason reasons[] = {REASON_OK, REASON_ALREADY_REDEEMED, REASON_INVALID, REASON_FULL};
    struct fixture *f = *state;

    for (size_t i = 0; i < screens_count(); i++)
        for (size_t r = 0; r < sizeof reasons / sizeof *reasons; r++)
            for (int by_touch = 0; by_touch <= 1; by_touch++) {
                begin(f, screens_at(i));
                expect_answered(f, reasons[r], by_touch);
            }
    print_message("%d answers over %zu screens\n", f->checked_count, screens_count());
    assert_true((size_t)f->checked_count > 4 * screens_count());
    assert_int_equal(f->fault_count, 0);
}

// One after the other, faster than anybody could touch: the form is still under the last of them.
static void test_over__ten_scans_in_a_row_lose_no_form(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < screens_count(); i++) {
        begin(f, screens_at(i));
        for (int n = 0; n < 10; n++) {
            struct notice notice = scanned(f, n % 2 ? REASON_OK : REASON_INVALID);
            screen_tell(&f->stage, &f->model, &notice);
            if (f->model.page != PAGE_RESULT) fail_at(f, "ten", "isn't answered");
            pass(f, 100);
        }
        pass(f, f->model.until_ms - f->stage.mono_ms);
        expect_back(f, "ten");
    }
    assert_int_equal(f->fault_count, 0);
}

static void test_over__a_disk_that_fails_locks_staff_and_keeps_a_walk_in(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < screens_count(); i++) {
        struct notice count = {.kind = NOTICE_COUNT};
        begin(f, screens_at(i));
        struct notice lost = scanned(f, REASON_ERROR);
        lost.kind = NOTICE_NOT_SAVED;
        screen_tell(&f->stage, &f->model, &lost);
        if (f->model.page != PAGE_NOT_SAVED || f->model.tone != TONE_NO) fail_at(f, "not saved", "isn't said at once");
        if (f->model.staff.session != 0) fail_at(f, "not saved", "staff isn't locked");
        model_drop_command(&f->model);
        pass(f, 500);
        screen_act(&f->stage, &f->model, ACT_RETRY, 0);
        count.stance = f->model.stance;
        count.headcount = f->model.headcount;
        screen_tell(&f->stage, &f->model, &count);
        if (f->model.page != (f->before.walk.is_open ? PAGE_WALK_IN : PAGE_READY))
            fail_at(f, "not saved", "another page is back");
        bool says_nothing = f->before.asked_ms == 0 && f->before.hint == FORM_HINT_NONE;
        if (f->before.page == PAGE_WALK_IN && says_nothing && !is_as_without(f))
            fail_at(f, "not saved", "the form isn't what it was");
    }
    assert_int_equal(f->fault_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_over__a_scan_is_answered_on_every_screen_and_it_comes_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_over__ten_scans_in_a_row_lose_no_form, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_over__a_disk_that_fails_locks_staff_and_keeps_a_walk_in, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
