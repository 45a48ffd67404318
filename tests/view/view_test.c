// Every screen in four sizes and two languages, as a draw list: nothing overlaps, overflows or is too small to touch,
// every text is readable and set whole.
#include "support/check.h"

#include "screen/letters.h"
#include "view/look.h"
#include "view/scene_fault.h"
#include "screen/stage.h"
#include "view/view.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

struct size {
    int width_px, height_px;
    double inch_px; // of a display of that size as it is sold
};
static const struct size sizes[] = {{800, 480, 133}, {1280, 720, 147}, {1920, 1080, 141}, {480, 800, 133}};

struct fixture {
    struct stage stage;
    struct model model;
    struct words *words;
    struct letters *letters;
    struct layout layout;
    struct scene scene;
    const char *what; // for messages
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    stage_init(&f->stage);
    words_gettext_open(LOCALE_FOLDER, &f->words);
    if (letters_open(FONTS_CONF, &f->letters) != STATUS_OK) return -1;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    letters_close(f->letters);
    words_close(f->words);
    stage_destroy(&f->stage);
    free(f);
    return 0;
}

static void restart(struct fixture *f, const struct size *size, enum language language)
{
    struct model_config config = stage_model_config(&f->stage);

    f->stage.event.shows_headcount = true;
    config.language = language;
    model_init(&f->model, &config, 0);
    f->layout = layout_of(size->width_px, size->height_px, size->inch_px);
    f->words->ops->choose(f->words, language);
}

static void draw(struct fixture *f, int64_t mono_ms)
{
    view_draw(&f->model, f->words, &f->layout, mono_ms, &f->scene);
}

static void act(struct fixture *f, enum act act)
{
    model_act(&f->model, (struct action){act, 0}, 0);
}

static void tell(struct fixture *f, const struct notice *notice)
{
    model_notice(&f->model, notice, f->stage.unix_ms, 0);
}

static void show_found(struct fixture *f)
{
    struct notice notice;

    act(f, ACT_HAND);
    model_type(&f->model, "7K2M9QX4TA", 0);
    act(f, ACT_FIND);
    stage_found(&notice);
    tell(f, &notice);
}

static void show_person(struct fixture *f, const struct notice *person)
{
    show_found(f);
    model_type(&f->model, "4711", 0);
    act(f, ACT_UNLOCK);
    tell(f, &(struct notice){.kind = NOTICE_UNLOCKED, .session = 77});
    tell(f, person);
    assert_int_equal(f->model.staff.page, STAFF_PERSON);
}

enum { VARIANTS = REASON_EXHAUSTED + 18, READY = VARIANTS - 1 };

// Screen number `variant`; the first ones are the reasons.
static void show(struct fixture *f, int variant)
{
    static const char *const names[] = {"practice",  "not saved", "privacy",  "hand",    "nobody", "found",
                                        "wrong pin", "later",     "no pin",   "person",  "asking", "no camera",
                                        "nearer",    "farther",   "brighter", "covered", "ready"};
    struct camera_state camera = {true, 640, 480};
    struct notice notice = {.kind = NOTICE_COUNT, .headcount = {.inside = 1234, .expected = 2700}};
    int beyond = variant - REASON_EXHAUSTED - 1;

    tell(f, &notice);
    camera.is_present = beyond != 11;
    model_hint(&f->model, beyond >= 12 && beyond <= 15 ? (enum hint)(beyond - 11) : HINT_NONE);
    f->stage.event.pin_count = beyond != 8;
    model_camera(&f->model, &camera, 0);
    stage_notice(beyond < 0 ? (enum reason)variant : REASON_RULES, &notice);
    f->what = beyond < 0 ? reason_word((enum reason)variant) : names[beyond];
    notice.verdict.is_clock_doubtful = variant == REASON_OK;
    notice.verdict.is_practice = beyond == 0;
    if (beyond <= 0) tell(f, &notice);
    if (beyond == 1) tell(f, &(struct notice){.kind = NOTICE_NOT_SAVED});
    if (beyond == 2) act(f, ACT_PRIVACY);
    if (beyond == 2) model_leaves(&f->model, 3);
    if (beyond == 3 || beyond == 4) act(f, ACT_HAND);
    if (beyond == 4) model_type(&f->model, "7K2M9QX4TA", 0);
    if (beyond == 4) act(f, ACT_FIND);
    if (beyond == 4) tell(f, &(struct notice){.kind = NOTICE_FOUND});
    if (beyond >= 5 && beyond <= 8) show_found(f);
    if (beyond == 9 || beyond == 10) {
        stage_person(&notice);
        show_person(f, &notice);
    }
    if (beyond == 10)
        model_act(&f->model, (struct action){ACT_STAFF, staff_key(STAFF_ACT_ADMIT, STAFF_NO_ROW)}, MODEL_LOOK_MS);
    if (beyond >= 6 && beyond <= 7) tell(f, &(struct notice){.kind = NOTICE_PIN, .wait_ms = beyond == 7 ? 28000 : 0});
    draw(f, MODEL_FADE_MS);
}

