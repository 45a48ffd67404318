// The state behind the screen: what is shown, for how long, and what touches and keys do. Time is moved by hand.
#include "support/check.h"

#include "ui/stage.h"

struct fixture {
    struct stage stage;
    struct model model;
    int64_t now_ms;
    size_t waiting_count;
};

static void set_up(struct fixture *fixture)
{
    stage_init(&fixture->stage);
    struct model_config config = stage_model_config(&fixture->stage);
    fixture->now_ms = 1000;
    fixture->waiting_count = 0;
    model_init(&fixture->model, &config, fixture->now_ms);
}

static void tear_down(struct fixture *fixture)
{
    stage_destroy(&fixture->stage);
}

static void wait(struct fixture *fixture, int64_t ms)
{
    fixture->now_ms += ms;
    model_tick(&fixture->model, fixture->now_ms);
}

static void tell(struct fixture *fixture, const struct notice *notice)
{
    model_notice(&fixture->model, notice, fixture->stage.unix_ms, fixture->now_ms);
}

static void tell_reason(struct fixture *fixture, enum reason reason)
{
    struct notice notice;

    stage_notice(reason, &notice);
    tell(fixture, &notice);
}

static void act(struct fixture *fixture, enum act act)
{
    model_act(&fixture->model, (struct action){act, 0}, fixture->now_ms);
}

static void press_keys(struct fixture *fixture, const char *keys)
{
    for (; *keys; keys++) model_act(&fixture->model, (struct action){ACT_KEY, *keys}, fixture->now_ms);
}

static void take_command(struct fixture *fixture, enum command_kind kind, struct command *out)
{
    assert_true(model_peek_command(&fixture->model, out));
    assert_int_equal(out->kind, kind);
    model_drop_command(&fixture->model);
    struct command none;
    assert_false(model_peek_command(&fixture->model, &none));
}

static void find_somebody(struct fixture *fixture)
{
    struct command command;
    struct notice notice;

    act(fixture, ACT_HAND);
    press_keys(fixture, "7K2M");
    act(fixture, ACT_FIND);
    take_command(fixture, COMMAND_FIND, &command);
    stage_found(&notice);
    tell(fixture, &notice);
    assert_int_equal(fixture->model.page, PAGE_PIN);
}

static bool shows_person(const struct model *model)
{
    return model->page == PAGE_STAFF && model->staff.page == STAFF_PERSON && model->staff.person.is_found;
}

// The desk takes the PIN; then the screen asks for the person it was typed for.
static void take_pin(struct fixture *fixture, const char *pin)
{
    uint64_t ticket = fixture->model.found.ticket;
    struct notice unlocked = {.kind = NOTICE_UNLOCKED, .session = 77};
    struct command command;

    take_command(fixture, COMMAND_UNLOCK, &command);
    assert_string_equal(command.text, pin);
    tell(fixture, &unlocked);
    take_command(fixture, COMMAND_PERSON, &command);
    assert_true(command.session == 77 && command.ticket == ticket);
}

static void unlock_somebody(struct fixture *fixture)
{
    struct notice notice;

    find_somebody(fixture);
    press_keys(fixture, "4711");
    act(fixture, ACT_UNLOCK);
    take_pin(fixture, "4711");
    stage_person(&notice);
    tell(fixture, &notice);
    assert_true(shows_person(&fixture->model));
}

static void test_model__a_welcome_goes_after_its_time(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f);
    assert_int_equal(f.model.page, PAGE_READY);
    tell_reason(&f, REASON_OK);
    assert_int_equal(f.model.page, PAGE_RESULT);
    assert_int_equal(model_take_tone(&f.model), TONE_WELCOME);
    assert_int_equal(model_take_tone(&f.model), TONE_NONE); // once
    wait(&f, 2999);
    assert_int_equal(f.model.page, PAGE_RESULT);
    wait(&f, 1);
    assert_int_equal(f.model.page, PAGE_READY);
    assert_string_equal(f.model.result.first_name, ""); // the name is gone with the screen
    tear_down(&f);
}

