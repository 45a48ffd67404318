// keyboard_evdev, keyboard_udev: scanners through keyboards of the kernel's own making (uinput), where it has them.
#include "support/check.h"
#include "support/uinput.h"

#include "base/mem.h"
#include "scanner/scanned.h"
#include "scanner/scanners.h"

#include <linux/input-event-codes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { WAIT_MS = 1000, STEP_MS = 5 };

struct bench {
    struct clock *clock;
    struct doorbell bell;
    struct queue codes;
    struct layout *layout;
    struct keyboard_source *source;
    struct scanners *scanners;
    struct key_script *script;
    struct code *code;
    char digits[SCANNED_TICKET_DIGITS + 1];
};

static bool lacks_uinput(void)
{
    if (uinput_is_there()) return false;
    print_message("SKIPPED: no uinput, this machine can't make keyboards\n");
    return true;
}

// What a screen would hear of a keyboard: -1 nothing within `wait_ms`.
static int heard(struct keyboard *screen, int wait_ms)
{
    struct pollfd wait = {.fd = screen->ops->descriptor(screen), .events = POLLIN};
    struct key_event event;

    while (poll(&wait, 1, wait_ms) > 0)
        if (screen->ops->read(screen, &event) == STATUS_OK && event.move == KEY_MOVE_DOWN) return event.key;
    return -1;
}

static void test_evdev__reads_keys_with_their_times(void **state)
{
    struct clock *clock = clock_system();
    struct keyboard *keyboard = NULL;
    struct key_script *script;
    struct key_event event;
    struct uinput device;

    (void)state;
    if (lacks_uinput()) return;
    uinput_plug(&device, "Einlass test keyboard");
    assert_int_equal(keyboard_evdev_open(device.path, &keyboard), STATUS_OK);
    assert_int_equal(keyboard->ops->read(keyboard, &event), STATUS_LATER);
    int64_t before_ms = clock->ops->mono_ms(clock);
    script = key_script_new(0, STEP_MS);
    key_script_key(script, KEY_A);
    key_script_move(script, KEY_LEFTSHIFT, KEY_MOVE_DOWN);
    uinput_type(&device, script, true);
    assert_int_equal(keyboard->ops->read(keyboard, &event), STATUS_OK);
    assert_true(event.key == KEY_A && event.move == KEY_MOVE_DOWN && !event.is_after_loss);
    assert_in_range(event.mono_ms, before_ms, clock->ops->mono_ms(clock));
    assert_int_equal(keyboard->ops->read(keyboard, &event), STATUS_OK);
    assert_true(event.key == KEY_A && event.move == KEY_MOVE_UP);
    assert_int_equal(keyboard->ops->read(keyboard, &event), STATUS_OK);
    assert_true(event.key == KEY_LEFTSHIFT && event.move == KEY_MOVE_DOWN);
    assert_int_equal(keyboard->ops->read(keyboard, &event), STATUS_LATER);
    assert_int_equal(keyboard->ops->grab(keyboard, true), STATUS_LATER); // Shift is down
    key_script_move(script, KEY_LEFTSHIFT, KEY_MOVE_UP);
    uinput_type(&device, script, true);
    assert_int_equal(keyboard->ops->grab(keyboard, true), STATUS_OK);
    assert_int_equal(keyboard->ops->grab(keyboard, false), STATUS_OK);
    uinput_pull(&device);
    enum status status = STATUS_OK;
    while (status == STATUS_OK) status = keyboard->ops->read(keyboard, &event);
    assert_int_equal(status, STATUS_GONE);
    keyboard_close(keyboard);
    assert_int_equal(keyboard_evdev_open("/dev/input/event999", &keyboard), STATUS_GONE);
    free(script);
}

