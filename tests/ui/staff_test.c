// The staff's pages: what opens and locks them, what is asked of the desk, and that nothing typed or shown is lost or
// left behind. Time is moved by hand.
#include "support/check.h"

#include "base/text.h"
#include "ui/form.h"
#include "ui/stage.h"

#include <stdlib.h>

enum { SESSION = 77 };

struct fixture {
    struct stage stage;
    struct model model;
    struct rows rows;
    int64_t now_ms;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    stage_init(&f->stage);
    f->stage.list.mode = LIST_MODE_ROLL_CALL;
    struct model_config config = stage_model_config(&f->stage);
    f->now_ms = 1000;
    model_init(&f->model, &config, f->now_ms);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    stage_destroy(&f->stage);
    free(f);
    return 0;
}

static void wait(struct fixture *f, int64_t ms)
{
    f->now_ms += ms;
    model_tick(&f->model, f->now_ms);
}

static void tell(struct fixture *f, const struct notice *notice)
{
    model_notice(&f->model, notice, f->stage.unix_ms, f->now_ms);
}

static void press(struct fixture *f, enum staff_act what, int row)
{
    model_act(&f->model, (struct action){ACT_STAFF, staff_key(what, row)}, f->now_ms);
}

static void type(struct fixture *f, const char *text)
{
    model_type(&f->model, text, f->now_ms);
    model_tick(&f->model, f->now_ms);
}

static struct command take(struct fixture *f, enum command_kind kind)
{
    struct command command;

    assert_true(model_peek_command(&f->model, &command));
    assert_int_equal(command.kind, kind);
    model_drop_command(&f->model);
    return command;
}

// Of the staff's: with the session.
static struct command take_own(struct fixture *f, enum command_kind kind)
{
    struct command command = take(f, kind);

    assert_true(command.session == SESSION);
    return command;
}

static void take_nothing(struct fixture *f)
{
    struct command command;

    assert_false(model_peek_command(&f->model, &command));
}

static void unlock(struct fixture *f)
{
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms);
    assert_int_equal(f->model.page, PAGE_PIN);
    model_type(&f->model, "4711", f->now_ms);
    model_act(&f->model, (struct action){ACT_DEFAULT, 0}, f->now_ms);
    assert_string_equal(take(f, COMMAND_UNLOCK).text, "4711");
    tell(f, &(struct notice){.kind = NOTICE_UNLOCKED, .session = SESSION});
    assert_int_equal(f->model.page, PAGE_STAFF);
    assert_int_equal(f->model.staff.page, STAFF_MENU);
}

static void open_page(struct fixture *f, enum staff_page page)
{
    unlock(f);
    press(f, STAFF_ACT_OPEN, (int)page);
    assert_int_equal(f->model.staff.page, page);
    wait(f, 0);
}

static void list(struct fixture *f, enum rows_kind kind, size_t count)
{
    stage_rows(kind, count, &f->rows);
    staff_rows(&f->model, &f->rows, f->now_ms);
    wait(f, STAFF_REST_MS);
}

static void answer(struct fixture *f, const struct command *command, enum reason reason)
{
    struct notice notice;

    stage_notice(reason, &notice);
    notice.asked = command->kind;
    tell(f, &notice);
}

static void done(struct fixture *f, enum command_kind asked)
{
    tell(f, &(struct notice){.kind = NOTICE_DONE, .asked = asked, .seq = 18});
}

static void open_person(struct fixture *f, bool is_inside)
{
    struct notice person;

    open_page(f, STAFF_SEARCH);
    type(f, "mü");
    take_own(f, COMMAND_SEARCH);
    list(f, ROWS_FOUND, 5);
    press(f, STAFF_ACT_PICK, 0);
    assert_true(take_own(f, COMMAND_PERSON).ticket == 100);
    stage_person(&person);
    if (!is_inside) person.earlier_unix_ms = 0;
    person.seq = 17;
    tell(f, &person);
    assert_int_equal(f->model.staff.page, STAFF_PERSON);
    wait(f, MODEL_LOOK_MS);
}

static bool is_empty(const void *bytes, size_t count)
{
    const char *at = bytes;

    for (size_t i = 0; i < count; i++)
        if (at[i]) return false;
    return true;
}

static void assert_locked(struct fixture *f)
{
    assert_true(f->model.staff.session == 0);
    assert_null(f->model.staff.rows);
    assert_true(is_empty(&f->model.staff.person, sizeof f->model.staff.person));
    assert_string_equal(f->model.staff.search, "");
    assert_string_equal(f->model.staff.done_name, "");
}