static void test_model__other_results_stay_twice_as_long(void **state)
{
    (void)state;
    for (enum reason reason = REASON_INVALID; reason <= REASON_EXHAUSTED; reason++) {
        struct fixture f;
        set_up(&f);
        tell_reason(&f, reason);
        assert_int_equal(model_take_tone(&f.model), reason == REASON_ALREADY_REDEEMED ? TONE_ALREADY : TONE_NO);
        wait(&f, 5999);
        assert_int_equal(f.model.page, PAGE_RESULT);
        wait(&f, 1);
        assert_int_equal(f.model.page, PAGE_READY);
        tear_down(&f);
    }
}

static void test_model__the_next_scan_replaces_a_result_at_once(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f);
    tell_reason(&f, REASON_INVALID);
    uint64_t turn = f.model.turn;
    wait(&f, 100);
    tell_reason(&f, REASON_OK);
    assert_int_equal(f.model.result.verdict.reason, REASON_OK);
    assert_int_equal(f.model.turn, turn + 1);
    wait(&f, 2999); // its own time, not the first one's
    assert_int_equal(f.model.page, PAGE_RESULT);
    wait(&f, 1);
    assert_int_equal(f.model.page, PAGE_READY);
    tear_down(&f);
}

// As the front offers a notice: at most one a step, and again when it has to wait.
static bool offer(struct fixture *fixture, const struct notice *notice)
{
    if (model_must_wait(&fixture->model, notice, fixture->waiting_count, fixture->now_ms)) return false;
    tell(fixture, notice);
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
    struct fixture f;

    (void)state;
    for (int i = 0; i < 6; i++) {
        set_up(&f);
        struct notice first = seen_at(f.now_ms, firsts[i % 3]), second = seen_at(f.now_ms + apart_ms[i / 3], REASON_OK);
        if (first.verdict.reason == REASON_OK) second.mono_ms = first.mono_ms;
        wait(&f, 60); // reading and deciding
        assert_true(offer(&f, &first));
        assert_int_not_equal(model_take_tone(&f.model), TONE_NONE);
        assert_false(offer(&f, &second));
        wait(&f, 500);
        assert_false(offer(&f, &second));
        assert_int_equal(f.model.result.verdict.reason, first.verdict.reason);
        assert_int_equal(model_take_tone(&f.model), TONE_NONE); // nothing cuts the first one's off
        wait(&f, MODEL_READ_MS - 500);
        assert_true(offer(&f, &second));
        assert_int_equal(f.model.result.verdict.reason, REASON_OK);
        assert_int_equal(model_take_tone(&f.model), TONE_WELCOME);
        tear_down(&f);
    }
}

static void test_model__who_comes_later_waits_for_nobody(void **state)
{
    struct fixture f;
    struct notice no, later, not_saved = {.kind = NOTICE_NOT_SAVED};

    (void)state;
    set_up(&f);
    no = seen_at(f.now_ms, REASON_FULL);
    wait(&f, 60);
    assert_true(offer(&f, &no));
    wait(&f, 20);
    later = seen_at(f.now_ms - 19, REASON_OK); // came after the No was there
    assert_true(offer(&f, &later));
    wait(&f, 10);
    later = seen_at(f.now_ms - 60, REASON_OK); // a stream of welcomes keeps the camera's pace …
    assert_false(offer(&f, &later));           // but of few each is seen
    wait(&f, MODEL_GLANCE_MS - 10);
    assert_true(offer(&f, &later));
    f.waiting_count = MODEL_MOST_WAITING + 1;
    wait(&f, 10);
    later = seen_at(f.now_ms - 60, REASON_OK);
    assert_true(offer(&f, &later));
    no = seen_at(f.now_ms - 60, REASON_FULL);
    assert_false(offer(&f, &no));
    act(&f, ACT_DISMISS); // somebody has read it
    assert_true(offer(&f, &no));
    not_saved.mono_ms = no.mono_ms;
    assert_true(offer(&f, &not_saved));
    tear_down(&f);
}

static void test_model__a_touch_dismisses_a_result(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f);
    tell_reason(&f, REASON_FULL);
    act(&f, ACT_DISMISS);
    assert_int_equal(f.model.page, PAGE_READY);
    act(&f, ACT_DISMISS); // means nothing on Ready
    assert_int_equal(f.model.page, PAGE_READY);
    tear_down(&f);
}