static void complain(const struct fixture *f, const char *words, const struct box *box)
{
    fail_msg("%s at %dx%d: %s (%d,%d %dx%d)", f->what, f->layout.width_px, f->layout.height_px, words, box->x, box->y,
             box->w, box->h);
}

static bool is_inside(const struct box *inner, const struct box *outer)
{
    return inner->w >= 0 && inner->h >= 0 && inner->x >= outer->x && inner->y >= outer->y &&
           inner->x + inner->w <= outer->x + outer->w && inner->y + inner->h <= outer->y + outer->h;
}

static bool overlap(const struct box *a, const struct box *b)
{
    return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

static void check_inside(struct fixture *f)
{
    struct box screen = {0, 0, f->layout.width_px, f->layout.height_px};

    for (size_t i = 0; i < f->scene.mark_count; i++)
        if (!is_inside(&f->scene.marks[i].box, &screen))
            complain(f, "a mark leaves the screen", &f->scene.marks[i].box);
}

static void check_places(struct fixture *f)
{
    struct scene_view view = {&f->scene, f->letters, NULL, f->layout.width_px, f->layout.height_px, 40};
    struct scene_fault fault = {0};

    scene_fault_of_places(&view, &fault);
    if (fault.is_found) fail_msg("%s: %s", f->what, fault.what);
}

// 12 mm are many pixels there: keys may be smaller, but none is missing.
static void test_view__a_five_inch_display_shows_everything(void **state)
{
    static const struct size smallest[] = {{800, 480, 186}, {480, 800, 186}};
    struct fixture *f = *state;

    for (size_t size = 0; size < 2; size++)
        for (int variant = 0; variant < VARIANTS; variant++) {
            restart(f, &smallest[size], LANGUAGE_DE);
            show(f, variant);
            check_inside(f);
        }
}

// Places all texts as the screen does. `are_whole`: nothing may be left out.
static void check_texts(struct fixture *f, bool are_whole)
{
    struct box placed[SCENE_MAX_MARKS];
    size_t count = 0;
    int end_px = 0;

    for (size_t i = 0; i < f->scene.mark_count; i++) {
        const struct mark *mark = &f->scene.marks[i];
        const char *text = scene_text(&f->scene, mark);
        struct typeset set;
        if (mark->kind != MARK_TEXT) continue;
        letters_place(f->letters, mark, text, &end_px, &set);
        bool is_elided = set.fit.line_count > 0 && set.fit.lines[set.fit.line_count - 1].is_elided;
        if (are_whole && !mark->style.is_paged && (is_elided || set.fit.line_count == 0)) complain(f, text, &mark->box);
        if (set.fit.line_count == 0) continue;
        if (!is_inside(&set.box, &mark->box)) complain(f, text, &set.box);
        for (size_t j = 0; j < count; j++)
            if (overlap(&set.box, &placed[j])) complain(f, text, &set.box);
        placed[count++] = set.box;
    }
    assert_true(count > 0);
}

static void test_view__what_strangers_are_called_stays_in_its_box(void **state)
{
    static const char *const names[] = {
        "Maximiliane-Theodora Gräfin von Hohenlohe-Waldenburg-Schillingsfürst-Bartenstein und zu Guttenberg-Steinach "
        "am Wald",
        "Hubertusblasiuswolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafewarenwoh"
        "lgepflege",
        "Iğdır Łukasz Çağla Šárka Nguyễn Thị Hương Ħal Għaxaq ẞ",
        "محمد عبد الرحمن بن عبد العزيز آل سعود الهاشمي القرشي",
        "👩‍🚒🎉🇩🇪 Ben 👍🏽 Zoë \xE2\x80\xAE gnp.exe",
        "a\xCC\x88\xCC\x81\xCC\xA7\xCC\x88\xCC\x81\xCC\xA7 Zalgo",
        "%s%n%x \\0 ' \" <b>",
    };
    struct fixture *f = *state;

    for (size_t size = 0; size < 4; size++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            struct notice notice;
            restart(f, &sizes[size], LANGUAGE_DE);
            stage_notice(REASON_OK, &notice);
            text_copy(notice.first_name, sizeof notice.first_name, names[i]);
            text_copy(f->stage.event.groups[0].name[0], 64, names[i]);
            f->what = names[i];
            tell(f, &notice);
            draw(f, 500);
            check_texts(f, false);
            restart(f, &sizes[size], LANGUAGE_DE);
            act(f, ACT_HAND);
            model_type(&f->model, names[i], 0);
            draw(f, 0);
            check_texts(f, false);
            act(f, ACT_FIND);
            stage_found(&notice);
            text_copy(notice.first_name, sizeof notice.first_name, names[i]);
            tell(f, &notice);
            draw(f, 0);
            check_texts(f, false);
            restart(f, &sizes[size], LANGUAGE_DE);
            stage_person(&notice);
            text_copy(notice.full_name, sizeof notice.full_name, names[i]);
            text_copy(notice.company, sizeof notice.company, names[i]);
            text_copy(notice.note, sizeof notice.note, names[i]);
            text_copy(notice.earlier_gate, sizeof notice.earlier_gate, names[i]);
            show_person(f, &notice);
            draw(f, 0);
            check_texts(f, false);
        }
    stage_event(&f->stage.event);
}

static void test_view__a_group_s_name_is_set_whole_wherever_it_stands(void **state)
{
    static const char *const names[] = {"Unternehmensgruppe Oventrop und Hüttenwerke Olsberg, Halle 12",
                                        "Vormittagsführung: Egger Holzwerkstoffe Brilon, zweite Hälfte"};
    struct fixture *f = *state;

    for (size_t size = 0; size < 4; size++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            for (int page = 0; page < 4; page++) {
                struct notice notice;
                for (int group = 0; group < 2; group++)
                    text_copy(f->stage.event.groups[group].name[0], sizeof f->stage.event.groups[0].name[0], names[i]);
                restart(f, &sizes[size], LANGUAGE_DE);
                stage_notice(page == 0 ? REASON_OK : REASON_PRODUCT, &notice);
                if (page < 2) tell(f, &notice);
                if (page == 2) show_found(f);
                stage_person(&notice);
                if (page == 3) show_person(f, &notice);
                f->what = names[i];
                draw(f, 500);
                check_texts(f, true);
            }
    stage_event(&f->stage.event);
}

static bool shows(const struct fixture *f, const char *text)
{
    for (size_t i = 0; i < f->scene.mark_count; i++)
        if (f->scene.marks[i].kind == MARK_TEXT && strstr(scene_text(&f->scene, &f->scene.marks[i]), text)) return true;
    return false;
}

// Staff compare it with an identity card. The note below may matter more than the name.
static void test_view__a_long_name_leaves_room_for_the_note(void **state)
{
    static const char name[] =
        "Maximiliane-Theodora Gräfin von Hohenlohe-Waldenburg-Schillingsfürst-Bartenstein und zu Guttenberg-Steinach "
        "am Walde, Dr.";
    struct fixture *f = *state;

    assert_true(sizeof name > 120);
    for (size_t size = 0; size < 4; size++) {
        struct notice notice;
        restart(f, &sizes[size], LANGUAGE_DE);
        text_copy(f->stage.event.groups[0].name[0], sizeof f->stage.event.groups[0].name[0],
                  "Vormittagsführung: Egger Holzwerkstoffe Brilon, zweite Hälfte");
        stage_person(&notice);
        text_copy(notice.full_name, sizeof notice.full_name, name);
        text_copy(notice.company, sizeof notice.company,
                  "Industrie- und Handelskammer Arnsberg, Hellweg-Sauerland, Geschäftsstelle Brilon");
        show_person(f, &notice);
        f->what = "long name";
        draw(f, 0);
        check_texts(f, true);
        assert_true(shows(f, "Fährt im Bus 3 zurück"));
    }
    stage_event(&f->stage.event);
}

static void test_view__long_names_of_events_and_places_stay_in_their_boxes(void **state)
{
    static const enum reason reasons[] = {REASON_OK, REASON_PRODUCT, REASON_WRONG_EVENT, REASON_RULES,
                                          REASON_ALREADY_REDEEMED};
    struct fixture *f = *state;
    struct event *event = &f->stage.event;

    for (int has_spaces = 0; has_spaces <= 1; has_spaces++) {
        char giant[EVENT_TEXT_SIZE];
        struct notice notice;
        for (size_t i = 0; i < sizeof giant - 1; i++) giant[i] = has_spaces && i % 9 == 8 ? ' ' : (char)('a' + i % 26);
        giant[sizeof giant - 1] = '\0';
        text_copy(event->name[0], sizeof event->name[0], giant);
        text_copy(event->welcome[0], sizeof event->welcome[0], giant);
        text_copy(event->privacy[0], sizeof event->privacy[0], giant);
        for (int i = 0; i < 2; i++) text_copy(event->groups[i].name[0], sizeof event->groups[0].name[0], giant);
        for (int i = 0; i < 2; i++) text_copy(event->groups[i].hint[0], sizeof event->groups[0].hint[0], giant);
        text_copy(event->lists[1].name, sizeof event->lists[1].name, giant);
        for (size_t size = 0; size < 4; size++)
            for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
                restart(f, &sizes[size], LANGUAGE_DE);
                f->what = "giant";
                draw(f, 0);
                check_texts(f, false);
                act(f, ACT_PRIVACY);
                draw(f, 0);
                check_texts(f, false);
                stage_notice(reasons[i], &notice);
                text_copy(notice.event_name[0], EVENT_NAME_SIZE, giant);
                text_copy(notice.earlier_gate, sizeof notice.earlier_gate, giant);
                tell(f, &notice);
                draw(f, 500);
                check_texts(f, false);
            }
    }
    stage_event(event);
}

static void poke(struct fixture *f, int64_t now)
{
    struct notice notice;
    struct command command;

    if (f->scene.target_count > 0 && rand() % 2)
        model_act(&f->model, f->scene.targets[(size_t)rand() % f->scene.target_count].action, now);
    if (rand() % 4 == 0) model_act(&f->model, (struct action){(enum act)(rand() % (ACT_DEFAULT + 1)), 'A'}, now);
    if (rand() % 8 == 0) model_type(&f->model, rand() % 2 ? "ß" : "7", now);
    if (rand() % 8 == 0) model_choose(&f->model, scene_action_after(&f->scene, f->model.chosen, 1), now);
    if (rand() % 8 == 0) model_leaves(&f->model, rand() % 5);
    if (rand() % 8 == 0) model_camera(&f->model, &(struct camera_state){rand() % 2, 640, 480}, now);
    if (rand() % 4 == 0 && model_peek_command(&f->model, &command)) model_drop_command(&f->model);
    if (rand() % 4) return;
    stage_notice((enum reason)(rand() % (REASON_EXHAUSTED + 1)), &notice);
    notice.kind = (enum notice_kind)(rand() % (NOTICE_COUNT + 1));
    notice.is_found = rand() % 2;
    notice.is_unlocked = rand() % 2;
    notice.wait_ms = rand() % 3 * 4000;
    notice.seq = (uint64_t)(rand() % 2);
    model_notice(&f->model, &notice, f->stage.unix_ms, now);
}

static void test_view__whatever_people_do_there_is_a_screen_and_a_way_back(void **state)
{
    struct fixture *f = *state;
    int64_t now = 1;

    srand(11);
    restart(f, &sizes[0], LANGUAGE_DE);
    f->what = "after random touches";
    for (int step = 0; step < 40000; step++) {
        poke(f, now);
        now += rand() % 3000;
        model_tick(&f->model, now);
        draw(f, now);
        check_places(f);
    }
    now += MODEL_IDLE_MS;
    model_tick(&f->model, now); // a result may give a form back, which then has to idle out itself
    model_tick(&f->model, now);
    if (f->model.page == PAGE_NOT_SAVED) act(f, ACT_RETRY);
    model_notice(&f->model, &(struct notice){.kind = NOTICE_COUNT}, 0, now);
    assert_int_equal(f->model.page, PAGE_READY);
}

static bool shows_icon(const struct fixture *f, enum icon icon)
{
    for (size_t i = 0; i < f->scene.mark_count; i++)
        if (f->scene.marks[i].kind == MARK_ICON && f->scene.marks[i].icon == icon) return true;
    return false;
}

static void test_view__ready_says_what_to_do(void **state)
{
    struct fixture *f = *state;

    restart(f, &sizes[0], LANGUAGE_DE);
    show(f, READY);
    assert_int_equal(f->scene.ground, LOOK_NIGHT);
    assert_true(shows(f, "StudiTour Brilon 2026"));
    assert_true(shows(f, "Ticket vor die Kamera halten"));
    assert_true(shows(f, "1234 da von 2700"));
    assert_non_null(scene_find(&f->scene, MARK_PICTURE, false));
    f->stage.event.shows_headcount = false;
    draw(f, 0);
    assert_false(shows(f, "1234"));
    restart(f, &sizes[0], LANGUAGE_EN);
    show(f, READY);
    assert_true(shows(f, "Hold your ticket up to the camera"));
    assert_true(shows(f, "1234 of 2700 here"));
}

static void test_view__a_hint_takes_the_place_of_the_invitation(void **state)
{
    static const char *const german[HINT_COUNT] = {
        [HINT_NEARER] = "Bitte näher heran",
        [HINT_FARTHER] = "Bitte weiter weg",
        [HINT_BRIGHTER] = "Displayhelligkeit erhöhen",
        [HINT_COVERED] = "Die Kamera ist verdeckt",
        [HINT_BLIND] = "Lesen gestört, bitte zum Team",
    };
    struct fixture *f = *state;

    for (enum hint hint = HINT_NEARER; hint < HINT_COUNT; hint++) {
        restart(f, &sizes[0], LANGUAGE_DE);
        show(f, READY);
        struct scene without = f->scene;
        model_hint(&f->model, hint);
        draw(f, 1000);
        assert_true(shows(f, german[hint]));
        assert_int_equal(shows(f, "Ticket vor die Kamera halten"), hint == HINT_COVERED); // a quiet line beside it
        assert_int_equal(model_take_tone(&f->model), TONE_NONE);
        model_hint(&f->model, HINT_NONE);
        draw(f, 1000);
        assert_true(scene_equals(&f->scene, &without));
        model_hint(&f->model, hint);
        show(f, REASON_OK); // an answer is an answer
        assert_false(shows(f, german[hint]));
        restart(f, &sizes[0], LANGUAGE_DE);
        show(f, REASON_EXHAUSTED + 12);
        model_hint(&f->model, hint); // of the last picture before the camera went
        draw(f, 1000);
        assert_false(shows(f, german[hint]));
    }
}

static bool has_key(const struct fixture *f, char key)
{
    for (size_t i = 0; i < f->scene.target_count; i++)
        if (action_equals(f->scene.targets[i].action, (struct action){ACT_KEY, key})) return true;
    return false;
}

static void test_view__every_printed_number_can_be_typed(void **state)
{
    struct fixture *f = *state;
    char text[TICKET_NUMBER_TEXT_SIZE];

    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
        restart(f, &sizes[size], LANGUAGE_DE);
        act(f, ACT_HAND);
        draw(f, 0);
        for (uint64_t number = 0; number < 37; number++) { // every check character
            ticket_number_write(0x7654321ABCDEULL - 0x7654321ABCDEULL % 37 + number, text);
            for (const char *at = text; *at; at++) assert_true(has_key(f, *at));
        }
        for (char letter = 'A'; letter <= 'Z'; letter++) assert_true(has_key(f, letter)); // codes sold elsewhere
    }
}

