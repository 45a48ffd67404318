// key_role.h -- what a key of a keyboard is for, whatever is printed on it. Pure; any thread.
// Source: linux/input-event-codes.h.
#ifndef EINLASS_SCANNER_KEY_ROLE_H
#define EINLASS_SCANNER_KEY_ROLE_H

#include <stdbool.h>
#include <stdint.h>

enum key_held { // one bit a key, so that the other one of a pair still counts when one is let go
    KEY_HELD_SHIFT_LEFT = 1,
    KEY_HELD_SHIFT_RIGHT = 2,
    KEY_HELD_CTRL_LEFT = 4,
    KEY_HELD_CTRL_RIGHT = 8,
    KEY_HELD_ALT = 16,
    KEY_HELD_ALTGR = 32,
    KEY_HELD_META_LEFT = 64,
    KEY_HELD_META_RIGHT = 128,
    KEY_HELD_SHIFT = KEY_HELD_SHIFT_LEFT | KEY_HELD_SHIFT_RIGHT,
    KEY_HELD_CTRL = KEY_HELD_CTRL_LEFT | KEY_HELD_CTRL_RIGHT,
    KEY_HELD_META = KEY_HELD_META_LEFT | KEY_HELD_META_RIGHT,
};

uint32_t key_held_bit(uint16_t key); // 0: it is no modifier
int key_keypad_digit(uint16_t key);  // -1: it is no digit there
int key_row_digit(uint16_t key);     // of the row above the letters
// The block of characters, in every country's form (102nd key, Japanese and Brazilian extras), and the keypad.
bool key_is_writing(uint16_t key);

#endif
