// From the corner to somebody let in, through the real front on SDL's dummy driver: touches, keys, queues, mailboxes.
#include "support/check.h"

#include "base/text.h"
#include "screen/corner.h"
#include "screen/stage.h"

#include <SDL.h>
#include <stdlib.h>

enum { SESSION = 77 };

struct fixture {
    struct stage stage;
    struct front *front;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    stage_init(&f->stage);
    struct front_config config = stage_front_config(&f->stage, 800, 480);
    if (front_open(&config, &f->front) != STATUS_OK) return -1;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    front_close(f->front);
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

static void key(struct fixture *f, SDL_Keycode code)
{
    SDL_Event event = {.type = SDL_KEYDOWN};

    event.key.keysym.sym = code;
    SDL_PushEvent(&event);
    run(f, 20);
}

// Slower than any scanner.
static void type(struct fixture *f, const char *letters)
{
    static const Uint32 pause_ms = 400;
    Uint32 now_ms = SDL_GetTicks() + 10000;

    for (; *letters; letters++, now_ms += pause_ms) {
        SDL_Event event = {.type = SDL_TEXTINPUT};
        event.text.text[0] = *letters;
        event.common.timestamp = now_ms;
        SDL_PeepEvents(&event, 1, SDL_ADDEVENT, 0, 0);
        run(f, 20);
    }
}

static void finger(struct fixture *f, SDL_EventType kind, float x, float y)
{
    SDL_Event event = {.type = kind};

    event.tfinger.x = x;
    event.tfinger.y = y;
    event.tfinger.timestamp = SDL_GetTicks();
    SDL_PushEvent(&event);
    run(f, 20);
}

static void tap(struct fixture *f, float x, float y)
{
    finger(f, SDL_FINGERDOWN, x, y);
    finger(f, SDL_FINGERUP, x, y);
}

static bool takes(struct fixture *f, enum command_kind kind, struct command *out)
{
    return queue_take(&f->stage.commands, out) && out->kind == kind;
}

// The PIN's page is the only one where four digits and Enter ask for a session.
static bool is_asked_for_the_pin(struct fixture *f)
{
    struct command command;

    type(f, "4711");
    key(f, SDLK_RETURN);
    return takes(f, COMMAND_UNLOCK, &command) && !strcmp(command.text, "4711");
}

static void test_staff_door__a_finger_held_on_the_corner_opens_it(void **state)
{
    struct fixture *f = *state;

    run(f, 40);
    finger(f, SDL_FINGERDOWN, 0.97f, 0.05f);
    run(f, CORNER_HOLD_MS);
    finger(f, SDL_FINGERUP, 0.97f, 0.05f);
    assert_true(is_asked_for_the_pin(f));
}

static void test_staff_door__a_tap_on_the_corner_doesn_t(void **state)
{
    struct fixture *f = *state;

    run(f, 40);
    tap(f, 0.97f, 0.05f);
    run(f, 2 * CORNER_HOLD_MS);
    assert_false(is_asked_for_the_pin(f));
}

static void test_staff_door__a_hold_elsewhere_doesn_t(void **state)
{
    struct fixture *f = *state;

    run(f, 40);
    finger(f, SDL_FINGERDOWN, 0.5f, 0.5f);
    run(f, 2 * CORNER_HOLD_MS);
    assert_false(is_asked_for_the_pin(f));
}

static void test_staff_door__leads_to_somebody_let_in(void **state)
{
    struct fixture *f = *state;
    struct command command;
    struct notice notice = {.kind = NOTICE_UNLOCKED, .session = SESSION};

    run(f, 40);
    key(f, SDLK_F1);
    assert_true(is_asked_for_the_pin(f));
    stage_tell(&f->stage, &notice);
    run(f, 40);
    type(f, "mu"); // on the menu: whoever types looks for somebody
    assert_true(takes(f, COMMAND_SEARCH, &command));
    assert_true(command.session == SESSION);
    assert_string_equal(command.text, "mu");
    stage_rows(ROWS_FOUND, 3, mailbox_writable(&f->stage.rows));
    mailbox_put(&f->stage.rows);
    run(f, 40);
    key(f, SDLK_DOWN); // the first of them
    key(f, SDLK_RETURN);
    assert_true(takes(f, COMMAND_PERSON, &command));
    assert_true(command.ticket == 100 && command.session == SESSION);
    stage_person(&notice);
    notice.earlier_unix_ms = 0;
    stage_tell(&f->stage, &notice);
    run(f, MODEL_LOOK_MS + 40);
    key(f, SDLK_RETURN); // what the page is for
    assert_true(takes(f, COMMAND_ADMIT, &command));
    assert_true(command.ticket == notice.ticket && command.session == SESSION);
    stage_notice(REASON_OK, &notice);
    notice.asked = COMMAND_ADMIT;
    stage_tell(&f->stage, &notice);
    run(f, MODEL_OVER_FORM_MS + 200);
    for (int i = 0; i < 2; i++) key(f, SDLK_ESCAPE); // from the list to the menu, and out
    run(f, 40);
    while (queue_take(&f->stage.commands, &command) && command.kind != COMMAND_LOCK) {}
    assert_int_equal(command.kind, COMMAND_LOCK);
    assert_false(front_is_over(f->front));
}

static void test_staff_door__switches_the_machine_off(void **state)
{
    struct fixture *f = *state;
    struct notice unlocked = {.kind = NOTICE_UNLOCKED, .session = SESSION};

    run(f, 40);
    key(f, SDLK_F1);
    stage_tell(&f->stage, &unlocked);
    run(f, 40);
    tap(f, 0.5f, 0.72f); // the last button of the menu
    assert_false(front_wants_shut_down(f->front));
    tap(f, 0.25f, 0.75f); // and the page's own
    assert_true(front_wants_shut_down(f->front));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_staff_door__##name, set_up, tear_down)
        TEST(a_finger_held_on_the_corner_opens_it),
        TEST(a_tap_on_the_corner_doesn_t),
        TEST(a_hold_elsewhere_doesn_t),
        TEST(leads_to_somebody_let_in),
        TEST(switches_the_machine_off),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