// ---- the door ----

static void test_staff__the_pin_is_asked_before_anything(void **state)
{
    struct fixture *f = *state;

    press(f, STAFF_ACT_OPEN, STAFF_SEARCH); // no such button is there
    assert_int_equal(f->model.page, PAGE_READY);
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms);
    assert_int_equal(f->model.page, PAGE_PIN);
    take_nothing(f); // this event has no staff tickets
    press(f, STAFF_ACT_OPEN, STAFF_SEARCH);
    assert_int_equal(f->model.page, PAGE_PIN);
    tell(f, &(struct notice){.kind = NOTICE_PIN, .wait_ms = 5000});
    assert_int_equal(f->model.hint, FORM_HINT_PIN_LATER);
    model_act(&f->model, (struct action){ACT_BACK, 0}, f->now_ms);
    assert_int_equal(f->model.page, PAGE_READY);
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms); // the delay isn't forgotten with the page
    assert_int_equal(f->model.hint, FORM_HINT_PIN_LATER);
    wait(f, 5000);
    assert_int_equal(f->model.hint, FORM_HINT_NONE);
    wait(f, MODEL_IDLE_MS);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_staff__a_ticket_of_theirs_opens_as_well(void **state)
{
    struct fixture *f = *state;

    f->stage.event.classes[0].is_staff = true;
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms);
    struct command command = take(f, COMMAND_UNLOCK);
    assert_int_equal(command.number, 1);
    assert_string_equal(command.text, "");
    wait(f, DESK_STAFF_TICKET_MS / 2);
    model_type(&f->model, "4", f->now_ms);
    take(f, COMMAND_UNLOCK); // goes on being looked for
    tell(f, &(struct notice){.kind = NOTICE_UNLOCKED, .session = SESSION});
    assert_int_equal(f->model.staff.page, STAFF_MENU);
    assert_string_equal(f->model.pin, "");
}

static void test_staff__nobody_finds_a_door_open_that_was_left(void **state)
{
    struct fixture *f = *state;

    f->stage.event.classes[0].is_staff = true;
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms);
    take(f, COMMAND_UNLOCK);
    model_act(&f->model, (struct action){ACT_BACK, 0}, f->now_ms);
    take(f, COMMAND_LOCK);                                                  // their tickets are tickets again
    tell(f, &(struct notice){.kind = NOTICE_UNLOCKED, .session = SESSION}); // it was under way
    assert_int_equal(f->model.page, PAGE_READY);
    take(f, COMMAND_LOCK);
    assert_locked(f);
}

static void test_staff__locks_by_button_by_back_and_by_time(void **state)
{
    struct fixture *f = *state;

    for (int way = 0; way < 4; way++) {
        open_person(f, true);
        if (way == 0) press(f, STAFF_ACT_LOCK, 0);
        if (way == 1)
            for (int i = 0; i < 3; i++) model_act(&f->model, (struct action){ACT_BACK, 0}, f->now_ms);
        if (way == 2) wait(f, DESK_SESSION_MS);
        if (way == 3) tell(f, &(struct notice){.kind = NOTICE_NOT_SAVED});
        assert_locked(f);
        assert_int_equal(f->model.page, way == 3 ? PAGE_NOT_SAVED : PAGE_READY);
        take_own(f, COMMAND_LOCK);
        if (way == 3) model_act(&f->model, (struct action){ACT_RETRY, 0}, f->now_ms);
        if (way == 3) take(f, COMMAND_RETRY);
        tell(f, &(struct notice){.kind = NOTICE_COUNT});
        tell(f, &(struct notice){.kind = NOTICE_LOCKED}); // the answer changes nothing
        assert_int_equal(f->model.page, PAGE_READY);
    }
}

