#define LOG_MODULE "screen"

// The real front on SDL's dummy driver: what is painted when, and what people can do.
#include "support/check.h"

#include "base/log.h"
#include "frame/picture_png.h"
#include "screen/stage.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { READY_BUTTONS = 5 }; // DE, EN, large text, privacy, no ticket

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

static void test_front__draws_a_hint_once(void **state)
{
    struct fixture fixture;

    (void)state;
    open_front(&fixture, false);
    show_picture(&fixture);
    uint64_t drawn = front_drawn_count(fixture.front);
    stage_hint(&fixture.stage, HINT_NEARER);
    run(&fixture, 2000);
    assert_int_equal(front_drawn_count(fixture.front), drawn + 1);
    stage_hint(&fixture.stage, HINT_NONE);
    run(&fixture, 2000);
    assert_int_equal(front_drawn_count(fixture.front), drawn + 2);
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
    for (int i = 0; i < 5; i++) {
        notice.mono_ms = i;
        stage_tell(&fixture.stage, &notice); // they look alike
    }
    for (int i = 0; i < 5; i++) {
        front_step(fixture.front, fixture.stage.mono_ms);
        fixture.stage.mono_ms += MODEL_GLANCE_MS;
    }
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

static void touch(SDL_EventType type, float x, float y) // fractions of 800 x 480
{
    SDL_Event event = {.type = type};

    if (type == SDL_FINGERDOWN) {
        event.tfinger.x = x;
        event.tfinger.y = y;
        event.tfinger.timestamp = SDL_GetTicks();
    } else {
        event.button.button = SDL_BUTTON_LEFT;
        event.button.x = (int)(x * 800);
        event.button.y = (int)(y * 480);
        event.button.timestamp = SDL_GetTicks();
    }
    assert_int_equal(SDL_PushEvent(&event), 1);
}

static const float hand_x = 0.87f, bar_y = 0.9f; // "Ohne Ticket?", and every bar

static void test_front__fingers_and_mice_press_buttons(void **state)
{
    static const SDL_EventType types[] = {SDL_FINGERDOWN, SDL_MOUSEBUTTONDOWN};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct fixture fixture;
        struct command command;
        open_front(&fixture, false);
        run(&fixture, 40);
        touch(types[i], hand_x, bar_y);
        run(&fixture, 40);
        touch(types[i], 0.08f, 0.33f); // the key 1
        run(&fixture, 40);
        touch(types[i], 0.6f, bar_y); // search
        run(&fixture, 40);
        assert_true(queue_take(&fixture.stage.commands, &command));
        assert_int_equal(command.kind, COMMAND_FIND);
        assert_string_equal(command.text, "1");
        close_front(&fixture);
    }
}

static void test_front__a_touch_with_a_mouse_twin_counts_once(void **state)
{
    struct fixture fixture;
    struct command command;

    (void)state;
    open_front(&fixture, false);
    run(&fixture, 40);
    touch(SDL_FINGERDOWN, hand_x, bar_y);
    run(&fixture, 40);
    touch(SDL_FINGERDOWN, 0.08f, 0.33f);
    touch(SDL_MOUSEBUTTONDOWN, 0.08f, 0.33f); // what some X servers add
    run(&fixture, 40);
    touch(SDL_FINGERDOWN, 0.6f, bar_y);
    run(&fixture, 40);
    assert_true(queue_take(&fixture.stage.commands, &command));
    assert_string_equal(command.text, "1");
    close_front(&fixture);
}

static void test_front__a_full_queue_delays_a_command(void **state)
{
    struct fixture fixture;
    struct command command = {.kind = COMMAND_RETRY};

    (void)state;
    open_front(&fixture, false);
    while (queue_put(&fixture.stage.commands, &command) == STATUS_OK) {}
    run(&fixture, 40);
    touch(SDL_FINGERDOWN, hand_x, bar_y);
    run(&fixture, 40);
    touch(SDL_FINGERDOWN, 0.08f, 0.33f);
    run(&fixture, 40);
    press(SDLK_RETURN);
    run(&fixture, 200);
    while (queue_take(&fixture.stage.commands, &command)) assert_int_equal(command.kind, COMMAND_RETRY);
    run(&fixture, 20);
    assert_true(queue_take(&fixture.stage.commands, &command));
    assert_int_equal(command.kind, COMMAND_FIND);
    close_front(&fixture);
}

