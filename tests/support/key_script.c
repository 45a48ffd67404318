#include "support/check.h"
#include "support/key_script.h"

#include "base/mem.h"

#include <linux/input-event-codes.h>

struct key_script *key_script_new(int64_t now_ms, int step_ms)
{
    struct key_script *script = mem_zero(sizeof *script);

    script->now_ms = now_ms;
    script->step_ms = step_ms;
    return script;
}

void key_script_move(struct key_script *script, uint16_t key, enum key_move move)
{
    assert_true(script->count < KEY_SCRIPT_MOST);
    script->events[script->count++] = (struct key_event){.key = key, .move = move, .mono_ms = script->now_ms};
}

void key_script_key(struct key_script *script, uint16_t key)
{
    key_script_move(script, key, KEY_MOVE_DOWN);
    script->now_ms += script->step_ms / 2;
    key_script_move(script, key, KEY_MOVE_UP);
    script->now_ms += script->step_ms - script->step_ms / 2;
}

void key_script_chord(struct key_script *script, uint16_t modifier, uint16_t key)
{
    key_script_move(script, modifier, KEY_MOVE_DOWN);
    script->now_ms += script->step_ms;
    key_script_key(script, key);
    key_script_move(script, modifier, KEY_MOVE_UP);
}

static const struct {
    const char *characters; // from the first key on
    uint16_t first;
    bool is_shifted;
} rows[] = {
    {"1234567890-=", KEY_1, false},
    {"qwertyuiop[]", KEY_Q, false},
    {"asdfghjkl;'`", KEY_A, false},
    {"\\zxcvbnm,./", KEY_BACKSLASH, false},
    {" ", KEY_SPACE, false},
    {"!@#$%^&*()_+", KEY_1, true},
    {"QWERTYUIOP{}", KEY_Q, true},
    {"ASDFGHJKL:\"~", KEY_A, true},
    {"|ZXCVBNM<>?", KEY_BACKSLASH, true},
    {"\n", KEY_ENTER, false},
    {"\t", KEY_TAB, false},
};

static void type(struct key_script *script, char character)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *at = strchr(rows[i].characters, character);
        if (!at) continue;
        uint16_t key = (uint16_t)(rows[i].first + (at - rows[i].characters));
        if (rows[i].is_shifted) key_script_chord(script, KEY_LEFTSHIFT, key);
        else key_script_key(script, key);
        return;
    }
    fail_msg("no key for '%c'", character);
}

void key_script_text(struct key_script *script, const char *text)
{
    for (; *text; text++) type(script, *text);
}

void key_script_shifted_digits(struct key_script *script, const char *digits)
{
    for (; *digits; digits++) key_script_chord(script, KEY_LEFTSHIFT, (uint16_t)(KEY_1 + (*digits - '0' + 9) % 10));
}

void key_script_alt_number(struct key_script *script, const char *number)
{
    static const uint16_t keypad[] = {KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4,
                                      KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9};

    key_script_move(script, KEY_LEFTALT, KEY_MOVE_DOWN);
    for (; *number; number++) key_script_key(script, keypad[*number - '0']);
    key_script_move(script, KEY_LEFTALT, KEY_MOVE_UP);
}

void key_script_wait(struct key_script *script, int ms)
{
    script->now_ms += ms;
}
