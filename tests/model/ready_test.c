// Ready in words: by mode, direction, and what is left.
#include "support/check.h"

#include "base/text.h"
#include "model/ready.h"
#include "screen/stage.h"

#include <stdlib.h>

struct fixture {
    struct stage stage;
    struct model model;
    struct words *words;
    struct ready ready;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct model_config config;

    stage_init(&f->stage);
    words_gettext_open(LOCALE_FOLDER, &f->words);
    config = stage_model_config(&f->stage);
    model_init(&f->model, &config, 1000);
    model_camera(&f->model, &(struct camera_state){true, 640, 480}, 1000);
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

static void count(struct fixture *f, enum list_mode mode, struct headcount headcount)
{
    f->stage.list.mode = mode;
    model_notice(&f->model, &(struct notice){.kind = NOTICE_COUNT, .headcount = headcount}, f->stage.unix_ms, 1000);
    ready_of(&f->model, f->words, &f->ready);
}

static void test_ready__says_which_of_several_lists_it_is(void **state)
{
    struct fixture *f = *state;

    text_copy(f->stage.event.name[LANGUAGE_DE], EVENT_NAME_SIZE, "StudiTour Brilon");
    text_copy(f->stage.list.name, LIST_NAME_SIZE, "Bus 1");
    f->stage.event.list_count = 2;
    ready_of(&f->model, f->words, &f->ready);
    assert_string_equal(f->ready.name, "Bus 1 · StudiTour Brilon");
    f->stage.event.list_count = 1;
    ready_of(&f->model, f->words, &f->ready);
    assert_string_equal(f->ready.name, "StudiTour Brilon");
}

static void test_ready__counts_as_the_list_does(void **state)
{
    struct fixture *f = *state;

    ready_of(&f->model, f->words, &f->ready);
    assert_string_equal(f->ready.count, ""); // nobody knows yet
    count(f, LIST_MODE_ONCE, (struct headcount){.inside = 42, .expected = 45});
    assert_string_equal(f->ready.count, "42 da von 45");
    count(f, LIST_MODE_ONCE, (struct headcount){.inside = 42});
    assert_string_equal(f->ready.count, "42 da");
    count(f, LIST_MODE_ONCE, (struct headcount){.inside = 60, .expected = 58});
    assert_string_equal(f->ready.count, "60 da, 58 angemeldet"); // some who weren't expected
    f->stage.event.walk_ins.is_welcome = true;                   // and these are counted, too
    count(f, LIST_MODE_ONCE, (struct headcount){.inside = 42, .expected = 45});
    assert_string_equal(f->ready.count, "42 da, 45 angemeldet");
    f->stage.event.walk_ins.is_welcome = false;
    count(f, LIST_MODE_IN_OUT, (struct headcount){.inside = 42, .expected = 45});
    assert_string_equal(f->ready.count, "42 drinnen");
    count(f, LIST_MODE_HAND_OUT, (struct headcount){.given = 83});
    assert_string_equal(f->ready.count, "83 ausgegeben");
    count(f, LIST_MODE_HAND_OUT, (struct headcount){.given = 83, .is_limited = true, .left = 37});
    assert_string_equal(f->ready.count, "noch 37");
    f->stage.event.shows_headcount = false;
    count(f, LIST_MODE_HAND_OUT, (struct headcount){.given = 83, .is_limited = true, .left = 37});
    assert_string_equal(f->ready.count, "noch 37"); // no number of people
    count(f, LIST_MODE_ROLL_CALL, (struct headcount){.inside = 42, .expected = 45});
    assert_string_equal(f->ready.count, "");
}

static void test_ready__names_the_stop_and_the_moment_all_are_there(void **state)
{
    struct fixture *f = *state;

    count(f, LIST_MODE_ROLL_CALL, (struct headcount){.inside = 42, .expected = 45, .round = 3, .stop = "Ramsbeck"});
    assert_string_equal(f->ready.count, "42 von 45 da");
    assert_string_equal(f->ready.more, "Ramsbeck");
    count(f, LIST_MODE_ROLL_CALL, (struct headcount){.inside = 42, .expected = 45, .round = 3});
    assert_string_equal(f->ready.more, "Runde 3");
    count(f, LIST_MODE_ROLL_CALL, (struct headcount){.inside = 42, .expected = 45});
    assert_string_equal(f->ready.more, "");
    count(f, LIST_MODE_ROLL_CALL, (struct headcount){.inside = 45, .expected = 45, .round = 3});
    assert_string_equal(f->ready.count, "Alle da: 45");
}

static void test_ready__warns_from_nine_tenths_on(void **state)
{
    static const struct {
        uint32_t inside;
        const char *more;
    } cases[] = {{0, ""}, {179, ""}, {180, "noch 20 Plätze"}, {188, "noch 12 Plätze"}, {199, "noch 1 Platz"}};
    struct fixture *f = *state;

    f->stage.list.capacity = 200;
    f->model.stance.direction = DIRECTION_ENTRY;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        count(f, LIST_MODE_IN_OUT, (struct headcount){.inside = cases[i].inside});
        assert_string_equal(f->ready.more, cases[i].more);
        assert_int_equal(f->ready.is_scarce, cases[i].more[0] != '\0');
        assert_false(f->ready.is_off);
        assert_string_equal(f->ready.call, "Ticket vor die Kamera halten");
    }
    f->stage.event.shows_headcount = false; // who queues wants to know it all the same
    count(f, LIST_MODE_IN_OUT, (struct headcount){.inside = 188});
    assert_string_equal(f->ready.more, "noch 12 Plätze");
    assert_string_equal(f->ready.count, "");
}

