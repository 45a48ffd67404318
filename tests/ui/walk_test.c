// Walk-ins: three fields, consents, one ticket to photograph; nothing typed is lost, and nothing stays behind.
#include "support/check.h"

#include "ui/screens.h"
#include "ui/walk_stage.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

struct fixture {
    struct stage stage;
    struct model model;
    struct words *words;
    struct layout layout;
    struct scene scene;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

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

static void restart(struct fixture *f, enum language language)
{
    struct model_config config = stage_model_config(&f->stage);
    struct camera_state camera = {true, 640, 480};

    stage_event(&f->stage.event);
    walk_stage_rules(&f->stage.event.walk_ins);
    f->stage.mono_ms = 1000;
    config.language = language;
    f->words->ops->choose(f->words, language);
    model_init(&f->model, &config, f->stage.mono_ms);
    model_camera(&f->model, &camera, f->stage.mono_ms);
    f->layout = layout_of(800, 480, 133);
}

static int begin(void **state)
{
    restart(*state, LANGUAGE_DE);
    return 0;
}

static void act(struct fixture *f, enum act act, int key)
{
    walk_stage_act(&f->stage, &f->model, act, key);
}

static void walk(struct fixture *f, enum walk_act what, int row)
{
    act(f, ACT_WALK, walk_key(what, row));
}

static void tell(struct fixture *f, const struct notice *notice)
{
    f->stage.mono_ms += 20;
    model_notice(&f->model, notice, f->stage.unix_ms, f->stage.mono_ms);
}

static void answer(struct fixture *f, enum notice_kind kind, size_t ticket_count)
{
    struct notice notice;

    walk_stage_answer(&f->model, kind, ticket_count, &notice);
    tell(f, &notice);
}

static void scan(struct fixture *f, enum reason reason)
{
    struct notice notice;

    stage_notice(reason, &notice);
    notice.mono_ms = f->stage.mono_ms + 7;
    tell(f, &notice);
}

static void pass(struct fixture *f, int64_t ms)
{
    for (int64_t end = f->stage.mono_ms + ms; f->stage.mono_ms < end; f->stage.mono_ms += 100)
        model_tick(&f->model, f->stage.mono_ms);
}

static void draw(struct fixture *f)
{
    view_draw(&f->model, f->words, &f->layout, f->stage.mono_ms, &f->scene);
}

static bool shows(const struct fixture *f, const char *text)
{
    for (size_t i = 0; i < f->scene.mark_count; i++)
        if (f->scene.marks[i].kind == MARK_TEXT && strstr(scene_text(&f->scene, &f->scene.marks[i]), text)) return true;
    return false;
}

static bool offers(const struct fixture *f, enum act act, int key)
{
    for (size_t i = 0; i < f->scene.target_count; i++)
        if (action_equals(f->scene.targets[i].action, (struct action){act, key})) return true;
    return false;
}

static const char *value(const struct fixture *f, int field)
{
    return f->model.walk.form.values[field];
}

static void test_help__has_something_to_choose_or_is_not_shown(void **state)
{
    struct fixture *f = *state;

    act(f, ACT_HELP, 0);
    assert_int_equal(f->model.page, PAGE_HELP);
    draw(f);
    assert_true(offers(f, ACT_HAND, 0) && offers(f, ACT_WALK_IN, 0) && offers(f, ACT_ENGLISH, 0));
    act(f, ACT_BACK, 0);
    assert_int_equal(f->model.page, PAGE_READY);
    act(f, ACT_HELP, 0);
    pass(f, MODEL_IDLE_MS + 100);
    assert_int_equal(f->model.page, PAGE_READY);
    f->stage.event.walk_ins = (struct walk_in_rules){0};
    act(f, ACT_HELP, 0);
    assert_int_equal(f->model.page, PAGE_HAND);
    act(f, ACT_WALK_IN, 0); // whatever a keyboard sends
    assert_int_equal(f->model.page, PAGE_HAND);
}

static void test_large_text__one_guest_s_choice_ends_with_them(void **state)
{
    struct fixture *f = *state;

    act(f, ACT_LARGE, 0);
    assert_true(f->model.is_large_text);
    act(f, ACT_HELP, 0);
    assert_true(f->model.is_large_text);
    pass(f, 2 * MODEL_IDLE_MS);
    assert_false(f->model.is_large_text);
    f->model.is_large_text = true; // staff's choice, for good
    act(f, ACT_LARGE, 0);
    assert_false(f->model.is_large_text);
    pass(f, 2 * MODEL_IDLE_MS);
    assert_true(f->model.is_large_text);
}

// Touches, as somebody with one thumb makes them, on the keys that are drawn.
static int touch_text(struct fixture *f, const char *text)
{
    int touches = 0;

    for (const char *cursor = text; *cursor; touches++) {
        const char *next = cursor;
        int point = (int)text_next(&next);
        draw(f);
        if (offers(f, ACT_KEY, point)) {
            act(f, ACT_KEY, point);
            cursor = next;
        } else act(f, ACT_LAYER, offers(f, ACT_LAYER, KEYS_CAPITAL) ? KEYS_CAPITAL : KEYS_SMALL);
        assert_true(touches < 200);
    }
    return touches;
}

static void test_walk_in__takes_few_touches(void **state)
{
    struct fixture *f = *state;
    int touches = 2;

    act(f, ACT_HELP, 0);
    act(f, ACT_WALK_IN, 0);
    touches += touch_text(f, "Anna Vogt") + 1;
    assert_int_equal(touches, 12); // no touch for a capital
    walk(f, WALK_ACT_ON, 0);
    touches += touch_text(f, "TH Köln") + 1;
    walk(f, WALK_ACT_ON, 0);
    touches += touch_text(f, "a.vogt@example.org") + 1;
    walk(f, WALK_ACT_ON, 0);
    walk(f, WALK_ACT_CONSENT, 1);
    walk(f, WALK_ACT_ON, 0);
    touches += 2;
    assert_true(f->model.has_command);
    assert_string_equal(f->model.command.walk_in.values[0], "Anna Vogt");
    assert_string_equal(f->model.command.walk_in.values[1], "TH Köln");
    assert_string_equal(f->model.command.walk_in.values[2], "a.vogt@example.org");
    assert_in_range(touches, 1, 42);
}

static void test_walk_in__asks_the_desk_for_what_was_typed_and_ticked(void **state)
{
    struct fixture *f = *state;
    struct command *command = &f->model.command;

    act(f, ACT_ENGLISH, 0);
    walk_stage_open(&f->stage, &f->model);
    walk_stage_type(&f->stage, &f->model, "  Özgür Şahin-Łuk ");
    walk_stage_enter(&f->stage, &f->model);
    walk_stage_type(&f->stage, &f->model, "Hüttenwerke & Söhne");
    walk_stage_enter(&f->stage, &f->model);
    walk_stage_type(&f->stage, &f->model, "o@sahin.de");
    f->stage.event.walk_ins.most_plus_ones = 40;
    for (int i = 0; i < 50; i++) walk(f, WALK_ACT_PLUS, 1); // nine: so many tickets are shown
    walk(f, WALK_ACT_PLUS, 0);
    walk_stage_enter(&f->stage, &f->model);
    assert_int_equal(f->model.walk.step, WALK_CONSENTS);
    walk(f, WALK_ACT_CONSENT, 0);
    walk(f, WALK_ACT_CONSENT, 0);
    walk(f, WALK_ACT_CONSENT, 1);
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
    struct fixture *f = *state;

    walk_stage_open(&f->stage, &f->model);
    walk_stage_enter(&f->stage, &f->model);
    draw(f);
    assert_true(shows(f, "Bitte hier den Namen eintragen"));
    assert_int_equal(f->model.walk.field, 0);
    walk_stage_type(&f->stage, &f->model, "   ");
    walk_stage_enter(&f->stage, &f->model);
    assert_int_equal(f->model.walk.complaint, 1);
    walk_stage_type(&f->stage, &f->model, "A");
    draw(f);
    assert_false(shows(f, "Bitte hier"));
    walk(f, WALK_ACT_FIELD, 2);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        while (value(f, 2)[0]) act(f, ACT_ERASE, 0);
        walk_stage_type(&f->stage, &f->model, wrong[i]);
        walk_stage_enter(&f->stage, &f->model);
        draw(f);
        if (!shows(f, "Adresse prüfen")) fail_msg("%s is no address", wrong[i]);
    }
    walk_stage_type(&f->stage, &f->model, "de");
    walk_stage_enter(&f->stage, &f->model); // the last field is fine, but one before it is empty
    assert_int_equal(f->model.walk.complaint, 2);
    draw(f);
    assert_true(shows(f, "Bitte „Unternehmen oder Schule“ ausfüllen"));
    f->stage.event.walk_ins.fields[0].is_required = f->stage.event.walk_ins.fields[1].is_required = false;
    walk(f, WALK_ACT_FIELD, 0);
    act(f, ACT_ERASE, 0);
    while (value(f, 0)[0]) act(f, ACT_ERASE, 0);
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
    struct fixture *f = *state;

