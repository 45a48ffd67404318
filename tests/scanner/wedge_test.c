// wedge: keys become lines, whatever layout the scanner is set to; and who typed them shows in the pace.
#include "support/check.h"
#include "support/key_script.h"

#include "base/mem.h"
#include "scanner/wedge.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>

enum { START_MS = 5000, SCANNER_STEP_MS = 10, PERSON_STEP_MS = 120 };

struct typed { // the last line that was over, and how many there were
    int lines;
    enum wedge_pace pace;
    bool is_ended;
    size_t length;
    char text[SCANNED_MOST_BYTES + 1];
};

struct desk {
    struct wedge *wedge;
    struct key_script *script;
    struct layout *layout;
    struct typed typed;
};

static void begin(struct desk *desk, const char *layout, int step_ms)
{
    *desk = (struct desk){.wedge = mem_zero(sizeof *desk->wedge), .script = key_script_new(START_MS, step_ms)};
    wedge_init(desk->wedge);
    assert_int_equal(layout_xkb_open(layout, &desk->layout), STATUS_OK);
}

static void end(struct desk *desk)
{
    layout_close(desk->layout);
    free(desk->script);
    free(desk->wedge);
}

static void take_line(struct desk *desk)
{
    struct typed *typed = &desk->typed;

    typed->lines++;
    typed->pace = wedge_pace(desk->wedge);
    typed->is_ended = desk->wedge->is_ended;
    typed->length = wedge_text(desk->wedge, desk->layout, typed->text, SCANNED_MOST_BYTES);
    typed->text[typed->length] = '\0';
    wedge_clear(desk->wedge);
}

// Everything in the script, then a long silence.
static const struct typed *run(struct desk *desk)
{
    struct key_script *script = desk->script;

    desk->typed.lines = 0;
    for (size_t i = 0; i < script->count; i++) {
        if (wedge_take_pause(desk->wedge, script->events[i].mono_ms)) take_line(desk);
        if (wedge_take_key(desk->wedge, &script->events[i])) take_line(desk);
    }
    if (wedge_take_pause(desk->wedge, script->now_ms + 60000)) take_line(desk);
    assert_int_equal(wedge_due_ms(desk->wedge), INT64_MAX); // nothing is left lying about
    script->count = 0;
    return &desk->typed;
}

static void ticket_digits(char out[SCANNED_TICKET_DIGITS + 1], unsigned seed)
{
    for (unsigned i = 0; i < SCANNED_TICKET_DIGITS; i++) out[i] = (char)('0' + (seed + i * i + i / 7) % 10);
    out[SCANNED_TICKET_DIGITS] = '\0';
}

typedef void typing(struct key_script *script, const char *digits);

static void plain(struct key_script *script, const char *digits)
{
    key_script_text(script, digits);
}

static void with_caps_lock(struct key_script *script, const char *digits) // a French scanner's other way
{
    key_script_key(script, KEY_CAPSLOCK);
    key_script_text(script, digits);
    key_script_key(script, KEY_CAPSLOCK);
}

static void under_one_shift(struct key_script *script, const char *digits)
{
    key_script_move(script, KEY_RIGHTSHIFT, KEY_MOVE_DOWN);
    key_script_text(script, digits);
    key_script_move(script, KEY_RIGHTSHIFT, KEY_MOVE_UP);
}

static void on_the_keypad(struct key_script *script, const char *digits)
{
    static const uint16_t keypad[] = {KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4,
                                      KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9};

    for (; *digits; digits++) key_script_key(script, keypad[*digits - '0']);
}

static void on_the_keypad_after_num_lock(struct key_script *script, const char *digits)
{
    key_script_key(script, KEY_NUMLOCK);
    on_the_keypad(script, digits);
    key_script_key(script, KEY_NUMLOCK);
}

static void with_alt_numbers(struct key_script *script, const char *digits)
{
    for (; *digits; digits++) {
        char number[4] = {'0', '4', (char)('8' + *digits - '0'), '\0'}; // 048 … 057
        if (number[2] > '9') number[1] = '5', number[2] = (char)(number[2] - 10);
        key_script_alt_number(script, number);
    }
}

