// What staff read about the office: every trouble has a title of one line and at most two lines of what to do next, on
// the smallest screen too; in words that blame nobody.
#include "support/check.h"

#include "model/shift.h"
#include "model/sync_words.h"
#include "screen/letters.h"
#include "view/view.h"

#include <stdlib.h>

struct fixture {
    struct shift *shift;
    struct words *words;
    struct letters *letters;
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
    if (letters_open(FONTS_CONF, &f->letters) != STATUS_OK) return -1;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    void *shift = f->shift;

    letters_close(f->letters);
    words_close(f->words);
    free(f);
    return shift_tear_down(&shift);
}

static void draw(struct fixture *f)
{
    f->words->ops->choose(f->words, model_language(&f->shift->model));
    view_draw(&f->shift->model, f->words, &f->layout, f->shift->now_ms, &f->scene);
}

static const struct mark *find(const struct fixture *f, const char *text)
{
    for (size_t i = 0; i < f->scene.mark_count; i++) {
        const struct mark *mark = &f->scene.marks[i];
        if (mark->kind == MARK_TEXT && strcmp(scene_text(&f->scene, mark), text) == 0) return mark;
    }
    return NULL;
}

// Of the text as it is set on this screen; texts before it move it.
static struct fit set(struct fixture *f, const char *text)
{
    struct typeset placed = {0};
    int end_px = 0;

    for (size_t i = 0; i < f->scene.mark_count; i++) {
        const struct mark *mark = &f->scene.marks[i];
        if (mark->kind != MARK_TEXT) continue;
        letters_place(f->letters, mark, scene_text(&f->scene, mark), &end_px, &placed);
        if (strcmp(scene_text(&f->scene, mark), text) == 0) return placed.fit;
    }
    fail_msg("not shown: %s", text);
    return placed.fit;
}

static size_t line_count(struct fixture *f, const char *text)
{
    return set(f, text).line_count;
}

static void open_sync(struct fixture *f, enum language language)
{
    f->shift->model.language = f->shift->model.config.language = language;
    shift_open_page(f->shift, STAFF_SYNC);
}

static void test_sync_view__every_trouble_is_said_in_two_lines(void **state)
{
    struct fixture *f = *state;

    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        open_sync(f, (enum language)language);
        for (enum sync_trouble trouble = SYNC_FINE; trouble <= SYNC_BAD_CODE; trouble++) {
            struct sync_state now = {.is_paired = true, .trouble = trouble, .waiting = 12043, .retry_mono_ms = 90000};
            model_sync(&f->shift->model, &now, f->shift->now_ms);
            draw(f);
            assert_int_equal(line_count(f, say(f->words, sync_words_of(trouble)->title)), 1);
            size_t lines = line_count(f, say(f->words, sync_words_of(trouble)->line));
            if (lines > 2) fail_msg("%zu lines: %s", lines, say(f->words, sync_words_of(trouble)->line));
        }
        staff_lock(&f->shift->model, f->shift->now_ms);
        model_drop_command(&f->shift->model);
    }
}

static void test_sync_view__nobody_is_blamed_and_everything_is_translated(void **state)
{
    static const char *const blaming[] = {"ehler", "ungültig", "falsch", "verboten", "Sie haben", "rror", "invalid"};
    struct fixture *f = *state;

    f->words->ops->choose(f->words, LANGUAGE_EN);
    for (enum sync_trouble trouble = SYNC_FINE; trouble <= SYNC_BAD_CODE; trouble++) {
        const char *texts[] = {sync_words_of(trouble)->title, sync_words_of(trouble)->line};
        for (size_t i = 0; i < 2; i++) {
            const char *english = say(f->words, texts[i]);
            assert_string_not_equal(texts[i], "");
            assert_string_not_equal(texts[i], english);
            for (size_t word = 0; word < sizeof blaming / sizeof *blaming; word++) {
                assert_null(strstr(texts[i], blaming[word]));
                assert_null(strstr(english, blaming[word]));
            }
        }
    }
}

static void test_sync_view__what_waits_and_when_it_is_tried_again(void **state)
{
    struct fixture *f = *state;
    struct sync_state now = {.is_paired = true, .trouble = SYNC_UNREACHABLE, .waiting = 1};

    open_sync(f, LANGUAGE_DE);
    now.retry_mono_ms = f->shift->now_ms + 12001;
    model_sync(&f->shift->model, &now, f->shift->now_ms);
    draw(f);
    assert_non_null(find(f, "1 Eintrag wartet"));
    assert_non_null(find(f, "Nächster Versuch in 13 s"));
    f->shift->now_ms += 20000;
    draw(f);
    assert_null(find(f, "Nächster Versuch in 0 s"));
    now = (struct sync_state){.is_paired = true, .is_sending = true, .waiting = 240};
    model_sync(&f->shift->model, &now, f->shift->now_ms);
    draw(f);
    assert_non_null(find(f, "240 Einträge warten"));
    assert_non_null(find(f, "Wird übertragen …"));
    now = (struct sync_state){.is_paired = true};
    model_sync(&f->shift->model, &now, f->shift->now_ms);
    draw(f);
    assert_non_null(find(f, "Alles ist im Büro"));
}