static void test_evdev__tells_that_keys_were_lost(void **state)
{
    struct keyboard *keyboard = NULL;
    struct key_script *script = key_script_new(0, STEP_MS);
    struct key_event event;
    struct uinput device;
    int lost = 0, read = 0;

    (void)state;
    if (!lacks_uinput()) {
        uinput_plug(&device, "Einlass test keyboard");
        assert_int_equal(keyboard_evdev_open(device.path, &keyboard), STATUS_OK);
        for (int i = 0; i < 1000; i++) key_script_key(script, (uint16_t)(KEY_1 + i % 10));
        key_script_move(script, KEY_LEFTSHIFT, KEY_MOVE_DOWN);
        uinput_type(&device, script, false); // nobody reads meanwhile
        bool is_shift_down = false;
        while (keyboard->ops->read(keyboard, &event) == STATUS_OK) {
            read++;
            lost += event.key == KEY_RESERVED && event.is_after_loss;
            if (event.key == KEY_LEFTSHIFT) is_shift_down = event.move == KEY_MOVE_DOWN;
        }
        assert_int_equal(lost, 1);
        assert_true(is_shift_down); // what is down now is known again
        print_message("of 2001 events %d were left\n", read);
        key_script_move(script, KEY_LEFTSHIFT, KEY_MOVE_UP);
        uinput_type(&device, script, false);
        assert_int_equal(keyboard->ops->read(keyboard, &event), STATUS_OK);
        assert_true(event.key == KEY_LEFTSHIFT && !event.is_after_loss);
        keyboard_close(keyboard);
        uinput_pull(&device);
    }
    free(script);
}

// Of 64 events, 4 a key: scan codes don't take room, else it would be 10 keys. A very quick scanner needs 30 ms for
// them.
static void test_evdev__keeps_15_keys_for_a_late_reader(void **state)
{
    enum { KEYS = 15 };
    struct keyboard *keyboard = NULL;
    struct key_script *script = key_script_new(0, STEP_MS);
    struct key_event event;
    struct uinput device;
    int read = 0;

    (void)state;
    if (!lacks_uinput()) {
        uinput_plug(&device, "Einlass test keyboard");
        assert_int_equal(keyboard_evdev_open(device.path, &keyboard), STATUS_OK);
        for (int i = 0; i < KEYS; i++) key_script_key(script, KEY_5);
        uinput_type(&device, script, false);
        while (keyboard->ops->read(keyboard, &event) == STATUS_OK) {
            assert_false(event.is_after_loss);
            read++;
        }
        assert_int_equal(read, 2 * KEYS);
        keyboard_close(keyboard);
        uinput_pull(&device);
    }
    free(script);
}

static bool begin(struct bench *bench)
{
    *bench = (struct bench){.clock = clock_system(), .code = mem_zero(sizeof *bench->code)};
    bench->script = key_script_new(0, STEP_MS);
    for (int i = 0; i < SCANNED_TICKET_DIGITS; i++) bench->digits[i] = (char)('0' + (i * i + i / 5) % 10);
    if (lacks_uinput()) return false;
    if (access("/run/udev/control", F_OK) != 0) {
        print_message("SKIPPED: no uinput that udev would tell of\n");
        return false;
    }
    doorbell_init(&bench->bell);
    queue_init(&bench->codes, sizeof(struct code), 8, &bench->bell);
    assert_int_equal(layout_xkb_open("us", &bench->layout), STATUS_OK);
    assert_int_equal(keyboard_source_udev_open(&bench->source), STATUS_OK);
    struct scanners_config config = {.clock = bench->clock,
                                     .source = bench->source,
                                     .layout = bench->layout,
                                     .keyboard = "auto",
                                     .baud = 9600,
                                     .codes = &bench->codes};
    assert_int_equal(scanners_open(&config, &bench->scanners), STATUS_OK);
    scanners_start(bench->scanners);
    return true;
}

static void end(struct bench *bench, bool has_begun)
{
    free(bench->code);
    free(bench->script);
    if (!has_begun) return;
    scanners_close(bench->scanners);
    keyboard_source_close(bench->source);
    layout_close(bench->layout);
    queue_destroy(&bench->codes);
    doorbell_destroy(&bench->bell);
}

static void pause_ms(int ms)
{
    (void)poll(NULL, 0, ms);
}

// Until udev has told and the scanners have taken it: then nobody else can.
static void await_taken(struct keyboard *screen)
{
    for (int i = 0; i < WAIT_MS / 20; i++) {
        if (screen->ops->grab(screen, true) != STATUS_OK) return;
        assert_int_equal(screen->ops->grab(screen, false), STATUS_OK);
        pause_ms(100);
    }
    fail_msg("nobody took it");
}