static void test_front__keys_alone_reach_everything(void **state)
{
    struct fixture fixture;
    struct command command;
    SDL_Event text = {.type = SDL_TEXTINPUT};

    (void)state;
    strcpy(text.text.text, "x7");
    open_front(&fixture, false);
    run(&fixture, 40);
    for (int i = 0; i < READY_BUTTONS; i++) { // to the last one
        press(SDLK_TAB);
        run(&fixture, 20);
    }
    press(SDLK_RETURN);
    run(&fixture, 40);
    SDL_PushEvent(&text);
    press(SDLK_BACKSPACE);
    press(SDLK_RETURN);
    run(&fixture, 40);
    assert_true(queue_take(&fixture.stage.commands, &command));
    assert_string_equal(command.text, "x");
    close_front(&fixture);
}

// With a time of its own; SDL_PushEvent() would set now.
static void push_at(SDL_Event *event, uint32_t now_ms)
{
    event->common.timestamp = now_ms;
    assert_int_equal(SDL_PeepEvents(event, 1, SDL_ADDEVENT, 0, 0), 1);
}

static void scan(struct fixture *fixture, int keys, uint32_t *now_ms) // as a scanner that nobody knows yet types
{
    SDL_Event text = {.type = SDL_TEXTINPUT}, enter = {.type = SDL_KEYDOWN};

    strcpy(text.text.text, "7");
    for (int i = 0; i < keys; i++, *now_ms += 10) {
        push_at(&text, *now_ms);
        if (i % 2 == 1) run(fixture, 20);
    }
    enter.key.keysym.sym = SDLK_RETURN;
    push_at(&enter, *now_ms);
    run(fixture, 40);
}

static void test_front__a_scanner_presses_no_button_and_fills_no_field(void **state)
{
    SDL_Event text = {.type = SDL_TEXTINPUT};
    uint32_t now_ms = SDL_GetTicks() + 10000;
    struct fixture fixture;
    struct command command;

    (void)state;
    open_front(&fixture, false);
    run(&fixture, 40);
    for (int i = 0; i < READY_BUTTONS; i++) { // to the last one
        press(SDLK_TAB);
        run(&fixture, 20);
    }
    press(SDLK_RETURN); // the form
    run(&fixture, 40);
    scan(&fixture, 202, &now_ms);
    scan(&fixture, 8, &now_ms);
    assert_false(queue_take(&fixture.stage.commands, &command)); // its Enter didn't ask
    now_ms += 5000;
    strcpy(text.text.text, "x");
    push_at(&text, now_ms); // a person
    run(&fixture, 200);
    now_ms += 200;
    SDL_Event enter = {.type = SDL_KEYDOWN};
    enter.key.keysym.sym = SDLK_RETURN;
    push_at(&enter, now_ms);
    run(&fixture, 40);
    assert_true(queue_take(&fixture.stage.commands, &command));
    assert_string_equal(command.text, "x"); // nothing of what was scanned is left
    close_front(&fixture);
}

// What is logged meanwhile, cut to fit.
static void catch_log(struct fixture *fixture, int ms, char *out, size_t out_size)
{
    int pipes[2], before = dup(STDERR_FILENO);

    assert_int_equal(pipe(pipes), 0);
    dup2(pipes[1], STDERR_FILENO);
    run(fixture, ms);
    log_info("end"); // so that there is something to read
    dup2(before, STDERR_FILENO);
    close(before);
    close(pipes[1]);
    ssize_t length = read(pipes[0], out, out_size - 1);
    close(pipes[0]);
    out[length > 0 ? length : 0] = '\0';
    *strstr(out, "<6>screen: end\n") = '\0';
}

