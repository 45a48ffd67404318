// The state behind the screen: what is shown, for how long, and what touches and keys do. Time is moved by hand.
#include "support/check.h"

#include "model/visit.h"

static void test_model__a_welcome_goes_after_its_time(void **state)
{
    struct visit f;

    (void)state;
    visit_begin(&f);
    assert_int_equal(f.model.page, PAGE_READY);
    visit_tell_reason(&f, REASON_OK);
    assert_int_equal(f.model.page, PAGE_RESULT);
    assert_int_equal(model_take_tone(&f.model), TONE_WELCOME);
    assert_int_equal(model_take_tone(&f.model), TONE_NONE); // once
    visit_wait(&f, 2999);
    assert_int_equal(f.model.page, PAGE_RESULT);
    visit_wait(&f, 1);
    assert_int_equal(f.model.page, PAGE_READY);
    assert_string_equal(f.model.result.first_name, ""); // the name is gone with the screen
    visit_end(&f);
}

static void test_model__other_results_stay_twice_as_long(void **state)
{
    (void)state;
    for (enum reason reason = REASON_INVALID; reason <= REASON_EXHAUSTED; reason++) {
        struct visit f;
        visit_begin(&f);
        visit_tell_reason(&f, reason);
        assert_int_equal(model_take_tone(&f.model), reason == REASON_ALREADY_REDEEMED ? TONE_ALREADY : TONE_NO);
        visit_wait(&f, 5999);
        assert_int_equal(f.model.page, PAGE_RESULT);
        visit_wait(&f, 1);
        assert_int_equal(f.model.page, PAGE_READY);
        visit_end(&f);
    }
}

static void test_model__the_next_scan_replaces_a_result_at_once(void **state)
{
    struct visit f;

    (void)state;
    visit_begin(&f);
    visit_tell_reason(&f, REASON_INVALID);
    uint64_t turn = f.model.turn;
    visit_wait(&f, 100);
    visit_tell_reason(&f, REASON_OK);
    assert_int_equal(f.model.result.verdict.reason, REASON_OK);
    assert_int_equal(f.model.turn, turn + 1);
    visit_wait(&f, 2999); // its own time, not the first one's
    assert_int_equal(f.model.page, PAGE_RESULT);
    visit_wait(&f, 1);
    assert_int_equal(f.model.page, PAGE_READY);
    visit_end(&f);
}

// As the front offers a notice: at most one a step, and again when it has to wait.
static bool offer(struct visit *fixture, const struct notice *notice)
{
    if (model_must_wait(&fixture->model, notice, fixture->waiting_count, fixture->now_ms)) return false;
    visit_tell(fixture, notice);
    return true;
}

static struct notice seen_at(int64_t mono_ms, enum reason reason)
{
    struct notice notice;

    stage_notice(reason, &notice);
    notice.mono_ms = mono_ms;
    return notice;
}

static void test_model__two_in_one_picture_are_answered_one_after_the_other(void **state)
{
    static const enum reason firsts[] = {REASON_FULL, REASON_OK, REASON_ALREADY_REDEEMED};
    static const int64_t apart_ms[] = {0, 30}; // the reader may find the second phone in a later frame
    struct visit f;

    (void)state;
    for (int i = 0; i < 6; i++) {
        visit_begin(&f);
        struct notice first = seen_at(f.now_ms, firsts[i % 3]), second = seen_at(f.now_ms + apart_ms[i / 3], REASON_OK);
        if (first.verdict.reason == REASON_OK) second.mono_ms = first.mono_ms;
        visit_wait(&f, 60); // reading and deciding
        assert_true(offer(&f, &first));
        assert_int_not_equal(model_take_tone(&f.model), TONE_NONE);
        assert_false(offer(&f, &second));
        visit_wait(&f, 500);
        assert_false(offer(&f, &second));
        assert_int_equal(f.model.result.verdict.reason, first.verdict.reason);
        assert_int_equal(model_take_tone(&f.model), TONE_NONE); // nothing cuts the first one's off
        visit_wait(&f, MODEL_READ_MS - 500);
        assert_true(offer(&f, &second));
        assert_int_equal(f.model.result.verdict.reason, REASON_OK);
        assert_int_equal(model_take_tone(&f.model), TONE_WELCOME);
        visit_end(&f);
    }
}