static void test_model__not_saved_stays_until_the_disk_works(void **state)
{
    struct fixture f;
    struct notice not_saved = {.kind = NOTICE_NOT_SAVED},
                  count = {.kind = NOTICE_COUNT, .headcount = {.inside = 3, .expected = 9}};
    struct command command;

    (void)state;
    set_up(&f);
    tell(&f, &not_saved);
    assert_int_equal(model_take_tone(&f.model), TONE_NO);
    wait(&f, 600000);
    assert_int_equal(f.model.page, PAGE_NOT_SAVED);
    act(&f, ACT_BACK); // no way around it
    assert_int_equal(f.model.page, PAGE_NOT_SAVED);
    tell(&f, &count); // of another door: no answer to a retry
    assert_int_equal(f.model.page, PAGE_NOT_SAVED);
    act(&f, ACT_RETRY);
    act(&f, ACT_RETRY); // a second touch asks no second time
    take_command(&f, COMMAND_RETRY, &command);
    tell(&f, &not_saved);
    assert_int_equal(f.model.page, PAGE_NOT_SAVED);
    act(&f, ACT_DEFAULT); // Enter does the same
    take_command(&f, COMMAND_RETRY, &command);
    tell(&f, &count);
    assert_int_equal(f.model.page, PAGE_READY);
    assert_int_equal(f.model.headcount.inside, 3);
    tear_down(&f);
}

static void test_model__not_saved_goes_with_the_next_saved_scan_only(void **state)
{
    struct fixture f;
    struct notice not_saved = {.kind = NOTICE_NOT_SAVED}, unsaved;

    (void)state;
    set_up(&f);
    tell(&f, &not_saved);
    stage_notice(REASON_ERROR, &unsaved);
    unsaved.seq = 0;
    tell(&f, &unsaved);
    assert_int_equal(f.model.page, PAGE_RESULT);
    wait(&f, 6000);
    assert_int_equal(f.model.page, PAGE_NOT_SAVED);
    tell_reason(&f, REASON_OK);
    assert_int_equal(f.model.page, PAGE_RESULT);
    wait(&f, 3000);
    assert_int_equal(f.model.page, PAGE_READY);
    tear_down(&f);
}

static void test_model__a_retry_without_an_answer_ends(void **state)
{
    struct fixture f;
    struct notice not_saved = {.kind = NOTICE_NOT_SAVED};

    (void)state;
    set_up(&f);
    tell(&f, &not_saved);
    act(&f, ACT_RETRY);
    wait(&f, MODEL_ANSWER_MS - 1);
    assert_int_equal(f.model.page, PAGE_NOT_SAVED);
    wait(&f, 1);
    assert_int_equal(f.model.page, PAGE_READY);
    tear_down(&f);
}

static void test_model__hand_entry_finds_and_staff_admit(void **state)
{
    struct fixture f;
    struct command command;

    (void)state;
    set_up(&f);
    act(&f, ACT_HAND);
    act(&f, ACT_FIND); // nothing typed: nothing asked
    assert_false(model_peek_command(&f.model, &command));
    press_keys(&f, "7K2X");
    act(&f, ACT_ERASE);
    model_type(&f.model, "Mä", f.now_ms); // a keyboard
    act(&f, ACT_ERASE);
    act(&f, ACT_FIND);
    press_keys(&f, "9"); // the desk is reading
    take_command(&f, COMMAND_FIND, &command);
    assert_string_equal(command.text, "7K2M");
    struct notice found;
    stage_found(&found);
    tell(&f, &found);
    assert_int_equal(f.model.page, PAGE_PIN);
    model_act(&f.model, (struct action){ACT_STAFF, staff_key(STAFF_ACT_ADMIT, STAFF_NO_ROW)},
              f.now_ms); // not from here
    act(&f, ACT_UNLOCK); // nothing typed: nothing asked
    assert_false(model_peek_command(&f.model, &command));
    press_keys(&f, "4711");
    act(&f, ACT_DEFAULT); // Enter unlocks
    take_pin(&f, "4711");
    stage_person(&found);
    tell(&f, &found);
    assert_true(shows_person(&f.model));
    press_keys(&f, "9"); // nothing to type here
    wait(&f, MODEL_LOOK_MS - 1);
    act(&f, ACT_DEFAULT); // a double touch of the page before
    assert_false(model_peek_command(&f.model, &command));
    wait(&f, 1);
    act(&f, ACT_DEFAULT);
    take_command(&f, COMMAND_ADMIT, &command);
    assert_true(command.session == 77);
    assert_true(command.ticket == found.ticket);
    stage_notice(REASON_OK, &found);
    found.asked = command.kind;
    tell(&f, &found);
    assert_int_equal(f.model.page, PAGE_RESULT);
    wait(&f, 3000);
    assert_int_equal(f.model.page, PAGE_READY); // and locked behind them
    take_command(&f, COMMAND_LOCK, &command);
    assert_string_equal(f.model.staff.person.full_name, "");
    assert_string_equal(f.model.pin, "");
    tear_down(&f);
}