static void catch_notice(struct fixture *fixture, const struct notice *notice, char *out, size_t out_size)
{
    stage_tell(&fixture->stage, notice);
    catch_log(fixture, 20, out, out_size);
}

static void test_front__says_what_was_shown(void **state)
{
    struct fixture fixture;
    struct notice notice;
    char log[256];

    (void)state;
    open_front(&fixture, false);
    run(&fixture, 40);
    stage_notice(REASON_OK, &notice);
    catch_notice(&fixture, &notice, log, sizeof log);
    assert_string_equal(log, "<6>screen: welcome shown seq=17\n");
    catch_notice(&fixture, &notice, log, sizeof log); // again, although it looks the same
    assert_string_equal(log, "<6>screen: welcome shown seq=17\n");
    stage_notice(REASON_FULL, &notice);
    catch_notice(&fixture, &notice, log, sizeof log);
    assert_string_equal(log, "<6>screen: no shown reason=full seq=17\n");
    notice = (struct notice){.kind = NOTICE_NOT_SAVED};
    catch_notice(&fixture, &notice, log, sizeof log);
    assert_string_equal(log, "<6>screen: not saved shown\n");
    close_front(&fixture);
}

static void test_front__two_in_one_picture_are_shown_one_after_the_other(void **state)
{
    struct fixture fixture;
    struct notice notice;
    char log[256];

    (void)state;
    open_front(&fixture, false);
    run(&fixture, 40);
    stage_notice(REASON_FULL, &notice);
    stage_tell(&fixture.stage, &notice);
    stage_notice(REASON_OK, &notice);
    stage_tell(&fixture.stage, &notice);
    catch_log(&fixture, 500, log, sizeof log);
    assert_string_equal(log, "<6>screen: no shown reason=full seq=17\n");
    catch_log(&fixture, 500, log, sizeof log);
    assert_string_equal(log, "<6>screen: welcome shown seq=17\n");
    stage_notice(REASON_FULL, &notice); // came later
    catch_notice(&fixture, &notice, log, sizeof log);
    assert_string_equal(log, "<6>screen: no shown reason=full seq=17\n");
    close_front(&fixture);
}

static void test_front__takes_a_picture_of_each_kind_of_screen(void **state)
{
    static const char *const names[] = {"01-ready.png", "02-welcome.png", "03-no-full.png"};
    char folder[] = "/tmp/einlass-shots-XXXXXX", path[64];
    struct fixture fixture;
    struct notice notice;

    (void)state;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    assert_non_null(mkdtemp(folder));
    stage_init(&fixture.stage);
    struct front_config config = stage_front_config(&fixture.stage, 800, 480);
    config.screenshots = folder;
    assert_int_equal(front_open(&config, &fixture.front), STATUS_OK);
    show_picture(&fixture);
    for (int i = 0; i < 3; i++) {
        stage_notice(i == 1 ? REASON_FULL : REASON_OK, &notice);
        stage_tell(&fixture.stage, &notice);
        run(&fixture, 300);
    }
    for (int i = 0; i < 3; i++) {
        struct frame *frame = calloc(1, sizeof *frame);
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_int_equal(picture_png_read(path, frame), STATUS_OK);
        assert_int_equal(frame->width_px, 800);
        unlink(path);
        free(frame);
    }
    assert_int_equal(rmdir(folder), 0); // no second welcome
    close_front(&fixture);
}

static void test_front__works_without_a_loudspeaker(void **state)
{
    struct fixture fixture;
    struct notice notice;

    (void)state;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "no-such-driver", 1);
    stage_init(&fixture.stage);
    struct front_config config = stage_front_config(&fixture.stage, 800, 480);
    assert_int_equal(front_open(&config, &fixture.front), STATUS_OK);
    stage_notice(REASON_OK, &notice);
    stage_tell(&fixture.stage, &notice);
    run(&fixture, 100);
    close_front(&fixture);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
}

