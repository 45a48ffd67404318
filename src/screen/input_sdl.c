#include "screen/input.h"

#include "base/text.h"

#include <SDL.h>
#include <string.h>

enum {
    TWIN_MS = 700,     // a mouse event this soon after a finger is the same touch
    FORGET_MS = 10000, // a finger whose lifting was never told
    CHORD = KMOD_CTRL | KMOD_ALT | KMOD_GUI,
};

// Keys that mean something by themselves; characters come as text.
static const struct {
    SDL_Keycode key;
    struct input input;
} keys[] = {
    {SDLK_RETURN, {.kind = INPUT_ENTER}},
    {SDLK_KP_ENTER, {.kind = INPUT_ENTER}},
    {SDLK_BACKSPACE, {.kind = INPUT_ERASE}},
    {SDLK_ESCAPE, {.kind = INPUT_ESCAPE}},
    {SDLK_F1, {.kind = INPUT_STAFF}},
    {SDLK_TAB, {.kind = INPUT_STEP, .x = 1}},
    {SDLK_LEFT, {.kind = INPUT_ARROW, .x = -1}},
    {SDLK_RIGHT, {.kind = INPUT_ARROW, .x = 1}},
    {SDLK_UP, {.kind = INPUT_ARROW, .y = -1}},
    {SDLK_DOWN, {.kind = INPUT_ARROW, .y = 1}},
};

static bool read_key(const SDL_KeyboardEvent *event, struct input *out)
{
    if (event->keysym.mod & CHORD) return false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].key != event->keysym.sym) continue;
        *out = keys[i].input;
        if (out->kind == INPUT_STEP && (event->keysym.mod & KMOD_SHIFT)) out->x = -1;
        return true;
    }
    return false;
}

// False: too many fingers are on the screen already.
static bool put_down(struct input_state *state, const SDL_TouchFingerEvent *event)
{
    struct input_finger *place = NULL;

    for (size_t i = 0; i < INPUT_MOST_FINGERS; i++) {
        struct input_finger *finger = &state->fingers[i];
        bool is_same = finger->touch == event->touchId && finger->id == event->fingerId;
        if (is_same || !finger->is_down || event->timestamp - finger->down_ms > FORGET_MS) place = finger;
        if (is_same) break;
    }
    if (place) *place = (struct input_finger){event->touchId, event->fingerId, event->timestamp, true};
    return place != NULL;
}

static void lift(struct input_state *state, const SDL_TouchFingerEvent *event)
{
    for (size_t i = 0; i < INPUT_MOST_FINGERS; i++) {
        struct input_finger *finger = &state->fingers[i];
        if (finger->touch == event->touchId && finger->id == event->fingerId) finger->is_down = false;
    }
}

// Drivers have been seen to tell places off the screen.
static int place_px(float fraction, int length_px)
{
    if (!(fraction > 0)) return 0;
    return fraction < 1 ? (int)(fraction * (float)length_px) : length_px - 1;
}

static bool read_finger(struct input_state *state, const SDL_TouchFingerEvent *event, int width_px, int height_px,
                        struct input *out)
{
    state->has_finger = true;
    state->finger_ms = event->timestamp;
    if (!put_down(state, event)) return false;
    *out = (struct input){.kind = INPUT_TOUCH, .x = place_px(event->x, width_px), .y = place_px(event->y, height_px)};
    return true;
}

static bool read_text(const SDL_TextInputEvent *event, struct input *out)
{
    char text[sizeof event->text + 1] = "";

    memcpy(text, event->text, strnlen(event->text, sizeof event->text));
    *out = (struct input){.kind = INPUT_TEXT};
    text_make_showable(out->text, sizeof out->text, text, strlen(text));
    return text[0] != '\0' && strcmp(text, out->text) == 0; // nothing had to be left out
}

static bool read_mouse(const struct input_state *state, const SDL_MouseButtonEvent *event, struct input *out)
{
    if (event->which == SDL_TOUCH_MOUSEID || event->button != SDL_BUTTON_LEFT) return false;
    if (state->has_finger && event->timestamp - state->finger_ms < TWIN_MS) return false;
    *out = (struct input){.kind = INPUT_TOUCH, .x = event->x, .y = event->y};
    return true;
}

static bool read_window(const SDL_WindowEvent *event, struct input *out)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_CLOSE:
        *out = (struct input){.kind = INPUT_CLOSE};
        return true;
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_RESTORED:
        *out = (struct input){.kind = INPUT_REDRAW};
        return true;
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        *out = (struct input){.kind = INPUT_RESET};
        return true;
    default:
        return false;
    }
}

static bool read_event(struct input_state *state, const SDL_Event *event, int width_px, int height_px,
                       struct input *out)
{
    switch (event->type) {
    case SDL_KEYDOWN:
        return read_key(&event->key, out);
    case SDL_TEXTINPUT:
        return read_text(&event->text, out);
    case SDL_FINGERDOWN:
        return read_finger(state, &event->tfinger, width_px, height_px, out);
    case SDL_FINGERUP:
        lift(state, &event->tfinger);
        *out = (struct input){.kind = INPUT_RELEASE};
        return true;
    case SDL_MOUSEBUTTONUP:
        *out = (struct input){.kind = INPUT_RELEASE};
        return event->button.button == SDL_BUTTON_LEFT;
    case SDL_MOUSEBUTTONDOWN:
        return read_mouse(state, &event->button, out);
    case SDL_DROPFILE:
    case SDL_DROPTEXT:
        SDL_free(event->drop.file); // refused, but one may have been under way
        return false;
    case SDL_WINDOWEVENT:
        return read_window(&event->window, out);
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
        *out = (struct input){.kind = INPUT_RESET};
        return true;
    case SDL_QUIT:
        *out = (struct input){.kind = INPUT_CLOSE};
        return true;
    default:
        return false;
    }
}

void input_refuse(void)
{
    static const Uint32 refused[] = {
        SDL_MOUSEWHEEL,    SDL_TEXTEDITING,           SDL_DROPFILE,       SDL_DROPTEXT,
        SDL_DROPBEGIN,     SDL_DROPCOMPLETE,          SDL_DOLLARGESTURE,  SDL_DOLLARRECORD,
        SDL_MULTIGESTURE,  SDL_CLIPBOARDUPDATE,       SDL_JOYDEVICEADDED, SDL_JOYBUTTONDOWN,
        SDL_JOYAXISMOTION, SDL_CONTROLLERDEVICEADDED, SDL_SENSORUPDATE,   SDL_KEYMAPCHANGED,
        SDL_SYSWMEVENT,
    };

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) SDL_EventState(refused[i], SDL_IGNORE);
}

bool input_next(struct input_state *state, int width_px, int height_px, struct input *out)
{
    SDL_Event event;

    while (SDL_PollEvent(&event))
        if (read_event(state, &event, width_px, height_px, out) &&
            burst_pass(&state->burst, out, event.common.timestamp))
            return true;
    return false;
}
