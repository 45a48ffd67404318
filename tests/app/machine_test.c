// machine: which screen and touch screen a machine has, and which graphics library it lacks.
#include "support/check.h"

#include "app/check_parts.h"
#include "app/machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct scene {
    char root[64];
    char said[4096]; // what check_machine printed
};

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);

    snprintf(scene->root, sizeof scene->root, "/tmp/einlass-machine-XXXXXX");
    assert_non_null(mkdtemp(scene->root));
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s", scene->root);
    assert_int_equal(system(command), 0);
    free(scene);
    return 0;
}

// A file with one line, and the folders it lies in.
static void put(const struct scene *scene, const char *path, const char *line)
{
    char whole[256];

    snprintf(whole, sizeof whole, "%s%s", scene->root, path);
    for (char *slash = strchr(whole + strlen(scene->root) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(whole, 0700);
        *slash = '/';
    }
    FILE *file = fopen(whole, "w");
    assert_non_null(file);
    fprintf(file, "%s\n", line);
    fclose(file);
}

static void expect_display(const struct scene *scene, const char *card, const char *connected, int connectors)
{
    struct machine_display display;

    assert_true(machine_display(scene->root, &display));
    assert_string_equal(display.card, card);
    assert_string_equal(display.connected, connected);
    assert_int_equal(display.connector_count, connectors);
}

static void test_machine__takes_the_card_with_a_display(void **state)
{
    struct scene *scene = *state;
    struct machine_display display;

    assert_false(machine_display(scene->root, &display));
    put(scene, "/sys/class/drm/card0/dev", "226:0"); // a Pi 4's card0 computes only
    assert_false(machine_display(scene->root, &display));
    put(scene, "/sys/class/drm/card1-HDMI-A-1/status", "disconnected");
    put(scene, "/sys/class/drm/card1-HDMI-A-2/status", "disconnected");
    expect_display(scene, "/dev/dri/card1", "", 2);
    put(scene, "/sys/class/drm/card10-DSI-1/status", "connected");
    expect_display(scene, "/dev/dri/card10", "DSI-1", 1);
    put(scene, "/sys/class/drm/card1-HDMI-A-2/status", "connected");
    expect_display(scene, "/dev/dri/card1", "HDMI-A-2", 2);
}

static void test_machine__knows_a_touch_screen_by_what_it_points_at(void **state)
{
    struct scene *scene = *state;
    struct machine_touch touch;

    assert_false(machine_touch(scene->root, &touch));
    put(scene, "/sys/class/input/event0/device/properties", "0");
    put(scene, "/sys/class/input/event0/device/name", "Some Keyboard");
    put(scene, "/sys/class/input/event1/device/properties", "5"); // a touchpad: a pointer with buttons
    assert_false(machine_touch(scene->root, &touch));
    put(scene, "/sys/class/input/event10/device/properties", "0 2"); // two words on a kernel of 32 bits
    put(scene, "/sys/class/input/event10/device/name", "raspberrypi-ts");
    assert_true(machine_touch(scene->root, &touch));
    assert_string_equal(touch.device, "/dev/input/event10");
    assert_string_equal(touch.name, "raspberrypi-ts");
}

static void test_machine__names_the_package_of_a_missing_library(void **state)
{
    static const struct machine_library libraries[] = {
        {"libc.so.6", "libc6"},
        {"libeinlass-was-never-there.so.1", "libnever1"},
        {"libeinlass-nor-this.so.1", "libnor1"},
    };

    (void)state;
    assert_null(machine_missing_of(libraries, 1));
    assert_string_equal(machine_missing_of(libraries, 3), "libnever1");
}

// ---- in the words of --check ----

static int check(struct scene *scene)
{
    struct report report = {.to = fmemopen(scene->said, sizeof scene->said, "w")};

    assert_non_null(report.to);
    check_machine(&report, scene->root);
    fclose(report.to);
    return report.missing_count;
}

static void expect_said(const struct scene *scene, const char *words)
{
    if (!strstr(scene->said, words)) fail_msg("'%s' is missing in:\n%s", words, scene->said);
}

static void test_machine__is_told_about_where_there_is_no_desktop(void **state)
{
    struct scene *scene = *state;

    setenv("SDL_VIDEODRIVER", "x11", 1);
    assert_int_equal(check(scene), 0);
    assert_string_equal(scene->said, "");
    setenv("SDL_VIDEODRIVER", "kmsdrm", 1);
    assert_true(check(scene) >= 1);
    expect_said(scene, "! screen       no graphics card");
    expect_said(scene, "  touch        no touch screen");
}

static void test_machine__says_what_keeps_the_kiosk_from_its_screen(void **state)
{
    struct scene *scene = *state;

    setenv("SDL_VIDEODRIVER", "kmsdrm", 1);
    put(scene, "/sys/class/drm/card0-DSI-1/status", "connected");
    (void)check(scene);
    expect_said(scene, "! screen       /dev/dri/card0: No such file or directory");
    put(scene, "/dev/dri/card0", "");
    (void)check(scene);
    expect_said(scene, "  screen       /dev/dri/card0, on DSI-1");
    put(scene, "/sys/class/drm/card0-DSI-1/status", "disconnected");
    (void)check(scene);
    expect_said(scene, "! screen       /dev/dri/card0, but no display is plugged in");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_machine__takes_the_card_with_a_display, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_machine__knows_a_touch_screen_by_what_it_points_at, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_machine__names_the_package_of_a_missing_library, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_machine__is_told_about_where_there_is_no_desktop, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_machine__says_what_keeps_the_kiosk_from_its_screen, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
