// libcamera_care: what a door wants of its camera, in libcamera's words.
#include "support/check.h"

#include "frame/libcamera_care.h"

static struct libcamera_care made(const struct care_wish *wish)
{
    struct libcamera_care care;

    libcamera_care_make(wish, &care);
    return care;
}

static const char *value_of(const struct libcamera_care *care, const char *property)
{
    for (size_t i = 0; i < care->count; i++)
        if (strcmp(care->settings[i].property, property) == 0) return care->settings[i].value;
    return "";
}

static void test_libcamera_care__wants_short_exposures_and_a_lens_that_stays(void **state)
{
    struct libcamera_care care = made(&(struct care_wish){0});

    (void)state;
    assert_string_equal(value_of(&care, "ae-exposure-mode"), "short");
    assert_string_equal(value_of(&care, "exposure-time"), ""); // the camera's automatic, within that mode
    assert_string_equal(value_of(&care, "analogue-gain"), "");
    assert_string_equal(value_of(&care, "af-mode"), "manual");
    assert_string_equal(value_of(&care, "lens-position"), "3.3");
    assert_string_equal(value_of(&care, "ae-flicker-period"), "10000");
    assert_string_equal(value_of(&care, "awb-enable"), "");
}

static void test_libcamera_care__gives_the_camera_its_way(void **state)
{
    struct libcamera_care care = made(
        &(struct care_wish){.exposure = {.way = CARE_CAMERA}, .focus = {.way = CARE_CAMERA}, .mains = CARE_MAINS_OFF});

    (void)state;
    assert_string_equal(value_of(&care, "ae-exposure-mode"), "normal");
    assert_string_equal(value_of(&care, "af-mode"), "continuous");
    assert_string_equal(value_of(&care, "lens-position"), "");
    assert_string_equal(value_of(&care, "ae-flicker-mode"), "off");
    assert_string_equal(value_of(&care, "ae-flicker-period"), "");
}

// The mode stands before its value: libcamera 0.5 takes no value while the automatic is on.
static void test_libcamera_care__sets_values_by_hand_after_their_modes(void **state)
{
    const struct care_want value = {CARE_VALUE, 4000};
    struct libcamera_care care = made(&(struct care_wish){value, value, value, value, CARE_MAINS_60});
    static const char *const order[] = {
        "ae-flicker-mode", "ae-flicker-period", "exposure-time-mode", "exposure-time", "analogue-gain-mode",
        "analogue-gain",   "awb-enable",        "colour-temperature", "af-mode",       "lens-position"};

    (void)state;
    assert_int_equal(care.count, sizeof order / sizeof *order);
    for (size_t i = 0; i < care.count; i++) assert_string_equal(care.settings[i].property, order[i]);
    assert_string_equal(value_of(&care, "exposure-time"), "4000");
    assert_string_equal(value_of(&care, "awb-enable"), "false");
    assert_string_equal(value_of(&care, "ae-flicker-period"), "8333");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_libcamera_care__wants_short_exposures_and_a_lens_that_stays),
        cmocka_unit_test(test_libcamera_care__gives_the_camera_its_way),
        cmocka_unit_test(test_libcamera_care__sets_values_by_hand_after_their_modes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