static void behind_an_aim_identifier(struct key_script *script, const char *digits)
{
    key_script_text(script, "]Q1");
    key_script_text(script, digits);
}

static void behind_a_german_aim_identifier(struct key_script *script, const char *digits)
{
    key_script_chord(script, KEY_RIGHTALT, KEY_9);
    key_script_chord(script, KEY_LEFTSHIFT, KEY_Q);
    key_script_key(script, KEY_1);
    key_script_text(script, digits);
}

static void between_stx_and_etx(struct key_script *script, const char *digits)
{
    key_script_chord(script, KEY_LEFTCTRL, KEY_B);
    key_script_text(script, digits);
    key_script_chord(script, KEY_LEFTCTRL, KEY_C);
}

static void between_function_keys(struct key_script *script, const char *digits)
{
    key_script_key(script, KEY_F7);
    key_script_text(script, digits);
    key_script_key(script, KEY_DOWN);
}

static void behind_an_escape(struct key_script *script, const char *digits)
{
    key_script_text(script, "\\000026");
    key_script_text(script, digits);
}

static void with_stuck_keys(struct key_script *script,
                            const char *digits) // held keys repeat; a scanner doesn't mean it
{
    for (; *digits; digits++) {
        uint16_t key = (uint16_t)(KEY_1 + (*digits - '0' + 9) % 10);
        key_script_move(script, key, KEY_MOVE_DOWN);
        key_script_move(script, key, KEY_MOVE_REPEAT);
        key_script_move(script, key, KEY_MOVE_REPEAT);
        script->now_ms += script->step_ms;
        key_script_move(script, key, KEY_MOVE_UP);
    }
}

static void rolling(struct key_script *script, const char *digits) // the next key goes down before the last comes up
{
    uint16_t before = KEY_RESERVED;

    for (; *digits; digits++) {
        uint16_t key = (uint16_t)(KEY_1 + (*digits - '0' + 9) % 10);
        if (key == before) key_script_move(script, before, KEY_MOVE_UP);
        key_script_move(script, key, KEY_MOVE_DOWN);
        if (before != KEY_RESERVED && key != before) key_script_move(script, before, KEY_MOVE_UP);
        before = key;
        script->now_ms += script->step_ms;
    }
    key_script_move(script, before, KEY_MOVE_UP);
}

static const struct {
    const char *words;
    typing *type;
} ways[] = {
    {"as on a US keyboard", plain},
    {"with Shift, key by key, as on a French one", key_script_shifted_digits},
    {"with Caps Lock", with_caps_lock},
    {"under one Shift", under_one_shift},
    {"on the keypad", on_the_keypad},
    {"on the keypad, Num Lock switched", on_the_keypad_after_num_lock},
    {"by Alt and numbers", with_alt_numbers},
    {"behind ]Q1", behind_an_aim_identifier},
    {"behind ]Q1 of a German keyboard", behind_a_german_aim_identifier},
    {"between Ctrl-B and Ctrl-C", between_stx_and_etx},
    {"between function keys", between_function_keys},
    {"behind \\000026", behind_an_escape},
    {"with keys that repeat", with_stuck_keys},
    {"rolling", rolling},
};

static void test_wedge__digits_survive_every_layout(void **state)
{
    static const char *const layouts[] = {"us", "de", "fr", "gb", "es", "it", "ch", "be", "ru", "gr"};
    static const uint16_t ends[] = {KEY_ENTER, KEY_KPENTER, KEY_TAB};
    char digits[SCANNED_TICKET_DIGITS + 1];

    (void)state;
    for (size_t l = 0; l < sizeof layouts / sizeof *layouts; l++)
        for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
            struct desk desk;
            begin(&desk, layouts[l], SCANNER_STEP_MS);
            ticket_digits(digits, (unsigned)(l + w));
            ways[w].type(desk.script, digits);
            key_script_key(desk.script, ends[w % 3]);
            const struct typed *typed = run(&desk);
            if (typed->lines != 1 || strcmp(typed->text, digits) != 0 || typed->pace != WEDGE_PACE_SCANNER)
                fail_msg("%s, layout %s: %d lines, pace %d, %s", ways[w].words, layouts[l], typed->lines,
                         (int)typed->pace, typed->text);
            assert_true(typed->is_ended);
            ways[w].type(desk.script, digits); // and without an end: silence is one
            assert_string_equal(run(&desk)->text, digits);
            assert_false(desk.typed.is_ended);
            end(&desk);
        }
}

