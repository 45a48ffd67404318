#include "support/check.h"

#include "base/mem.h"
#include "frame/brightness.h"
#include "frame/care.h"

#include <stdlib.h>

#define CONTROL(kind) of[CAMERA_CONTROL_##kind]

static struct camera_control range(int least, int most, int step, int now)
{
    return (struct camera_control){.is_present = true, .least = least, .most = most, .step = step, .now = now};
}

static struct camera_control menu(uint32_t choices, int most, int now)
{
    struct camera_control control = range(0, most, 1, now);
    control.choices = choices;
    return control;
}

// As the kernel's uvcvideo driver shows a good webcam.
static struct camera_controls webcam(void)
{
    struct camera_controls camera = {0};

    camera.CONTROL(MAINS) = menu(7, 2, MAINS_60_HZ);
    camera.CONTROL(SLOW_FRAMES) = range(0, 1, 1, 1);
    camera.CONTROL(WHITE_BALANCE_AUTO) = range(0, 1, 1, 1);
    camera.CONTROL(WHITE_BALANCE) = range(2000, 6500, 1, 4000);
    camera.CONTROL(EXPOSURE_AUTO) = menu(1 << EXPOSURE_AUTO_NONE | 1 << EXPOSURE_AUTO_TIME, 3, EXPOSURE_AUTO_TIME);
    camera.CONTROL(EXPOSURE) = range(3, 2047, 1, 250);
    camera.CONTROL(GAIN) = range(0, 255, 1, 40);
    camera.CONTROL(FOCUS_AUTO) = range(0, 1, 1, 1);
    camera.CONTROL(FOCUS) = range(0, 250, 5, 0);
    return camera;
}

static void assert_set(const struct care_plan *plan, enum camera_control_kind kind, int value)
{
    if (!plan->of[kind].is_set) fail_msg("%s is not set", camera_control_words(kind));
    if (plan->of[kind].value != value) fail_msg("%s: %d", camera_control_words(kind), plan->of[kind].value);
}

static void test_care__a_webcam_gets_short_exposures_and_a_still_lens(void **state)
{
    struct camera_controls camera = webcam();
    struct care_wish wish = {0};
    struct care_plan plan;

    (void)state;
    care_plan_make(&camera, &wish, &plan);
    assert_set(&plan, CAMERA_CONTROL_MAINS, MAINS_50_HZ);
    assert_set(&plan, CAMERA_CONTROL_SLOW_FRAMES, 0);
    assert_set(&plan, CAMERA_CONTROL_WHITE_BALANCE_AUTO, 0);
    assert_set(&plan, CAMERA_CONTROL_EXPOSURE_AUTO, EXPOSURE_AUTO_NONE);
    assert_set(&plan, CAMERA_CONTROL_EXPOSURE, 100); // 10 ms
    assert_set(&plan, CAMERA_CONTROL_GAIN, 40);      // to begin with
    assert_set(&plan, CAMERA_CONTROL_FOCUS_AUTO, 0);
    assert_set(&plan, CAMERA_CONTROL_FOCUS, 85); // a third, in steps of 5
    assert_false(plan.CONTROL(WHITE_BALANCE).is_set);
    assert_int_equal(plan.servo.exposure.most, 200);
    assert_int_equal(plan.servo.exposure_short, 100);
    assert_int_equal(plan.servo.gain.most, 255);
    wish.mains = CARE_MAINS_60;
    care_plan_make(&camera, &wish, &plan);
    assert_set(&plan, CAMERA_CONTROL_MAINS, MAINS_60_HZ);
    assert_set(&plan, CAMERA_CONTROL_EXPOSURE, 83); // one beat of 120 a second
}

