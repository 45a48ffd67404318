#include "scanner/key_role.h"

#include <linux/input-event-codes.h>

uint32_t key_held_bit(uint16_t key)
{
    switch (key) {
    case KEY_LEFTSHIFT:
        return KEY_HELD_SHIFT_LEFT;
    case KEY_RIGHTSHIFT:
        return KEY_HELD_SHIFT_RIGHT;
    case KEY_LEFTCTRL:
        return KEY_HELD_CTRL_LEFT;
    case KEY_RIGHTCTRL:
        return KEY_HELD_CTRL_RIGHT;
    case KEY_LEFTALT:
        return KEY_HELD_ALT;
    case KEY_RIGHTALT:
        return KEY_HELD_ALTGR;
    case KEY_LEFTMETA:
        return KEY_HELD_META_LEFT;
    case KEY_RIGHTMETA:
        return KEY_HELD_META_RIGHT;
    default:
        return 0;
    }
}

int key_keypad_digit(uint16_t key)
{
    static const uint16_t keys[] = {KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4,
                                    KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9};

    for (int digit = 0; digit < 10; digit++)
        if (keys[digit] == key) return digit;
    return -1;
}

int key_row_digit(uint16_t key)
{
    return key >= KEY_1 && key <= KEY_0 ? (key - KEY_1 + 1) % 10 : -1;
}

bool key_is_writing(uint16_t key)
{
    return (key >= KEY_1 && key <= KEY_EQUAL) || (key >= KEY_Q && key <= KEY_RIGHTBRACE) ||
           (key >= KEY_A && key <= KEY_GRAVE) || (key >= KEY_BACKSLASH && key <= KEY_SLASH) || key == KEY_SPACE ||
           key == KEY_KPASTERISK || (key >= KEY_KP7 && key <= KEY_KPDOT) || key == KEY_102ND || key == KEY_RO ||
           key == KEY_KPSLASH || key == KEY_KPEQUAL || key == KEY_KPCOMMA || key == KEY_YEN;
}