static void test_front__escape_leaves_a_page_before_the_window(void **state)
{
    struct fixture fixture;
    struct notice not_saved = {.kind = NOTICE_NOT_SAVED};

    (void)state;
    open_front(&fixture, false);
    run(&fixture, 40);
    touch(SDL_FINGERDOWN, hand_x, bar_y);
    run(&fixture, 40);
    press(SDLK_ESCAPE);
    run(&fixture, 40);
    assert_false(front_is_over(fixture.front));
    stage_tell(&fixture.stage, &not_saved);
    run(&fixture, 40);
    uint64_t drawn = front_drawn_count(fixture.front);
    press(SDLK_ESCAPE); // stays until the disk works
    run(&fixture, 40);
    assert_int_equal(front_drawn_count(fixture.front), drawn);
    assert_false(front_is_over(fixture.front));
    close_front(&fixture);
}

static void test_front__an_uncovered_or_resized_window_is_painted_once(void **state)
{
    static const SDL_WindowEventID ids[] = {SDL_WINDOWEVENT_EXPOSED, SDL_WINDOWEVENT_SIZE_CHANGED};
    struct fixture fixture;

    (void)state;
    open_front(&fixture, false);
    show_picture(&fixture);
    for (int i = 0; i < 2; i++) {
        SDL_Event event = {.type = SDL_WINDOWEVENT};
        uint64_t drawn = front_drawn_count(fixture.front);
        event.window.event = (Uint8)ids[i];
        SDL_PushEvent(&event);
        run(&fixture, 1000);
        assert_int_equal(front_drawn_count(fixture.front), drawn + 1);
    }
    close_front(&fixture);
}

static void test_front__the_privacy_notice_has_pages_to_turn(void **state)
{
    struct fixture fixture;
    int turned = 0;

    (void)state;
    open_front(&fixture, false);
    run(&fixture, 40);
    touch(SDL_FINGERDOWN, 0.5f, bar_y); // "Datenschutz"
    run(&fixture, 40);
    for (int i = 0; i < 6; i++) {
        uint64_t drawn = front_drawn_count(fixture.front);
        press(SDLK_DOWN);
        run(&fixture, 40);
        turned += front_drawn_count(fixture.front) > drawn;
    }
    assert_in_range(turned, 2, 4); // as many pages as it has, and then no more
    press(SDLK_UP);
    run(&fixture, 40);
    uint64_t drawn = front_drawn_count(fixture.front);
    touch(SDL_FINGERDOWN, 0.9f, bar_y); // the button does the same
    run(&fixture, 40);
    assert_int_equal(front_drawn_count(fixture.front), drawn + 1);
    close_front(&fixture);
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
        cmocka_unit_test(test_front__draws_a_hint_once),
        cmocka_unit_test(test_front__shows_at_most_fifteen_pictures_a_second),
        cmocka_unit_test(test_front__draws_a_notice_at_once_and_returns),
        cmocka_unit_test(test_front__draws_each_of_several_notices),
        cmocka_unit_test(test_front__escape_and_closing_end_a_window_but_no_kiosk),
        cmocka_unit_test(test_front__fingers_and_mice_press_buttons),
        cmocka_unit_test(test_front__a_touch_with_a_mouse_twin_counts_once),
        cmocka_unit_test(test_front__a_full_queue_delays_a_command),
        cmocka_unit_test(test_front__keys_alone_reach_everything),
        cmocka_unit_test(test_front__a_scanner_presses_no_button_and_fills_no_field),
        cmocka_unit_test(test_front__says_what_was_shown),
        cmocka_unit_test(test_front__two_in_one_picture_are_shown_one_after_the_other),
        cmocka_unit_test(test_front__takes_a_picture_of_each_kind_of_screen),
        cmocka_unit_test(test_front__works_without_a_loudspeaker),
        cmocka_unit_test(test_front__escape_leaves_a_page_before_the_window),
        cmocka_unit_test(test_front__an_uncovered_or_resized_window_is_painted_once),
        cmocka_unit_test(test_front__the_privacy_notice_has_pages_to_turn),
        cmocka_unit_test(test_front__missing_fonts_are_a_clear_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