    walk_stage_open(&f->stage, &f->model);
    walk_stage_fill(&f->stage, &f->model);
    assert_int_equal(f->model.walk.form.consents, 0);
    walk_stage_enter(&f->stage, &f->model);
    assert_false(f->model.has_command);
    draw(f);
    assert_true(shows(f, "Das ist nötig: bitte antippen, oder zum Team"));
    walk(f, WALK_ACT_CONSENT, 1);
    walk(f, WALK_ACT_CONSENT, 7); // there is none
    walk_stage_enter(&f->stage, &f->model);
    assert_true(f->model.has_command);
    assert_int_equal(f->model.command.walk_in.consents, 2);
}

static void test_walk_in__long_consents_come_page_by_page(void **state)
{
    struct fixture *f = *state;
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
        draw(f);
        for (; offers(f, ACT_WALK, walk_key(WALK_ACT_CONSENT, seen)); seen++) walk(f, WALK_ACT_CONSENT, seen);
        walk_stage_enter(&f->stage, &f->model);
        assert_true(pages < 4);
    }
    assert_int_equal(seen, 4);
    assert_int_equal(pages, 3);
    assert_int_equal(f->model.command.walk_in.consents, 15);
}

static void test_walk_in__shows_each_ticket_and_its_number(void **state)
{
    struct fixture *f = *state;
    char text[TICKET_TEXT_SIZE];

    walk_stage_send(&f->stage, &f->model);
    answer(f, NOTICE_WALK_IN, 3);
    assert_int_equal(f->model.walk.step, WALK_TICKET);
    assert_int_equal(f->model.headcount.inside, 43);
    assert_int_equal(model_take_tone(&f->model), TONE_WELCOME);
    for (int i = 0; i < 3; i++) {
        char number[TICKET_NUMBER_TEXT_SIZE], which[32];
        draw(f);
        const struct mark *code = scene_find(&f->scene, MARK_QR, false);
        assert_non_null(code);
        text_copy(text, sizeof text, scene_text(&f->scene, code));
        assert_string_equal(text, f->model.walk.tickets.tickets[i]);
        ticket_number_write(0xA1B2C3D4E5 + (uint64_t)i, number);
        snprintf(which, sizeof which, "%d von 3", i + 1);
        assert_true(shows(f, number) && shows(f, which) && shows(f, "Bitte abfotografieren"));
        walk(f, WALK_ACT_NEXT_TICKET, 0);
    }
    assert_int_equal(f->model.walk.shown_ticket, 0);
    pass(f, MODEL_IDLE_MS + 1000); // photographing takes its time
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    pass(f, WALK_TICKET_IDLE_MS);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_walk_in__without_a_ticket_there_are_words(void **state)
{
    struct fixture *f = *state;

    walk_stage_send(&f->stage, &f->model);
    answer(f, NOTICE_WALK_IN, 0);
    draw(f);
    assert_null(scene_find(&f->scene, MARK_QR, false));
    assert_true(shows(f, "Hier gibt es dafür kein Ticket: Ihr Name steht auf der Liste."));
    walk_stage_enter(&f->stage, &f->model);
    assert_int_equal(f->model.page, PAGE_READY);
}

static void test_walk_in__a_namesake_is_pointed_out_not_blocked(void **state)
{
    struct fixture *f = *state;

    walk_stage_send(&f->stage, &f->model);
    answer(f, NOTICE_NAMESAKE, 0);
    draw(f);
    assert_true(shows(f, "Diesen Namen gibt es schon"));
    walk_stage_enter(&f->stage, &f->model); // Enter alone decides nothing
    assert_false(f->model.has_command);
    walk(f, WALK_ACT_BACK, 0);
    assert_int_equal(f->model.walk.step, WALK_FORM);
    assert_string_equal(value(f, 0), "Anna Vogt");
    walk(f, WALK_ACT_FIELD, 2);
    walk_stage_enter(&f->stage, &f->model);
    walk_stage_enter(&f->stage, &f->model);
    assert_false(f->model.command.walk_in.is_sure);
    model_drop_command(&f->model);
    answer(f, NOTICE_NAMESAKE, 0);
    walk(f, WALK_ACT_SURE, 0);
    assert_true(f->model.has_command && f->model.command.walk_in.is_sure);
    assert_string_equal(f->model.command.walk_in.values[0], "Anna Vogt");
}

static void test_walk_in__a_scan_while_typing_is_answered_and_the_form_is_back(void **state)
{
    struct fixture *f = *state;

    walk_stage_open(&f->stage, &f->model);
    walk_stage_type(&f->stage, &f->model, "Anna Vo");
    for (int reason = REASON_OK; reason <= REASON_EXHAUSTED; reason++) {
        scan(f, (enum reason)reason);
        assert_int_equal(f->model.page, PAGE_RESULT);
        if (reason == REASON_OK) walk_stage_type(&f->stage, &f->model, "gt"); // who types doesn't look up
        pass(f, 2 * MODEL_OVER_FORM_MS + 100);
        assert_int_equal(f->model.page, PAGE_WALK_IN);
        assert_string_equal(value(f, 0), "Anna Vogt");
        act(f, ACT_NONE, 0);
    }
    walk_stage_enter(&f->stage, &f->model);
    assert_int_equal(f->model.walk.field, 1);
}

static void test_walk_in__a_scan_while_the_desk_is_asked_takes_no_answer_away(void **state)
{
    struct fixture *f = *state;

    walk_stage_send(&f->stage, &f->model);
    scan(f, REASON_OK);
    assert_int_equal(f->model.page, PAGE_RESULT);
    answer(f, NOTICE_WALK_IN, 1);
    assert_int_equal(f->model.page, PAGE_RESULT); // that guest's answer stays as long as every other
    pass(f, MODEL_OVER_FORM_MS + 100);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    assert_int_equal(f->model.walk.step, WALK_TICKET);
    scan(f, REASON_INVALID);
    pass(f, 2 * MODEL_OVER_FORM_MS + 100);
    assert_int_equal(f->model.walk.step, WALK_TICKET); // and the ticket is still there
}

static void test_walk_in__a_refusal_keeps_the_form(void **state)
{
    struct fixture *f = *state;

    walk_stage_send(&f->stage, &f->model);
    answer(f, NOTICE_VERDICT, 0);
    assert_int_equal(f->model.page, PAGE_RESULT);
    assert_int_equal(f->model.asked_ms, 0);
    pass(f, 2 * f->model.config.result_ms + 100);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    assert_string_equal(value(f, 2), "a.vogt@example.org");
    walk_stage_enter(&f->stage, &f->model); // somebody has left meanwhile: once more
    assert_true(f->model.has_command);
}

static void test_walk_in__a_failing_disk_keeps_the_form(void **state)
{
    struct fixture *f = *state;

    walk_stage_send(&f->stage, &f->model);
    answer(f, NOTICE_NOT_SAVED, 0);
    assert_int_equal(f->model.page, PAGE_NOT_SAVED);
    act(f, ACT_RETRY, 0);
    model_drop_command(&f->model);
    tell(f, &(struct notice){.kind = NOTICE_COUNT, .headcount = {.inside = 42}});
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    assert_string_equal(value(f, 0), "Anna Vogt");
    assert_int_equal(f->model.walk.form.consents, 2);
    answer(f, NOTICE_NOT_SAVED, 0);
    pass(f, MODEL_IDLE_MS + 100); // nobody is there any more, and nothing typed stays under it
    assert_int_equal(f->model.page, PAGE_NOT_SAVED);
    assert_string_equal(value(f, 0), "");
}

static void test_walk_in__the_privacy_notice_is_read_on_the_way(void **state)
{
    struct fixture *f = *state;

    walk_stage_open(&f->stage, &f->model);
    walk_stage_fill(&f->stage, &f->model);
    act(f, ACT_PRIVACY, 0);
    assert_int_equal(f->model.page, PAGE_PRIVACY);
    act(f, ACT_BACK, 0);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    assert_int_equal(f->model.walk.step, WALK_CONSENTS);
    act(f, ACT_PRIVACY, 0);
    scan(f, REASON_OK);
    pass(f, MODEL_OVER_FORM_MS + 100);
    assert_int_equal(f->model.page, PAGE_PRIVACY);
    act(f, ACT_BACK, 0);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
    assert_string_equal(value(f, 0), "Anna Vogt");
    act(f, ACT_PRIVACY, 0);
    pass(f, MODEL_IDLE_MS + 200);
    assert_int_equal(f->model.page, PAGE_READY);
}

static bool holds(const void *bytes, size_t size, const char *word)
{
    return memmem(bytes, size, word, strlen(word)) != NULL;
}

static void test_walk_in__nothing_typed_stays_behind(void **state)
{
    struct fixture *f = *state;

    for (int way = 0; way < 6; way++) {
        restart(f, LANGUAGE_DE);
        walk_stage_open(&f->stage, &f->model);
        walk_stage_fill(&f->stage, &f->model);
        assert_true(holds(&f->model, sizeof f->model, "vogt@"));
        if (way == 0) pass(f, MODEL_IDLE_MS + 100);
        if (way == 1) walk(f, WALK_ACT_BACK, 0), walk(f, WALK_ACT_BACK, 0);
        if (way == 2) act(f, ACT_HAND, 0);
        if (way == 3) scan(f, REASON_INVALID), pass(f, MODEL_IDLE_MS + 100);
        if (way >= 4) {
            walk(f, WALK_ACT_CONSENT, 1);
            walk_stage_enter(&f->stage, &f->model);
            model_drop_command(&f->model);
            answer(f, NOTICE_WALK_IN, 1);
            assert_false(holds(&f->model, sizeof f->model, "vogt@")); // while the ticket is still shown
            if (way == 5) walk(f, WALK_ACT_DONE, 0);
        }
        assert_false(holds(&f->model, sizeof f->model, "Anna"));
        assert_false(holds(&f->model, sizeof f->model, "vogt@"));
    }
}

static void test_walk_in__an_answer_for_somebody_who_has_left_is_not_shown(void **state)
{
    struct fixture *f = *state;
    struct notice late;

    walk_stage_send(&f->stage, &f->model);
    walk_stage_answer(&f->model, NOTICE_WALK_IN, 1, &late);
    pass(f, MODEL_ANSWER_MS + 100);
    assert_int_equal(f->model.hint, FORM_HINT_NO_ANSWER);
    pass(f, MODEL_IDLE_MS);
    tell(f, &late);
    assert_int_equal(f->model.page, PAGE_READY);
    walk_stage_open(&f->stage, &f->model); // the next one
    tell(f, &late);
    assert_int_equal(f->model.walk.step, WALK_FORM);
}

static void test_walk_in__a_late_answer_is_shown_to_who_waits(void **state)
{
    struct fixture *f = *state;
    struct notice late;

    walk_stage_send(&f->stage, &f->model);
    walk_stage_answer(&f->model, NOTICE_WALK_IN, 1, &late);
    pass(f, MODEL_ANSWER_MS + 100);
    walk_stage_enter(&f->stage, &f->model); // impatient: asked twice
    tell(f, &late);
    assert_int_equal(f->model.walk.step, WALK_TICKET);
    answer(f, NOTICE_NAMESAKE, 0); // the second question's answer
    assert_int_equal(f->model.walk.step, WALK_TICKET);
}

static void test_walk_in__fields_rest_while_the_desk_is_asked(void **state)
{
    struct fixture *f = *state;

    walk_stage_send(&f->stage, &f->model);
    walk_stage_type(&f->stage, &f->model, "x");
    walk_stage_enter(&f->stage, &f->model);
    walk(f, WALK_ACT_BACK, 0);
    walk(f, WALK_ACT_CONSENT, 0);
    assert_false(f->model.has_command);
    assert_int_equal(f->model.walk.form.consents, 2);
    draw(f);
    assert_true(shows(f, "Einen Moment"));
    assert_false(offers(f, ACT_WALK, walk_key(WALK_ACT_ON, 0)));
}

static void test_walk_in__a_keyboard_is_enough(void **state)
{
    struct fixture *f = *state;

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
    walk(f, WALK_ACT_CONSENT, 1); // Enter on a chosen one
    walk_stage_enter(&f->stage, &f->model);
    assert_string_equal(f->model.command.walk_in.values[0], "Änne Groß");
    act(f, ACT_BACK, 0);
    assert_int_equal(f->model.page, PAGE_WALK_IN);
}

static void test_walk_in__takes_bounded_valid_text_only(void **state)
{
    struct fixture *f = *state;

    walk_stage_open(&f->stage, &f->model);
    for (int i = 0; i < 400; i++) walk_stage_type(&f->stage, &f->model, "ẞ\x80\n\t");
    assert_true(strlen(value(f, 0)) < EVENT_VALUE_SIZE);
    assert_true(text_is_utf8(value(f, 0), strlen(value(f, 0))));
    assert_true(strlen(value(f, 0)) > EVENT_VALUE_SIZE - 5);
    assert_string_equal(value(f, 1), "");
    walk(f, WALK_ACT_FIELD, 9);
    assert_int_equal(f->model.walk.field, 0);
}

// ---- what is drawn; places and texts of every page: screens_test.c ----

static void test_walk_in__every_page_has_the_other_language(void **state)
{
    struct fixture *f = *state;
    struct screen_table pages = screens_walk();

    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (size_t i = 0; i < pages.count; i++) {
            restart(f, (enum language)language);
            pages.cases[i].show(&f->stage, &f->model);
            draw(f);
            if (!offers(f, language == LANGUAGE_DE ? ACT_ENGLISH : ACT_GERMAN, 0))
                fail_msg("%s: no other language", pages.cases[i].name);
        }
}

static void test_walk_in__the_code_is_large_enough_for_a_telephone(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < SCREEN_SIZES; i++) {
        restart(f, LANGUAGE_DE);
        f->layout = layout_of(screen_sizes[i].width_px, screen_sizes[i].height_px, screen_sizes[i].inch_px);
        walk_stage_send(&f->stage, &f->model);
        answer(f, NOTICE_WALK_IN, 2);
        draw(f);
        const struct mark *code = scene_find(&f->scene, MARK_QR, false);
        int module_px = code->box.w / (37 + 8); // a ticket is 37 modules wide, and four are free around it
        assert_int_equal(code->box.w, code->box.h);
        assert_true(37 * module_px >= f->layout.short_px * 6 / 10);
    }
}

