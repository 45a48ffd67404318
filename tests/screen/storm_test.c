#define LOG_MODULE "screen"

// Hundreds of thousands of random events at a real front in kiosk mode: it is never left, nobody becomes staff, and
// nothing piles up.
#include "support/check.h"

#include "base/text.h"
#include "model/walk_stage.h"

#include <SDL.h>
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    ROUNDS = 400,
    EVENTS_A_ROUND = 768,        // 307,200 all together
    NEW_SIZE = 15,               // in so many window events that say so: everything is set in type anew then
    MOST_GROWTH_BYTES = 6 << 20, // caches breathe; 30 bytes lost an event would be 7 MB from there on
};

// ---- events ----

static uint64_t seed;

static uint32_t roll(uint32_t below) // xorshift64*: Vigna 2016
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * 0x2545F4914F6CDD1Dull) >> 32) % below;
}

static void roll_key(SDL_Event *event)
{
    static const SDL_Keycode keys[] = {
        SDLK_RETURN, SDLK_KP_ENTER, SDLK_ESCAPE,  SDLK_TAB,  SDLK_BACKSPACE,   SDLK_LEFT,  SDLK_RIGHT,
        SDLK_UP,     SDLK_DOWN,     SDLK_F1,      SDLK_F4,   SDLK_F11,         SDLK_F12,   SDLK_PRINTSCREEN,
        SDLK_SYSREQ, SDLK_PAUSE,    SDLK_LGUI,    SDLK_MENU, SDLK_APPLICATION, SDLK_POWER, SDLK_SLEEP,
        SDLK_EJECT,  SDLK_AC_HOME,  SDLK_AC_BACK, SDLK_WWW,  SDLK_c,           SDLK_q,     SDLK_DELETE};

    event->type = roll(4) == 0 ? SDL_KEYUP : SDL_KEYDOWN;
    event->key.keysym.sym = keys[roll(sizeof keys / sizeof *keys)];
    event->key.keysym.mod = roll(2) == 0 ? 0 : (Uint16)roll(65536);
    event->key.repeat = (Uint8)roll(2);
}

static void roll_text(SDL_Event *event)
{
    event->type = SDL_TEXTINPUT;
    for (size_t i = 0; i < sizeof event->text.text; i++) event->text.text[i] = (char)roll(256);
    if (roll(2) == 0) snprintf(event->text.text, sizeof event->text.text, "%u", roll(10));
}

static void roll_finger(SDL_Event *event)
{
    static const float odd[] = {-1, 2, NAN, INFINITY, 0, 1};

    event->type = roll(3) == 0 ? SDL_FINGERUP : roll(4) == 0 ? SDL_FINGERMOTION : SDL_FINGERDOWN;
    event->tfinger.fingerId = roll(5);
    event->tfinger.x = roll(50) == 0 ? odd[roll(6)] : (float)roll(1000) / 1000;
    event->tfinger.y = roll(50) == 0 ? odd[roll(6)] : (float)roll(1000) / 1000;
}

static void roll_mouse(SDL_Event *event)
{
    event->type = roll(3) == 0 ? SDL_MOUSEBUTTONUP : SDL_MOUSEBUTTONDOWN;
    event->button.button = (Uint8)(1 + roll(6));
    event->button.which = roll(3) == 0 ? SDL_TOUCH_MOUSEID : roll(3);
    event->button.x = (int)roll(5000) - 1000;
    event->button.y = (int)roll(5000) - 1000;
}

static void roll_window(SDL_Event *event)
{
    event->type = SDL_WINDOWEVENT;
    event->window.event = (Uint8)roll(20); // from SHOWN to DISPLAY_CHANGED, and beyond
    if (event->window.event == SDL_WINDOWEVENT_SIZE_CHANGED && roll(NEW_SIZE) != 0) event->window.event = 0;
    event->window.windowID = roll(5);
    event->window.data1 = (int)roll(4000);
    event->window.data2 = (int)roll(4000);
}

// A file's name comes in memory that is ours to free.
static void roll_drop(SDL_Event *event)
{
    static const Uint32 types[] = {SDL_DROPFILE, SDL_DROPTEXT, SDL_DROPBEGIN, SDL_DROPCOMPLETE};

    event->type = types[roll(4)];
    if (event->type == SDL_DROPFILE || event->type == SDL_DROPTEXT)
        event->drop.file = SDL_strdup("/media/stick/autorun.sh");
}