static void test_model__who_comes_later_waits_for_nobody(void **state)
{
    struct visit f;
    struct notice no, later, not_saved = {.kind = NOTICE_NOT_SAVED};

    (void)state;
    visit_begin(&f);
    no = seen_at(f.now_ms, REASON_FULL);
    visit_wait(&f, 60);
    assert_true(offer(&f, &no));
    visit_wait(&f, 20);
    later = seen_at(f.now_ms - 19, REASON_OK); // came after the No was there
    assert_true(offer(&f, &later));
    visit_wait(&f, 10);
    later = seen_at(f.now_ms - 60, REASON_OK); // a stream of welcomes keeps the camera's pace …
    assert_false(offer(&f, &later));           // but of few each is seen
    visit_wait(&f, MODEL_GLANCE_MS - 10);
    assert_true(offer(&f, &later));
    f.waiting_count = MODEL_MOST_WAITING + 1;
    visit_wait(&f, 10);
    later = seen_at(f.now_ms - 60, REASON_OK);
    assert_true(offer(&f, &later));
    no = seen_at(f.now_ms - 60, REASON_FULL);
    assert_false(offer(&f, &no));
    visit_act(&f, ACT_DISMISS); // somebody has read it
    assert_true(offer(&f, &no));
    not_saved.mono_ms = no.mono_ms;
    assert_true(offer(&f, &not_saved));
    visit_end(&f);
}

static void test_model__a_touch_dismisses_a_result(void **state)
{
    struct visit f;

    (void)state;
    visit_begin(&f);
    visit_tell_reason(&f, REASON_FULL);
    visit_act(&f, ACT_DISMISS);
    assert_int_equal(f.model.page, PAGE_READY);
    visit_act(&f, ACT_DISMISS); // means nothing on Ready
    assert_int_equal(f.model.page, PAGE_READY);
    visit_end(&f);
}

static void test_model__not_saved_stays_until_the_disk_works(void **state)
{
    struct visit f;
    struct notice not_saved = {.kind = NOTICE_NOT_SAVED},
                  count = {.kind = NOTICE_COUNT, .headcount = {.inside = 3, .expected = 9}};
    struct command command;

    (void)state;
    visit_begin(&f);
    visit_tell(&f, &not_saved);
    assert_int_equal(model_take_tone(&f.model), TONE_NO);
    visit_wait(&f, 600000);
    assert_int_equal(f.model.page, PAGE_NOT_SAVED);
    visit_act(&f, ACT_BACK); // no way around it
    assert_int_equal(f.model.page, PAGE_NOT_SAVED);
    visit_tell(&f, &count); // of another door: no answer to a retry
    assert_int_equal(f.model.page, PAGE_NOT_SAVED);
    visit_act(&f, ACT_RETRY);
    visit_act(&f, ACT_RETRY); // a second touch asks no second time
    visit_take(&f, COMMAND_RETRY, &command);
    visit_tell(&f, &not_saved);
    assert_int_equal(f.model.page, PAGE_NOT_SAVED);
    visit_act(&f, ACT_DEFAULT); // Enter does the same
    visit_take(&f, COMMAND_RETRY, &command);
    visit_tell(&f, &count);
    assert_int_equal(f.model.page, PAGE_READY);
    assert_int_equal(f.model.headcount.inside, 3);
    visit_end(&f);
}

static void test_model__not_saved_goes_with_the_next_saved_scan_only(void **state)
{
    struct visit f;
    struct notice not_saved = {.kind = NOTICE_NOT_SAVED}, unsaved;

    (void)state;
    visit_begin(&f);
    visit_tell(&f, &not_saved);
    stage_notice(REASON_ERROR, &unsaved);
    unsaved.seq = 0;
    visit_tell(&f, &unsaved);
    assert_int_equal(f.model.page, PAGE_RESULT);
    visit_wait(&f, 6000);
    assert_int_equal(f.model.page, PAGE_NOT_SAVED);
    visit_tell_reason(&f, REASON_OK);
    assert_int_equal(f.model.page, PAGE_RESULT);
    visit_wait(&f, 3000);
    assert_int_equal(f.model.page, PAGE_READY);
    visit_end(&f);
}

