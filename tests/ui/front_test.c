// The real front on SDL's dummy driver: what is painted when, and what people can do.
#include "support/check.h"

#include "ui/stage.h"

#include <SDL.h>
#include <stdlib.h>

struct fixture {
    struct stage stage;
    struct front *front;
};

static void open_front(struct fixture *fixture, bool is_fullscreen)
{
    struct front_config config;

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    stage_init(&fixture->stage);
    config = stage_front_config(&fixture->stage, 800, 480);
    config.is_fullscreen = is_fullscreen;
    assert_int_equal(front_open(&config, &fixture->front), STATUS_OK);
}

static void close_front(struct fixture *fixture)
{
    front_close(fixture->front);
    stage_destroy(&fixture->stage);
}

// As the main loop would, for `ms` of the clock moved by hand.
static void run(struct fixture *fixture, int ms)
{
    for (int passed = 0; passed < ms; passed += 20) {
        assert_in_range(front_step(fixture->front, fixture->stage.mono_ms), 0, 20);
        fixture->stage.mono_ms += 20;
    }
}

static void press(SDL_Keycode key)
{
    SDL_Event event = {.type = SDL_KEYDOWN};

    event.key.keysym.sym = key;
    assert_int_equal(SDL_PushEvent(&event), 1);
}

static void show_picture(struct fixture *fixture)
{
    stage_camera(&fixture->stage, true);
    stage_frame(&fixture->stage, 0);
    run(fixture, 200);
}

static void test_front__draws_nothing_when_nothing_changes(void **state)
{
    struct fixture fixture;

    (void)state;
    open_front(&fixture, false);
    show_picture(&fixture);
    uint64_t drawn = front_drawn_count(fixture.front);
    assert_true(drawn >= 1);
    run(&fixture, 2000);
    assert_int_equal(front_drawn_count(fixture.front), drawn);
    close_front(&fixture);
}

static void test_front__shows_at_most_fifteen_pictures_a_second(void **state)
{
    struct fixture fixture;

    (void)state;
    open_front(&fixture, false);
    show_picture(&fixture);
    uint64_t drawn = front_drawn_count(fixture.front);
    for (int i = 0; i < 50; i++) {
        stage_frame(&fixture.stage, i);
        run(&fixture, 20);
    }
    drawn = front_drawn_count(fixture.front) - drawn;
    assert_in_range(drawn, 10, 15);
    close_front(&fixture);
}

static void test_front__draws_a_notice_at_once_and_returns(void **state)
{
    struct fixture fixture;
    struct notice notice;

    (void)state;
    open_front(&fixture, false);
    show_picture(&fixture);
    uint64_t drawn = front_drawn_count(fixture.front);
    stage_notice(REASON_OK, &notice);
    stage_tell(&fixture.stage, &notice);
    assert_int_equal(front_step(fixture.front, fixture.stage.mono_ms), 0); // and looks for the next at once
    assert_int_equal(front_drawn_count(fixture.front), drawn + 1);
    run(&fixture, 4000);
    drawn = front_drawn_count(fixture.front);
    run(&fixture, 1000); // back on Ready: still
    assert_int_equal(front_drawn_count(fixture.front), drawn);
    close_front(&fixture);
}

static void test_front__draws_each_of_several_notices(void **state)
{
    struct fixture fixture;
    struct notice notice;

    (void)state;
    open_front(&fixture, false);
    show_picture(&fixture);
    uint64_t drawn = front_drawn_count(fixture.front);
    stage_notice(REASON_OK, &notice);
    for (int i = 0; i < 5; i++) stage_tell(&fixture.stage, &notice); // they look alike
    for (int i = 0; i < 5; i++) front_step(fixture.front, fixture.stage.mono_ms);
    assert_int_equal(front_drawn_count(fixture.front), drawn + 5);
    close_front(&fixture);
}

static void test_front__escape_and_closing_end_a_window_but_no_kiosk(void **state)
{
    static const Uint32 quit = SDL_QUIT;
    SDL_Event event = {.type = quit};

    (void)state;
    for (int is_fullscreen = 0; is_fullscreen <= 1; is_fullscreen++)
        for (int is_key = 0; is_key <= 1; is_key++) {
            struct fixture fixture;
            open_front(&fixture, is_fullscreen);
            assert_false(front_is_over(fixture.front));
            if (is_key) press(SDLK_ESCAPE);
            else SDL_PushEvent(&event);
            run(&fixture, 40);
            assert_int_equal(front_is_over(fixture.front), !is_fullscreen);
            close_front(&fixture);
        }
}

static void test_front__missing_fonts_are_a_clear_failure(void **state)
{
    struct stage stage;
    struct front *front = NULL;

    (void)state;
    stage_init(&stage);
    struct front_config config = stage_front_config(&stage, 800, 480);
    config.fonts = "/nonexistent/fonts.conf";
    assert_int_equal(front_open(&config, &front), STATUS_MISSING);
    assert_null(front);
    stage_destroy(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_front__draws_nothing_when_nothing_changes),
        cmocka_unit_test(test_front__shows_at_most_fifteen_pictures_a_second),
        cmocka_unit_test(test_front__draws_a_notice_at_once_and_returns),
        cmocka_unit_test(test_front__draws_each_of_several_notices),
        cmocka_unit_test(test_front__escape_and_closing_end_a_window_but_no_kiosk),
        cmocka_unit_test(test_front__missing_fonts_are_a_clear_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