static void test_model__nobody_found_keeps_what_was_typed(void **state)
{
    struct fixture f;
    struct notice nobody = {.kind = NOTICE_FOUND};

    (void)state;
    set_up(&f);
    act(&f, ACT_HAND);
    press_keys(&f, "ABC");
    act(&f, ACT_FIND);
    tell(&f, &nobody);
    assert_int_equal(f.model.page, PAGE_HAND);
    assert_int_equal(f.model.hint, FORM_HINT_NOBODY);
    assert_string_equal(f.model.typed, "ABC");
    press_keys(&f, "D");
    assert_int_equal(f.model.hint, FORM_HINT_NONE);
    assert_string_equal(f.model.typed, "ABCD");
    tear_down(&f);
}

static void test_model__a_late_answer_shows_nobody(void **state)
{
    struct fixture f;
    struct notice found;

    (void)state;
    set_up(&f);
    act(&f, ACT_HAND);
    press_keys(&f, "A");
    act(&f, ACT_FIND);
    act(&f, ACT_BACK);
    stage_found(&found);
    tell(&f, &found);
    assert_int_equal(f.model.page, PAGE_READY);
    act(&f, ACT_HAND);
    press_keys(&f, "A");
    act(&f, ACT_FIND);
    wait(&f, MODEL_ANSWER_MS);
    assert_int_equal(f.model.hint, FORM_HINT_NO_ANSWER);
    tell(&f, &found);
    assert_int_equal(f.model.page, PAGE_HAND);
    tear_down(&f);
}

static void test_model__wrong_pins_have_to_wait(void **state)
{
    struct fixture f;
    struct notice wrong = {.kind = NOTICE_PIN}, later = {.kind = NOTICE_PIN, .wait_ms = 8000};
    struct command command;

    (void)state;
    set_up(&f);
    find_somebody(&f);
    press_keys(&f, "1");
    act(&f, ACT_UNLOCK);
    take_command(&f, COMMAND_UNLOCK, &command);
    tell(&f, &wrong);
    assert_int_equal(f.model.hint, FORM_HINT_PIN_WRONG);
    assert_string_equal(f.model.pin, "");
    press_keys(&f, "2");
    act(&f, ACT_UNLOCK);
    take_command(&f, COMMAND_UNLOCK, &command);
    tell(&f, &later);
    press_keys(&f, "3");
    act(&f, ACT_UNLOCK);
    assert_int_equal(f.model.hint, FORM_HINT_PIN_LATER);
    assert_false(model_peek_command(&f.model, &command));
    wait(&f, 8000);
    assert_int_equal(f.model.hint, FORM_HINT_NONE);
    act(&f, ACT_UNLOCK);
    take_command(&f, COMMAND_UNLOCK, &command);
    tear_down(&f);
}

static void assert_no_pin(const struct fixture *f)
{
    for (size_t at = 0; at < sizeof f->model.pin; at++) assert_int_equal(f->model.pin[at], 0);
}

static void test_model__a_pin_lives_until_it_was_asked_about(void **state)
{
    struct notice later = {.kind = NOTICE_PIN, .wait_ms = 5000};
    struct fixture f;

    (void)state;
    for (int i = 0; i < 4; i++) {
        set_up(&f);
        find_somebody(&f);
        press_keys(&f, "4711");
        assert_string_equal(f.model.pin, "4711");
        if (i == 0) act(&f, ACT_UNLOCK);
        if (i == 1) tell(&f, &later);
        if (i == 2) act(&f, ACT_BACK);
        if (i == 3) wait(&f, MODEL_IDLE_MS);
        assert_no_pin(&f);
        tear_down(&f);
    }
}

