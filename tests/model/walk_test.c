// Walk-ins fill in a form: few touches, complaints at the field, consents nobody ticked for them.
#include "support/check.h"

#include "view/screens.h"
#include "model/stranger.h"

#include "base/text.h"

#include <stdlib.h>

// Touches, as somebody with one thumb makes them, on the keys that are drawn.
static int touch_text(struct stranger *f, const char *text)
{
    int touches = 0;

    for (const char *cursor = text; *cursor; touches++) {
        const char *next = cursor;
        int point = (int)text_next(&next);
        stranger_draw(f);
        if (stranger_offers(f, ACT_KEY, point)) {
            stranger_act(f, ACT_KEY, point);
            cursor = next;
        } else stranger_act(f, ACT_LAYER, stranger_offers(f, ACT_LAYER, KEYS_CAPITAL) ? KEYS_CAPITAL : KEYS_SMALL);
        assert_true(touches < 200);
    }
    return touches;
}

static void test_walk_in__takes_few_touches(void **state)
{
    struct stranger *f = *state;
    int touches = 2;

    stranger_act(f, ACT_HELP, 0);
    stranger_act(f, ACT_WALK_IN, 0);
    touches += touch_text(f, "Anna Vogt") + 1;
    assert_int_equal(touches, 12); // no touch for a capital
    stranger_walk(f, WALK_ACT_ON, 0);
    touches += touch_text(f, "TH Köln") + 1;
    stranger_walk(f, WALK_ACT_ON, 0);
    touches += touch_text(f, "a.vogt@example.org") + 1;
    stranger_walk(f, WALK_ACT_ON, 0);
    stranger_walk(f, WALK_ACT_CONSENT, 1);
    stranger_walk(f, WALK_ACT_ON, 0);
    touches += 2;
    assert_true(f->model.has_command);
    assert_string_equal(f->model.command.walk_in.values[0], "Anna Vogt");
    assert_string_equal(f->model.command.walk_in.values[1], "TH Köln");
    assert_string_equal(f->model.command.walk_in.values[2], "a.vogt@example.org");
    assert_in_range(touches, 1, 42);
}

static void test_walk_in__asks_the_desk_for_what_was_typed_and_ticked(void **state)
{
    struct stranger *f = *state;
    struct command *command = &f->model.command;

    stranger_act(f, ACT_ENGLISH, 0);
    walk_stage_open(&f->stage, &f->model);
    walk_stage_type(&f->stage, &f->model, "  Özgür Şahin-Łuk ");
    walk_stage_enter(&f->stage, &f->model);
    walk_stage_type(&f->stage, &f->model, "Hüttenwerke & Söhne");
    walk_stage_enter(&f->stage, &f->model);
    walk_stage_type(&f->stage, &f->model, "o@sahin.de");
    f->stage.event.walk_ins.most_plus_ones = 40;
    for (int i = 0; i < 50; i++) stranger_walk(f, WALK_ACT_PLUS, 1); // nine: so many tickets are shown
    stranger_walk(f, WALK_ACT_PLUS, 0);
    walk_stage_enter(&f->stage, &f->model);
    assert_int_equal(f->model.walk.step, WALK_CONSENTS);
    stranger_walk(f, WALK_ACT_CONSENT, 0);
    stranger_walk(f, WALK_ACT_CONSENT, 0);
    stranger_walk(f, WALK_ACT_CONSENT, 1);
    walk_stage_enter(&f->stage, &f->model);
    assert_true(f->model.has_command);
    assert_int_equal(command->kind, COMMAND_WALK_IN);
    assert_int_equal(command->mono_ms, f->stage.mono_ms);
    assert_string_equal(command->walk_in.values[0], "Özgür Şahin-Łuk");
    assert_string_equal(command->walk_in.values[1], "Hüttenwerke & Söhne");
    assert_int_equal(command->walk_in.plus_ones, 8);
    assert_int_equal(command->walk_in.consents, 2);
    assert_false(command->walk_in.is_sure);
    assert_string_equal(command->walk_in.language, "en");
}