static void test_model__a_retry_without_an_answer_ends(void **state)
{
    struct visit f;
    struct notice not_saved = {.kind = NOTICE_NOT_SAVED};

    (void)state;
    visit_begin(&f);
    visit_tell(&f, &not_saved);
    visit_act(&f, ACT_RETRY);
    visit_wait(&f, MODEL_ANSWER_MS - 1);
    assert_int_equal(f.model.page, PAGE_NOT_SAVED);
    visit_wait(&f, 1);
    assert_int_equal(f.model.page, PAGE_READY);
    visit_end(&f);
}

static void test_model__pages_turn_within_their_number(void **state)
{
    struct visit f;

    (void)state;
    visit_begin(&f);
    visit_act(&f, ACT_PRIVACY);
    model_leaves(&f.model, 3);
    visit_act(&f, ACT_PAGE_BACK);
    assert_int_equal(f.model.leaf, 0);
    for (int i = 0; i < 5; i++) visit_act(&f, ACT_PAGE_ON);
    assert_int_equal(f.model.leaf, 2);
    model_leaves(&f.model, 2); // the other language is shorter
    assert_int_equal(f.model.leaf, 1);
    visit_act(&f, ACT_BACK);
    visit_act(&f, ACT_PRIVACY);
    assert_int_equal(f.model.leaf, 0);
    visit_end(&f);
}

static void test_model__the_camera_s_absence_is_a_turn_of_ready(void **state)
{
    struct visit f;
    struct camera_state gone = {0}, there = {true, 640, 480};

    (void)state;
    visit_begin(&f);
    assert_false(model_has_no_camera(&f.model)); // nobody has said so yet
    uint64_t turn = f.model.turn;
    model_camera(&f.model, &gone, f.now_ms);
    assert_true(model_has_no_camera(&f.model));
    assert_int_equal(f.model.turn, turn + 1);
    model_camera(&f.model, &gone, f.now_ms);
    assert_int_equal(f.model.turn, turn + 1);
    model_camera(&f.model, &there, f.now_ms);
    assert_false(model_has_no_camera(&f.model));
    assert_int_equal(f.model.turn, turn + 2);
    visit_end(&f);
}

static void test_model__a_sighting_fades(void **state)
{
    struct visit f;
    struct sighting sighting = {.mono_ms = 5000};

    (void)state;
    visit_begin(&f);
    assert_false(model_is_sighted(&f.model, 5000));
    model_sighting(&f.model, &sighting);
    assert_true(model_is_sighted(&f.model, 5000 + MODEL_SIGHTING_MS - 1));
    assert_false(model_is_sighted(&f.model, 5000 + MODEL_SIGHTING_MS));
    visit_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_model__a_welcome_goes_after_its_time),
        cmocka_unit_test(test_model__other_results_stay_twice_as_long),
        cmocka_unit_test(test_model__the_next_scan_replaces_a_result_at_once),
        cmocka_unit_test(test_model__two_in_one_picture_are_answered_one_after_the_other),
        cmocka_unit_test(test_model__who_comes_later_waits_for_nobody),
        cmocka_unit_test(test_model__a_touch_dismisses_a_result),
        cmocka_unit_test(test_model__not_saved_stays_until_the_disk_works),
        cmocka_unit_test(test_model__not_saved_goes_with_the_next_saved_scan_only),
        cmocka_unit_test(test_model__a_retry_without_an_answer_ends),
        cmocka_unit_test(test_model__pages_turn_within_their_number),
        cmocka_unit_test(test_model__the_camera_s_absence_is_a_turn_of_ready),
        cmocka_unit_test(test_model__a_sighting_fades),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
