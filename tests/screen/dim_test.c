// The real front while nobody is here: painted darker where the display can't be dimmed, picture and all, until a
// touch.
#include "support/check.h"

#include "screen/stage.h"

#include <SDL.h>
#include <stdlib.h>

enum { WIDTH = 800, HEIGHT = 480, AFTER_MS = 2000, PERCENT = 20, MOST_WINDOWS = 100 };

struct fixture {
    struct stage stage;
    struct front *front;
};

static void begin(struct fixture *fixture, bool is_fullscreen)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    stage_init(&fixture->stage);
    fixture->stage.event.starts_ms = fixture->stage.unix_ms + 24 * 3600 * 1000;
    fixture->stage.event.ends_ms = fixture->stage.event.starts_ms + 3600 * 1000;
    struct front_config config = stage_front_config(&fixture->stage, WIDTH, HEIGHT);
    config.is_fullscreen = is_fullscreen;
    config.dim = (struct dim_config){AFTER_MS, PERCENT};
    assert_int_equal(front_open(&config, &fixture->front), STATUS_OK);
}

static void end(struct fixture *fixture)
{
    front_close(fixture->front);
    stage_destroy(&fixture->stage);
}

static void run(struct fixture *fixture, int ms)
{
    for (int passed = 0; passed < ms; passed += 20) {
        (void)front_step(fixture->front, fixture->stage.mono_ms);
        fixture->stage.mono_ms += 20;
    }
}

// How light what people see is, 0 … 255 on average.
static double light(void)
{
    static uint8_t rgb[WIDTH * HEIGHT * 3];
    SDL_Window *window = NULL;
    double sum = 0;

    for (Uint32 id = 0; id < MOST_WINDOWS && !window; id++) window = SDL_GetWindowFromID(id);
    assert_non_null(window);
    assert_int_equal(SDL_RenderReadPixels(SDL_GetRenderer(window), NULL, SDL_PIXELFORMAT_RGB24, rgb, WIDTH * 3), 0);
    for (size_t i = 0; i < sizeof rgb; i++) sum += rgb[i];
    return sum / sizeof rgb;
}

static void touch(float x, float y)
{
    SDL_Event event = {.type = SDL_FINGERDOWN};

    event.tfinger.x = x;
    event.tfinger.y = y;
    assert_int_equal(SDL_PushEvent(&event), 1);
}

static void show_picture(struct fixture *fixture, int shade)
{
    stage_frame(&fixture->stage, shade);
    run(fixture, 200);
}

static void expect_light(double is, double wanted)
{
    if (is < wanted * 0.9 || is > wanted * 1.1) fail_msg("%.1f instead of about %.1f", is, wanted);
}

static void test_front__is_painted_darker_while_nobody_is_here(void **state)
{
    struct fixture fixture;

    (void)state;
    begin(&fixture, false);
    stage_camera(&fixture.stage, true);
    show_picture(&fixture, 0);
    double bright = light();
    run(&fixture, AFTER_MS);
    expect_light(light(), bright * PERCENT / 100);
    show_picture(&fixture, 1); // only its part of the screen is painted then
    expect_light(light(), bright * PERCENT / 100);
    uint64_t drawn = front_drawn_count(fixture.front);
    run(&fixture, 2000);
    assert_int_equal(front_drawn_count(fixture.front), drawn); // and nothing while nothing changes
    touch(0.9f, 0.95f);                                        // "Ohne Ticket?", if anybody could see it
    run(&fixture, 200);
    expect_light(light(), bright);
    assert_int_equal(front_page(fixture.front), PAGE_READY);
    end(&fixture);
}

static void test_front__stays_bright_during_an_event(void **state)
{
    struct fixture fixture;

    (void)state;
    begin(&fixture, false);
    fixture.stage.event.starts_ms = fixture.stage.unix_ms - 1000;
    run(&fixture, 200);
    double bright = light();
    run(&fixture, 3 * AFTER_MS);
    expect_light(light(), bright);
    end(&fixture);
}

// No screen saver, and nothing else that makes the screen black.
static void test_front__lets_nobody_blank_the_screen(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct fixture fixture;
        begin(&fixture, i == 0);
        assert_false(SDL_IsScreenSaverEnabled());
        end(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_front__is_painted_darker_while_nobody_is_here),
        cmocka_unit_test(test_front__stays_bright_during_an_event),
        cmocka_unit_test(test_front__lets_nobody_blank_the_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
