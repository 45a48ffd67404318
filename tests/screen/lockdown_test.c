#define LOG_MODULE "screen"

// What nobody in front of a kiosk can do, whatever they press, touch, plug in or send: leave it, or become staff.
#include "support/check.h"

#include "base/text.h"
#include "screen/screen.h"
#include "screen/stage.h"

#include <SDL.h>
#include <stdlib.h>

struct kiosk {
    struct stage stage;
    struct front *front;
    SDL_Window *window;
};

// The newest window there is: ids count on through the process.
static SDL_Window *newest_window(void)
{
    SDL_Window *window = NULL;

    for (Uint32 id = 1; id < 1000; id++)
        if (SDL_GetWindowFromID(id)) window = SDL_GetWindowFromID(id);
    return window;
}

static void open_kiosk(struct kiosk *kiosk)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    stage_init(&kiosk->stage);
    struct front_config config = stage_front_config(&kiosk->stage, 800, 480);
    config.is_fullscreen = true;
    config.volume = 0;
    assert_int_equal(front_open(&config, &kiosk->front), STATUS_OK);
    kiosk->window = newest_window();
    assert_non_null(kiosk->window);
}

static void close_kiosk(struct kiosk *kiosk)
{
    front_close(kiosk->front);
    stage_destroy(&kiosk->stage);
}

static void run(struct kiosk *kiosk, int ms)
{
    for (int passed = 0; passed < ms; passed += 20) {
        front_step(kiosk->front, kiosk->stage.mono_ms);
        kiosk->stage.mono_ms += 20;
    }
}

// By a clock of our own; SDL_PushEvent would take the machine's.
static void push(const struct kiosk *kiosk, const SDL_Event *event)
{
    SDL_Event copy = *event;

    copy.common.timestamp = (Uint32)kiosk->stage.mono_ms;
    (void)SDL_PeepEvents(&copy, 1, SDL_ADDEVENT, 0, 0); // a full queue of SDL's is one more thing that may happen
}

// ---- the display ----

static void test_lockdown__the_display_is_taken_whole(void **state)
{
    struct kiosk kiosk;

    (void)state;
    open_kiosk(&kiosk);
    run(&kiosk, 100);
    assert_true(SDL_GetWindowFlags(kiosk.window) & SDL_WINDOW_KEYBOARD_GRABBED); // as soon as it has the keyboard
    assert_true(SDL_GetWindowFlags(kiosk.window) & SDL_WINDOW_ALWAYS_ON_TOP);
    assert_int_equal(SDL_ShowCursor(SDL_QUERY), SDL_DISABLE);
    assert_false(SDL_IsScreenSaverEnabled());
    assert_string_equal(SDL_GetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS), "0");
    close_kiosk(&kiosk);
}

static bool is_whole_screen(const struct kiosk *kiosk)
{
    Uint32 flags = SDL_GetWindowFlags(kiosk->window);

    return (flags & SDL_WINDOW_SHOWN) && !(flags & SDL_WINDOW_MINIMIZED) &&
           (flags & SDL_WINDOW_FULLSCREEN_DESKTOP) == SDL_WINDOW_FULLSCREEN_DESKTOP;
}

static void test_lockdown__a_window_that_was_taken_away_comes_back(void **state)
{
    struct kiosk kiosk;

    (void)state;
    open_kiosk(&kiosk);
    run(&kiosk, 100);
    assert_true(is_whole_screen(&kiosk));
    SDL_HideWindow(kiosk.window);
    assert_false(is_whole_screen(&kiosk));
    run(&kiosk, 2 * SCREEN_HOLD_MS);
    assert_true(is_whole_screen(&kiosk));
    SDL_SetWindowFullscreen(kiosk.window, 0);
    assert_false(is_whole_screen(&kiosk));
    run(&kiosk, 2 * SCREEN_HOLD_MS);
    assert_true(is_whole_screen(&kiosk));
    assert_false(front_is_over(kiosk.front));
    close_kiosk(&kiosk);
}

// ---- text ----