static void test_staff__time_passes_under_results_too(void **state)
{
    struct fixture *f = *state;
    struct notice notice;

    open_person(f, true);
    stage_notice(REASON_OK, &notice);
    for (int passed_ms = 0; passed_ms < DESK_SESSION_MS; passed_ms += 1000) {
        notice.mono_ms = f->now_ms;
        tell(f, &notice);
        wait(f, 1000);
        model_drop_command(&f->model);
    }
    assert_locked(f);
    wait(f, 6000);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_staff__a_session_the_desk_has_forgotten_is_asked_for_anew(void **state)
{
    struct fixture *f = *state;

    open_person(f, false);
    press(f, STAFF_ACT_ADMIT, STAFF_NO_ROW);
    take_own(f, COMMAND_ADMIT);
    tell(f, &(struct notice){.kind = NOTICE_LOCKED});
    assert_int_equal(f->model.page, PAGE_PIN); // somebody is there
    assert_locked(f);
    model_act(&f->model, (struct action){ACT_BACK, 0}, f->now_ms);
    open_page(f, STAFF_SEARCH);
    tell(f, &(struct notice){.kind = NOTICE_LOCKED});
    assert_int_equal(f->model.page, PAGE_READY); // nobody is
    assert_locked(f);
}

static void test_staff__touches_keep_the_session_but_seldom(void **state)
{
    struct fixture *f = *state;
    int count = 0;

    open_page(f, STAFF_SCREEN);
    for (int second = 0; second < 60; second++) {
        struct command command;
        model_choose(&f->model, (struct action){0}, f->now_ms);
        wait(f, 1000);
        if (!model_peek_command(&f->model, &command)) continue;
        take_own(f, COMMAND_TOUCH);
        count++;
    }
    assert_in_range(count, 5, 6);
    wait(f, 60000);
    take_nothing(f); // nobody is there
}

// ---- looking for somebody ----

static void test_staff__a_search_asks_once_per_answer_and_the_newest_wins(void **state)
{
    struct fixture *f = *state;

    open_page(f, STAFF_SEARCH);
    type(f, "m");
    take_nothing(f); // from two letters on
    type(f, "ü");
    assert_string_equal(take_own(f, COMMAND_SEARCH).text, "mü");
    type(f, "l");
    type(f, "l");
    take_nothing(f); // the first answer isn't here yet
    list(f, ROWS_FOUND, 7);
    assert_string_equal(take_own(f, COMMAND_SEARCH).text, "müll");
    list(f, ROWS_FOUND, 2);
    take_nothing(f);
    assert_true(f->model.staff.rows->count == 2);
    model_act(&f->model, (struct action){ACT_ERASE, 0}, f->now_ms);
    wait(f, MODEL_ANSWER_MS);
    assert_string_equal(take_own(f, COMMAND_SEARCH).text, "mül");
    wait(f, MODEL_ANSWER_MS); // an answer got lost
    take_own(f, COMMAND_SEARCH);
    press(f, STAFF_ACT_CLEAR, 0);
    list(f, ROWS_FOUND, 3);
    assert_string_equal(f->model.staff.search, "");
    assert_null(f->model.staff.rows); // nobody was searched for
}

static void test_staff__letters_typed_on_the_menu_search(void **state)
{
    struct fixture *f = *state;

    unlock(f);
    type(f, "l");
    type(f, "e");
    assert_int_equal(f->model.staff.page, STAFF_SEARCH);
    assert_string_equal(take_own(f, COMMAND_SEARCH).text, "le");
    list(f, ROWS_FOUND, 3);
    model_act(&f->model, (struct action){ACT_DEFAULT, 0}, f->now_ms); // Enter takes the first
    assert_true(take_own(f, COMMAND_PERSON).ticket == 100);
}

static void test_staff__a_person_is_admitted_seen_and_the_list_is_back(void **state)
{
    struct fixture *f = *state;

    open_person(f, false);
    press(f, STAFF_ACT_ADMIT, STAFF_NO_ROW);
    press(f, STAFF_ACT_ADMIT, STAFF_NO_ROW); // a double touch asks once
    struct command command = take_own(f, COMMAND_ADMIT);
    assert_true(command.ticket == f->model.staff.person.ticket);
    answer(f, &command, REASON_OK);
    assert_int_equal(f->model.page, PAGE_RESULT); // the guest sees it
    wait(f, MODEL_OVER_FORM_MS);
    assert_int_equal(f->model.page, PAGE_STAFF);
    assert_int_equal(f->model.staff.page, STAFF_SEARCH);
    assert_string_equal(f->model.staff.search, "mü");
    assert_int_equal(f->model.staff.done, STAFF_DONE_ADMITTED);
    take_own(f, COMMAND_SEARCH); // who is here now
    list(f, ROWS_FOUND, 5);
    press(f, STAFF_ACT_UNDO_DONE, 0);
    assert_true(take_own(f, COMMAND_UNDO).seq == 17);
    done(f, COMMAND_UNDO);
    assert_int_equal(f->model.staff.done, STAFF_DONE_UNDONE);
    press(f, STAFF_ACT_UNDO_DONE, 0); // once
    wait(f, 0);
    take_own(f, COMMAND_SEARCH);
    take_nothing(f);
}

static void test_staff__who_is_refused_may_be_let_in_with_a_reason(void **state)
{
    struct fixture *f = *state;

    open_person(f, false);
    press(f, STAFF_ACT_ADMIT, STAFF_NO_ROW);
    struct command command = take_own(f, COMMAND_ADMIT);
    answer(f, &command, REASON_UNPAID);
    assert_int_equal(f->model.page, PAGE_RESULT);
    wait(f, 2 * MODEL_OVER_FORM_MS);
    assert_int_equal(f->model.staff.page, STAFF_PERSON);
    wait(f, MODEL_LOOK_MS);
    press(f, STAFF_ACT_FORCE, STAFF_NO_ROW);
    assert_int_equal(f->model.staff.page, STAFF_REASON);
    take_nothing(f); // not without one
    press(f, STAFF_ACT_CONFIRM, 0);
    take_nothing(f);
    press(f, STAFF_ACT_REASON, 0);
    command = take_own(f, COMMAND_FORCE);
    assert_string_equal(command.text, "Hat bezahlt");
    assert_true(command.ticket == 0xA1B2C3D4E5);
    answer(f, &command, REASON_OK);
    wait(f, MODEL_OVER_FORM_MS);
    assert_int_equal(f->model.staff.page, STAFF_SEARCH);
}

static void test_staff__a_typed_reason_is_the_one_recorded(void **state)
{
    struct fixture *f = *state;

    open_person(f, false);
    press(f, STAFF_ACT_FORCE, STAFF_NO_ROW);
    press(f, STAFF_ACT_TYPE, 0);
    for (int i = 0; i < 300; i++) model_type(&f->model, "ä", f->now_ms);
    assert_true(strlen(f->model.staff.text) < RECORD_WHY_SIZE); // as much as a record holds
    press(f, STAFF_ACT_CLEAR, 0);
    model_act(&f->model, (struct action){ACT_KEY, 0xDC}, f->now_ms);
    type(f, "berweist");
    model_act(&f->model, (struct action){ACT_DEFAULT, 0}, f->now_ms);
    assert_string_equal(take_own(f, COMMAND_FORCE).text, "Überweist");
}

static void test_staff__a_scan_is_answered_and_the_page_is_back_with_its_content(void **state)
{
    struct fixture *f = *state;
    struct notice notice;

    open_person(f, false);
    press(f, STAFF_ACT_FORCE, STAFF_NO_ROW);
    type(f, "Zah");
    stage_notice(REASON_FULL, &notice);
    notice.mono_ms = f->now_ms + 1;
    tell(f, &notice);
    assert_int_equal(f->model.page, PAGE_RESULT);
    type(f, "lt"); // isn't lost, and brings the page back sooner
    wait(f, MODEL_READ_MS);
    assert_int_equal(f->model.page, PAGE_STAFF);
    assert_int_equal(f->model.staff.page, STAFF_REASON);
    assert_string_equal(f->model.staff.text, "Zahlt");
    press(f, STAFF_ACT_CONFIRM, 0);
    struct command command = take_own(f, COMMAND_FORCE);
    stage_notice(REASON_OK, &notice);
    notice.mono_ms = command.mono_ms; // of somebody's ticket: no answer to that
    tell(f, &notice);
    assert_true(f->model.asked_ms != 0);
    assert_int_equal(f->model.staff.page, STAFF_REASON);
}

// ---- who is missing ----

static void test_staff__a_tour_works_with_the_list_alone(void **state)
{
    struct fixture *f = *state;

    open_page(f, STAFF_MISSING);
    take_own(f, COMMAND_MISSING);
    list(f, ROWS_MISSING, 4);
    press(f, STAFF_ACT_ADMIT, 2);
    struct command command = take_own(f, COMMAND_ADMIT);
    assert_true(command.ticket == 102);
    answer(f, &command, REASON_OK);
    assert_int_equal(f->model.page, PAGE_STAFF); // reading on, without a green page between
    assert_int_equal(f->model.staff.page, STAFF_MISSING);
    assert_int_equal(model_take_tone(&f->model), TONE_WELCOME);
    assert_string_equal(f->model.staff.done_name, "Yusuf Öztürk");
    wait(f, 0);
    take_own(f, COMMAND_MISSING);
    stage_rows(ROWS_MISSING, 3, &f->rows);
    staff_rows(&f->model, &f->rows, f->now_ms);
    press(f, STAFF_ACT_ADMIT, 0); // the list has moved under the finger
    take_nothing(f);
    wait(f, STAFF_REST_MS);
    press(f, STAFF_ACT_EXIT, 0);
    assert_int_equal(f->model.staff.page, STAFF_REASON);
    assert_true(staff_reason_count(&f->model) == 3); // home, not come, and the other bus
    press(f, STAFF_ACT_REASON, 2);
    command = take_own(f, COMMAND_EXIT);
    assert_string_equal(command.text, "Fährt mit: Bus 3");
    assert_true(command.ticket == 100);
    done(f, COMMAND_EXIT);
    assert_int_equal(f->model.staff.page, STAFF_MISSING);
    assert_int_equal(f->model.staff.done, STAFF_DONE_SIGNED_OFF);
}

static void test_staff__a_scan_shortens_the_list(void **state)
{
    struct fixture *f = *state;
    struct notice notice;

    open_page(f, STAFF_MISSING);
    take_own(f, COMMAND_MISSING);
    list(f, ROWS_MISSING, 4);
    take_nothing(f);
    stage_notice(REASON_OK, &notice);
    tell(f, &notice);
    wait(f, 0);
    take_own(f, COMMAND_MISSING);
}

static void test_staff__further_names_are_asked_for(void **state)
{
    struct fixture *f = *state;

    open_page(f, STAFF_MISSING);
    assert_int_equal(take_own(f, COMMAND_MISSING).number, 0);
    stage_rows(ROWS_MISSING, ROWS_MOST, &f->rows);
    f->rows.total = 90;
    f->rows.has_more = true;
    staff_rows(&f->model, &f->rows, f->now_ms);
    press(f, STAFF_ACT_MORE, 8);
    wait(f, 0);
    assert_int_equal(take_own(f, COMMAND_MISSING).number, 8);
    press(f, STAFF_ACT_LESS, 20);
    assert_true(f->model.staff.first == 0);
}

static void test_staff__a_round_over_missing_people_asks_first(void **state)
{
    struct fixture *f = *state;
    struct notice count = {.kind = NOTICE_COUNT, .headcount = {.inside = 42, .expected = 45, .round = 2}};

    f->stage.event.stop_count = 2;
    text_copy(f->stage.event.stops[1].name[LANGUAGE_DE], 64, "Hüttenwerke");
    open_page(f, STAFF_ROUND);
    tell(f, &count);
    press(f, STAFF_ACT_STOP, 1);
    take_nothing(f);
    press(f, STAFF_ACT_BACK, 0);
    assert_int_equal(f->model.staff.page, STAFF_ROUND);
    press(f, STAFF_ACT_STOP, 1);
    press(f, STAFF_ACT_CONFIRM, 0);
    assert_string_equal(take_own(f, COMMAND_ROUND).text, "Hüttenwerke");
    done(f, COMMAND_ROUND);
    assert_int_equal(f->model.staff.page, STAFF_MISSING);
    press(f, STAFF_ACT_OPEN, STAFF_ROUND);
    count.headcount.inside = 45;
    tell(f, &count);
    press(f, STAFF_ACT_STOP, 1); // nobody is missing: one tap
    take_own(f, COMMAND_ROUND);
}

// ---- the rest ----

static void test_staff__an_old_check_in_is_taken_back_with_a_reason(void **state)
{
    struct fixture *f = *state;

    open_page(f, STAFF_RECENT);
    take_own(f, COMMAND_RECENT);
    list(f, ROWS_RECENT, 5);
    press(f, STAFF_ACT_UNDO, 1); // not a minute old
    assert_true(take_own(f, COMMAND_UNDO).seq == 18);
    tell(f, &(struct notice){.kind = NOTICE_TOO_LATE, .asked = COMMAND_UNDO}); // or was it
    assert_int_equal(f->model.staff.page, STAFF_REASON);
    press(f, STAFF_ACT_REASON, 1);
    struct command command = take_own(f, COMMAND_UNDO);
    assert_true(command.seq == 18);
    assert_string_equal(command.text, "Falsche Person");
    done(f, COMMAND_UNDO);
    assert_int_equal(f->model.staff.page, STAFF_RECENT);
    wait(f, 0);
    take_own(f, COMMAND_RECENT);
    list(f, ROWS_RECENT, 5);
    press(f, STAFF_ACT_UNDO, 4);
    assert_int_equal(f->model.staff.page, STAFF_REASON);
    take_nothing(f);
}

static void test_staff__a_result_is_taken_back_behind_the_pin(void **state)
{
    struct fixture *f = *state;
    struct notice notice;

    stage_notice(REASON_OK, &notice);
    tell(f, &notice);
    model_act(&f->model, (struct action){ACT_UNDO, 0}, f->now_ms);
    assert_int_equal(f->model.page, PAGE_PIN);
    assert_string_equal(f->model.result.first_name, "");
    model_type(&f->model, "4711", f->now_ms);
    model_act(&f->model, (struct action){ACT_DEFAULT, 0}, f->now_ms);
    take(f, COMMAND_UNLOCK);
    tell(f, &(struct notice){.kind = NOTICE_UNLOCKED, .session = SESSION});
    assert_true(take_own(f, COMMAND_UNDO).seq == 17);
    done(f, COMMAND_UNDO);
    assert_int_equal(f->model.staff.page, STAFF_RECENT);
    assert_int_equal(f->model.staff.done, STAFF_DONE_UNDONE);
}

static void test_staff__stock_is_tapped_or_typed(void **state)
{
    static const struct {
        const char *typed;
        int number; // 0: nothing is booked
    } cases[] = {{"120", 120}, {"-30", -30}, {"", 0}, {"0", 0}, {"12345678901234567890", 0}, {"abc", 0}};
    struct fixture *f = *state;

    f->stage.list.mode = LIST_MODE_HAND_OUT;
    open_page(f, STAFF_STOCK);
    press(f, STAFF_ACT_STOCK, 2);
    assert_int_equal(take_own(f, COMMAND_STOCK).number, 50);
    done(f, COMMAND_STOCK);
    assert_string_equal(f->model.staff.done_name, "+50");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        press(f, STAFF_ACT_OPEN, STAFF_STOCK);
        press(f, STAFF_ACT_TYPE, 0);
        type(f, cases[i].typed);
        press(f, STAFF_ACT_CONFIRM, 0);
        if (cases[i].number == 0) take_nothing(f);
        else assert_int_equal(take_own(f, COMMAND_STOCK).number, cases[i].number);
        if (cases[i].number != 0) done(f, COMMAND_STOCK);
    }
}