static void type_ticket(struct bench *bench, struct uinput *device, bool is_paced)
{
    bench->digits[0] = bench->digits[0] == '9' ? '0' : (char)(bench->digits[0] + 1); // the next person's
    key_script_text(bench->script, bench->digits);
    key_script_key(bench->script, KEY_ENTER);
    uinput_type(device, bench->script, is_paced);
}

static bool await_ticket(struct bench *bench)
{
    int64_t until_ms = bench->clock->ops->mono_ms(bench->clock) + WAIT_MS;

    while (!queue_take(&bench->codes, bench->code)) {
        if (bench->clock->ops->mono_ms(bench->clock) >= until_ms) return false;
        doorbell_wait(&bench->bell, 100);
    }
    assert_int_equal(bench->code->length, SCANNED_TICKET_DIGITS);
    assert_memory_equal(bench->code->text, bench->digits, SCANNED_TICKET_DIGITS);
    return true;
}

// As people do: nothing happened, so once more. On a machine that computes hard, keys may come too late.
static void scan_ticket(struct bench *bench, struct uinput *device)
{
    for (int i = 0; i < 3; i++) {
        type_ticket(bench, device, true);
        if (await_ticket(bench)) return;
    }
    fail_msg("scanned three times, and nothing came");
}

static void test_udev__a_named_scanner_is_found_taken_and_found_again(void **state)
{
    struct bench bench;
    struct uinput device;
    struct keyboard *screen = NULL;
    bool has_begun = begin(&bench);

    (void)state;
    for (int round = 0; has_begun && round < 3; round++) {
        uinput_plug(&device, "Einlass test barcode scanner");
        assert_int_equal(keyboard_evdev_open(device.path, &screen), STATUS_OK);
        await_taken(screen);
        scan_ticket(&bench, &device);
        assert_int_equal(heard(screen, 300), -1); // nothing reaches the screen
        keyboard_close(screen);
        uinput_pull(&device);
    }
    end(&bench, has_begun);
}

static void test_udev__an_unknown_one_is_taken_after_its_first_burst(void **state)
{
    struct bench bench;
    struct uinput device;
    struct keyboard *screen = NULL;
    bool has_begun = begin(&bench);

    (void)state;
    if (has_begun) {
        uinput_plug(&device, "Einlass test keyboard");
        pause_ms(700);
        assert_int_equal(keyboard_evdev_open(device.path, &screen), STATUS_OK);
        key_script_key(bench.script, KEY_X); // a person
        uinput_type(&device, bench.script, true);
        assert_int_equal(heard(screen, 300), KEY_X);
        pause_ms(600);
        scan_ticket(&bench, &device);
        await_taken(screen);
        while (heard(screen, 100) >= 0) continue; // the first burst was everybody's
        scan_ticket(&bench, &device);
        assert_int_equal(heard(screen, 300), -1);
        keyboard_close(screen);
        uinput_pull(&device);
    }
    end(&bench, has_begun);
}

// A ticket in 0.4 s is the most that USB's keyboards can do. 64 events are all that the kernel keeps for us: where
// others compute, some may be lost, but never is a wrong one taken.
static void test_udev__a_very_fast_one_is_kept_up_with(void **state)
{
    enum { TICKETS = 6 };
    struct bench bench;
    struct uinput device;
    bool has_begun = begin(&bench);
    int taken = 0;

    (void)state;
    if (has_begun) {
        uinput_plug(&device, "Einlass test barcode scanner");
        pause_ms(700);
        bench.script->step_ms = 2;
        for (int i = 0; i < TICKETS; i++) {
            type_ticket(&bench, &device, true);
            if (await_ticket(&bench)) taken++;
        }
        print_message("%d of %d\n", taken, TICKETS);
        assert_true(taken >= TICKETS / 2);
        uinput_pull(&device);
    }
    end(&bench, has_begun);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evdev__reads_keys_with_their_times),
        cmocka_unit_test(test_evdev__tells_that_keys_were_lost),
        cmocka_unit_test(test_evdev__keeps_15_keys_for_a_late_reader),
        cmocka_unit_test(test_udev__a_named_scanner_is_found_taken_and_found_again),
        cmocka_unit_test(test_udev__an_unknown_one_is_taken_after_its_first_burst),
        cmocka_unit_test(test_udev__a_very_fast_one_is_kept_up_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