static void test_walk_in__whatever_people_touch_there_is_a_screen(void **state)
{
    struct fixture *f = *state;

    srand(4);
    restart(f, LANGUAGE_DE);
    for (int turn = 0; turn < 20000; turn++) {
        draw(f);
        size_t count = f->scene.target_count;
        struct action action =
            count ? f->scene.targets[(size_t)rand() % count].action : (struct action){ACT_DEFAULT, 0};
        int dice = rand() % 40;
        if (f->model.page == PAGE_READY) action = (struct action){ACT_HELP, 0};
        if (dice == 0) scan(f, (enum reason)(rand() % (REASON_EXHAUSTED + 1)));
        else if (dice == 1) answer(f, NOTICE_NOT_SAVED, 0);
        else if (dice == 2 && f->model.walk.sent_ms) answer(f, NOTICE_WALK_IN, (size_t)(rand() % 4));
        else if (dice == 3 && f->model.walk.sent_ms) answer(f, NOTICE_NAMESAKE, 0);
        else if (dice == 4) pass(f, rand() % 8000);
        else if (dice < 12) act(f, ACT_DEFAULT, 0);
        else if (dice == 13) walk_stage_type(&f->stage, &f->model, "a@firma.de");
        else act(f, action.act, action.key);
        model_drop_command(&f->model);
        assert_in_range(f->model.walk.step, WALK_FORM, WALK_TICKET);
        assert_true(f->model.page != PAGE_WALK_IN || f->model.walk.is_open);
    }
}