static void test_sync_view__a_hub_doesn_t_say_that_the_office_has_all(void **state)
{
    struct fixture *f = *state;
    struct sync_state now = {.is_paired = true, .is_hub = true, .office = "https://127.0.0.1:8443"};

    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        open_sync(f, (enum language)language);
        model_sync(&f->shift->model, &now, f->shift->now_ms);
        draw(f);
        assert_in_range(line_count(f, say(f->words, sync_words_of_state(&now)->line)), 1, 2);
        assert_null(find(f, say(f->words, "Alles ist im Büro")));
        staff_lock(&f->shift->model, f->shift->now_ms);
        model_drop_command(&f->shift->model);
    }
}

// Its buttons stand in two rows there: no kiosk paired yet is said only where nothing is the matter.
static void test_sync_view__a_hub_s_troubles_are_said_whole(void **state)
{
    struct fixture *f = *state;
    struct sync_state now = {.is_paired = true, .is_hub = true, .waiting = 2, .office = "https://127.0.0.1:8443"};

    f->layout = layout_of(1280, 720, 0);
    open_sync(f, LANGUAGE_DE);
    for (now.trouble = SYNC_NO_NETWORK; now.trouble <= SYNC_BAD_CODE; now.trouble++) {
        struct hub_state hub = {.asked_mono_ms = f->shift->model.staff.hub_asked_ms, .kiosk_count = 1};
        now.retry_mono_ms = f->shift->now_ms + 12000;
        model_sync(&f->shift->model, &now, f->shift->now_ms);
        staff_hub(&f->shift->model, &hub, f->shift->now_ms);
        draw(f);
        const char *line = say(f->words, sync_words_of_state(&now)->line);
        if (set(f, line).end != strlen(line)) fail_msg("cut off: %s", line);
        assert_null(find(f, "Noch kein weiterer Kiosk gekoppelt"));
    }
}

static bool can_touch(const struct fixture *f, struct action action)
{
    for (size_t i = 0; i < f->scene.target_count; i++)
        if (action_equals(f->scene.targets[i].action, action)) return true;
    return false;
}

static bool can_export(struct fixture *f, enum sync_stick stick)
{
    struct sync_state now = {.is_paired = true, .stick = stick, .export_done = 3, .export_total = 12};

    model_sync(&f->shift->model, &now, f->shift->now_ms);
    draw(f);
    return can_touch(f, (struct action){ACT_STAFF, staff_key(STAFF_ACT_EXPORT, 0)});
}

static void test_sync_view__a_stick_is_written_when_there_is_one(void **state)
{
    struct fixture *f = *state;

    open_sync(f, LANGUAGE_DE);
    assert_false(can_export(f, STICK_NONE));
    assert_true(can_export(f, STICK_THERE));
    assert_false(can_export(f, STICK_WRITING));
    assert_non_null(find(f, "3 von 12"));
    for (enum sync_stick stick = STICK_DONE; stick <= STICK_FAILED; stick++) assert_true(can_export(f, stick));
}

static void test_sync_view__guests_see_a_mark_and_no_word(void **state)
{
    struct fixture *f = *state;
    struct sync_state now = {.is_paired = true, .trouble = SYNC_REVOKED};
    size_t texts = 0, marked_texts = 0;

    draw(f);
    assert_false(can_touch(f, (struct action){ACT_STAFF_SYNC, 0}));
    for (size_t i = 0; i < f->scene.mark_count; i++) texts += f->scene.marks[i].kind == MARK_TEXT;
    model_sync(&f->shift->model, &now, f->shift->now_ms);
    draw(f);
    assert_true(can_touch(f, (struct action){ACT_STAFF_SYNC, 0}));
    for (size_t i = 0; i < f->scene.mark_count; i++) marked_texts += f->scene.marks[i].kind == MARK_TEXT;
    assert_int_equal(texts, marked_texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sync_view__every_trouble_is_said_in_two_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sync_view__nobody_is_blamed_and_everything_is_translated, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_sync_view__what_waits_and_when_it_is_tried_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sync_view__a_hub_doesn_t_say_that_the_office_has_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sync_view__a_hub_s_troubles_are_said_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sync_view__a_stick_is_written_when_there_is_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sync_view__guests_see_a_mark_and_no_word, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("view/sync_view", tests, NULL, NULL);
}
