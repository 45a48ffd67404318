// input.h -- what people do to the screen, free of SDL: touches, text, keys.
// On KMSDRM a touch comes as a finger event only, under X11 some touches come as finger *and* mouse: counted once.
#ifndef EINLASS_SCREEN_INPUT_H
#define EINLASS_SCREEN_INPUT_H

#include "screen/burst.h"

#include <stdbool.h>
#include <stdint.h>

enum input_kind {
    INPUT_TOUCH,   // finger or mouse button went down at x, y
    INPUT_RELEASE, // and up again
    INPUT_TEXT,
    INPUT_TAKE_BACK, // the last x characters were nobody's (burst.h)
    INPUT_ENTER,
    INPUT_ERASE,
    INPUT_STEP,  // Tab: x is 1, with Shift -1
    INPUT_ARROW, // x, y: right, down
    INPUT_ESCAPE,
    INPUT_STAFF,  // F1
    INPUT_CLOSE,  // the window's button
    INPUT_REDRAW, // the window was uncovered
    INPUT_RESET,  // it has another size, or the renderer lost its textures
};

enum { INPUT_TEXT_SIZE = 32 };

struct input {
    enum input_kind kind;
    int x, y;
    char text[INPUT_TEXT_SIZE]; // INPUT_TEXT, UTF-8
};

enum { INPUT_MOST_FINGERS = 2 }; // at once: two thumbs type; more are a palm, a gesture, or a child

struct input_finger {
    int64_t touch, id;
    uint32_t down_ms;
    bool is_down;
};

struct input_state {
    bool has_finger;
    uint32_t finger_ms; // of the last finger, SDL's time
    struct input_finger fingers[INPUT_MOST_FINGERS];
    struct burst burst;
};

// Whatever no screen needs (wheels, dropped files, gestures, pens, joysticks) isn't even queued. Once, with the window.
void input_refuse(void);

// The next one that means something; false when there is none. Finger places are fractions of width and height.
// Keys together with Ctrl, Alt or Super mean nothing: no chord does anything. Text is whole, valid UTF-8 without
// control characters, or it is nothing.
bool input_next(struct input_state *state, int width_px, int height_px, struct input *out);

#endif
