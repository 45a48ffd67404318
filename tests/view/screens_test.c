// Every screen in every size, language and light: all of it is on the screen, can be touched, read, and is set whole.
#include "support/check.h"

#include "view/look.h"
#include "view/scene_fault.h"
#include "view/screens.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

struct fixture {
    struct stage stage;
    struct model model;
    struct scene scene;
    struct words *words;
    struct letters *letters;
    struct placings *placings;
    int fault_count; // of this test
    double least_contrast;
    char cut[64][96]; // data that was cut, each once
    size_t cut_count;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    setenv("TZ", "UTC0", 1);
    stage_init(&f->stage);
    words_gettext_open(LOCALE_FOLDER, &f->words);
    if (letters_open(FONTS_CONF, &f->letters) != STATUS_OK) return -1;
    f->placings = placings_open();
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    placings_close(f->placings);
    letters_close(f->letters);
    words_close(f->words);
    stage_destroy(&f->stage);
    free(f);
    return 0;
}

static struct scene_view view_of(struct fixture *f, const struct screen_light *light)
{
    const struct screen_size *size = light->size;

    return (struct scene_view){&f->scene,      f->letters,      f->placings,
                               size->width_px, size->height_px, (int)(12 * size->inch_px / 25.4)};
}

typedef void screen_check(struct fixture *f, const struct screen_case *screen, const struct screen_light *light);

static void check_all(struct fixture *f, struct screen_light light, screen_check *check)
{
    for (size_t size = 0; size < SCREEN_SIZES; size++)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            for (size_t i = 0; i < screens_count(); i++) {
                light.size = &screen_sizes[size];
                light.language = (enum language)language;
                screen_draw(screens_at(i), &light, &f->stage, f->words, &f->model, &f->scene);
                check(f, screens_at(i), &light);
            }
}

// At the end of a test, so that one run names everything that is wrong.
static void expect_none(struct fixture *f)
{
    int count = f->fault_count;

    f->fault_count = 0;
    assert_int_equal(count, 0);
}

static void fail_at(struct fixture *f, const struct screen_case *screen, const struct screen_light *light,
                    const char *what)
{
    f->fault_count++;
    print_error("%s at %dx%d-%s%s%s%s: %s\n", screen->name, light->size->width_px, light->size->height_px,
                light->language == LANGUAGE_DE ? "de" : "en", light->is_large_text ? ", large" : "",
                light->is_practising ? ", practising" : "", light->is_long ? ", long" : "", what);
}

static void check_places(struct fixture *f, const struct screen_case *screen, const struct screen_light *light)
{
    struct scene_view view = view_of(f, light);
    struct scene_fault fault = {0};

    // The strip of practice takes a little of the keys' width, as a display with more dots to the inch does.
    if (light->is_practising) view.least_touch_px = view.least_touch_px * 80 / 100;
    scene_fault_of_places(&view, &fault);
    if (fault.is_found) fail_at(f, screen, light, fault.what);
}

static void test_screens__everything_has_its_place(void **state)
{
    check_all(*state, (struct screen_light){0}, check_places);
    check_all(*state, (struct screen_light){.is_large_text = true}, check_places);
    check_all(*state, (struct screen_light){.is_practising = true}, check_places);
    expect_none(*state);
}

// Displays that don't say how large they are: buttons are a share of the height then, a little more than 12 mm of a
// 7" one, and a keyboard must not grow into the field above it.
static void check_places_unmeasured(struct fixture *f, const struct screen_case *screen,
                                    const struct screen_light *light)
{
    struct scene_view view = view_of(f, light);
    struct scene_fault fault = {0};

    view.least_touch_px = 58;
    scene_fault_of_places(&view, &fault);
    if (fault.is_found) fail_at(f, screen, light, fault.what);
}