static void test_staff__settings_are_remembered_each(void **state)
{
    struct fixture *f = *state;
    char all[256] = "";

    f->model.volume = 95;
    f->model.brightness = 15;
    open_page(f, STAFF_SCREEN);
    press(f, STAFF_ACT_VOLUME, 1);
    assert_int_equal(f->model.volume, 100);
    assert_int_equal(model_take_tone(&f->model), TONE_WELCOME);
    press(f, STAFF_ACT_BRIGHTNESS, 0);
    press(f, STAFF_ACT_BRIGHTNESS, 0);
    assert_int_equal(f->model.brightness, 10); // never black
    press(f, STAFF_ACT_LARGE, 0);
    press(f, STAFF_ACT_CONTRAST, 0);
    press(f, STAFF_ACT_LANGUAGE, LANGUAGE_EN);
    for (int i = 0; i < 5; i++) {
        wait(f, 20);
        strcat(all, take(f, COMMAND_REMEMBER).text);
        strcat(all, " ");
    }
    assert_string_equal(all, "volume=100 brightness=10 large_text=1 high_contrast=1 language=en ");
    wait(f, 20);
    take_nothing(f);
    press(f, STAFF_ACT_VOLUME, 0);
    wait(f, 20);
    press(f, STAFF_ACT_PRACTISE, 0); // pushes aside what wasn't sent yet
    assert_int_equal(take_own(f, COMMAND_PRACTISE).number, 1);
    done(f, COMMAND_PRACTISE);
    press(f, STAFF_ACT_LOCK, 0);
    take(f, COMMAND_LOCK);
    wait(f, 20); // now it is offered, but not taken yet
    model_act(&f->model, (struct action){ACT_STAFF_DOOR, 0}, f->now_ms);
    model_type(&f->model, "4711", f->now_ms);
    model_act(&f->model, (struct action){ACT_DEFAULT, 0}, f->now_ms); // any other question pushes it aside, too
    take(f, COMMAND_UNLOCK);
    wait(f, 20);
    assert_string_equal(take(f, COMMAND_REMEMBER).text, "volume=90");
}