static void roll_other(SDL_Event *event)
{
    static const Uint32 types[] = {SDL_QUIT,          SDL_APP_TERMINATING, SDL_APP_WILLENTERBACKGROUND,
                                   SDL_MOUSEWHEEL,    SDL_MULTIGESTURE,    SDL_DOLLARGESTURE,
                                   SDL_KEYMAPCHANGED, SDL_DISPLAYEVENT,    SDL_TEXTEDITING,
                                   SDL_MOUSEMOTION,   SDL_USEREVENT,       SDL_CLIPBOARDUPDATE};

    event->type = types[roll(sizeof types / sizeof *types)];
}

static void push_anything(uint32_t now_ms)
{
    static void (*const rolls[])(SDL_Event *) = {roll_key,   roll_key,    roll_text, roll_finger, roll_finger,
                                                 roll_mouse, roll_window, roll_drop, roll_other};
    SDL_Event event = {0};

    rolls[roll(sizeof rolls / sizeof *rolls)](&event);
    event.common.timestamp = now_ms;
    if (SDL_PeepEvents(&event, 1, SDL_ADDEVENT, 0, 0) != 1 &&
        ( // not SDL_PushEvent: it would set the time
            event.type == SDL_DROPFILE || event.type == SDL_DROPTEXT))
        SDL_free(event.drop.file);
}

// ---- the kiosk in it ----

struct storm {
    struct stage stage;
    struct front *front;
    int64_t asked_count;
    char complaint[120]; // standard error is away, where the log goes
};

__attribute__((format(printf, 2, 3))) static void complain(struct storm *storm, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(storm->complaint, sizeof storm->complaint, format, arguments);
    va_end(arguments);
}

static void tell(struct stage *stage, const struct notice *notice)
{
    if (queue_put(&stage->notices, notice) != STATUS_OK) stage->mono_ms++; // the screen is behind: as the desk, not now
}

// The desk's answers to somebody without a PIN.
static void answer(struct stage *stage, const struct command *command)
{
    struct notice notice = {.kind = NOTICE_COUNT};

    if (command->kind == COMMAND_FIND) stage_found(&notice);
    if (command->kind == COMMAND_FIND && roll(2) == 0) notice = (struct notice){.kind = NOTICE_FOUND};
    if (command->kind == COMMAND_UNLOCK) notice = (struct notice){.kind = NOTICE_PIN, .wait_ms = (int)roll(2) * 5000};
    if (command->kind == COMMAND_WALK_IN) notice.kind = roll(3) == 0 ? NOTICE_NAMESAKE : NOTICE_WALK_IN;
    if (notice.kind == NOTICE_WALK_IN)
        for (notice.ticket_count = 0; notice.ticket_count < roll(3); notice.ticket_count++)
            memset(notice.tickets[notice.ticket_count], '7', TICKET_TEXT_SIZE - 1);
    tell(stage, &notice);
}

static bool is_clean(const struct command *command)
{
    bool is_utf8 = text_is_utf8(command->text, strlen(command->text));

    for (size_t i = 0; i < EVENT_MAX_FIELDS; i++) {
        const char *value = command->walk_in.values[i];
        is_utf8 &= strnlen(value, EVENT_VALUE_SIZE) < EVENT_VALUE_SIZE && text_is_utf8(value, strlen(value));
    }
    return is_utf8;
}

// What somebody without a session may ask; the walk-in's form among it.
static bool is_public(const struct command *command)
{
    switch (command->kind) {
    case COMMAND_FIND:
    case COMMAND_RETRY:
    case COMMAND_UNLOCK:
    case COMMAND_LOCK:
    case COMMAND_WALK_IN:
        return command->session == 0;
    case COMMAND_REMEMBER: // of what a guest may choose
        return strncmp(command->text, "large_text=", 11) == 0 || strncmp(command->text, "language=", 9) == 0;
    case COMMAND_PRACTISE: // leaving practice is one tap
        return command->number == 0;
    case COMMAND_TOUCH:
    case COMMAND_PERSON:
    case COMMAND_TICKET:
    case COMMAND_ADMIT:
    case COMMAND_FORCE:
    case COMMAND_EXIT:
    case COMMAND_UNDO:
    case COMMAND_ROUND:
    case COMMAND_STOCK:
    case COMMAND_SERVE:
    case COMMAND_SCHEDULE:
    case COMMAND_SEARCH:
    case COMMAND_MISSING:
    case COMMAND_RECENT:
    case COMMAND_CENSUS:
    case COMMAND_PAIR:
    case COMMAND_EXPORT:
    case COMMAND_SYNC:
    case COMMAND_HUB:
        break;
    }
    return false;
}

