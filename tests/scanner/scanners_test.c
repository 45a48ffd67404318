// scanners: keyboards and a real pseudo-terminal in, codes to the desk out; steps by hand, time by hand.
#include "support/check.h"
#include "fakes/keyboard_scripted.h"
#include "fakes/step_clock.h"
#include "support/key_script.h"

#include "base/mem.h"
#include "scanner/scanned.h"
#include "scanner/scanners.h"

#include <errno.h>
#include <linux/input-event-codes.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { QUIET_MS = 1500, SCANNER_STEP_MS = 8, PERSON_STEP_MS = 150, DESK_DEEP = 4 };

struct room {
    struct step_clock clock;
    struct keyboards_scripted *keyboards;
    struct layout *layout;
    struct doorbell bell;
    struct queue codes;
    struct scanners_config config;
    struct scanners *scanners;
    struct key_script *script;
    struct code *code;
    char digits[SCANNED_TICKET_DIGITS + 1];
};

static void begin(struct room *room, const char *keyboard, const char *serial)
{
    *room = (struct room){.keyboards = mem_zero(sizeof *room->keyboards), .code = mem_zero(sizeof *room->code)};
    step_clock_init(&room->clock, 100000);
    keyboards_scripted_init(room->keyboards);
    assert_int_equal(layout_xkb_open("us", &room->layout), STATUS_OK);
    doorbell_init(&room->bell);
    queue_init(&room->codes, sizeof(struct code), DESK_DEEP, &room->bell);
    room->script = key_script_new(100000, SCANNER_STEP_MS);
    room->config = (struct scanners_config){
        .clock = &room->clock.clock,
        .source = &room->keyboards->source,
        .layout = room->layout,
        .baud = 9600,
        .quiet_ms = QUIET_MS,
        .codes = &room->codes,
    };
    snprintf(room->config.keyboard, sizeof room->config.keyboard, "%s", keyboard);
    snprintf(room->config.serial, sizeof room->config.serial, "%s", serial);
    assert_int_equal(scanners_open(&room->config, &room->scanners), STATUS_OK);
    for (int i = 0; i < SCANNED_TICKET_DIGITS; i++) room->digits[i] = (char)('0' + (i * i + i / 5) % 10);
}

static void end(struct room *room)
{
    scanners_close(room->scanners);
    keyboards_scripted_destroy(room->keyboards);
    layout_close(room->layout);
    queue_destroy(&room->codes);
    doorbell_destroy(&room->bell);
    free(room->keyboards);
    free(room->script);
    free(room->code);
}

static void step(struct room *room)
{
    if (room->clock.now_ms < room->script->now_ms) room->clock.now_ms = room->script->now_ms;
    for (int i = 0; i < 3; i++)
        scanners_step(room->scanners, room->clock.now_ms); // one to see, one to read, one to offer
}

static void move(struct room *room, int64_t ms)
{
    room->script->now_ms += ms;
    step(room);
}

static void type(struct room *room, int number, const char *text)
{
    key_script_text(room->script, text);
    keyboards_scripted_type(room->keyboards, number, room->script);
    step(room);
}

static void assert_code(struct room *room, const char *text) // NULL: none
{
    bool has_code = queue_take(&room->codes, room->code);

    assert_int_equal(has_code, text != NULL);
    if (!text) return;
    assert_int_equal(room->code->length, strlen(text));
    assert_memory_equal(room->code->text, text, room->code->length);
    assert_int_equal(room->code->via, CODE_VIA_SCANNER);
}

static void test_scanners__a_named_one_is_taken_at_once(void **state)
{
    static const char *const names[] = {"Honeywell Scanning and Mobility 1900", "USB BarCode Reader", "Netum C750",
                                        "Datalogic QuickScan"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct room room;
        begin(&room, "auto", "");
        keyboards_scripted_plug(room.keyboards, 3, names[i]);
        step(&room);
        assert_true(room.keyboards->keyboards[3].is_grabbed);
        type(&room, 3, room.digits);
        type(&room, 3, "\n");
        assert_code(&room, room.digits);
        assert_true(room.code->mono_ms >= 100000 && room.code->mono_ms <= room.clock.now_ms);
        end(&room);
    }
}