static void test_model__facts_about_a_person_live_as_long_as_their_page(void **state)
{
    struct notice not_saved = {.kind = NOTICE_NOT_SAVED};
    struct fixture f;

    (void)state;
    for (int i = 0; i < 3; i++) {
        set_up(&f);
        unlock_somebody(&f);
        assert_no_pin(&f);
        if (i == 0) tell(&f, &not_saved);
        if (i == 1) act(&f, ACT_BACK);
        if (i == 2) wait(&f, MODEL_IDLE_MS);
        assert_string_equal(f.model.staff.person.full_name, "");
        tear_down(&f);
    }
}

static void test_model__an_idle_form_ends_under_results_too(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f);
    unlock_somebody(&f);
    for (int passed_ms = 0; passed_ms < MODEL_IDLE_MS; passed_ms += 1000) { // tickets come and come
        assert_string_not_equal(f.model.staff.person.full_name, "");
        tell_reason(&f, REASON_OK);
        wait(&f, 1000);
        assert_int_equal(f.model.page, PAGE_RESULT);
    }
    assert_string_equal(f.model.staff.person.full_name, "");
    wait(&f, 3000);
    assert_int_equal(f.model.page, PAGE_READY);
    tear_down(&f);
}

static void test_model__a_person_shows_only_with_a_pin(void **state)
{
    struct fixture f;
    struct notice found, person;

    (void)state;
    stage_found(&found);
    stage_person(&person);
    set_up(&f);
    act(&f, ACT_HAND);
    press_keys(&f, "A");
    act(&f, ACT_FIND);
    tell(&f, &person); // late, of another question
    assert_int_equal(f.model.page, PAGE_HAND);
    tell(&f, &found);
    press_keys(&f, "4711");
    act(&f, ACT_UNLOCK);
    take_pin(&f, "4711");
    tell(&f, &found); // what anybody may see is no answer to staff
    assert_int_equal(f.model.page, PAGE_STAFF);
    assert_false(shows_person(&f.model));
    tear_down(&f);
}

static void test_model__an_answer_under_a_result_is_not_lost(void **state)
{
    struct fixture f;
    struct notice found;

    (void)state;
    set_up(&f);
    act(&f, ACT_HAND);
    press_keys(&f, "A");
    act(&f, ACT_FIND);
    tell_reason(&f, REASON_FULL); // somebody's ticket
    stage_found(&found);
    tell(&f, &found);
    assert_int_equal(f.model.page, PAGE_RESULT);
    wait(&f, 6000);
    assert_int_equal(f.model.page, PAGE_PIN);
    tear_down(&f);
}

static void test_model__without_pins_there_is_nothing_to_type(void **state)
{
    struct fixture f;
    struct command command;

    (void)state;
    set_up(&f);
    f.stage.event.pin_count = 0;
    find_somebody(&f);
    press_keys(&f, "4711");
    act(&f, ACT_DEFAULT);
    assert_false(model_peek_command(&f.model, &command));
    assert_string_equal(f.model.pin, "");
    act(&f, ACT_BACK);
    assert_int_equal(f.model.page, PAGE_HAND);
    tear_down(&f);
}

static void test_model__a_scan_is_shown_over_a_form_and_gives_it_back(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f);
    act(&f, ACT_HAND);
    press_keys(&f, "AB");
    tell_reason(&f, REASON_OK);
    assert_int_equal(f.model.page, PAGE_RESULT);
    tell_reason(&f, REASON_INVALID);
    wait(&f, 6000);
    assert_int_equal(f.model.page, PAGE_HAND);
    assert_string_equal(f.model.typed, "AB");
    act(&f, ACT_PRIVACY);
    model_leaves(&f.model, 3);
    act(&f, ACT_PAGE_ON);
    tell_reason(&f, REASON_OK);
    wait(&f, 3000);
    assert_int_equal(f.model.page, PAGE_PRIVACY); // so is what somebody reads: else it can't be read at a busy door
    assert_int_equal(f.model.leaf, 1);
    tell_reason(&f, REASON_OK);
    wait(&f, MODEL_IDLE_MS);
    assert_int_equal(f.model.page, PAGE_READY);
    tear_down(&f);
}