static void send_text(const struct kiosk *kiosk, const char *bytes, size_t length)
{
    SDL_Event event = {.type = SDL_TEXTINPUT};

    assert_true(length <= sizeof event.text.text);
    memset(event.text.text, 'X', sizeof event.text.text); // no NUL where the sender left none
    memcpy(event.text.text, bytes, length);
    if (length < sizeof event.text.text) event.text.text[length] = '\0';
    push(kiosk, &event);
}

static void open_hand_entry(struct kiosk *kiosk)
{
    SDL_Event event = {.type = SDL_FINGERDOWN};

    run(kiosk, 40);
    event.tfinger.x = 0.87f;
    event.tfinger.y = 0.93f;
    push(kiosk, &event);
    event.type = SDL_FINGERUP;
    push(kiosk, &event);
    run(kiosk, 2000); // a burst of keys belongs together
}

static void press(const struct kiosk *kiosk, SDL_Keycode key, Uint16 modifiers)
{
    SDL_Event event = {.type = SDL_KEYDOWN};

    event.key.keysym.sym = key;
    event.key.keysym.mod = modifiers;
    push(kiosk, &event);
}

static void type_one(struct kiosk *kiosk, const char *bytes, size_t length)
{
    send_text(kiosk, bytes, length);
    run(kiosk, 200); // as a hand types: not what a scanner would
}

static void test_lockdown__text_is_whole_utf8_or_nothing(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } refused[] = {{"\xC3", 1},
                   {"ab\xF0\x9F\x98", 5},
                   {"\x1B[2J", 4},
                   {"a\nb", 3},
                   {"\xED\xA0\x80", 3},
                   {"\xFF\xFE", 2},
                   {"\xE2\x80\xAE"
                    "a",
                    4},
                   {"", 0}};
    struct command command;
    struct kiosk kiosk;

    (void)state;
    open_kiosk(&kiosk);
    open_hand_entry(&kiosk);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) type_one(&kiosk, refused[i].bytes, refused[i].length);
    type_one(&kiosk, "\xC3\xB6", 2);
    run(&kiosk, 400);
    press(&kiosk, SDLK_RETURN, 0);
    run(&kiosk, 40);
    assert_true(queue_take(&kiosk.stage.commands, &command));
    assert_string_equal(command.text, "\xC3\xB6");
    close_kiosk(&kiosk);
}

static void test_lockdown__text_without_an_end_is_bounded(void **state)
{
    char flood[SDL_TEXTINPUTEVENT_TEXT_SIZE];
    struct command command;
    struct kiosk kiosk;

    (void)state;
    memset(flood, '7', sizeof flood); // 32 bytes, no NUL
    open_kiosk(&kiosk);
    open_hand_entry(&kiosk);
    for (int i = 0; i < 10000; i++) send_text(&kiosk, flood, sizeof flood);
    run(&kiosk, 2000);
    run(&kiosk, 400);
    press(&kiosk, SDLK_RETURN, 0);
    run(&kiosk, 40);
    if (queue_take(&kiosk.stage.commands, &command)) // so quick a typist is a scanner: likely nothing was typed
        assert_true(strlen(command.text) < COMMAND_TEXT_SIZE && text_is_utf8(command.text, strlen(command.text)));
    close_kiosk(&kiosk);
}

// ---- chords and fingers ----