static void test_staff__large_text_is_theirs_to_choose_for_good(void **state)
{
    struct fixture *f = *state;

    model_act(&f->model, (struct action){ACT_LARGE, 0}, f->now_ms); // a guest's
    open_page(f, STAFF_SCREEN);
    press(f, STAFF_ACT_LARGE, 0);
    wait(f, 20);
    assert_string_equal(take(f, COMMAND_REMEMBER).text, "large_text=0");
    press(f, STAFF_ACT_LOCK, 0);
    wait(f, 2 * MODEL_IDLE_MS);
    assert_int_equal(f->model.page, PAGE_READY);
    assert_false(f->model.is_large_text);
}

static void test_staff__list_and_direction_are_the_desk_s_to_change(void **state)
{
    struct fixture *f = *state;

    f->stage.list.mode = LIST_MODE_IN_OUT;
    open_page(f, STAFF_SERVE);
    press(f, STAFF_ACT_LIST, 1);
    struct command command = take_own(f, COMMAND_SERVE);
    assert_int_equal(command.list, 2);
    assert_int_equal(f->model.config.list->id, 1);
    tell(f, &(struct notice){.kind = NOTICE_DONE, .asked = COMMAND_SERVE, .stance = {.list = 2}});
    assert_int_equal(f->model.config.list->id, 2);
    press(f, STAFF_ACT_DIRECTION, DIRECTION_EXIT);
    command = take_own(f, COMMAND_SERVE);
    assert_int_equal(command.list, 2);
    assert_int_equal(command.direction, DIRECTION_EXIT);
    press(f, STAFF_ACT_LIST, 200); // no such list
    take_nothing(f);
}