static void test_ready__says_full_before_people_queue_and_lets_them_out(void **state)
{
    struct fixture *f = *state;
    const struct headcount full = {.inside = 200};

    f->stage.list.capacity = 200;
    f->model.stance.direction = DIRECTION_ENTRY;
    count(f, LIST_MODE_IN_OUT, full);
    assert_true(f->ready.is_off);
    assert_string_equal(f->ready.call, "Voll: bitte warten");
    assert_string_equal(f->ready.line, "Sobald jemand geht, ist wieder Platz.");
    f->model.stance.direction = DIRECTION_AUTO;
    count(f, LIST_MODE_IN_OUT, full);
    assert_string_equal(f->ready.line, "Wer geht, zeigt das Ticket und macht Platz.");
    f->model.stance.direction = DIRECTION_EXIT;
    count(f, LIST_MODE_IN_OUT, full);
    assert_false(f->ready.is_off);
    assert_string_equal(f->ready.call, "Zum Gehen das Ticket zeigen");
    count(f, LIST_MODE_ONCE, full);
    assert_string_equal(f->ready.call, "Alles besetzt");
    assert_string_equal(f->ready.line, "Bitte zum Team");
    f->model.stance.direction = DIRECTION_ENTRY;
    count(f, LIST_MODE_IN_OUT, (struct headcount){.inside = 199}); // somebody went
    assert_false(f->ready.is_off);
    assert_string_equal(f->ready.call, "Ticket vor die Kamera halten");
}

static void test_ready__says_when_nothing_is_left(void **state)
{
    struct fixture *f = *state;

    count(f, LIST_MODE_HAND_OUT, (struct headcount){.given = 120, .is_limited = true, .left = 0});
    assert_true(f->ready.is_off);
    assert_string_equal(f->ready.call, "Alles ausgegeben");
    count(f, LIST_MODE_HAND_OUT, (struct headcount){.given = 121, .is_limited = true, .left = -1});
    assert_true(f->ready.is_off);
    count(f, LIST_MODE_HAND_OUT, (struct headcount){.given = 120, .is_limited = true, .left = 30}); // more came
    assert_false(f->ready.is_off);
}

static void test_ready__the_way_out_has_its_own_word(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(ready_direction(DIRECTION_ENTRY, f->words), "Eingang");
    assert_string_equal(ready_direction(DIRECTION_EXIT, f->words), "Ausgang");
    assert_string_equal(ready_direction(DIRECTION_AUTO, f->words), "Ein- und Ausgang");
    count(f, LIST_MODE_IN_OUT, (struct headcount){.inside = 1});
    assert_true(f->ready.has_direction);
    count(f, LIST_MODE_ONCE, (struct headcount){.inside = 1});
    assert_false(f->ready.has_direction);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ready__says_which_of_several_lists_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ready__counts_as_the_list_does, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ready__names_the_stop_and_the_moment_all_are_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ready__warns_from_nine_tenths_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ready__says_full_before_people_queue_and_lets_them_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ready__says_when_nothing_is_left, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ready__the_way_out_has_its_own_word, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