static void type(struct fixture *fixture, const char *keys)
{
    char key[2] = "";

    for (; *keys; keys++) {
        key[0] = *keys;
        model_type(&fixture->model, key, fixture->now_ms);
        model_tick(&fixture->model, fixture->now_ms);
    }
}

// Staff type a PIN while the camera goes on reading.
static void test_model__keys_typed_under_a_result_are_not_lost(void **state)
{
    struct fixture f;
    struct command command;

    (void)state;
    set_up(&f);
    act(&f, ACT_HAND);
    type(&f, "7K");
    tell_reason(&f, REASON_FULL);
    wait(&f, 100);
    type(&f, "2N");
    model_act(&f.model, (struct action){ACT_ERASE, 0}, f.now_ms);
    type(&f, "M");
    assert_int_equal(f.model.page, PAGE_RESULT); // its guest sees it all the same
    wait(&f, MODEL_READ_MS - 100);
    assert_int_equal(f.model.page, PAGE_HAND);
    assert_string_equal(f.model.typed, "7K2M");
    tell_reason(&f, REASON_OK);
    wait(&f, MODEL_READ_MS);
    type(&f, "9"); // read: gone with the first key
    assert_int_equal(f.model.page, PAGE_HAND);
    assert_string_equal(f.model.typed, "7K2M9");
    act(&f, ACT_BACK);

    find_somebody(&f);
    type(&f, "47");
    tell_reason(&f, REASON_ALREADY_REDEEMED);
    type(&f, "11");
    act(&f, ACT_DEFAULT); // Enter belongs to what is typed
    take_command(&f, COMMAND_UNLOCK, &command);
    assert_string_equal(command.text, "4711");
    tear_down(&f);
}

static void test_model__a_result_over_a_form_is_short_and_goes_at_a_touch(void **state)
{
    struct fixture f;
    struct command command;

    (void)state;
    set_up(&f);
    find_somebody(&f);
    type(&f, "47");
    tell_reason(&f, REASON_OK);
    wait(&f, MODEL_OVER_FORM_MS);
    assert_int_equal(f.model.page, PAGE_PIN);
    tell_reason(&f, REASON_FULL);
    wait(&f, 2 * MODEL_OVER_FORM_MS - 1);
    assert_int_equal(f.model.page, PAGE_RESULT);
    wait(&f, 1);
    assert_int_equal(f.model.page, PAGE_PIN);
    tell_reason(&f, REASON_OK);
    act(&f, ACT_DISMISS);
    assert_int_equal(f.model.page, PAGE_PIN);
    tell_reason(&f, REASON_OK);
    act(&f, ACT_DEFAULT); // Enter without typing is no try of half a PIN
    assert_int_equal(f.model.page, PAGE_PIN);
    assert_false(model_peek_command(&f.model, &command));
    assert_string_equal(f.model.pin, "47");
    act(&f, ACT_BACK);

    unlock_somebody(&f);
    tell_reason(&f, REASON_OK);
    type(&f, "x");
    wait(&f, MODEL_LOOK_MS);
    act(&f, ACT_DEFAULT); // nobody is admitted whose page is covered
    assert_false(model_peek_command(&f.model, &command));
    assert_true(shows_person(&f.model));
    tear_down(&f);
}

static void test_model__idle_forms_and_pages_return_to_ready(void **state)
{
    static const enum act acts[] = {ACT_HAND, ACT_PRIVACY};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct fixture f;
        set_up(&f);
        act(&f, ACT_ENGLISH);
        act(&f, acts[i]);
        wait(&f, MODEL_IDLE_MS - 1);
        assert_int_not_equal(f.model.page, PAGE_READY);
        assert_int_equal(f.model.language, LANGUAGE_EN);
        wait(&f, 1);
        assert_int_equal(f.model.page, PAGE_READY);
        assert_int_equal(f.model.language, LANGUAGE_DE);
        tear_down(&f);
    }
}

static void test_model__typing_keeps_a_form_open(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f);
    act(&f, ACT_HAND);
    wait(&f, MODEL_IDLE_MS - 1);
    model_type(&f.model, "A", f.now_ms);
    wait(&f, MODEL_IDLE_MS - 1);
    assert_int_equal(f.model.page, PAGE_HAND);
    tear_down(&f);
}

