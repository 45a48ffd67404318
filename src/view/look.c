#include "view/look.h"

#include <stddef.h>

uint32_t look_high_contrast(uint32_t rgb)
{
    static const struct {
        uint32_t normal, high;
    } pairs[] = {
        {LOOK_NIGHT, LOOK_BLACK},
        {LOOK_NIGHT_PANEL, LOOK_BLACK},
        {LOOK_NIGHT_QUIET, LOOK_WHITE},
        {LOOK_ACCENT, 0xC4FFDF},
        {LOOK_WELCOME, 0x003A20},
        {LOOK_ALREADY, 0xFFDA5C},
        {LOOK_ALREADY_TEXT, LOOK_BLACK},
        {LOOK_NO, 0x620000}, // LOOK_ALARM too
        {LOOK_GOODBYE, 0x002B52},
        {LOOK_PRACTICE, 0x2F0C66},
        {LOOK_NOT_SAVED_TEXT, LOOK_WHITE},
        {LOOK_NOT_SAVED_FRAME, 0xFF4A40},
        {LOOK_PAPER, LOOK_WHITE},
        {LOOK_PAPER_EDGE, LOOK_BLACK},
        {LOOK_INK, LOOK_BLACK},
        {LOOK_INK_QUIET, LOOK_BLACK},
        {LOOK_BUTTON, LOOK_BLACK},
    };

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].normal == rgb) return pairs[i].high;
    return rgb;
}