static void test_walk_in__complains_at_the_field_and_says_what_to_do(void **state)
{
    static const char *const wrong[] = {"vogt",    "a@b",          "@firma.de", "a@@firma.de", "a@.de",
                                        "a@firma", "a b@firma.de", "a@firma.d", "a@firma."};
    struct stranger *f = *state;

    walk_stage_open(&f->stage, &f->model);
    walk_stage_enter(&f->stage, &f->model);
    stranger_draw(f);
    assert_true(stranger_shows(f, "Bitte hier den Namen eintragen"));
    assert_int_equal(f->model.walk.field, 0);
    walk_stage_type(&f->stage, &f->model, "   ");
    walk_stage_enter(&f->stage, &f->model);
    assert_int_equal(f->model.walk.complaint, 1);
    walk_stage_type(&f->stage, &f->model, "A");
    stranger_draw(f);
    assert_false(stranger_shows(f, "Bitte hier"));
    stranger_walk(f, WALK_ACT_FIELD, 2);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        while (stranger_value(f, 2)[0]) stranger_act(f, ACT_ERASE, 0);
        walk_stage_type(&f->stage, &f->model, wrong[i]);
        walk_stage_enter(&f->stage, &f->model);
        stranger_draw(f);
        if (!stranger_shows(f, "Adresse prüfen")) fail_msg("%s is no address", wrong[i]);
    }
    walk_stage_type(&f->stage, &f->model, "de");
    walk_stage_enter(&f->stage, &f->model); // the last field is fine, but one before it is empty
    assert_int_equal(f->model.walk.complaint, 2);
    stranger_draw(f);
    assert_true(stranger_shows(f, "Bitte „Unternehmen oder Schule“ ausfüllen"));
    f->stage.event.walk_ins.fields[0].is_required = f->stage.event.walk_ins.fields[1].is_required = false;
    stranger_walk(f, WALK_ACT_FIELD, 0);
    stranger_act(f, ACT_ERASE, 0);
    while (stranger_value(f, 0)[0]) stranger_act(f, ACT_ERASE, 0);
    walk_stage_enter(&f->stage, &f->model); // somebody is to be counted: who?
    assert_int_equal(f->model.walk.complaint, 1);
    walk_stage_type(&f->stage, &f->model, "A");
    walk_stage_enter(&f->stage, &f->model);
    assert_int_equal(f->model.walk.field, 1);
    walk_stage_enter(&f->stage, &f->model);
    walk_stage_enter(&f->stage, &f->model);
    assert_int_equal(f->model.walk.step, WALK_CONSENTS);
}

static void test_walk_in__no_box_is_ticked_beforehand_and_needed_ones_are_asked_for(void **state)
{
    struct stranger *f = *state;

    walk_stage_open(&f->stage, &f->model);
    walk_stage_fill(&f->stage, &f->model);
    assert_int_equal(f->model.walk.form.consents, 0);
    walk_stage_enter(&f->stage, &f->model);
    assert_false(f->model.has_command);
    stranger_draw(f);
    assert_true(stranger_shows(f, "Das ist nötig: bitte antippen, oder zum Team"));
    stranger_walk(f, WALK_ACT_CONSENT, 1);
    stranger_walk(f, WALK_ACT_CONSENT, 7); // there is none
    walk_stage_enter(&f->stage, &f->model);
    assert_true(f->model.has_command);
    assert_int_equal(f->model.command.walk_in.consents, 2);
}

