// devices: brightness, volume and the ready check's bell follow the model.
#include "support/check.h"

#include "screen/devices.h"
#include "screen/stage.h"

#include <stdlib.h>

struct lamp { // a display that can be dimmed
    struct backlight backlight;
    int percent, set_count;
};

static int percent(struct backlight *self)
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
    static const struct backlight_ops ops = {percent, set, NULL};

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_devices__begin_as_they_are_set),
        cmocka_unit_test(test_devices__follow_once),
        cmocka_unit_test(test_devices__ring_while_the_ready_check_is_open),
        cmocka_unit_test(test_devices__ring_more_often_while_an_update_is_watched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
