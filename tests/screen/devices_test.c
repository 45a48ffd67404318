// devices: brightness, volume and the ready check's bell follow the model.
#include "support/check.h"

#include "fakes/clock_hand.h"
#include "screen/devices.h"
#include "screen/stage.h"

#include <stdlib.h>

struct lamp { // a display that can be dimmed
    struct backlight backlight;
    int percent, set_count;
};

static int percent_of(struct backlight *self)
{
    return ((struct lamp *)self)->percent;
}

static void set(struct backlight *self, int wanted_percent)
{
    struct lamp *lamp = (struct lamp *)self;

    lamp->percent = wanted_percent;
    lamp->set_count++;
}

struct room {
    struct lamp lamp;
    struct doorbell bell;
    struct model *model;
    struct devices devices;
};

static void begin(struct room *room, bool has_lamp, int brightness)
{
    static const struct backlight_ops ops = {percent_of, set, NULL};

    setenv("SDL_AUDIODRIVER", "dummy", 1);
    *room = (struct room){.lamp = {{&ops}, 80, 0}, .model = calloc(1, sizeof *room->model)};
    assert_non_null(room->model);
    doorbell_init(&room->bell);
    room->devices.backlight = has_lamp ? &room->lamp.backlight : NULL;
    room->devices.inspection = &room->bell;
    devices_open(&room->devices, 40, brightness, room->model);
}

static void end(struct room *room)
{
    devices_close(&room->devices);
    doorbell_destroy(&room->bell);
    free(room->model);
}

static void test_devices__begin_as_they_are_set(void **state)
{
    struct room room;

    (void)state;
    begin(&room, true, 0);
    assert_int_equal(room.model->brightness, 80); // as it was
    assert_int_equal(room.model->volume, 40);
    assert_int_equal(room.lamp.set_count, 0);
    end(&room);
    begin(&room, true, 30);
    assert_int_equal(room.model->brightness, 30);
    end(&room);
    begin(&room, false, 30);
    assert_int_equal(room.model->brightness, 0); // this display can't
    devices_follow(&room.devices, room.model, 0);
    end(&room);
}

static void test_devices__follow_once(void **state)
{
    struct room room;

    (void)state;
    begin(&room, true, 0);
    for (int i = 0; i < 5; i++) devices_follow(&room.devices, room.model, i);
    assert_int_equal(room.lamp.set_count, 0);
    room.model->brightness = 50;
    room.model->volume = 0;
    for (int i = 0; i < 5; i++) devices_follow(&room.devices, room.model, i);
    assert_int_equal(room.lamp.set_count, 1);
    assert_int_equal(room.lamp.percent, 50);
    assert_int_equal(room.devices.volume, 0);
    end(&room);
}

static void test_devices__ring_while_the_ready_check_is_open(void **state)
{
    struct room room;
    int rings = 0;

    (void)state;
    begin(&room, false, 0);
    devices_follow(&room.devices, room.model, 0);
    assert_false(room.bell.has_rung);
    room.model->page = PAGE_STAFF;
    room.model->staff.page = STAFF_MENU;
    devices_follow(&room.devices, room.model, 100);
    assert_false(room.bell.has_rung);
    room.model->staff.page = STAFF_CHECK;
    for (int ms = 200; ms < 200 + 2 * DEVICES_INSPECT_MS + 100; ms += 20) {
        devices_follow(&room.devices, room.model, ms);
        rings += room.bell.has_rung;
        room.bell.has_rung = false;
    }
    assert_int_equal(rings, 3);     // at once, and every five seconds
    room.model->page = PAGE_RESULT; // a guest
    devices_follow(&room.devices, room.model, 20000);
    assert_false(room.bell.has_rung);
    room.model->page = PAGE_STAFF; // and back: at once again
    devices_follow(&room.devices, room.model, 20020);
    assert_true(room.bell.has_rung);
    end(&room);
}

static void test_devices__ring_more_often_while_an_update_is_watched(void **state)
{
    struct room room;
    int rings = 0;

    (void)state;
    begin(&room, false, 0);
    room.model->page = PAGE_STAFF;
    room.model->staff.page = STAFF_UPDATE;
    for (int ms = 0; ms < 3 * DEVICES_UPDATE_MS; ms += 20) {
        devices_follow(&room.devices, room.model, ms);
        rings += room.bell.has_rung;
        room.bell.has_rung = false;
    }
    assert_int_equal(rings, 3);
    end(&room);
}

// ---- dimmed ----

struct dark_room {
    struct room room;
    struct clock_hand clock;
};

static void begin_dark(struct dark_room *dark, int percent, int brightness)
{
    static const struct backlight_ops ops = {percent_of, set, NULL};
    struct room *room = &dark->room;

    setenv("SDL_AUDIODRIVER", "dummy", 1);
    clock_hand_init(&dark->clock, 1);
    dark->clock.clock_state = CLOCK_STATE_NTP;
    *room = (struct room){.lamp = {{&ops}, percent, 0}, .model = calloc(1, sizeof *room->model)};
    assert_non_null(room->model);
    model_init(room->model, &(struct model_config){.dim = {1000, 10}}, 0);
    room->devices = (struct devices){.backlight = &room->lamp.backlight, .clock = &dark->clock.clock};
    devices_open(&room->devices, 40, brightness, room->model);
}

static void end_dark(struct dark_room *dark)
{
    devices_close(&dark->room.devices);
    free(dark->room.model);
}

static void test_devices__dim_and_are_bright_again(void **state)
{
    struct dark_room dark;
    struct room *room = &dark.room;

    (void)state;
    begin_dark(&dark, 80, 0);
    devices_follow(&room->devices, room->model, 999);
    assert_int_equal(room->lamp.percent, 80);
    for (int64_t ms = 1000; ms < 2000; ms += 20) devices_follow(&room->devices, room->model, ms);
    assert_int_equal(room->lamp.percent, 10);
    assert_int_equal(room->lamp.set_count, 1);
    model_act(room->model, (struct action){ACT_NONE, 0}, 2000);
    devices_follow(&room->devices, room->model, 2000);
    assert_int_equal(room->lamp.percent, 80);
    assert_int_equal(room->lamp.set_count, 2);
    end_dark(&dark);
}

static void test_devices__leave_no_display_dim(void **state)
{
    struct dark_room dark;

    (void)state;
    begin_dark(&dark, 80, 60);
    devices_follow(&dark.room.devices, dark.room.model, 5000);
    assert_int_equal(dark.room.lamp.percent, 10);
    end_dark(&dark);
    assert_int_equal(dark.room.lamp.percent, 60);
}

// Killed while it was dim: nobody set it to that.
static void test_devices__do_not_take_their_own_dimming_for_a_wish(void **state)
{
    static const struct {
        int found, wanted, expected;
    } cases[] = {{10, 0, 100}, {14, 0, 100}, {16, 0, 16}, {10, 8, 8}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dark_room dark;
        begin_dark(&dark, cases[i].found, cases[i].wanted);
        assert_int_equal(dark.room.lamp.percent, cases[i].expected);
        assert_int_equal(dark.room.model->brightness, cases[i].expected);
        end_dark(&dark);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_devices__begin_as_they_are_set),
        cmocka_unit_test(test_devices__follow_once),
        cmocka_unit_test(test_devices__ring_while_the_ready_check_is_open),
        cmocka_unit_test(test_devices__ring_more_often_while_an_update_is_watched),
        cmocka_unit_test(test_devices__dim_and_are_bright_again),
        cmocka_unit_test(test_devices__leave_no_display_dim),
        cmocka_unit_test(test_devices__do_not_take_their_own_dimming_for_a_wish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
