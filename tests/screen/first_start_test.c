// The first start through the real front on SDL's dummy driver: no event, one page, a code that is typed, and how it
// goes on from there.
#include "support/check.h"

#include "screen/stage.h"

#include <SDL.h>
#include <stdlib.h>

struct fixture {
    struct stage stage;
    struct mailbox states;
    struct front *front;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    stage_init(&f->stage);
    mailbox_init(&f->states, sizeof(struct sync_state), NULL);
    struct front_config config = stage_front_config(&f->stage, 800, 480);
    config.event = NULL;
    config.list = NULL;
    config.rows = config.readiness = NULL;
    config.states = &f->states;
    if (front_open(&config, &f->front) != STATUS_OK) return -1;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    front_close(f->front);
    mailbox_destroy(&f->states);
    stage_destroy(&f->stage);
    free(f);
    return 0;
}

static void run(struct fixture *f, int ms)
{
    for (int passed = 0; passed < ms; passed += 20) {
        front_step(f->front, f->stage.mono_ms);
        f->stage.mono_ms += 20;
    }
}

static void press(struct fixture *f, SDL_Keycode code)
{
    SDL_Event event = {.type = SDL_KEYDOWN};

    event.key.keysym.sym = code;
    SDL_PushEvent(&event);
    run(f, 40);
}

// Slower than any scanner.
static void type(struct fixture *f, const char *letters)
{
    Uint32 now_ms = SDL_GetTicks() + 10000;

    for (; *letters; letters++, now_ms += 400) {
        SDL_Event event = {.type = SDL_TEXTINPUT};
        event.text.text[0] = *letters;
        event.common.timestamp = now_ms;
        SDL_PeepEvents(&event, 1, SDL_ADDEVENT, 0, 0);
        run(f, 20);
    }
}

static void tell(struct fixture *f, const struct sync_state *state)
{
    *(struct sync_state *)mailbox_writable(&f->states) = *state;
    mailbox_put(&f->states);
    run(f, 40);
}

static void test_first_start__a_typed_code_goes_out_and_is_drawn_on(void **state)
{
    struct fixture *f = *state;
    struct command command;

    run(f, 100);
    assert_int_equal(front_page(f->front), PAGE_PAIRING);
    type(f, "einlass-pair/1 x");
    press(f, SDLK_RETURN);
    assert_true(queue_take(&f->stage.commands, &command));
    assert_int_equal(command.kind, COMMAND_PAIR);
    assert_string_equal(command.text, "EINLASS-PAIR/1 X");
    uint64_t drawn = front_drawn_count(f->front);
    stage_tell(&f->stage, &(struct notice){.kind = NOTICE_DONE, .asked = COMMAND_PAIR, .is_found = true});
    run(f, 100);
    assert_true(front_drawn_count(f->front) > drawn);
    drawn = front_drawn_count(f->front);
    tell(f, &(struct sync_state){.is_pairing = true});
    tell(f, &(struct sync_state){.pair_trouble = SYNC_WRONG_KEY});
    assert_true(front_drawn_count(f->front) > drawn);
    assert_int_equal(front_page(f->front), PAGE_PAIRING);
}

static void test_first_start__escape_leaves_the_keyboard_before_the_window(void **state)
{
    struct fixture *f = *state;

    run(f, 40);
    type(f, "a");
    press(f, SDLK_ESCAPE);
    assert_false(front_is_over(f->front));
    press(f, SDLK_ESCAPE);
    assert_true(front_is_over(f->front));
}

static void test_first_start__nothing_leads_to_the_door(void **state)
{
    static const SDL_Keycode keys[] = {SDLK_F1, SDLK_TAB, SDLK_RETURN, SDLK_DOWN, SDLK_RETURN, SDLK_BACKSPACE};
    struct fixture *f = *state;

    run(f, 40);
    for (size_t i = 0; i < 10 * sizeof keys / sizeof *keys; i++) {
        press(f, keys[i % (sizeof keys / sizeof *keys)]);
        assert_int_equal(front_page(f->front), PAGE_PAIRING);
    }
    run(f, 2 * MODEL_IDLE_MS);
    assert_int_equal(front_page(f->front), PAGE_PAIRING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_first_start__a_typed_code_goes_out_and_is_drawn_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_first_start__escape_leaves_the_keyboard_before_the_window, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_first_start__nothing_leads_to_the_door, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("screen/first_start", tests, NULL, NULL);
}