static void test_model__typing_stops_at_the_field_s_end(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f);
    act(&f, ACT_HAND);
    for (int i = 0; i < 400; i++) model_type(&f.model, "ä", f.now_ms);
    assert_true(strlen(f.model.typed) < sizeof f.model.typed);
    assert_true(strlen(f.model.typed) >= sizeof f.model.typed - 3);
    model_type(&f.model, "\x1b[2J\n", f.now_ms); // nothing that controls anything
    assert_null(strchr(f.model.typed, '\x1b'));
    tear_down(&f);
}

static void test_model__back_goes_one_step(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f);
    find_somebody(&f);
    act(&f, ACT_BACK);
    assert_int_equal(f.model.page, PAGE_HAND);
    assert_string_equal(f.model.typed, "");
    unlock_somebody(&f);
    act(&f, ACT_BACK); // to the next number: the person is looked at
    assert_int_equal(f.model.page, PAGE_HAND);
    act(&f, ACT_BACK);
    assert_int_equal(f.model.page, PAGE_READY);
    tear_down(&f);
}

static void test_model__pages_turn_within_their_number(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f);
    act(&f, ACT_PRIVACY);
    model_leaves(&f.model, 3);
    act(&f, ACT_PAGE_BACK);
    assert_int_equal(f.model.leaf, 0);
    for (int i = 0; i < 5; i++) act(&f, ACT_PAGE_ON);
    assert_int_equal(f.model.leaf, 2);
    model_leaves(&f.model, 2); // the other language is shorter
    assert_int_equal(f.model.leaf, 1);
    act(&f, ACT_BACK);
    act(&f, ACT_PRIVACY);
    assert_int_equal(f.model.leaf, 0);
    tear_down(&f);
}

static void test_model__the_camera_s_absence_is_a_turn_of_ready(void **state)
{
    struct fixture f;
    struct camera_state gone = {0}, there = {true, 640, 480};

    (void)state;
    set_up(&f);
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
    tear_down(&f);
}

static void test_model__a_sighting_fades(void **state)
{
    struct fixture f;
    struct sighting sighting = {.mono_ms = 5000};

    (void)state;
    set_up(&f);
    assert_false(model_is_sighted(&f.model, 5000));
    model_sighting(&f.model, &sighting);
    assert_true(model_is_sighted(&f.model, 5000 + MODEL_SIGHTING_MS - 1));
    assert_false(model_is_sighted(&f.model, 5000 + MODEL_SIGHTING_MS));
    tear_down(&f);
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
        cmocka_unit_test(test_model__hand_entry_finds_and_staff_admit),
        cmocka_unit_test(test_model__nobody_found_keeps_what_was_typed),
        cmocka_unit_test(test_model__a_late_answer_shows_nobody),
        cmocka_unit_test(test_model__wrong_pins_have_to_wait),
        cmocka_unit_test(test_model__a_pin_lives_until_it_was_asked_about),
        cmocka_unit_test(test_model__facts_about_a_person_live_as_long_as_their_page),
        cmocka_unit_test(test_model__an_idle_form_ends_under_results_too),
        cmocka_unit_test(test_model__a_person_shows_only_with_a_pin),
        cmocka_unit_test(test_model__an_answer_under_a_result_is_not_lost),
        cmocka_unit_test(test_model__without_pins_there_is_nothing_to_type),
        cmocka_unit_test(test_model__a_scan_is_shown_over_a_form_and_gives_it_back),
        cmocka_unit_test(test_model__keys_typed_under_a_result_are_not_lost),
        cmocka_unit_test(test_model__a_result_over_a_form_is_short_and_goes_at_a_touch),
        cmocka_unit_test(test_model__idle_forms_and_pages_return_to_ready),
        cmocka_unit_test(test_model__typing_keeps_a_form_open),
        cmocka_unit_test(test_model__typing_stops_at_the_field_s_end),
        cmocka_unit_test(test_model__back_goes_one_step),
        cmocka_unit_test(test_model__pages_turn_within_their_number),
        cmocka_unit_test(test_model__the_camera_s_absence_is_a_turn_of_ready),
        cmocka_unit_test(test_model__a_sighting_fades),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
