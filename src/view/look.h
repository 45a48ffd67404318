// look.h -- the colours of the house, as rgb. Contrast of text on ground is 7:1 or more; a test computes it.
#ifndef EINLASS_VIEW_LOOK_H
#define EINLASS_VIEW_LOOK_H

#include <stdint.h>

enum look {
    LOOK_WHITE = 0xFFFFFF,
    LOOK_BLACK = 0x000000,
    // ready
    LOOK_NIGHT = 0x0F1A16,
    LOOK_NIGHT_PANEL = 0x1D2C26, // what can be touched, and the place of a missing picture
    LOOK_NIGHT_QUIET = 0xB9C7C0,
    LOOK_ACCENT = 0x7FE0AE,
    // results
    LOOK_WELCOME = 0x0B5D38,
    LOOK_ALREADY = 0xF5B800,
    LOOK_ALREADY_TEXT = 0x1B1400,
    LOOK_NO = 0x8C1D18,
    LOOK_GOODBYE = 0x0F4C75,
    LOOK_PRACTICE = 0x4B2A82,
    LOOK_NOT_SAVED_TEXT = 0xFFD9D6,
    LOOK_NOT_SAVED_FRAME = 0xC62F27,
    // staff pages and forms
    LOOK_PAPER = 0xF4F6F5,
    LOOK_PAPER_KEY = 0xFFFFFF,
    LOOK_PAPER_EDGE = 0xC3CCC8,
    LOOK_INK = 0x12211B,
    LOOK_INK_QUIET = 0x3B4A44,
    LOOK_BUTTON = 0x12402B,
    LOOK_ALARM = 0x8C1D18,
};

// The same palette for people with weak eyes: what is light is lighter, what is dark darker, so every pair of colours
// gains contrast (12:1 or more for text). Applied to a whole scene (view.c): no page knows of it.
uint32_t look_high_contrast(uint32_t rgb);

#endif