static void test_screens__everything_has_its_place_on_an_unmeasured_display(void **state)
{
    static const struct screen_size sizes[] = {{800, 480, 0}, {480, 800, 0}};
    struct fixture *f = *state;

    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++)
        for (size_t i = 0; i < screens_count(); i++) {
            struct screen_light light = {.size = &sizes[size]};
            screen_draw(screens_at(i), &light, &f->stage, f->words, &f->model, &f->scene);
            check_places_unmeasured(f, screens_at(i), &light);
        }
    expect_none(f);
}

static void note_cut(struct fixture *f, const char *text)
{
    for (size_t i = 0; i < f->cut_count; i++)
        if (!strcmp(f->cut[i], text)) return;
    if (f->cut_count == sizeof f->cut / sizeof *f->cut) return;
    text_copy(f->cut[f->cut_count++], sizeof f->cut[0], text);
}

static void check_texts(struct fixture *f, const struct screen_case *screen, const struct screen_light *light)
{
    struct scene_view view = view_of(f, light);
    struct scene_fault fault = {0};

    scene_fault_of_texts(&view, &fault);
    if (fault.is_found) fail_at(f, screen, light, fault.what);
    const char *cut[] = {fault.elided, fault.broken};
    for (int i = 0; i < 2; i++) {
        if (!cut[i]) continue;
        if (!screen_text_is_data(cut[i])) fail_at(f, screen, light, cut[i]);
        else note_cut(f, cut[i]);
    }
}

static void test_screens__every_text_is_set_whole(void **state)
{
    check_all(*state, (struct screen_light){0}, check_texts);
    check_all(*state, (struct screen_light){.is_large_text = true}, check_texts);
    check_all(*state, (struct screen_light){.is_practising = true}, check_texts);
    expect_none(*state);
}

// What somebody is called may end with "…", but takes nothing from what is said to them.
static void test_screens__the_longest_names_cut_nothing_of_ours(void **state)
{
    struct fixture *f = *state;

    check_all(f, (struct screen_light){.is_long = true}, check_texts);
    check_all(f, (struct screen_light){.is_long = true, .is_large_text = true}, check_texts);
    for (size_t i = 0; i < f->cut_count; i++) print_message("cut somewhere: %s\n", f->cut[i]);
    expect_none(f);
}

static void check_contrast(struct fixture *f, const struct screen_case *screen, const struct screen_light *light)
{
    struct scene_view view = view_of(f, light);
    struct scene_fault fault = {0};
    double least = scene_fault_of_contrast(&view, light->is_high_contrast ? 12 : 7, &fault);

    if (fault.is_found) fail_at(f, screen, light, fault.what);
    if (least < f->least_contrast) f->least_contrast = least;
}

static void test_screens__everything_can_be_read_in_the_sun(void **state)
{
    struct fixture *f = *state;

    for (int high = 0; high <= 1; high++) {
        f->least_contrast = 21;
        check_all(f, (struct screen_light){.is_high_contrast = high}, check_contrast);
        print_message("least contrast, %s: %.1f:1\n", high ? "high contrast" : "normal", f->least_contrast);
        check_all(f, (struct screen_light){.is_high_contrast = high, .is_practising = true}, check_contrast);
    }
    expect_none(f);
}

static bool has_target(const struct scene *scene, enum act act)
{
    for (size_t i = 0; i < scene->target_count; i++)
        if (scene->targets[i].action.act == act) return true;
    return false;
}

// Staff have it on a page of theirs; a sponsor's picture gives way to Ready at a touch.
static void check_language(struct fixture *f, const struct screen_case *screen, const struct screen_light *light)
{
    bool is_public = f->model.page != PAGE_STAFF && f->model.page != PAGE_ATTRACT;

    if (is_public && !has_target(&f->scene, model_language(&f->model) == LANGUAGE_DE ? ACT_ENGLISH : ACT_GERMAN))
        fail_at(f, screen, light, "the other language is not one tap away");
}

static void test_screens__the_other_language_is_one_tap_away(void **state)
{
    check_all(*state, (struct screen_light){0}, check_language);
    expect_none(*state);
}

