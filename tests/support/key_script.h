// key_script.h -- keys as somebody presses them, with their times: for wedges, scripted keyboards and uinput.
#ifndef EINLASS_TESTS_SUPPORT_KEY_SCRIPT_H
#define EINLASS_TESTS_SUPPORT_KEY_SCRIPT_H

#include "scanner/keyboard.h"

#include <stddef.h>

enum { KEY_SCRIPT_MOST = 20000 };

struct key_script {
    int64_t now_ms; // of the next event
    int step_ms;    // from one press to the next; a key is let go after half of it
    size_t count;
    struct key_event events[KEY_SCRIPT_MOST];
};

struct key_script *key_script_new(int64_t now_ms, int step_ms); // free() it
void key_script_move(struct key_script *script, uint16_t key, enum key_move move);
void key_script_key(struct key_script *script, uint16_t key);                      // pressed and let go
void key_script_chord(struct key_script *script, uint16_t modifier, uint16_t key); // while the modifier is held
void key_script_text(struct key_script *script, const char *text);                 // ASCII on a US keyboard
// Digits as a French keyboard has them: the digit row with Shift.
void key_script_shifted_digits(struct key_script *script, const char *digits);
void key_script_alt_number(struct key_script *script, const char *number); // on the keypad, with Alt
void key_script_wait(struct key_script *script, int ms);

#endif