static void test_walk_in__long_consents_come_page_by_page(void **state)
{
    struct stranger *f = *state;
    struct walk_in_rules *rules = &f->stage.event.walk_ins;
    int seen = 0, pages = 0;

    rules->consent_count = 4;
    for (int i = 0; i < 4; i++) {
        rules->consents[i] = rules->consents[1];
        memset(rules->consents[i].text[LANGUAGE_DE], 'x', i == 2 ? 500 : 40);
        rules->consents[i].text[LANGUAGE_DE][i == 2 ? 500 : 40] = '\0';
    }
    walk_stage_open(&f->stage, &f->model);
    walk_stage_fill(&f->stage, &f->model);
    for (; !f->model.has_command; pages++) {
        assert_int_equal(f->model.walk.consent, seen);
        stranger_draw(f);
        for (; stranger_offers(f, ACT_WALK, walk_key(WALK_ACT_CONSENT, seen)); seen++)
            stranger_walk(f, WALK_ACT_CONSENT, seen);
        walk_stage_enter(&f->stage, &f->model);
        assert_true(pages < 4);
    }
    assert_int_equal(seen, 4);
    assert_int_equal(pages, 3);
    assert_int_equal(f->model.command.walk_in.consents, 15);
}

static void test_walk_in__the_privacy_notice_is_read_on_the_way(void **state)
{
    struct stranger *f = *state;

    walk_stage_open(&f->stage, &f->model);
    walk_stage_fill(&f->stage, &f->model);
    stranger_act(f, ACT_PRIVACY, 0);
    assert_int_equal(f->model.page, PAGE_PRIVACY);
    stranger_act(f, ACT_BACK, 0);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    assert_int_equal(f->model.walk.step, WALK_CONSENTS);
    stranger_act(f, ACT_PRIVACY, 0);
    stranger_scan(f, REASON_OK);
    stranger_pass(f, MODEL_OVER_FORM_MS + 100);
    assert_int_equal(f->model.page, PAGE_PRIVACY);
    stranger_act(f, ACT_BACK, 0);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    assert_string_equal(stranger_value(f, 0), "Anna Vogt");
    stranger_act(f, ACT_PRIVACY, 0);
    stranger_pass(f, MODEL_IDLE_MS + 200);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_walk_in__a_keyboard_is_enough(void **state)
{
    struct stranger *f = *state;

    walk_stage_open(&f->stage, &f->model);
    assert_true(walk_step_field(&f->model, -1, f->stage.mono_ms));
    assert_int_equal(f->model.walk.field, 2);
    assert_int_equal(f->model.walk.keys.kind, KEYS_EMAIL);
    walk_stage_type(&f->stage, &f->model, "ü@firma.de"); // mail addresses may
    assert_true(walk_step_field(&f->model, 1, f->stage.mono_ms));
    walk_stage_type(&f->stage, &f->model, "Änne Groß");
    walk_stage_enter(&f->stage, &f->model);
    walk_stage_type(&f->stage, &f->model, "Ölmühle");
    walk_stage_enter(&f->stage, &f->model);
    walk_stage_enter(&f->stage, &f->model);
    assert_int_equal(f->model.walk.step, WALK_CONSENTS);
    assert_false(walk_step_field(&f->model, 1, f->stage.mono_ms)); // Tab goes from box to box
    model_choose(&f->model, (struct action){ACT_WALK, walk_key(WALK_ACT_CONSENT, 0)}, f->stage.mono_ms);
    walk_stage_type(&f->stage, &f->model, " ");
    assert_int_equal(f->model.walk.form.consents, 1);
    walk_stage_type(&f->stage, &f->model, "x");
    assert_int_equal(f->model.walk.form.consents, 1);
    stranger_walk(f, WALK_ACT_CONSENT, 1); // Enter on a chosen one
    walk_stage_enter(&f->stage, &f->model);
    assert_string_equal(f->model.command.walk_in.values[0], "Änne Groß");
    stranger_act(f, ACT_BACK, 0);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
}

static void test_walk_in__takes_bounded_valid_text_only(void **state)
{
    struct stranger *f = *state;

    walk_stage_open(&f->stage, &f->model);
    for (int i = 0; i < 400; i++) walk_stage_type(&f->stage, &f->model, "ẞ\x80\n\t");
    assert_true(strlen(stranger_value(f, 0)) < EVENT_VALUE_SIZE);
    assert_true(text_is_utf8(stranger_value(f, 0), strlen(stranger_value(f, 0))));
    assert_true(strlen(stranger_value(f, 0)) > EVENT_VALUE_SIZE - 5);
    assert_string_equal(stranger_value(f, 1), "");
    stranger_walk(f, WALK_ACT_FIELD, 9);
    assert_int_equal(f->model.walk.field, 0);
}

static void test_walk_in__every_page_has_the_other_language(void **state)
{
    struct stranger *f = *state;
    struct screen_table pages = screens_walk();

    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (size_t i = 0; i < pages.count; i++) {
            stranger_restart(f, (enum language)language);
            pages.cases[i].show(&f->stage, &f->model);
            stranger_draw(f);
            if (!stranger_offers(f, language == LANGUAGE_DE ? ACT_ENGLISH : ACT_GERMAN, 0))
                fail_msg("%s: no other language", pages.cases[i].name);
        }
}

static void test_walk_in__whatever_people_touch_there_is_a_screen(void **state)
{
    struct stranger *f = *state;

    srand(4);
    stranger_restart(f, LANGUAGE_DE);
    for (int turn = 0; turn < 20000; turn++) {
        stranger_draw(f);
        size_t count = f->scene.target_count;
        struct action action =
            count ? f->scene.targets[(size_t)rand() % count].action : (struct action){ACT_DEFAULT, 0};
        int dice = rand() % 40;
        if (f->model.page == PAGE_READY) action = (struct action){ACT_HELP, 0};
        if (dice == 0) stranger_scan(f, (enum reason)(rand() % (REASON_EXHAUSTED + 1)));
        else if (dice == 1) stranger_answer(f, NOTICE_NOT_SAVED, 0);
        else if (dice == 2 && f->model.walk.sent_ms) stranger_answer(f, NOTICE_WALK_IN, (size_t)(rand() % 4));
        else if (dice == 3 && f->model.walk.sent_ms) stranger_answer(f, NOTICE_NAMESAKE, 0);
        else if (dice == 4) stranger_pass(f, rand() % 8000);
        else if (dice < 12) stranger_act(f, ACT_DEFAULT, 0);
        else if (dice == 13) walk_stage_type(&f->stage, &f->model, "a@firma.de");
        else stranger_act(f, action.act, action.key);
        model_drop_command(&f->model);
        assert_in_range(f->model.walk.step, WALK_FORM, WALK_TICKET);
        assert_true(f->model.page != PAGE_WALK_IN || f->model.walk.is_open);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_walk_in__takes_few_touches, stranger_begin),
        cmocka_unit_test_setup(test_walk_in__asks_the_desk_for_what_was_typed_and_ticked, stranger_begin),
        cmocka_unit_test_setup(test_walk_in__complains_at_the_field_and_says_what_to_do, stranger_begin),
        cmocka_unit_test_setup(test_walk_in__no_box_is_ticked_beforehand_and_needed_ones_are_asked_for, stranger_begin),
        cmocka_unit_test_setup(test_walk_in__long_consents_come_page_by_page, stranger_begin),
        cmocka_unit_test_setup(test_walk_in__the_privacy_notice_is_read_on_the_way, stranger_begin),
        cmocka_unit_test_setup(test_walk_in__a_keyboard_is_enough, stranger_begin),
        cmocka_unit_test_setup(test_walk_in__takes_bounded_valid_text_only, stranger_begin),
        cmocka_unit_test_setup(test_walk_in__every_page_has_the_other_language, stranger_begin),
        cmocka_unit_test_setup(test_walk_in__whatever_people_touch_there_is_a_screen, stranger_begin),
    };

    return cmocka_run_group_tests(tests, stranger_set_up, stranger_tear_down);
}