static void test_staff__an_answer_that_doesn_t_come_is_said(void **state)
{
    struct fixture *f = *state;

    open_person(f, false);
    press(f, STAFF_ACT_ADMIT, STAFF_NO_ROW);
    take_own(f, COMMAND_ADMIT);
    wait(f, MODEL_ANSWER_MS);
    assert_int_equal(f->model.staff.done, STAFF_DONE_NO_ANSWER);
    press(f, STAFF_ACT_ADMIT, STAFF_NO_ROW);
    take_own(f, COMMAND_ADMIT);
}

static void test_staff__switching_off_takes_its_own_page(void **state)
{
    struct fixture *f = *state;

    unlock(f);
    press(f, STAFF_ACT_SHUT_DOWN, 0);
    assert_false(f->model.wants_shut_down);
    press(f, STAFF_ACT_OPEN, STAFF_SHUT_DOWN);
    press(f, STAFF_ACT_SHUT_DOWN, 0);
    assert_true(f->model.wants_shut_down);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_staff__##name, set_up, tear_down)
        TEST(the_pin_is_asked_before_anything),
        TEST(a_ticket_of_theirs_opens_as_well),
        TEST(nobody_finds_a_door_open_that_was_left),
        TEST(locks_by_button_by_back_and_by_time),
        TEST(time_passes_under_results_too),
        TEST(a_session_the_desk_has_forgotten_is_asked_for_anew),
        TEST(touches_keep_the_session_but_seldom),
        TEST(a_search_asks_once_per_answer_and_the_newest_wins),
        TEST(letters_typed_on_the_menu_search),
        TEST(a_person_is_admitted_seen_and_the_list_is_back),
        TEST(who_is_refused_may_be_let_in_with_a_reason),
        TEST(a_typed_reason_is_the_one_recorded),
        TEST(a_scan_is_answered_and_the_page_is_back_with_its_content),
        TEST(a_tour_works_with_the_list_alone),
        TEST(a_scan_shortens_the_list),
        TEST(further_names_are_asked_for),
        TEST(a_round_over_missing_people_asks_first),
        TEST(an_old_check_in_is_taken_back_with_a_reason),
        TEST(a_result_is_taken_back_behind_the_pin),
        TEST(stock_is_tapped_or_typed),
        TEST(settings_are_remembered_each),
        TEST(large_text_is_theirs_to_choose_for_good),
        TEST(list_and_direction_are_the_desk_s_to_change),
        TEST(an_answer_that_doesn_t_come_is_said),
        TEST(switching_off_takes_its_own_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