static void test_scanners__an_unknown_one_counts_from_its_first_burst_on(void **state)
{
    struct room room;

    (void)state;
    begin(&room, "auto", "");
    keyboards_scripted_plug(room.keyboards, 3, "HID 1a2c:0e24");
    step(&room);
    assert_false(room.keyboards->keyboards[3].is_grabbed);
    type(&room, 3, room.digits);
    key_script_move(room.script, KEY_ENTER, KEY_MOVE_DOWN); // Enter stays down for a while
    keyboards_scripted_type(room.keyboards, 3, room.script);
    step(&room);
    assert_code(&room, room.digits);
    assert_false(room.keyboards->keyboards[3].is_grabbed); // never between a key's going down and coming up
    key_script_move(room.script, KEY_ENTER, KEY_MOVE_UP);
    keyboards_scripted_type(room.keyboards, 3, room.script);
    step(&room);
    assert_true(room.keyboards->keyboards[3].is_grabbed);
    move(&room, QUIET_MS);
    type(&room, 3, "KITZ-7\n"); // from now on short texts count too
    assert_code(&room, "KITZ-7");
    end(&room);
}

static void test_scanners__people_keep_their_keyboard(void **state)
{
    struct room room;

    (void)state;
    begin(&room, "auto", "");
    keyboards_scripted_plug(room.keyboards, 0, "Logitech K120");
    room.script->step_ms = PERSON_STEP_MS;
    type(&room, 0, "anna schmidt\n2468\n12345678901234567890\n");
    assert_code(&room, NULL);
    assert_int_equal(room.keyboards->keyboards[0].grab_count, 0);
    room.script->step_ms = SCANNER_STEP_MS; // the scanner's cable is in the keyboard, or somebody drummed
    type(&room, 0, room.digits);
    type(&room, 0, "\n");
    assert_code(&room, room.digits);
    assert_true(room.keyboards->keyboards[0].is_grabbed);
    move(&room, 5000);
    room.script->step_ms = PERSON_STEP_MS; // a person: it is given back with the first word
    type(&room, 0, "anna\n");
    step(&room);
    assert_code(&room, NULL);
    assert_false(room.keyboards->keyboards[0].is_grabbed);
    assert_int_equal(room.keyboards->keyboards[0].ungrab_count, 1);
    end(&room);
}

static void test_scanners__the_setting_says_which(void **state)
{
    struct room room;

    (void)state;
    begin(&room, "none", "");
    keyboards_scripted_plug(room.keyboards, 0, "Barcode Scanner");
    step(&room);
    assert_int_equal(room.keyboards->keyboards[0].open_count, 0);
    end(&room);
    begin(&room, "k120", "");
    keyboards_scripted_plug(room.keyboards, 0, "Logitech K120");
    keyboards_scripted_plug(room.keyboards, 1, "Barcode Scanner");
    step(&room);
    assert_true(room.keyboards->keyboards[0].is_grabbed);
    assert_int_equal(room.keyboards->keyboards[1].open_count, 0);
    room.script->step_ms = PERSON_STEP_MS; // told so by name: it is one, however slowly it types
    type(&room, 0, "K-1\n");
    assert_code(&room, "K-1");
    assert_true(room.keyboards->keyboards[0].is_grabbed);
    end(&room);
    begin(&room, "/dev/input/event1", "");
    keyboards_scripted_plug(room.keyboards, 0, "Barcode Scanner");
    keyboards_scripted_plug(room.keyboards, 1, "anything");
    step(&room);
    assert_int_equal(room.keyboards->keyboards[0].open_count, 0);
    assert_true(room.keyboards->keyboards[1].is_grabbed);
    end(&room);
}