#define walk_test(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        walk_test(test_help__has_something_to_choose_or_is_not_shown),
        walk_test(test_large_text__one_guest_s_choice_ends_with_them),
        walk_test(test_walk_in__takes_few_touches),
        walk_test(test_walk_in__asks_the_desk_for_what_was_typed_and_ticked),
        walk_test(test_walk_in__complains_at_the_field_and_says_what_to_do),
        walk_test(test_walk_in__no_box_is_ticked_beforehand_and_needed_ones_are_asked_for),
        walk_test(test_walk_in__long_consents_come_page_by_page),
        walk_test(test_walk_in__shows_each_ticket_and_its_number),
        walk_test(test_walk_in__without_a_ticket_there_are_words),
        walk_test(test_walk_in__a_namesake_is_pointed_out_not_blocked),
        walk_test(test_walk_in__a_scan_while_typing_is_answered_and_the_form_is_back),
        walk_test(test_walk_in__a_scan_while_the_desk_is_asked_takes_no_answer_away),
        walk_test(test_walk_in__a_refusal_keeps_the_form),
        walk_test(test_walk_in__a_failing_disk_keeps_the_form),
        walk_test(test_walk_in__the_privacy_notice_is_read_on_the_way),
        walk_test(test_walk_in__nothing_typed_stays_behind),
        walk_test(test_walk_in__an_answer_for_somebody_who_has_left_is_not_shown),
        walk_test(test_walk_in__a_late_answer_is_shown_to_who_waits),
        walk_test(test_walk_in__fields_rest_while_the_desk_is_asked),
        walk_test(test_walk_in__a_keyboard_is_enough),
        walk_test(test_walk_in__takes_bounded_valid_text_only),
        walk_test(test_walk_in__every_page_has_the_other_language),
        walk_test(test_walk_in__the_code_is_large_enough_for_a_telephone),
        walk_test(test_walk_in__whatever_people_touch_there_is_a_screen),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
