#include "ui/input.h"

#include "base/text.h"

#include <SDL.h>

enum { TWIN_MS = 700 }; // a mouse event this soon after a finger is the same touch

// Keys that mean something by themselves; characters come as text.
static const struct {
    SDL_Keycode key;
    struct input input;
} keys[] = {
    {SDLK_RETURN, {.kind = INPUT_ENTER}},        {SDLK_KP_ENTER, {.kind = INPUT_ENTER}},
    {SDLK_BACKSPACE, {.kind = INPUT_ERASE}},     {SDLK_ESCAPE, {.kind = INPUT_ESCAPE}},
    {SDLK_TAB, {.kind = INPUT_STEP, .x = 1}},    {SDLK_LEFT, {.kind = INPUT_ARROW, .x = -1}},
    {SDLK_RIGHT, {.kind = INPUT_ARROW, .x = 1}}, {SDLK_UP, {.kind = INPUT_ARROW, .y = -1}},
    {SDLK_DOWN, {.kind = INPUT_ARROW, .y = 1}},
};

static bool read_key(const SDL_KeyboardEvent *event, struct input *out)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].key != event->keysym.sym) continue;
        *out = keys[i].input;
        if (out->kind == INPUT_STEP && (event->keysym.mod & KMOD_SHIFT)) out->x = -1;
        return true;
    }
    return false;
}

static bool read_finger(struct input_state *state, const SDL_TouchFingerEvent *event, int width_px, int height_px,
                        struct input *out)
{
    state->has_finger = true;
    state->finger_ms = event->timestamp;
    *out = (struct input){
        .kind = INPUT_TOUCH, .x = (int)(event->x * (float)width_px), .y = (int)(event->y * (float)height_px)};
    return true;
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
        *out = (struct input){.kind = INPUT_TEXT};
        text_copy(out->text, sizeof out->text, event->text.text);
        return true;
    case SDL_FINGERDOWN:
        return read_finger(state, &event->tfinger, width_px, height_px, out);
    case SDL_MOUSEBUTTONDOWN:
        return read_mouse(state, &event->button, out);
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

bool input_next(struct input_state *state, int width_px, int height_px, struct input *out)
{
    SDL_Event event;

    while (SDL_PollEvent(&event))
        if (read_event(state, &event, width_px, height_px, out) &&
            burst_pass(&state->burst, out, event.common.timestamp))
            return true;
    return false;
}