static void test_care__does_as_it_is_told(void **state)
{
    struct camera_controls camera = webcam();
    struct care_wish wish = {
        .exposure = {CARE_CAMERA, 0}, .focus = {CARE_CAMERA, 0}, .white_balance = {CARE_CAMERA, 0}};
    struct care_plan plan;

    (void)state;
    care_plan_make(&camera, &wish, &plan);
    assert_set(&plan, CAMERA_CONTROL_EXPOSURE_AUTO, EXPOSURE_AUTO_TIME);
    assert_set(&plan, CAMERA_CONTROL_SLOW_FRAMES, 0);
    assert_set(&plan, CAMERA_CONTROL_WHITE_BALANCE_AUTO, 1);
    assert_set(&plan, CAMERA_CONTROL_FOCUS_AUTO, 1);
    assert_false(plan.CONTROL(EXPOSURE).is_set || plan.CONTROL(GAIN).is_set || plan.CONTROL(FOCUS).is_set);
    assert_false(servo_is_needed(&plan.servo));

    wish = (struct care_wish){.exposure = {CARE_VALUE, 5000},
                              .gain = {CARE_VALUE, 999},
                              .focus = {CARE_VALUE, 42},
                              .white_balance = {CARE_VALUE, 5000},
                              .mains = CARE_MAINS_OFF};
    care_plan_make(&camera, &wish, &plan);
    assert_set(&plan, CAMERA_CONTROL_MAINS, MAINS_OFF);
    assert_set(&plan, CAMERA_CONTROL_EXPOSURE_AUTO, EXPOSURE_AUTO_NONE);
    assert_set(&plan, CAMERA_CONTROL_EXPOSURE, 50);
    assert_set(&plan, CAMERA_CONTROL_GAIN, 255); // as much as it has
    assert_set(&plan, CAMERA_CONTROL_FOCUS, 40);
    assert_set(&plan, CAMERA_CONTROL_WHITE_BALANCE_AUTO, 0);
    assert_set(&plan, CAMERA_CONTROL_WHITE_BALANCE, 5000);
    assert_false(servo_is_needed(&plan.servo));

    wish = (struct care_wish){.exposure = {CARE_VALUE, 5000}}; // the gain follows the light then
    care_plan_make(&camera, &wish, &plan);
    assert_true(servo_is_needed(&plan.servo));
    assert_int_equal(plan.servo.exposure.step, 0);
}

static void test_care__makes_do_with_what_there_is(void **state)
{
    struct camera_controls camera = {0};
    struct care_wish wish = {0};
    struct care_plan plan;

    (void)state;
    care_plan_make(&camera, &wish, &plan); // no controls at all
    for (int kind = 0; kind < CAMERA_CONTROL_COUNT; kind++) assert_false(plan.of[kind].is_set);
    assert_false(servo_is_needed(&plan.servo));

    camera = webcam(); // exposes by itself only
    camera.CONTROL(EXPOSURE) = (struct camera_control){0};
    care_plan_make(&camera, &wish, &plan);
    assert_set(&plan, CAMERA_CONTROL_EXPOSURE_AUTO, EXPOSURE_AUTO_TIME);
    assert_false(servo_is_needed(&plan.servo));

    camera = webcam(); // doesn't expose by itself, whatever was wished
    camera.CONTROL(EXPOSURE_AUTO) = (struct camera_control){0};
    wish.exposure.way = CARE_CAMERA;
    care_plan_make(&camera, &wish, &plan);
    assert_set(&plan, CAMERA_CONTROL_EXPOSURE, 100);
    assert_true(servo_is_needed(&plan.servo));
    wish.exposure.way = CARE_OURS;

    camera = webcam(); // focuses by itself only
    camera.CONTROL(FOCUS) = (struct camera_control){0};
    camera.CONTROL(FOCUS_AUTO).now = 0;
    care_plan_make(&camera, &wish, &plan);
    assert_set(&plan, CAMERA_CONTROL_FOCUS_AUTO, 1);

    camera = webcam(); // somebody holds it
    camera.CONTROL(GAIN).is_locked = true;
    camera.CONTROL(GAIN_AUTO) = range(0, 1, 1, 0);
    care_plan_make(&camera, &wish, &plan);
    assert_false(plan.CONTROL(GAIN).is_set);
    assert_set(&plan, CAMERA_CONTROL_GAIN_AUTO, 1);
    assert_int_equal(plan.servo.gain.step, 0);

    camera = webcam(); // knows no 50 Hz, but finds out by itself
    camera.CONTROL(MAINS) = menu(1 << MAINS_OFF | 1 << MAINS_AUTO, 3, MAINS_OFF);
    care_plan_make(&camera, &wish, &plan);
    assert_set(&plan, CAMERA_CONTROL_MAINS, MAINS_AUTO);
    camera.CONTROL(MAINS) = menu(1 << MAINS_OFF | 1 << MAINS_60_HZ, 2, MAINS_OFF);
    care_plan_make(&camera, &wish, &plan);
    assert_false(plan.CONTROL(MAINS).is_set);

    camera = webcam(); // its longest exposure is short
    camera.CONTROL(EXPOSURE) = range(1, 50, 7, 1);
    care_plan_make(&camera, &wish, &plan);
    assert_set(&plan, CAMERA_CONTROL_EXPOSURE, 50);
    assert_int_equal(plan.servo.exposure_long, 50);
}