static bool has_frame(const struct scene *scene, const struct screen_size *size)
{
    bool sides[4] = {false};

    for (size_t i = 0; i < scene->mark_count; i++) {
        const struct mark *mark = &scene->marks[i];
        const struct box *box = &mark->box;
        if (mark->kind != MARK_FILL || mark->rgb != LOOK_PRACTICE) continue;
        sides[0] |= box->x == 0 && box->y == 0 && box->w == size->width_px;
        sides[1] |= box->x == 0 && box->y + box->h == size->height_px && box->w == size->width_px;
        sides[2] |= box->x == 0 && box->y == 0 && box->h == size->height_px;
        sides[3] |= box->x + box->w == size->width_px && box->y == 0 && box->h == size->height_px;
    }
    return sides[0] && sides[1] && sides[2] && sides[3];
}

static void check_practice(struct fixture *f, const struct screen_case *screen, const struct screen_light *light)
{
    bool is_practice = f->model.stance.is_practising;

    if (has_frame(&f->scene, light->size) != is_practice) fail_at(f, screen, light, "the frame of practice");
    if (has_target(&f->scene, ACT_LEAVE_PRACTICE) != is_practice) fail_at(f, screen, light, "the way out of practice");
}

static void test_screens__practice_can_be_seen_and_left_everywhere(void **state)
{
    check_all(*state, (struct screen_light){.is_practising = true}, check_practice);
    check_all(*state, (struct screen_light){0}, check_practice);
    expect_none(*state);
}

static void test_screens__have_names_of_their_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < screens_count(); i++)
        for (size_t j = 0; j < i; j++) assert_string_not_equal(screens_at(i)->name, screens_at(j)->name);
}

static enum icon largest_icon(const struct scene *scene)
{
    enum icon icon = ICON_COUNT;
    int largest_px = 0;

    for (size_t i = 0; i < scene->mark_count; i++) {
        if (scene->marks[i].kind != MARK_ICON || scene->marks[i].box.w <= largest_px) continue;
        largest_px = scene->marks[i].box.w;
        icon = scene->marks[i].icon;
    }
    return icon;
}

// Colour is never the only sign, in neither palette.
static void test_screens__results_differ_in_ground_shape_and_word(void **state)
{
    static const char *const names[] = {"welcome",   "in_out-exit",     "roll_call-all-here", "attention", "already",
                                        "undo-done", "practice-ticket", "no-invalid",         "not-saved"};
    enum { COUNT = sizeof names / sizeof *names };
    struct fixture *f = *state;

    for (int high = 0; high <= 1; high++) {
        uint32_t grounds[COUNT];
        enum icon icons[COUNT];
        char words[COUNT][96];
        for (size_t n = 0; n < COUNT; n++) {
            struct screen_light light = {&screen_sizes[0], LANGUAGE_DE, .is_high_contrast = high};
            size_t at = 0;
            while (strcmp(screens_at(at)->name, names[n]) != 0) at++;
            screen_draw(screens_at(at), &light, &f->stage, f->words, &f->model, &f->scene);
            grounds[n] = f->scene.ground;
            icons[n] = largest_icon(&f->scene);
            text_copy(words[n], sizeof words[n], scene_text(&f->scene, scene_find(&f->scene, MARK_TEXT, false)));
            for (size_t other = 0; other < n; other++) {
                bool is_amber = !strcmp(names[n], "already") && !strcmp(names[other], "attention");
                bool is_dark = !strcmp(names[n], "not-saved") && !strcmp(names[other], "undo-done"); // has a red frame
                if (!is_amber && !is_dark) assert_int_not_equal(grounds[n], grounds[other]);
                assert_int_not_equal(icons[n], icons[other]);
                assert_string_not_equal(words[n], words[other]);
            }
        }
    }
    assert_true(scene_contrast(LOOK_WELCOME, LOOK_ALREADY) > 3); // differ in lightness too
    assert_true(scene_contrast(LOOK_NO, LOOK_ALREADY) > 3);
    assert_true(scene_contrast(LOOK_WELCOME, LOOK_ACCENT) > 3);
}