static void test_keyboard__names_and_settings_say_what_it_is(void **state)
{
    static const struct {
        const char *wanted, *name;
        bool has_letters;
        enum keyboard_use use;
    } cases[] = {
        {"auto", "Symbol Technologies, Inc, 2008 Symbol Bar Code Scanner", true, KEYBOARD_USE_SCANNER},
        {"auto", "Newland Auto-ID NLS-FM430", true, KEYBOARD_USE_SCANNER},
        {"auto", "HONEYWELL 3310G", false, KEYBOARD_USE_SCANNER}, // named so, with few keys
        {"auto", "Logitech USB Keyboard", true, KEYBOARD_USE_WATCH},
        {"auto", "", true, KEYBOARD_USE_WATCH},
        {"auto", "vc4-hdmi-0", false, KEYBOARD_USE_NONE},
        {"auto", "Power Button", false, KEYBOARD_USE_NONE},
        {"none", "Barcode Scanner", true, KEYBOARD_USE_NONE},
        {"hid 1A2C", "HID 1a2c:0e24 Keyboard", true, KEYBOARD_USE_SCANNER},
        {"hid 1A2C", "Barcode Scanner", true, KEYBOARD_USE_NONE},
        {"/dev/../dev/null", "anything", true, KEYBOARD_USE_SCANNER}, // links are followed
        {"/dev/zero", "anything", true, KEYBOARD_USE_NONE},
        {"/nowhere", "anything", true, KEYBOARD_USE_NONE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct keyboard_facts facts = {.path = "/dev/null", .has_letters = cases[i].has_letters};
        snprintf(facts.name, sizeof facts.name, "%s", cases[i].name);
        if (keyboard_use(cases[i].wanted, &facts) != cases[i].use) fail_msg("%s: %s", cases[i].wanted, facts.name);
    }
}

static void test_scanners__come_and_go(void **state)
{
    struct room room;

    (void)state;
    begin(&room, "auto", "");
    for (int round = 0; round < 3; round++) {
        keyboards_scripted_plug(room.keyboards, 5, "Barcode Scanner");
        step(&room);
        room.digits[100] = '\0';
        type(&room, 5, room.digits); // pulled out in the middle of a ticket
        room.digits[100] = '4';
        keyboards_scripted_pull(room.keyboards, 5, round > 0);
        step(&room);
        assert_int_equal(room.keyboards->keyboards[5].close_count, round * 2 + 1);
        keyboards_scripted_plug(room.keyboards, 5, "Barcode Scanner");
        step(&room);
        type(&room, 5, room.digits);
        type(&room, 5, "\n");
        assert_code(&room, room.digits);
        assert_code(&room, NULL);
        keyboards_scripted_pull(room.keyboards, 5, true);
        move(&room, 5000);
    }
    keyboards_scripted_plug(room.keyboards, 4, "Barcode Scanner");
    step(&room);
    keyboards_scripted_unlist(room.keyboards, 4);
    step(&room);
    assert_int_equal(room.keyboards->keyboards[4].close_count, 1);
    room.keyboards->keyboards[6].is_refused = true; // forbidden: the others go on
    keyboards_scripted_plug(room.keyboards, 6, "Barcode Scanner");
    for (int i = 7; i < KEYBOARDS_SCRIPTED; i++) keyboards_scripted_plug(room.keyboards, i, "Barcode Scanner");
    step(&room);
    type(&room, 7, room.digits);
    type(&room, 7, "\n");
    assert_code(&room, room.digits);
    assert_int_equal(room.keyboards->keyboards[7 + SCANNERS_MOST_KEYBOARDS].open_count, 0); // one too many
    end(&room);
}

static void test_scanners__what_is_sent_twice_counts_once(void **state)
{
    struct room room;

    (void)state;
    begin(&room, "auto", "");
    room.script->step_ms = 20; // slow: a ticket takes 4 s
    keyboards_scripted_plug(room.keyboards, 1, "Barcode Scanner");
    keyboards_scripted_plug(room.keyboards, 2, "Barcode Scanner");
    for (int i = 0; i < 3; i++) {
        type(&room, 1, room.digits);
        type(&room, 1, "\n");
    }
    type(&room, 2, room.digits); // a second scanner on the same ticket is no second person
    type(&room, 2, "\n");
    assert_code(&room, room.digits);
    assert_code(&room, NULL);
    type(&room, 1, "KITZ-7\n"); // another code is never held up
    assert_code(&room, "KITZ-7");
    move(&room, QUIET_MS);
    type(&room, 1, room.digits);
    type(&room, 1, "\n");
    assert_code(&room, room.digits);
    end(&room);
}

static void test_scanners__two_at_once_are_not_mixed_up(void **state)
{
    struct key_script *other = key_script_new(100000, SCANNER_STEP_MS);
    char second[SCANNED_TICKET_DIGITS + 1];
    struct room room;

    (void)state;
    begin(&room, "auto", "");
    memcpy(second, room.digits, sizeof second);
    second[7] = second[7] == '5' ? '6' : '5';
    keyboards_scripted_plug(room.keyboards, 1, "Barcode Scanner");
    keyboards_scripted_plug(room.keyboards, 2, "HID 1a2c:0e24");
    step(&room);
    for (int i = 0; i < SCANNED_TICKET_DIGITS; i++) { // a key here, a key there
        key_script_text(room.script, (char[]){room.digits[i], '\0'});
        key_script_text(other, (char[]){second[i], '\0'});
        keyboards_scripted_type(room.keyboards, 1, room.script);
        keyboards_scripted_type(room.keyboards, 2, other);
        if (i % 16 == 0) step(&room);
    }
    key_script_key(room.script, KEY_ENTER);
    key_script_key(other, KEY_TAB);
    keyboards_scripted_type(room.keyboards, 1, room.script);
    keyboards_scripted_type(room.keyboards, 2, other);
    step(&room);
    assert_code(&room, room.digits);
    assert_code(&room, second);
    assert_code(&room, NULL);
    free(other);
    end(&room);
}

static void test_scanners__half_a_ticket_does_nothing(void **state)
{
    struct room room;

    (void)state;
    begin(&room, "auto", "");
    keyboards_scripted_plug(room.keyboards, 1, "Barcode Scanner");
    step(&room);
    type(&room, 1, "KITZ-7\n");
    assert_code(&room, "KITZ-7");
    type(&room, 1, room.digits + 50);
    move(&room, SCANNED_PAUSE_MS);
    type(&room, 1, "12345\n"); // its last digits, late
    type(&room, 1, room.digits + 1);
    type(&room, 1, "\n");
    assert_code(&room, NULL);
    type(&room, 1, room.digits); // scanned again: at once
    type(&room, 1, "\n");
    assert_code(&room, room.digits);
    end(&room);
}

static void test_scanners__codes_wait_for_a_busy_desk(void **state)
{
    enum { SCANNED = DESK_DEEP + 33 }; // 32 wait, and one is on offer
    struct room room;
    char text[32];

    (void)state;
    begin(&room, "auto", "");
    keyboards_scripted_plug(room.keyboards, 1, "Barcode Scanner");
    step(&room);
    for (int i = 0; i < SCANNED + 3; i++) {
        snprintf(text, sizeof text, "KITZ-%d\n", i);
        type(&room, 1, text);
    }
    for (int i = 0; i < SCANNED; i++) {
        snprintf(text, sizeof text, "KITZ-%d", i);
        assert_code(&room, text); // in their order
        step(&room);
    }
    assert_code(&room, NULL); // 3 were too many: said in the log, and may be scanned again at once
    snprintf(text, sizeof text, "KITZ-%d", SCANNED + 2);
    type(&room, 1, text);
    type(&room, 1, "\n");
    assert_code(&room, text);
    end(&room);
}

// One that types without end takes its turn with the others.
static void test_scanners__a_flood_keeps_nobody_waiting(void **state)
{
    enum { LINES = 50 };
    struct room room;
    int left_bytes = 0;

    (void)state;
    begin(&room, "auto", "");
    keyboards_scripted_plug(room.keyboards, 1, "Barcode Scanner");
    keyboards_scripted_plug(room.keyboards, 2, "Barcode Scanner");
    step(&room);
    for (int i = 0; i < LINES; i++) {
        key_script_text(room.script, "KITZ-1\n");
        keyboards_scripted_type(room.keyboards, 1, room.script);
    }
    key_script_text(room.script, "KITZ-2\n");
    keyboards_scripted_type(room.keyboards, 2, room.script);
    room.clock.now_ms = room.script->now_ms;
    scanners_step(room.scanners, room.clock.now_ms);
    assert_int_equal(ioctl(room.keyboards->keyboards[1].keys[0], FIONREAD, &left_bytes), 0);
    assert_true(left_bytes > 0);
    assert_code(&room, "KITZ-1");
    assert_code(&room, "KITZ-2");
    for (int i = 0; i < LINES && left_bytes > 0; i++) {
        assert_int_equal(scanners_step(room.scanners, room.clock.now_ms), 0);
        assert_int_equal(ioctl(room.keyboards->keyboards[1].keys[0], FIONREAD, &left_bytes), 0);
    }
    assert_int_equal(left_bytes, 0);
    end(&room);
}

// ---- the serial side, through a real terminal ----

struct line_end {
    int ours, theirs; // the scanner's side, and the side the kiosk opens (kept open so that it stays)
    char path[64];
};

static void plug_serial(struct line_end *line, const char *link)
{
    assert_int_equal(openpty(&line->ours, &line->theirs, line->path, NULL, NULL), 0);
    if (link) assert_int_equal(symlink(line->path, link), 0);
}

static void send(struct line_end *line, const char *bytes)
{
    assert_int_equal(write(line->ours, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
}

// qemu-user hands TIOCEXCL on to the kernel, but not the question about it; a kernel answers that for every terminal.
static void assert_exclusive(int fd)
{
    int is_exclusive = 0;

    if (ioctl(fd, TIOCGEXCL, &is_exclusive) == 0) assert_true(is_exclusive);
    else assert_int_equal(errno, ENOSYS);
}

static void test_scanners__serial_lines_end_in_three_ways(void **state)
{
    static const char *const ends[] = {"\r", "\n", "\r\n", "\x03"};
    struct line_end line;
    struct termios mode;
    struct room room;
    char text[32];

    (void)state;
    plug_serial(&line, NULL);
    begin(&room, "none", line.path);
    step(&room);
    assert_int_equal(tcgetattr(line.theirs, &mode), 0);
    assert_int_equal(mode.c_lflag & (tcflag_t)(ICANON | ECHO | ISIG), 0);
    assert_int_equal(cfgetispeed(&mode), B9600);
    assert_exclusive(line.theirs);
    for (int i = 0; i < 4; i++) {
        snprintf(text, sizeof text, "KITZ-%d", i);
        send(&line, text);
        send(&line, ends[i]);
        move(&room, 1);
        assert_code(&room, text);
    }
    send(&line, "]Q1");
    for (int i = 0; i < SCANNED_TICKET_DIGITS; i += 20) { // in pieces, as it comes through a slow line
        char piece[21] = {0};
        memcpy(piece, room.digits + i, (size_t)(i + 20 > SCANNED_TICKET_DIGITS ? SCANNED_TICKET_DIGITS - i : 20));
        send(&line, piece);
        move(&room, 20);
    }
    assert_code(&room, NULL);
    move(&room, SCANNED_WHOLE_PAUSE_MS); // it is whole, whatever follows
    assert_code(&room, room.digits);
    send(&line, "\r\n12345678901234567890123");
    move(&room, SCANNED_PAUSE_MS);
    send(&line, "\x03\x04\x1A\x1C\x7F\r\xFF\xFE\x80\r"); // no signal, no end of file, no text
    move(&room, 1);
    assert_code(&room, NULL);
    end(&room);
    close(line.ours);
    close(line.theirs);
}

static void test_scanners__a_serial_one_comes_and_goes(void **state)
{
    char link[] = "/tmp/einlass-serial-XXXXXX";
    struct line_end line;
    struct room room;
    int before = mkstemp(link);

    (void)state;
    close(before);
    unlink(link);
    begin(&room, "none", link);
    step(&room);
    assert_code(&room, NULL);
    for (int round = 0; round < 3; round++) {
        plug_serial(&line, link);
        move(&room, 500);
        send(&line, round == 0 ? "KITZ-0\r" : round == 1 ? "KITZ-1\r" : "KITZ-2\r");
        move(&room, 1);
        assert_code(&room, round == 0 ? "KITZ-0" : round == 1 ? "KITZ-1" : "KITZ-2");
        send(&line, "KITZ-half");
        move(&room, 1);
        close(line.theirs);
        close(line.ours); // reads fail with EIO from here on
        unlink(link);
        move(&room, 1);
        move(&room, 2000);
        assert_code(&room, NULL);
    }
    end(&room);
}

// What is logged while time passes, cut to fit.
static void catch_log(struct room *room, int64_t ms, char *out, size_t out_size)
{
    int pipes[2], before = dup(STDERR_FILENO);

    assert_int_equal(pipe(pipes), 0);
    dup2(pipes[1], STDERR_FILENO);
    move(room, ms);
    dprintf(STDERR_FILENO, "\n"); // so that there is something to read
    dup2(before, STDERR_FILENO);
    close(before);
    close(pipes[1]);
    ssize_t length = read(pipes[0], out, out_size - 1);
    close(pipes[0]);
    out[length > 0 ? length : 0] = '\0';
}

// Plugged in late, and then forbidden: who looks into the log must learn of both.
static void test_scanners__a_serial_ones_log_says_what_is_wrong_now(void **state)
{
    char link[] = "/tmp/einlass-serial-XXXXXX", log[1024];
    int before = mkstemp(link);
    struct room room;

    (void)state;
    close(before);
    unlink(link);
    begin(&room, "none", link);
    catch_log(&room, 0, log, sizeof log);
    assert_non_null(strstr(log, strerror(ENOENT)));
    catch_log(&room, 500, log, sizeof log);
    assert_string_equal(log, "\n");
    assert_int_equal(symlink("/dev/null", link), 0);
    catch_log(&room, 500, log, sizeof log);
    assert_non_null(strstr(log, strerror(ENOTTY)));
    catch_log(&room, 500, log, sizeof log);
    assert_string_equal(log, "\n");
    unlink(link);
    end(&room);
}

static void test_scanners__run_and_stop_as_a_thread(void **state)
{
    struct room room;

    (void)state;
    begin(&room, "auto", "");
    room.keyboards->is_patient = true;
    keyboards_scripted_plug(room.keyboards, 1, "Barcode Scanner");
    scanners_start(room.scanners);
    key_script_text(room.script, "KITZ-7\n");
    keyboards_scripted_type(room.keyboards, 1, room.script);
    assert_true(doorbell_wait(&room.bell, DOORBELL_FOREVER));
    assert_code(&room, "KITZ-7");
    scanners_stop(room.scanners);
    scanners_stop(room.scanners);
    end(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scanners__a_named_one_is_taken_at_once),
        cmocka_unit_test(test_scanners__an_unknown_one_counts_from_its_first_burst_on),
        cmocka_unit_test(test_scanners__people_keep_their_keyboard),
        cmocka_unit_test(test_scanners__the_setting_says_which),
        cmocka_unit_test(test_keyboard__names_and_settings_say_what_it_is),
        cmocka_unit_test(test_scanners__come_and_go),
        cmocka_unit_test(test_scanners__what_is_sent_twice_counts_once),
        cmocka_unit_test(test_scanners__two_at_once_are_not_mixed_up),
        cmocka_unit_test(test_scanners__half_a_ticket_does_nothing),
        cmocka_unit_test(test_scanners__codes_wait_for_a_busy_desk),
        cmocka_unit_test(test_scanners__a_flood_keeps_nobody_waiting),
        cmocka_unit_test(test_scanners__serial_lines_end_in_three_ways),
        cmocka_unit_test(test_scanners__a_serial_one_comes_and_goes),
        cmocka_unit_test(test_scanners__a_serial_ones_log_says_what_is_wrong_now),
        cmocka_unit_test(test_scanners__run_and_stop_as_a_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