static void test_view__staff_s_facts_are_behind_the_pin(void **state)
{
    static const char *const secrets[] = {"Müller", "Berufskolleg", "Fährt im Bus 3", "Studierende", "Schon da"};
    struct fixture *f = *state;

    restart(f, &sizes[0], LANGUAGE_DE);
    show(f, REASON_EXHAUSTED + 6);
    assert_true(shows(f, "Lena"));
    assert_true(shows(f, "Bus 2 · Gruppe Oventrop"));
    assert_true(shows(f, "PIN des Teams"));
    for (int i = 0; i < 5; i++) assert_false(shows(f, secrets[i]));
    restart(f, &sizes[0], LANGUAGE_DE);
    show(f, REASON_EXHAUSTED + 10);
    for (int i = 0; i < 5; i++) assert_true(shows(f, secrets[i]));
    assert_true(shows(f, "Schon da · 10:02 Uhr · Tor Nord"));
    assert_true(shows(f, "Studierende · Bus 2"));
    assert_false(shows(f, "Einlassen")); // they are in
}

static void test_view__without_pins_there_are_words_instead_of_a_pad(void **state)
{
    struct fixture *f = *state;

    restart(f, &sizes[0], LANGUAGE_DE);
    show(f, REASON_EXHAUSTED + 9);
    assert_true(shows(f, "Hier ist keine PIN hinterlegt. Bitte zum Team."));
    assert_int_equal(f->scene.target_count, 2);
    assert_int_equal(f->scene.targets[0].action.act, ACT_BACK);
    assert_int_equal(f->scene.targets[1].action.act, ACT_ENGLISH);
}

