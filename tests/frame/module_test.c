// module: a Raspberry Pi's camera module is told by its receiver, and never taken for a USB camera.
#include "support/check.h"

#include "frame/module.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct devices {
    char path[64], entry[96], name[128];
};

// As /sys/class/video4linux with one device of that name; NULL: with none.
static void make(struct devices *devices, const char *name)
{
    strcpy(devices->path, "/tmp/einlass-module-XXXXXX");
    assert_non_null(mkdtemp(devices->path));
    devices->entry[0] = '\0';
    if (!name) return;
    snprintf(devices->entry, sizeof devices->entry, "%s/video0", devices->path);
    snprintf(devices->name, sizeof devices->name, "%s/name", devices->entry);
    assert_int_equal(mkdir(devices->entry, 0755), 0);
    FILE *file = fopen(devices->name, "w");
    assert_non_null(file);
    fprintf(file, "%s\n", name);
    fclose(file);
}

static bool is_connected(const char *name)
{
    struct devices devices;

    make(&devices, name);
    bool is = module_is_connected(devices.path);
    if (devices.entry[0]) {
        unlink(devices.name);
        rmdir(devices.entry);
    }
    rmdir(devices.path);
    return is;
}

static void test_module__is_told_by_its_receiver(void **state)
{
    (void)state;
    assert_true(is_connected("unicam-image"));
    assert_true(is_connected("rp1-cfe-csi2_ch0"));
}

static void test_module__is_not_what_every_pi_or_a_usb_camera_has(void **state)
{
    (void)state;
    assert_false(is_connected("bcm2835-isp-capture0"));
    assert_false(is_connected("pispbe-output"));
    assert_false(is_connected("UVC Camera (046d:0825)"));
    assert_false(is_connected(""));
    assert_false(is_connected(NULL));
    assert_false(module_is_connected("/nowhere"));
}

static void test_module__knows_drivers_that_send_no_picture_by_themselves(void **state)
{
    (void)state;
    assert_true(module_is_part("unicam"));
    assert_true(module_is_part("rp1-cfe"));
    assert_true(module_is_part("bcm2835-isp"));
    assert_true(module_is_part("pispbe"));
    assert_false(module_is_part("uvcvideo"));
    assert_false(module_is_part("vivid"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_module__is_told_by_its_receiver),
        cmocka_unit_test(test_module__is_not_what_every_pi_or_a_usb_camera_has),
        cmocka_unit_test(test_module__knows_drivers_that_send_no_picture_by_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
