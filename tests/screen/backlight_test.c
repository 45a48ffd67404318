// backlight: folders that look like /sys/class/backlight.
#include "support/check.h"

#include "screen/backlight.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[] = "/tmp/einlass-light-XXXXXX";

static void put(const char *display, const char *file, const char *content)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", root, display);
    mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/%s/%s", root, display, file);
    FILE *to = fopen(path, "w");
    assert_non_null(to);
    fputs(content, to);
    fclose(to);
}

static void expect(const char *display, const char *content)
{
    char path[256], text[32] = "";

    snprintf(path, sizeof path, "%s/%s/brightness", root, display);
    FILE *from = fopen(path, "r");
    assert_non_null(from);
    assert_non_null(fgets(text, sizeof text, from));
    fclose(from);
    assert_string_equal(text, content);
}

static void remove_all(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s/*", root);
    assert_int_equal(system(command), 0);
}

static void test_backlight__is_read_and_set_in_percent(void **state)
{
    struct backlight *light = NULL;

    (void)state;
    put("10-0045", "max_brightness", "31\n");
    put("10-0045", "brightness", "31\n");
    assert_int_equal(backlight_sysfs_open(root, &light), STATUS_OK);
    assert_int_equal(light->ops->percent(light), 100);
    light->ops->set(light, 50);
    expect("10-0045", "16\n");
    assert_int_equal(light->ops->percent(light), 52);
    light->ops->set(light, 1000);
    expect("10-0045", "31\n");
    backlight_close(light);
}

static void test_backlight__is_never_dark(void **state)
{
    static const int wanted[] = {1, 0, -50};
    struct backlight *light = NULL;

    (void)state;
    put("rpi", "max_brightness", "7\n");
    put("rpi", "brightness", "0\n"); // as somebody else left it
    assert_int_equal(backlight_sysfs_open(root, &light), STATUS_OK);
    assert_int_equal(light->ops->percent(light), 1);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        light->ops->set(light, wanted[i]);
        expect("rpi", "1\n");
    }
    backlight_close(light);
}

static void test_backlight__takes_the_first_display_that_is_one(void **state)
{
    struct backlight *light = NULL;

    (void)state;
    put("a", "max_brightness", "bright\n");
    put("a", "brightness", "5\n");
    put("b", "max_brightness", "0\n");
    put("b", "brightness", "0\n");
    put("c", "max_brightness", "255\n"); // without a file brightness
    put("d", "max_brightness", "200\n");
    put("d", "brightness", "100\n");
    put("e", "max_brightness", "200\n");
    put("e", "brightness", "200\n");
    assert_int_equal(backlight_sysfs_open(root, &light), STATUS_OK);
    assert_int_equal(light->ops->percent(light), 50);
    light->ops->set(light, 10);
    expect("d", "20\n");
    expect("e", "200\n");
    backlight_close(light);
}

static void test_backlight__of_most_monitors_there_is_none(void **state)
{
    struct backlight *light = NULL;

    (void)state;
    assert_int_equal(backlight_sysfs_open(root, &light), STATUS_MISSING);
    assert_int_equal(backlight_sysfs_open("/nowhere/backlight", &light), STATUS_MISSING);
    assert_null(light);
    backlight_close(light);
}

static void test_backlight__that_goes_away_is_no_end(void **state)
{
    struct backlight *light = NULL;

    (void)state;
    put("a", "max_brightness", "10\n");
    put("a", "brightness", "5\n");
    assert_int_equal(backlight_sysfs_open(root, &light), STATUS_OK);
    remove_all();
    assert_int_equal(light->ops->percent(light), 100);
    light->ops->set(light, 30);
    light->ops->set(light, 40);
    backlight_close(light);
}

static int clean(void **state)
{
    (void)state;
    remove_all();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_backlight__is_read_and_set_in_percent, clean),
        cmocka_unit_test_teardown(test_backlight__is_never_dark, clean),
        cmocka_unit_test_teardown(test_backlight__takes_the_first_display_that_is_one, clean),
        cmocka_unit_test_teardown(test_backlight__of_most_monitors_there_is_none, clean),
        cmocka_unit_test_teardown(test_backlight__that_goes_away_is_no_end, clean),
    };

    if (!mkdtemp(root)) return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(root);
    return failed;
}