static void test_view__without_a_camera_a_sentence_stands_in_its_place(void **state)
{
    struct fixture *f = *state;

    restart(f, &sizes[0], LANGUAGE_DE);
    show(f, REASON_EXHAUSTED + 12);
    assert_null(scene_find(&f->scene, MARK_PICTURE, false));
    assert_true(shows(f, "Keine Kamera gefunden. Stecker prüfen – es wird weiter gesucht."));
    assert_true(shows_icon(f, ICON_NO_CAMERA));
    assert_true(shows(f, "Ohne Ticket?"));
    assert_false(shows(f, "Ticket vor die Kamera halten")); // there is none
    assert_true(shows(f, "Bitte zum Team, oder auf „Ohne Ticket?“ tippen"));
    restart(f, &sizes[0], LANGUAGE_EN);
    show(f, REASON_EXHAUSTED + 12);
    assert_false(shows(f, "Hold your ticket up to the camera"));
    assert_true(shows(f, "Please see our team, or tap “No ticket?”"));
}

static void test_view__results_differ_in_colour_shape_and_word(void **state)
{
    static const struct {
        int variant;
        uint32_t ground;
        enum icon icon;
        const char *word;
    } cases[] = {
        {REASON_OK, LOOK_WELCOME, ICON_TICK, "Willkommen"},
        {REASON_ALREADY_REDEEMED, LOOK_ALREADY, ICON_CLOCK, "Schon da"},
        {REASON_INVALID, LOOK_NO, ICON_CROSS, "Nicht gültig"},
        {REASON_EXHAUSTED + 1, LOOK_PRACTICE, ICON_PRACTICE, "Übungsticket – zählt nicht"},
        {REASON_EXHAUSTED + 2, LOOK_BLACK, ICON_WARNING, "Nicht gespeichert"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        restart(f, &sizes[0], LANGUAGE_DE);
        show(f, cases[i].variant);
        assert_int_equal(f->scene.ground, cases[i].ground);
        assert_true(shows_icon(f, cases[i].icon));
        assert_true(shows(f, cases[i].word));
    }
}

static void test_view__a_welcome_names_person_group_and_doubt(void **state)
{
    struct fixture *f = *state;

    restart(f, &sizes[0], LANGUAGE_DE);
    show(f, REASON_OK);
    assert_true(shows(f, "Lena"));
    assert_true(shows(f, "Bus 2 · Gruppe Oventrop"));
    assert_true(shows(f, "Namensschild am Tisch 2"));
    assert_true(shows(f, "Uhrzeit nicht gesichert"));
}

static int countdown_px(const struct fixture *f)
{
    const struct mark *last = &f->scene.marks[f->scene.mark_count - 1];

    return last->kind == MARK_FILL ? last->box.w : 0;
}

static void test_view__the_countdown_shrinks_in_steps(void **state)
{
    struct fixture *f = *state;
    int before, changes = 0;

    restart(f, &sizes[2], LANGUAGE_DE);
    show(f, REASON_OK);
    before = countdown_px(f);
    assert_true(before > 1500);
    for (int64_t now = 0; now < 3000; now += 5) {
        draw(f, now);
        assert_true(now == 0 || countdown_px(f) <= before);
        changes += countdown_px(f) != before;
        before = countdown_px(f);
    }
    assert_true(before < 100);
    assert_in_range(changes, 30, 60);
}

static void test_view__the_colour_comes_up_and_then_rests(void **state)
{
    struct fixture *f = *state;

    restart(f, &sizes[0], LANGUAGE_DE);
    show(f, REASON_OK);
    draw(f, 0);
    assert_int_not_equal(f->scene.ground, LOOK_WELCOME);
    assert_int_not_equal(f->scene.ground, LOOK_NIGHT);
    assert_false(view_is_settled(&f->model, 0));
    draw(f, MODEL_FADE_MS);
    assert_int_equal(f->scene.ground, LOOK_WELCOME);
    assert_true(view_is_settled(&f->model, MODEL_FADE_MS));
}

static void test_view__brackets_close_on_a_sighting(void **state)
{
    struct sighting sighting = {.mono_ms = 1000, .x = {0.2f, 0.4f, 0.4f, 0.2f}, .y = {0.3f, 0.3f, 0.6f, 0.6f}};
    struct fixture *f = *state;
    struct scene open;

    restart(f, &sizes[0], LANGUAGE_DE);
    show(f, READY);
    draw(f, 1000);
    open = f->scene;
    model_sighting(&f->model, &sighting);
    draw(f, 1000);
    assert_false(scene_equals(&open, &f->scene));
    check_places(f);
    for (float at = -3; at <= 3; at += 0.25f) { // corners outside the picture, whatever a reader says
        for (int i = 0; i < 4; i++) sighting.x[i] = sighting.y[i] = at;
        model_sighting(&f->model, &sighting);
        draw(f, 1000);
        check_places(f);
    }
    draw(f, 1000 + MODEL_SIGHTING_MS);
    assert_true(scene_equals(&open, &f->scene));
}

static void test_view__ready_stands_still(void **state)
{
    struct fixture *f = *state;
    struct scene first;

    restart(f, &sizes[0], LANGUAGE_DE);
    show(f, READY);
    draw(f, 1000);
    first = f->scene;
    for (int64_t now = 1000; now < 60000; now += 500) {
        draw(f, now);
        assert_true(scene_equals(&first, &f->scene));
    }
}

static void test_view__has_names_for_logs_and_pictures(void **state)
{
    static const struct {
        int variant;
        const char *name, *line;
    } cases[] = {
        {REASON_OK, "welcome", "welcome shown seq=17 clock=doubtful"},
        {REASON_ALREADY_REDEEMED, "already", "already shown seq=17"},
        {REASON_WRONG_EVENT, "no-wrong_event", "no shown reason=wrong_event seq=17"},
        {REASON_EXHAUSTED + 1, "practice", "practice shown seq=17"},
        {REASON_EXHAUSTED + 2, "not-saved", "not saved shown"},
        {REASON_EXHAUSTED + 3, "privacy", "privacy shown"},
        {REASON_EXHAUSTED + 4, "hand-entry", "hand entry shown"},
        {REASON_EXHAUSTED + 6, "pin", "pin shown"},
        {REASON_EXHAUSTED + 10, "staff-person", "staff person shown"},
        {REASON_EXHAUSTED + 12, "no-camera", "no camera shown"},
        {REASON_EXHAUSTED + 13, "ready-nearer", "ready shown"},
        {READY, "ready", "ready shown"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[VIEW_NAME_SIZE], line[128];
        restart(f, &sizes[0], LANGUAGE_DE);
        show(f, cases[i].variant);
        view_name(&f->model, name);
        view_log_line(&f->model, line, sizeof line);
        assert_string_equal(name, cases[i].name);
        assert_string_equal(line, cases[i].line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_view__a_five_inch_display_shows_everything),
        cmocka_unit_test(test_view__what_strangers_are_called_stays_in_its_box),
        cmocka_unit_test(test_view__a_group_s_name_is_set_whole_wherever_it_stands),
        cmocka_unit_test(test_view__a_long_name_leaves_room_for_the_note),
        cmocka_unit_test(test_view__long_names_of_events_and_places_stay_in_their_boxes),
        cmocka_unit_test(test_view__whatever_people_do_there_is_a_screen_and_a_way_back),
        cmocka_unit_test(test_view__ready_says_what_to_do),
        cmocka_unit_test(test_view__a_hint_takes_the_place_of_the_invitation),
        cmocka_unit_test(test_view__every_printed_number_can_be_typed),
        cmocka_unit_test(test_view__staff_s_facts_are_behind_the_pin),
        cmocka_unit_test(test_view__without_pins_there_are_words_instead_of_a_pad),
        cmocka_unit_test(test_view__without_a_camera_a_sentence_stands_in_its_place),
        cmocka_unit_test(test_view__results_differ_in_colour_shape_and_word),
        cmocka_unit_test(test_view__a_welcome_names_person_group_and_doubt),
        cmocka_unit_test(test_view__the_countdown_shrinks_in_steps),
        cmocka_unit_test(test_view__the_colour_comes_up_and_then_rests),
        cmocka_unit_test(test_view__brackets_close_on_a_sighting),
        cmocka_unit_test(test_view__ready_stands_still),
        cmocka_unit_test(test_view__has_names_for_logs_and_pictures),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