static void happen(struct storm *storm)
{
    struct stage *stage = &storm->stage;
    struct command command;
    struct notice notice;

    if (roll(10) == 0) {
        stage_notice(roll(2) == 0 ? REASON_OK : REASON_INVALID, &notice);
        notice.mono_ms = stage->mono_ms;
        tell(stage, &notice);
    }
    if (roll(20) == 0) stage_camera(stage, roll(2) == 0);
    while (queue_take(&stage->commands, &command)) {
        if (!is_public(&command))
            complain(storm, "command %d with session %llu", command.kind, (unsigned long long)command.session);
        if (!is_clean(&command)) complain(storm, "a command's text is not UTF-8");
        answer(stage, &command);
        storm->asked_count++;
    }
}

static size_t held_bytes(void)
{
    return mallinfo2().uordblks; // 0 under a sanitizer, which looks for leaks itself
}

// The log names every page that was shown.
static void look_at_log(const char *path, int *turns_out, int *forms_out)
{
    char line[256];
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (strstr(line, "screen: staff")) fail_msg("%s", line);
        *turns_out += strstr(line, " shown") != NULL;
        *forms_out += strstr(line, "walk in") || strstr(line, "hand entry") || strstr(line, "pin shown");
    }
    fclose(file);
}

static void open_front(struct storm *storm)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    *storm = (struct storm){0};
    stage_init(&storm->stage);
    walk_stage_rules(&storm->stage.event.walk_ins);
    struct front_config config = stage_front_config(&storm->stage, 800, 480);
    config.is_fullscreen = true;
    config.volume = 0;
    assert_int_equal(front_open(&config, &storm->front), STATUS_OK);
}

static void let_anything_happen(struct storm *storm)
{
    size_t after_a_while = 0;
    uint32_t now_ms = 0;

    for (int round = 0; round < ROUNDS && !storm->complaint[0]; round++) {
        for (int i = 0; i < EVENTS_A_ROUND; i++) push_anything(now_ms += roll(200));
        for (int step = 0; step < 3; step++) front_step(storm->front, storm->stage.mono_ms);
        storm->stage.mono_ms += 20 + roll(3000);
        happen(storm);
        if (front_is_over(storm->front)) complain(storm, "the window was closed");
        if (front_wants_shut_down(storm->front)) complain(storm, "the machine would be switched off");
        if (round == ROUNDS / 4) after_a_while = held_bytes();
    }
    if (held_bytes() > after_a_while + MOST_GROWTH_BYTES)
        complain(storm, "%zu bytes held after a quarter, %zu at the end", after_a_while, held_bytes());
}

static void test_storm__nothing_at_all_leaves_the_kiosk(void **state)
{
    char path[] = "/tmp/einlass-lockdown-XXXXXX";
    int log = mkstemp(path), before = dup(STDERR_FILENO), turns = 0, forms = 0;
    struct storm storm;

    (void)state;
    assert_true(log >= 0);
    dup2(log, STDERR_FILENO);
    seed = 20261122;
    open_front(&storm);
    let_anything_happen(&storm);
    front_close(storm.front);
    stage_destroy(&storm.stage);
    dup2(before, STDERR_FILENO);
    close(before);
    close(log);
    look_at_log(path, &turns, &forms);
    unlink(path);
    if (storm.complaint[0]) fail_msg("%s", storm.complaint);
    print_message("%d pages shown, %d of them forms, %lld commands\n", turns, forms, (long long)storm.asked_count);
    assert_true(turns > 100 && forms > 10 && storm.asked_count > 10); // it was no dead screen
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_storm__nothing_at_all_leaves_the_kiosk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