static void test_care__what_switches_another_on_is_set_before_it(void **state)
{
    (void)state;
    assert_true(CAMERA_CONTROL_EXPOSURE_AUTO < CAMERA_CONTROL_EXPOSURE);
    assert_true(CAMERA_CONTROL_GAIN_AUTO < CAMERA_CONTROL_GAIN);
    assert_true(CAMERA_CONTROL_FOCUS_AUTO < CAMERA_CONTROL_FOCUS);
    assert_true(CAMERA_CONTROL_WHITE_BALANCE_AUTO < CAMERA_CONTROL_WHITE_BALANCE);
}

static void test_care__values_fit_and_are_readable(void **state)
{
    struct camera_control control = range(3, 52, 10, 0);
    struct camera_controls camera = webcam();
    struct care_wish wish = {0};
    struct care_plan plan;
    char words[CARE_WORDS_SIZE];

    (void)state;
    assert_int_equal(camera_control_fit(&control, -5), 3);
    assert_int_equal(camera_control_fit(&control, 9), 13);
    assert_int_equal(camera_control_fit(&control, 51), 43); // 53 is too much
    assert_int_equal(camera_control_fit(&control, 1000), 43);
    care_plan_make(&camera, &wish, &plan);
    care_plan_words(&plan, &camera, CAMERA_CONTROL_EXPOSURE, words);
    assert_string_equal(words, "will be 10.0 ms, then as the light needs");
    care_plan_words(&plan, &camera, CAMERA_CONTROL_MAINS, words);
    assert_string_equal(words, "will be 50 Hz");
    care_plan_words(&plan, &camera, CAMERA_CONTROL_WHITE_BALANCE, words);
    assert_string_equal(words, "left as it is");
    camera.CONTROL(FOCUS).is_locked = true;
    care_plan_words(&plan, &camera, CAMERA_CONTROL_FOCUS, words);
    assert_string_equal(words, "can't be set");
}

static void test_brightness__is_that_of_the_middle(void **state)
{
    struct frame *frame = mem_zero(sizeof *frame);
    struct brightness brightness;

    (void)state;
    brightness_measure(frame, &brightness); // nothing yet
    assert_int_equal(brightness.mean, 0);
    frame->width_px = 640;
    frame->height_px = 480;
    for (int y = 0; y < 480; y++)
        for (int x = 0; x < 640; x++) frame->pixels[y * 640 + x] = x < 100 || y < 80 ? 0 : x < 320 ? 100 : 255;
    brightness_measure(frame, &brightness);
    assert_in_range(brightness.mean, 172, 182);
    assert_in_range(brightness.burnt_percent, 48, 52);
    free(frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_care__a_webcam_gets_short_exposures_and_a_still_lens),
        cmocka_unit_test(test_care__does_as_it_is_told),
        cmocka_unit_test(test_care__makes_do_with_what_there_is),
        cmocka_unit_test(test_care__what_switches_another_on_is_set_before_it),
        cmocka_unit_test(test_care__values_fit_and_are_readable),
        cmocka_unit_test(test_brightness__is_that_of_the_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