static void test_lockdown__chords_mean_nothing(void **state)
{
    static const Uint16 modifiers[] = {KMOD_LCTRL, KMOD_RCTRL, KMOD_LALT, KMOD_LGUI, KMOD_RGUI, KMOD_LCTRL | KMOD_LALT};
    static const SDL_Keycode keys[] = {SDLK_RETURN, SDLK_TAB,       SDLK_ESCAPE, SDLK_F1,     SDLK_F4,
                                       SDLK_c,      SDLK_q,         SDLK_w,      SDLK_DELETE, SDLK_PRINTSCREEN,
                                       SDLK_SYSREQ, SDLK_BACKSPACE, SDLK_UP};
    struct command command;
    struct kiosk kiosk;

    (void)state;
    open_kiosk(&kiosk);
    open_hand_entry(&kiosk);
    type_one(&kiosk, "4", 1);
    uint64_t drawn = front_drawn_count(kiosk.front);
    for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers; i++)
        for (size_t j = 0; j < sizeof keys / sizeof *keys; j++) press(&kiosk, keys[j], modifiers[i]);
    run(&kiosk, 400);
    assert_int_equal(front_drawn_count(kiosk.front), drawn); // nothing moved
    assert_false(queue_take(&kiosk.stage.commands, &command));
    assert_false(front_is_over(kiosk.front));
    close_kiosk(&kiosk);
}

static void test_lockdown__a_third_finger_does_nothing(void **state)
{
    SDL_Event event = {.type = SDL_FINGERDOWN};
    struct kiosk kiosk;

    (void)state;
    open_kiosk(&kiosk);
    run(&kiosk, 100);
    for (int finger = 0; finger < 2; finger++) { // two rest where nothing is
        event.tfinger.fingerId = finger;
        event.tfinger.x = event.tfinger.y = 0.5f;
        push(&kiosk, &event);
    }
    run(&kiosk, 40);
    uint64_t drawn = front_drawn_count(kiosk.front);
    event.tfinger.fingerId = 2;
    event.tfinger.x = 0.87f; // "Ohne Ticket?"
    event.tfinger.y = 0.93f;
    push(&kiosk, &event);
    run(&kiosk, 40);
    assert_int_equal(front_drawn_count(kiosk.front), drawn);
    event.type = SDL_FINGERUP;
    event.tfinger.fingerId = 0;
    push(&kiosk, &event);
    event.type = SDL_FINGERDOWN;
    event.tfinger.fingerId = 3;
    push(&kiosk, &event);
    run(&kiosk, 40);
    assert_true(front_drawn_count(kiosk.front) > drawn); // there is room for it again
    close_kiosk(&kiosk);
}

static void test_lockdown__only_the_left_button_and_a_finger_press(void **state)
{
    static const Uint32 others[] = {SDL_MOUSEWHEEL, SDL_MULTIGESTURE, SDL_DOLLARGESTURE, SDL_FINGERMOTION,
                                    SDL_DROPBEGIN,  SDL_DROPCOMPLETE, SDL_MOUSEMOTION,   SDL_FINGERUP};
    SDL_Event event = {.type = SDL_MOUSEBUTTONDOWN};
    struct kiosk kiosk;

    (void)state;
    open_kiosk(&kiosk);
    run(&kiosk, 100);
    uint64_t drawn = front_drawn_count(kiosk.front);
    event.button.x = 890; // "Ohne Ticket?"
    event.button.y = 714;
    for (int button = 2; button <= 6; button++) {
        event.button.button = (Uint8)button;
        push(&kiosk, &event);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) push(&kiosk, &(SDL_Event){.type = others[i]});
    push(&kiosk, &(SDL_Event){.drop = {.type = SDL_DROPFILE, .file = SDL_strdup("/media/stick/autorun.sh")}});
    run(&kiosk, 200);
    assert_int_equal(front_drawn_count(kiosk.front), drawn);
    event.button.button = SDL_BUTTON_LEFT;
    push(&kiosk, &event);
    run(&kiosk, 200);
    assert_true(front_drawn_count(kiosk.front) > drawn); // the place is right
    close_kiosk(&kiosk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lockdown__the_display_is_taken_whole),
        cmocka_unit_test(test_lockdown__a_window_that_was_taken_away_comes_back),
        cmocka_unit_test(test_lockdown__text_is_whole_utf8_or_nothing),
        cmocka_unit_test(test_lockdown__text_without_an_end_is_bounded),
        cmocka_unit_test(test_lockdown__chords_mean_nothing),
        cmocka_unit_test(test_lockdown__only_the_left_button_and_a_finger_press),
        cmocka_unit_test(test_lockdown__a_third_finger_does_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