static void test_wedge__other_characters_need_the_right_layout(void **state)
{
    static const struct {
        const char *layout, *us_keys, *text;
    } cases[] = {
        {"us", "KITZ-2026/a_B", "KITZ-2026/a_B"},
        {"us", "12%4", "12%4"}, // digit keys, but not pressed alike
        {"us", "1234", "1234"},
        {"us", "!@#$", "1234"}, // a French scanner's 1234; no code is made of these
        {"de", "yz/-", "zy-\xC3\x9F"},
        {"de", ";['", "\xC3\xB6\xC3\xBC\xC3\xA4"},
        {"fr", "qwA;", "azQm"},
        {"ru", "f1",
         "\xD0\xB0"
         "1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk desk;
        begin(&desk, cases[i].layout, SCANNER_STEP_MS);
        key_script_text(desk.script, cases[i].us_keys);
        key_script_key(desk.script, KEY_ENTER);
        assert_string_equal(run(&desk)->text, cases[i].text);
        end(&desk);
    }
}

static void test_wedge__reads_modifiers_as_scanners_use_them(void **state)
{
    struct desk desk;

    (void)state;
    begin(&desk, "de", SCANNER_STEP_MS);
    key_script_chord(desk.script, KEY_RIGHTALT, KEY_Q);
    key_script_move(desk.script, KEY_LEFTCTRL, KEY_MOVE_DOWN); // as Windows has it
    key_script_chord(desk.script, KEY_LEFTALT, KEY_Q);
    key_script_move(desk.script, KEY_LEFTCTRL, KEY_MOVE_UP);
    key_script_key(desk.script, KEY_CAPSLOCK);
    key_script_text(desk.script, "ab");
    key_script_key(desk.script, KEY_CAPSLOCK);
    key_script_text(desk.script, "ab7\n");
    assert_string_equal(run(&desk)->text, "@@ABab7");

    key_script_chord(desk.script, KEY_LEFTSHIFT, KEY_A); // a Shift that is never let go counts until the kernel says so
    key_script_move(desk.script, KEY_LEFTSHIFT, KEY_MOVE_DOWN);
    key_script_text(desk.script, "bc");
    key_script_move(desk.script, KEY_RIGHTSHIFT, KEY_MOVE_DOWN);
    key_script_move(desk.script, KEY_RIGHTSHIFT, KEY_MOVE_UP);
    key_script_text(desk.script, "d");
    key_script_move(desk.script, KEY_LEFTSHIFT, KEY_MOVE_UP);
    key_script_text(desk.script, "e\n");
    assert_string_equal(run(&desk)->text, "ABCDe");
    end(&desk);
}

static void assert_unreadable(const struct typed *typed) // whoever judges it finds no printable text
{
    assert_int_equal(typed->lines, 1);
    for (size_t i = 0; i < typed->length; i++)
        if ((unsigned char)typed->text[i] < 0x20 || (unsigned char)typed->text[i] == 0xFF) return;
    fail_msg("'%s' looks like a text", typed->text);
}

static void test_wedge__what_lacks_a_character_is_no_text(void **state)
{
    struct desk desk;

    (void)state;
    begin(&desk, "de", SCANNER_STEP_MS);
    key_script_text(desk.script, "`ABC123\n"); // a dead key on German keyboards
    assert_unreadable(run(&desk));
    key_script_text(desk.script, "ABC");
    key_script_chord(desk.script, KEY_LEFTCTRL, KEY_RIGHTBRACE); // GS between the fields of a GS1 code
    key_script_text(desk.script, "123\n");
    assert_unreadable(run(&desk));
    key_script_text(desk.script, "ABC");
    key_script_key(desk.script, KEY_F5);
    key_script_text(desk.script, "123\n");
    assert_unreadable(run(&desk));
    key_script_text(desk.script, "ABC");
    key_script_alt_number(desk.script, "132"); // an ä, or not: that depends on the code page
    key_script_text(desk.script, "123\n");
    assert_unreadable(run(&desk));
    key_script_chord(desk.script, KEY_LEFTCTRL, KEY_C); // and a set-up code alone is nothing at all
    key_script_key(desk.script, KEY_F5);
    key_script_key(desk.script, KEY_ENTER);
    assert_int_equal(run(&desk)->length, 0);
    end(&desk);
}

static void test_wedge__a_line_ends_by_itself(void **state)
{
    char digits[SCANNED_TICKET_DIGITS + 1];
    struct desk desk;

    (void)state;
    ticket_digits(digits, 3);
    begin(&desk, "us", SCANNER_STEP_MS);
    key_script_text(desk.script, digits);
    int64_t last_ms = desk.script->events[desk.script->count - 2].mono_ms;
    for (size_t i = 0; i < desk.script->count; i++) wedge_take_key(desk.wedge, &desk.script->events[i]);
    assert_int_equal(wedge_due_ms(desk.wedge), last_ms + SCANNED_WHOLE_PAUSE_MS); // a whole ticket needs no patience
    assert_false(wedge_take_pause(desk.wedge, last_ms + SCANNED_WHOLE_PAUSE_MS - 1));
    assert_true(wedge_take_pause(desk.wedge, last_ms + SCANNED_WHOLE_PAUSE_MS));
    wedge_clear(desk.wedge);
    desk.script->count = 0;

    key_script_wait(desk.script, 10000); // half of one does, and is given up
    digits[100] = '\0';
    key_script_text(desk.script, digits);
    key_script_wait(desk.script, SCANNED_PAUSE_MS - SCANNER_STEP_MS);
    key_script_text(desk.script, "7");
    assert_int_equal(run(&desk)->lines, 2);
    assert_string_equal(desk.typed.text, "7");
    key_script_text(desk.script, digits);
    key_script_wait(desk.script, SCANNED_PAUSE_MS - 2 * SCANNER_STEP_MS); // Bluetooth stutters
    key_script_text(desk.script, "7\n");
    assert_int_equal(run(&desk)->lines, 1);
    assert_int_equal(desk.typed.length, 101);
    end(&desk);
}

static void test_wedge__lost_keys_spoil_one_line_only(void **state)
{
    char digits[SCANNED_TICKET_DIGITS + 1];
    struct desk desk;

    (void)state;
    ticket_digits(digits, 4);
    begin(&desk, "us", SCANNER_STEP_MS);
    key_script_text(desk.script, digits);
    key_script_key(desk.script, KEY_ENTER);
    desk.script->events[100] =
        (struct key_event){.key = KEY_RESERVED, .is_after_loss = true, .mono_ms = desk.script->events[100].mono_ms};
    assert_int_equal(run(&desk)->length, 0); // though 202 keys may have been counted
    assert_int_equal(desk.typed.lines, 1);
    assert_int_equal(desk.typed.pace, WEDGE_PACE_UNKNOWN);
    key_script_text(desk.script, digits);
    key_script_key(desk.script, KEY_ENTER);
    assert_string_equal(run(&desk)->text, digits);
    end(&desk);
}

static void test_wedge__too_much_is_dropped_whole(void **state)
{
    struct desk desk;

    (void)state;
    begin(&desk, "us", 2);
    for (int i = 0; i < WEDGE_MOST_KEYS + 200; i++) key_script_key(desk.script, KEY_5);
    key_script_key(desk.script, KEY_ENTER);
    assert_int_equal(run(&desk)->length, 0);
    assert_int_equal(desk.typed.lines, 1);
    for (int i = 0; i < WEDGE_MOST_KEYS; i++) key_script_key(desk.script, KEY_5);
    key_script_key(desk.script, KEY_ENTER);
    assert_int_equal(run(&desk)->length, WEDGE_MOST_KEYS);
    end(&desk);
}

static void test_wedge__people_are_told_from_scanners(void **state)
{
    static const struct {
        const char *text;
        int step_ms;
        enum wedge_pace pace;
    } cases[] = {
        {"KITZ20260001", 2, WEDGE_PACE_SCANNER},
        {"KITZ20260001", 16, WEDGE_PACE_SCANNER},
        {"123456789012", WEDGE_SCANNER_MS, WEDGE_PACE_SCANNER},
        {"123456789012", WEDGE_SCANNER_MS + 2, WEDGE_PACE_UNKNOWN},
        {"12345678901", 2, WEDGE_PACE_UNKNOWN},   // ten fingers can fall on eleven keys
        {"anna schmidt", 60, WEDGE_PACE_UNKNOWN}, // a very quick typist
        {"anna schmidt", PERSON_STEP_MS, WEDGE_PACE_PERSON},
        {"4711", PERSON_STEP_MS, WEDGE_PACE_PERSON},
        {"4", 10, WEDGE_PACE_PERSON},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk desk;
        begin(&desk, "us", cases[i].step_ms);
        key_script_text(desk.script, cases[i].text);
        key_script_key(desk.script, KEY_ENTER);
        if (run(&desk)->pace != cases[i].pace)
            fail_msg("\"%s\" every %d ms: pace %d", cases[i].text, cases[i].step_ms, (int)desk.typed.pace);
        end(&desk);
    }
}

static void test_wedge__a_flat_hand_is_no_scanner(void **state)
{
    struct desk desk;

    (void)state;
    begin(&desk, "us", 4);
    for (int i = 0; i < 20; i++) { // all go down, then all come up
        key_script_move(desk.script, (uint16_t)(KEY_Q + i % 10), KEY_MOVE_DOWN);
        key_script_wait(desk.script, 1);
        if (i % 10 != 9) continue;
        for (int k = 0; k < 10; k++) key_script_move(desk.script, (uint16_t)(KEY_Q + k), KEY_MOVE_UP);
    }
    key_script_key(desk.script, KEY_ENTER);
    assert_int_equal(run(&desk)->pace, WEDGE_PACE_UNKNOWN);
    end(&desk);
}

static void test_wedge__wipes_what_people_typed(void **state)
{
    static const struct stroke none[8];
    struct desk desk;

    (void)state;
    begin(&desk, "us", PERSON_STEP_MS);
    key_script_text(desk.script, "geheim4\n");
    run(&desk);
    assert_memory_equal(desk.wedge->strokes, none, sizeof none);
    end(&desk);
}

static void test_layout__unknown_ones_are_refused(void **state)
{
    struct layout *layout = NULL;
    char text[LAYOUT_TEXT_SIZE];

    (void)state;
    assert_int_equal(layout_xkb_open("no-such-layout", &layout), STATUS_INVALID);
    assert_int_equal(layout_xkb_open("de(nodeadkeys)", &layout), STATUS_OK);
    assert_int_equal(layout_text(layout, KEY_GRAVE, 0, text), 1);
    assert_string_equal(text, "^");
    layout_close(layout);
    assert_int_equal(layout_text(NULL, KEY_A, 0, text), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wedge__digits_survive_every_layout),
        cmocka_unit_test(test_wedge__other_characters_need_the_right_layout),
        cmocka_unit_test(test_wedge__reads_modifiers_as_scanners_use_them),
        cmocka_unit_test(test_wedge__what_lacks_a_character_is_no_text),
        cmocka_unit_test(test_wedge__a_line_ends_by_itself),
        cmocka_unit_test(test_wedge__lost_keys_spoil_one_line_only),
        cmocka_unit_test(test_wedge__too_much_is_dropped_whole),
        cmocka_unit_test(test_wedge__people_are_told_from_scanners),
        cmocka_unit_test(test_wedge__a_flat_hand_is_no_scanner),
        cmocka_unit_test(test_wedge__wipes_what_people_typed),
        cmocka_unit_test(test_layout__unknown_ones_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