// The looking itself: each fault that is planted is found, and a sound scene has none.
struct planted {
    struct box box, other;
    uint32_t rgb, ground;
    int size_px;
    const char *text, *found;
};

static void draw_planted(const struct planted *planted, struct scene *out)
{
    struct text_style style = {.size_px = planted->size_px};

    scene_begin(out, planted->ground);
    scene_add_text(out, planted->box, planted->rgb, &style, planted->text);
    if (planted->other.w > 0) scene_add_text(out, planted->other, planted->rgb, &style, "Anderes");
}

static void test_screens__a_fault_would_be_found(void **state)
{
    static const struct planted cases[] = {
        {{10, 10, 400, 40}, {10, 60, 300, 40}, LOOK_WHITE, LOOK_NIGHT, 24, "Alles gut", NULL},
        {{10, 10, 400, 40}, {20, 15, 300, 40}, LOOK_WHITE, LOOK_NIGHT, 24, "Zwei Texte", "overlaps"},
        {{10, 450, 400, 40}, {0}, LOOK_WHITE, LOOK_NIGHT, 24, "Unten hinaus", "leaves the screen"},
        {{10, 10, 60, 30}, {0}, LOOK_WHITE, LOOK_NIGHT, 24, "Ein viel zu langer Satz für diesen Ort", "cut"},
        {{10, 10, 100, 90}, {0}, LOOK_WHITE, LOOK_NIGHT, 24, "Donaudampfschifffahrt", "broken"},
        {{10, 10, 400, 40}, {0}, LOOK_WHITE, LOOK_NIGHT, 14, "Zu klein", "is set in"},
        {{10, 10, 400, 40}, {0}, LOOK_NIGHT_QUIET, LOOK_PAPER, 24, "Zu blass", "contrast"},
    };
    struct fixture *f = *state;
    struct screen_light light = {.size = &screen_sizes[0]};
    struct scene_view view = view_of(f, &light);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene_fault fault = {0};
        draw_planted(&cases[i], &f->scene);
        scene_fault_of_places(&view, &fault);
        scene_fault_of_texts(&view, &fault);
        scene_fault_of_contrast(&view, 7, &fault);
        if (fault.elided) text_copy(fault.what, sizeof fault.what, "cut");
        if (fault.broken) text_copy(fault.what, sizeof fault.what, "broken");
        assert_int_equal(fault.is_found || fault.elided || fault.broken, cases[i].found != NULL);
        if (cases[i].found) assert_non_null(strstr(fault.what, cases[i].found));
    }
    draw_planted(&cases[0], &f->scene);
    scene_add(&f->scene, MARK_FILL, (struct box){0, 0, 800, 30}, LOOK_WHITE); // painted over it
    struct scene_fault covered = {0};
    scene_fault_of_texts(&view, &covered);
    assert_true(covered.is_found);
    scene_begin(&f->scene, LOOK_NIGHT);
    scene_add_target(&f->scene, (struct box){0, 0, 100, 40}, (struct action){ACT_BACK, 0});
    struct scene_fault small = {0};
    scene_fault_of_places(&view, &small);
    assert_true(small.is_found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_screens__a_fault_would_be_found),
        cmocka_unit_test(test_screens__have_names_of_their_own),
        cmocka_unit_test(test_screens__the_other_language_is_one_tap_away),
        cmocka_unit_test(test_screens__practice_can_be_seen_and_left_everywhere),
        cmocka_unit_test(test_screens__everything_has_its_place),
        cmocka_unit_test(test_screens__everything_has_its_place_on_an_unmeasured_display),
        cmocka_unit_test(test_screens__every_text_is_set_whole),
        cmocka_unit_test(test_screens__the_longest_names_cut_nothing_of_ours),
        cmocka_unit_test(test_screens__everything_can_be_read_in_the_sun),
        cmocka_unit_test(test_screens__results_differ_in_ground_shape_and_word),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
